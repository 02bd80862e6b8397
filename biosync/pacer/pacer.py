"""The controller of the cue: meets a person's breath, leads it slower while followed, searches for the pace at which
the heart swings most, holds, and goes back to meet them when it has lost them. Where it came from: formulas A4; what it
may do: people-first and the contract.

The pace changes only in the first update after an in-breath has begun, by at most 5 % of the period (15 % when a
person asked). Phase never jumps. No clock is read: the same input gives the same cue.
"""

from __future__ import annotations

from collections.abc import Mapping

from biosync.events import Cue, Stage
from biosync.pacer import sentences
from biosync.pacer.bounds import target_bpm, within
from biosync.pacer.company import Company
from biosync.pacer.lead import KEPT_S, UNKNOWN_BREATH_BPM, Lead, trial
from biosync.pacer.leader import Leader
from biosync.pacer.reading import Reading
from biosync.pacer.rising import SLOW_TOGETHER, Rising
from biosync.pacer.search import Resonance, search_for
from biosync.pacer.settings import CHOSEN, Settings, chosen, first_words
from biosync.pacer.wave import Wave
from biosync.pacer.wishes import Wishes
from biosync.pacer.without import Without

LED: tuple[Stage, ...] = ("lead", "search", "hold")
"""The stages in which somebody may be lost."""
MOST_CHANGE, ASKED_CHANGE = 0.05, 0.15
"""Change of period a breath: by itself, and when a person asked."""
UNSEEN_S = 10.0
"""A lead that was followed goes on for so long where the heart shows nothing: at some paces it hardly swings."""
POOR_S = 12.0
HOLD_STEP = 0.02
"""At most so much a breath towards the pace that was found."""


class Pacer:
    """One cue for ``people``; ``update`` about once a second."""

    def __init__(self, people: tuple[str, ...], t: float, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._wave = Wave(t, within(self._settings, self._settings.start_bpm or UNKNOWN_BREATH_BPM))
        self._company = Company(people, self._settings.start_bpm)
        self._lead = Lead(self._wave.rate_bpm)
        self._search = search_for(self._settings)
        self._hearts = set(people)  # all whose swings the search may have measured
        self._leader = Leader(self._settings, t) if self._settings.mode != "meet_in_the_middle" else None
        self._without = Without()
        self._stage: Stage = "meet"
        self._why = first_words(self._settings)
        self._wishes = Wishes()
        self._stopped = self._chosen = False  # chosen: a program, with which the cue goes on once nobody is in doubt
        self._readable_t = self._with_t = t
        self._rising = Rising(self._wave.rate_bpm)
        self._awaited = set[str]()  # newcomers: the cue stays until their breath is known
        self._doubt_t: float | None = None  # since when it is in doubt that they are there, and the cue waits

    @property
    def people(self) -> tuple[str, ...]:
        """Who takes part now."""
        return self._company.people

    def join(self, person: str) -> None:
        """Let one more person take part from now on: who was led already stays at this pace until the newcomer's breath
        is known too, and then all are met."""
        self._company.join(person)
        self._hearts.add(person)
        self._lead.joined()
        if self._awaited or (self._stage in LED and self._leader is None):
            awaited = {*self._awaited, person}
            self._to("meet", sentences.JOINED)
            self._awaited = awaited

    def leave(self, person: str) -> None:
        """Let a person take part no more; the cue of the others goes on as it is."""
        self._company.leave(person)
        self._awaited.discard(person)

    @property
    def wave(self) -> Wave:
        """The cue's phase and its past."""
        return self._wave

    @property
    def resonance(self) -> Resonance | None:
        """The pace of the largest swing of one alone, as found by now or as known from before."""
        return self._search.found() if len(self._hearts) == 1 else None

    @property
    def measured(self) -> Resonance | None:
        """What the search of one alone has measured by now, whatever was known from before."""
        return self._search.measured() if len(self._hearts) == 1 else None

    def share(self, person: str) -> float | None:
        """Return the person's locked share over the last cycles of the cue, 0 to 1, None while unknown."""
        return self._company.share(person)

    @property
    def heeds_activation(self) -> bool:
        """True where it matters to the cue how activated somebody is: with a leader, and among several people."""
        return self._leader is not None or self._company.several

    def is_with(self, person: str) -> bool:
        """Tell if the person's heart is with the cue now."""
        return self._company.is_with(person)

    def expects_bpm(self, person: str) -> float | None:
        """Return the breath to look for in a person who is with the cue; None: it must be measured without help."""
        measured_alone = self._leader is not None or self._without.away
        return self._wave.rate_bpm if self.is_with(person) and not measured_alone else None

    @property
    def settings(self) -> Settings:
        """What holds now: what it was told before it started, and what was chosen since."""
        return self._settings

    @property
    def leads(self) -> str | None:
        """Who leads now, None where the middle of all is met."""
        return self._leader.name(self.people) if self._leader is not None and self.people else None

    def say(self, text: str, person: str | None = None) -> None:
        """Hear one of SAYINGS from ``person`` (None: from all); ValueError for anything else."""
        if text == "too_slow":
            self._wishes.too_slow(self._wave.rate_bpm)
        elif text == "too_fast":
            self._wishes.too_fast(self._wave.rate_bpm)
            self._lead.floor_bpm = 0.0
        elif text == "stop":
            self._stopped = True
            self._to("rest", sentences.stop_words(self._company.several))
        elif text == "go":
            self._stopped = False
            self._to("meet", "finding your breath")
        else:
            self._choose(chosen(self._settings, text, person))

    def _choose(self, settings: Settings) -> None:
        """Go on by other settings from the pace and the phase that the cue has now."""
        before, self._settings = self._settings, settings
        if (settings.mode, settings.leader) != (before.mode, before.leader):
            self._leader = Leader(settings, self._wave.t) if settings.mode != "meet_in_the_middle" else None
            if self._stage != "rest":
                self._to("meet", "finding your breath")
        elif settings.program != before.program and self._leader is None and self._stage in ("search", "hold"):
            self._chosen = True

    def update(self, t: float, readings: Mapping[str, Reading]) -> Cue:
        """Take what is known of each person at time ``t`` (rising); return the cue in force from ``t`` on."""
        elapsed = t - self._wave.t
        turned = self._wave.advance(t)
        self._company.look(t, readings, self._wave, lenient=self._stage == "lead")
        self._look_around(t, elapsed, readings)
        if turned:
            self._breathe(t)
            self._rising.breath()
        return self._cue(t)

    def _cue(self, t: float) -> Cue:
        found = self.resonance
        return Cue(
            t, self.people, self._wave.rate_bpm, self._wave.phase, self._settings.inhale_fraction,
            self._told_stage, self._without.strength, self._why,
            found.bpm if found else None, found.sd_bpm if found else None,
        )  # fmt: skip

    # --- at every update: what stops a lead does so at once ---

    def _look_around(self, t: float, elapsed: float, readings: Mapping[str, Reading]) -> None:
        self._rising.look(self._wave.rate_bpm, readings)
        asked = self._settings.program == "without" and self._doubt_t is None and not self._chosen
        self._without.look(
            elapsed, self._wave.rate_bpm, readings, asked=asked,
            with_cue=self._company.all_with(), stopped=self._stopped, holding=self._stage == "hold",
        )  # fmt: skip
        if self._stopped:
            return
        self._judge_signal(t, readings)
        if self._leader is not None:
            self._leader.look(t, elapsed, self.people, readings)
            return
        if self._company.all_with():
            self._with_t = t
        self._lead.stayed(self._wave.rate_bpm, elapsed if self._doubt_t is None else 0.0, self._company.surely())
        if self._lead.proven:
            self._company.keep_place(False)
        elif self._company.all_clear():
            self._lead.clear()
        if self._stage in LED and not self._still_there():
            why = sentences.AGAIN if self._trying else sentences.LOST  # nobody is lost who was never led
            self._lead.lost(t, self._wave.rate_bpm, self._stage == "lead", waited_s=t - (self._doubt_t or t))
            self._wishes.lost()
            self._to("meet", why)
        self._doubt(t)

    def _doubt(self, t: float) -> None:
        """Wait for whoever may have left, without going back yet; once nobody is in doubt, go on: with what was chosen
        meanwhile, if all can be read."""
        doubted = self._stage in LED and not self._without.away and self._company.doubted()
        if doubted and self._doubt_t is None:
            self._doubt_t, self._why = t, sentences.LOST
        elif not doubted and self._doubt_t is not None:
            self._doubt_t, self._why = None, sentences.GOING_ON if self._company.all_with() else self._waiting()
        if self._chosen and self._doubt_t is None and not self._company.unread():
            self._to("lead", CHOSEN[self._settings.program])

    def _judge_signal(self, t: float, readings: Mapping[str, Reading]) -> None:
        if not readings:
            self._readable_t = t  # nobody is there yet
        elif any(reading.quality != "none" for reading in readings.values()):
            if self._stage == "rest":
                self._to("meet", sentences.AGAIN)
                self._lead.paused(t)
            self._readable_t = t
        elif t - self._readable_t > POOR_S and self._stage != "rest":
            self._to("rest", "resting: the signal is poor, the cue stays as it is")

    def _still_there(self) -> bool:
        """Tell if nobody is lost; who does without the cue may be anywhere in the breath, while the pace is kept."""
        return self._company.none_lost() or (self._without.away and self._stage == "hold")

    # --- at every in-breath: the pace ---

    def _breathe(self, t: float) -> None:
        self._company.breath(self._wave.rate_bpm, self._lead.met_bpm, settled=self._without.away)
        if self._leader is None and not self._stopped and self._company.all_kept(KEPT_S):
            self._lead.kept(self._wave.rate_bpm)
        elif self._company.moved():
            self._lead.moved()
        if self._wishes.factor is not None:
            self._change(self._wishes.factor, ASKED_CHANGE)
            slower, self._wishes.factor = self._wishes.factor > 1, None
            self._tell(sentences.wish_words(slower))
        elif self._stage == "rest":
            self._why = sentences.without_note(self._why)
        elif self._doubt_t is not None:
            return  # the cue waits
        elif self._rising.together:
            self._slow_together()
        elif self._leader is not None and self.people:
            self._follow_leader(self._leader)
        elif self._stage == "meet":
            self._meet(t)
        elif self._stage == "lead":
            self._lead.retry(t)
            self._lead_on()
        elif self._stage == "search":
            self._search_on()
        else:
            self._hold(t)

    def _slow_together(self) -> None:
        """When several hearts rise together the cue does not go along: it gets a little slower, and waits."""
        self._tell("slowing down together")
        slowest = max(self._wished(self._rising.slowest_bpm), self._settings.search_slowest_bpm)
        if self._wave.rate_bpm > slowest:
            self._change(1 + SLOW_TOGETHER, MOST_CHANGE)

    def _follow_leader(self, leader: Leader) -> None:
        stage, why, breath = leader.tells(self.people)
        self._to(stage, why)
        if breath is not None:
            self._towards(max(self._wished(breath), self._settings.search_slowest_bpm))

    def _meet(self, t: float) -> None:
        own = self._company.own_bpm()
        if self._company.all_with():
            if self._company.all_steady(self._lead.steady_breaths):
                shown = trial(own, self._company.own_surely(), self._company.all_clear())
                begins_at = own or self._lead.found_bpm(self._wave.rate_bpm)
                if self._lead.meet(t, begins_at, shown, self._company.had_stayed()):
                    self._company.keep_place(True)
                self._begin_to_lead()
            return
        if self._lead.away(t, self._company.gone_surely()):
            return
        own = self._company.meet_bpm(self._lead.met_bpm)
        if own is not None:
            self._awaited = set()
            self._why = sentences.meeting_words(own, self._wished(own), self._why.startswith("lost"))
            self._go_to_meet(own)
        elif self._awaited:
            self._why = sentences.JOINED
        elif self._why.startswith("lost") or not self._lead.just_paused(t):
            if not self._why.startswith("finding"):
                self._why = sentences.LOOKING if self._why.startswith("lost") else "finding your breath"
            self._go_to_meet(self._settings.start_bpm or UNKNOWN_BREATH_BPM)

    def _begin_to_lead(self) -> None:
        """Lead; where the cue is already as far below their own breath as a trial goes, wait for the proof."""
        if self._lead.proven or self._wave.rate_bpm > self._lead.trial_bpm():
            self._lead_on()
        else:
            self._tell(sentences.SEEMS)

    def _go_to_meet(self, rate_bpm: float) -> None:
        goal, one_of_several_rises = self._wished(rate_bpm), self._rising.count > 0 and self._company.several
        self._towards(min(goal, self._wave.rate_bpm) if one_of_several_rises else goal)  # that makes it no faster

    def _lead_on(self) -> None:
        rate, target = self._wave.rate_bpm, self._target_bpm()
        slowest = max(target, self._lead.slowest_bpm())
        if rate <= target * 1.005 and (self._lead.proven or target > self._lead.trial_bpm()):
            self._arrive()
        elif not self._company.all_with() and not self._only_unseen():
            self._to("lead", self._waiting())
        else:
            factor = 1.0 if rate <= slowest * 1.001 else min(1 + self._lead.step(rate), rate / slowest)
            self._to("lead", sentences.leading_words(factor, trying=self._trying))
            self._change(factor, MOST_CHANGE)

    def _waiting(self) -> str:
        return sentences.UNREAD if self._company.unread() else sentences.WAITING

    def _only_unseen(self) -> bool:
        """Tell if a lead that was followed may go on for a while: whoever seems away shows nothing clear just now, but
        something (where no beats come, nobody is led on)."""
        return self._lead.proven and self._wave.t - self._with_t <= UNSEEN_S and self._company.only_unseen()

    def _arrive(self) -> None:
        rate = self._wave.rate_bpm
        if self._settings.program == "find" and not self._search.done and rate <= self._search.start_bpm * 1.01:
            self._to("search", sentences.SEARCHING[self._company.several])
        else:
            self._to("hold", sentences.holding_words(rate))

    def _search_on(self) -> None:
        if not self._company.all_with():
            self._why = self._waiting()
            return
        self._why = sentences.SEARCHING[self._company.several]
        self._search.take(self._company.swings())
        self._search.slowest_bpm = max(self._search.slowest_bpm, self._lead.floor_bpm, self._wishes.floor_bpm)
        goal = self._search.next_bpm(self._wave.rate_bpm, self._lead.search_step(self._wave.rate_bpm))
        allowed = min(self._wave.rate_bpm, self._lead.slowest_bpm())  # what they paid for, and no way back up
        aim = max(self._wished(goal), self._settings.search_slowest_bpm, allowed)
        self._towards(aim)
        if self._search.done and abs(self._wave.rate_bpm / aim - 1) <= HOLD_STEP:
            self._to("hold", sentences.holding_words(self._wave.rate_bpm))

    def _hold(self, t: float) -> None:
        if self._without.away:
            self._keep_step()
            return
        self._without.come_back()
        if self._company.all_with():
            if self._search.done and len(self._hearts) == 1:  # what is held goes on to tell of the pace
                self._search.take(self._company.swings())
            above = self._wave.rate_bpm > self._target_bpm() * (1 + HOLD_STEP)
            if self._lead.retry(t) or (above and not self._search.done):  # a way down has opened
                self._lead_on()
            else:
                self._settle()
        elif self._company.unread():
            self._why = sentences.UNREAD

    def _settle(self) -> None:
        """Go on to the pace that was found, or that is wished for; none of it is news that asks for a lead."""
        best = self._search.found() if self._search.done else None
        goal, rate = self._target_bpm(), self._wave.rate_bpm
        if abs(rate / goal - 1) > 0.002:
            self._change(max(1 - HOLD_STEP, min(1 + HOLD_STEP, rate / goal)), MOST_CHANGE)
        best_here = best is not None and goal == best.bpm
        self._why = sentences.holding_words(self._wave.rate_bpm, best=best_here, several=self._company.several)

    def _keep_step(self) -> None:
        self._why = "the cue fades: you keep the rhythm by yourself"
        self._change(self._without.factor(self._wave.rate_bpm, self._company.behind()), MOST_CHANGE)

    # --- what is known ---

    @property
    def _trying(self) -> bool:
        """True while it is not yet sure that they ever followed: they are still being met, and nobody is led."""
        return not self._lead.proven and not self._lead.followed

    @property
    def _told_stage(self) -> Stage:
        """The stage as it is told: who is not known to have followed, or to be there, is being met."""
        return "meet" if self._doubt_t is not None or (self._stage == "lead" and self._trying) else self._stage

    def _target_bpm(self) -> float:
        return target_bpm(self._settings, self._search, self._wishes, self._lead.floor_bpm)

    def _wished(self, rate_bpm: float) -> float:
        return within(self._settings, self._wishes.bounded(rate_bpm))

    def _towards(self, rate_bpm: float) -> None:
        self._change(self._wave.rate_bpm / rate_bpm, MOST_CHANGE)

    def _change(self, factor: float, most: float) -> None:
        """Lengthen the period by ``factor``, by no more than the share ``most`` either way."""
        self._wave.turn_to(within(self._settings, self._wave.rate_bpm / max(1 - most, min(1 + most, factor))))

    def _tell(self, why: str) -> None:
        self._why = sentences.told(self._told_stage, self._why, why)

    def _to(self, stage: Stage, why: str) -> None:
        self._stage, self._why, self._doubt_t, self._chosen, self._awaited = stage, why, None, False, set()

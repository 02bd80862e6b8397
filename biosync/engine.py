"""The engine: raw events in, everything derived out. The single writer of state; it reads no clock.

One person is a group of one: every group has one cue, every person one track of beats. The engine is fed raw events
in the order of their times and answers each with what follows from it.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from biosync.consent import Consent
from biosync.events import (
    LEFT,
    Cue,
    Event,
    Interval,
    Join,
    Leave,
    Link,
    LinkState,
    Metrics,
    Notification,
    Origin,
    Raw,
    ResonanceMeasured,
    Say,
    Tick,
)
from biosync.in_step.circle import Circle
from biosync.in_step.hearts import Heart
from biosync.in_step.telling import Telling
from biosync.live import Baseline, Now, figures, gathering_s, look, rate_alone, silent
from biosync.pacer.pacer import Pacer
from biosync.pacer.search import Resonance
from biosync.pacer.settings import Settings
from biosync.snapshot import Practice
from biosync.track import Track

CUE_EVERY_S = 10.0
"""A cue that does not change is put out again after this long."""
REMEMBERED_CUES_S = 80.0
REMEMBERED_SCORES_S = 300.0
_AWAY: frozenset[LinkState] = frozenset({"searching", "connecting", "lost", "gone"})
"""A strap whose link is so sends nothing: of now, nothing is known."""


@dataclass(frozen=True, slots=True)
class Member:
    """Who takes part, with what: ``delay_s`` give or take is what the strap's model holds beats back.

    ``resonance_bpm``, with its standard deviation, is what earlier sessions found: a cue of their own starts from it.
    """

    name: str
    origin: Origin
    device: str
    delay_s: float = 0.0
    delay_uncertainty_s: float = 0.0
    resonance_bpm: float | None = None
    resonance_sd_bpm: float | None = None


@dataclass(slots=True)
class PersonState:
    """All that the engine holds of one person; ``here`` is False for one who has left."""

    member: Member
    track: Track
    here: bool = True
    baseline: Baseline = field(default_factory=Baseline)
    now: Now | None = None
    link: Link | None = None
    metrics: Metrics | None = None
    gathering_s: float = 64.0
    scores: deque[tuple[float, float | None]] = field(default_factory=deque)

    @property
    def rate_alone(self) -> bool:
        """True where the sensor tells no beats, only the heart rate."""
        return self.link is not None and self.link.state == "hr_only"

    @property
    def without_beats(self) -> str | None:
        """Why no beats come just now, None while they do or the first are waited for."""
        if self.link is None:
            return None
        away = self.link.state in _AWAY and self.track.last_beat_t is not None
        return self.link.why if away or self.rate_alone else None


@dataclass(slots=True)
class GroupState:
    """One cue and whose it is; the plans put out lately; how its people go together, for each since ``since_t`` (s)."""

    people: tuple[str, ...]
    pacer: Pacer
    cues: deque[Cue] = field(default_factory=deque)
    breaths_s: deque[float] = field(default_factory=lambda: deque(maxlen=8))
    last_cycle: int = 0
    measured: Resonance | None = None
    circle: Circle = field(default_factory=Circle)
    since_t: dict[str, float] = field(default_factory=dict)


class Engine:
    """``members`` in ``groups`` (every name in just one), from time 0 on; ``consents`` say what may be told of two or
    more, who gave none keeps nothing back."""

    def __init__(
        self,
        members: Sequence[Member],
        groups: Sequence[tuple[str, ...]],
        settings: Settings | None = None,
        consents: Sequence[Consent] = (),
    ) -> None:
        self.people = {
            m.name: PersonState(m, Track(m.name, m.delay_s, m.delay_uncertainty_s)) for m in members
        }
        self._settings = settings
        self.groups = [GroupState(tuple(people), self._pacer(tuple(people), 0.0)) for people in groups]
        self._group_of = {name: group for group in self.groups for name in group.people}
        self._together = Telling(consents)

    def feed(self, event: Raw) -> list[Event]:
        """Take the next raw event; return what follows from it, in order."""
        return self._together.heard(self._answer(event), alone=len(self.people) == 1)

    def _answer(self, event: Raw) -> list[Event]:
        match event:
            case Notification():
                return [*self.people[event.person].track.notification(event), *self._battery(event)]
            case Interval():
                return list(self.people[event.person].track.interval(event))
            case Tick():
                return self._tick(event.t)
            case Link():
                return self._linked(event)
            case Join():
                return self._join(event)
            case Leave():
                return self._leave(event)
            case Say():
                for group in self._addressed(event.person):
                    group.pacer.say(event.text, event.person)
                return [event]
            case _:
                return [event]

    def agree(self, consent: Consent) -> None:
        """Keep from now on to what one who joins has agreed to."""
        self._together.agreed.agree(consent)

    def wears(self, member: Member) -> None:
        """Take note of what strap a person wears, now that it has told its name."""
        state = self.people[member.name]
        state.member = member
        state.track.worn(member.delay_s, member.delay_uncertainty_s)

    def finish(self, t: float) -> list[Event]:
        """Label the beats that still wait for their successors, at the end."""
        return [beat for state in self.people.values() for beat in state.track.finish(t)]

    def beats(self) -> dict[str, int]:
        """Return how many beats each person has had."""
        return {name: state.track.count for name, state in self.people.items()}

    def cues_of(self, person: str) -> tuple[Cue, ...]:
        """Return the plans of the last minute and a bit, oldest first; none for one who has left."""
        group = self._group_of.get(person)
        return tuple(group.cues) if group is not None else ()

    def group_of(self, person: str) -> tuple[str, ...]:
        """Return who shares a cue with ``person``, with them; nobody where they have left."""
        group = self._group_of.get(person)
        return group.people if group is not None else ()

    def practice_of(self, person: str) -> Practice:
        """Return what the pacer of this person's cue was told; the usual for one who has left."""
        group = self._group_of.get(person)
        if group is None:
            return Practice()
        return Practice(group.pacer.settings.program, group.pacer.settings.mode, group.pacer.leads)

    @property
    def here(self) -> tuple[str, ...]:
        """Who takes part now, in the order in which they first came."""
        return tuple(name for name, state in self.people.items() if state.here)

    def _addressed(self, person: str | None) -> list[GroupState]:
        return self.groups if person is None else [self._group_of[person]]

    def _pacer(self, people: tuple[str, ...], t: float) -> Pacer:
        """Return the pacer of a new cue; that of one alone starts from what is known of them, unless it was told."""
        settings, one = self._settings, self.people[people[0]].member
        if len(people) == 1 and one.resonance_bpm is not None and (settings is None or settings.resonance_bpm is None):
            settings = settings or Settings()
            settings = replace(settings, resonance_bpm=one.resonance_bpm, resonance_sd_bpm=one.resonance_sd_bpm)
        return Pacer(people, t, settings)

    # --- who comes and goes ---

    def _join(self, event: Join) -> list[Event]:
        """Take a person in: the cue of the group goes on from where it is."""
        name = event.person
        about = (event.origin, event.device, event.delay_s, event.delay_uncertainty_s)
        member = Member(name, *about, event.resonance_bpm, event.resonance_sd_bpm)
        state = self.people.get(name)
        if state is None:
            self.people[name] = PersonState(member, Track(name, member.delay_s, member.delay_uncertainty_s))
        else:
            state.member, state.here, state.link = member, True, None
            state.track.begin_again(member.delay_s, member.delay_uncertainty_s)
        group = next((self._group_of[other] for other in event.group if other in self._group_of), None)
        if group is None:
            group = GroupState((name,), self._pacer((name,), event.t))
            self.groups.append(group)
        else:
            group.people = (*group.people, name)
            group.pacer.join(name)
        group.since_t[name] = event.t
        self._group_of[name] = group
        return []

    def _leave(self, event: Leave) -> list[Event]:
        """Let a person go: the cue of the others goes on, a group without people is none."""
        name, state = event.person, self.people[event.person]
        group = self._group_of.pop(name)
        group.people = tuple(other for other in group.people if other != name)
        group.pacer.leave(name)
        if not group.people:
            self.groups.remove(group)
        last = state.track.finish(event.t)
        state.here, state.now, state.metrics = False, None, None
        state.link = Link(event.t, name, "gone", LEFT)
        return [*last, state.link]

    # --- the way to the strap ---

    def _linked(self, event: Link) -> list[Event]:
        """Take note of a link, and tell it if something is new; with it gone no figure stands any longer."""
        state = self.people[event.person]
        out: list[Event] = list(state.track.link_lost(event.t)) if event.state in ("lost", "gone") else []
        if not _same_link(state.link, event):
            state.link = event
            out.append(event)
        # A source that is over for good takes its last figures with it at the next look: a replay ends as live did.
        away = event.state in _AWAY and event.state != "gone"
        if away and state.metrics is not None and state.metrics.quality != "none":
            state.metrics = silent(event.person, event.t, event.why)
            out.append(state.metrics)
        return out

    def _battery(self, event: Notification) -> list[Event]:
        """Return the link's state again where the battery's level has changed."""
        state = self.people[event.person]
        percent, link = state.track.battery_percent, state.link
        if link is None or percent is None or link.battery_percent == percent:
            return []
        state.link = Link(event.t, link.person, link.state, link.why, percent)
        return [state.link]

    # --- once a second: look at everybody, then at the cues ---

    def _tick(self, t: float) -> list[Event]:
        out: list[Event] = []
        for group in self.groups:
            for name in group.people:
                out += self.people[name].track.settle(t)
                self.people[name].now = self._look(name, group, t)
            out += self._pace(group, t)
            out += _measured(group, t)
            out += [self._measure(name, group, t) for name in group.people]
            out += self._look_together(group, t)
        return out

    def _look_together(self, group: GroupState, t: float) -> Sequence[Event]:
        people = tuple(name for name in self.people if name in group.people)
        return group.circle.tick(t, people, lambda: [self._heart(name, group) for name in people])

    def _heart(self, name: str, group: GroupState) -> Heart:
        track = self.people[name].track
        return Heart(name, track.beats(), track.uncertainty_s(), group.since_t.get(name, -math.inf))

    def _look(self, name: str, group: GroupState, t: float) -> Now:
        state = self.people[name]
        return look(state.track, t, group.pacer.expects_bpm(name), state.without_beats)

    def _pace(self, group: GroupState, t: float) -> list[Event]:
        readings = {}
        for name in group.people:
            now = self.people[name].now
            if now is not None and len(now.beats):
                metrics = self.people[name].metrics
                readings[name] = now.reading(metrics.activation if metrics is not None else None)
        cue = group.pacer.update(t, readings)
        cycle = int(group.pacer.wave.cycles)
        if cycle > group.last_cycle:
            group.breaths_s.append(t - cue.phase * 60 / cue.rate_bpm)
            group.last_cycle = cycle
        last = group.cues[-1] if group.cues else None
        if last is not None and _same_plan(last, cue) and t - last.t < CUE_EVERY_S:
            return []
        group.cues.append(cue)
        group.circle.plan(cue)
        while len(group.cues) > 1 and group.cues[1].t < t - REMEMBERED_CUES_S:
            group.cues.popleft()
        return [cue]

    def _measure(self, name: str, group: GroupState, t: float) -> Metrics:
        state = self.people[name]
        assert state.now is not None
        share = group.pacer.share(name)
        activated = state.baseline.activation(state.now, share)
        if state.rate_alone and state.link is not None:
            state.metrics = rate_alone(state.track, t, state.link.why)
        else:
            state.metrics = figures(name, state.now, share, list(group.breaths_s), activated)
        state.gathering_s = gathering_s(state.now)
        state.scores.append((t, state.metrics.coherence_score))
        while state.scores[0][0] < t - REMEMBERED_SCORES_S:
            state.scores.popleft()
        return state.metrics


def _measured(group: GroupState, t: float) -> list[Event]:
    """Return what the search of one alone has measured, where that is news."""
    found = group.pacer.measured
    if found is None or found == group.measured:
        return []
    group.measured = found
    return [ResonanceMeasured(t, group.people[0], found.bpm, found.sd_bpm)]


def _same_plan(a: Cue, b: Cue) -> bool:
    """Tell if ``b`` says nothing that ``a`` has not said."""
    return (a.people, a.rate_bpm, a.stage, a.strength, a.why) == (b.people, b.rate_bpm, b.stage, b.strength, b.why)


def _same_link(a: Link | None, b: Link) -> bool:
    """Tell if ``b`` says nothing that ``a`` has not said."""
    return a is not None and (a.state, a.why, a.battery_percent) == (b.state, b.why, b.battery_percent)

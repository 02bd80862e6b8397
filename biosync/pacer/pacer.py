"""The cue of one person or one group: meets their breath, leads it slower while followed, holds, and goes back to
meet them when it has lost them. Where it came from: formulas A4; what it may do: people-first and the contract.

The pace changes only in the first update after an in-breath has begun, by at most 5 % of the period (15 % when a
person asked). Phase never jumps. No clock is read: the same input gives the same cue.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from statistics import mean, median

from biosync.events import Cue, Stage
from biosync.pacer.lock import Lock
from biosync.pacer.proof import Proof
from biosync.pacer.reading import Reading
from biosync.pacer.settings import LIMITS_BPM, Settings
from biosync.pacer.wave import Wave

UNKNOWN_BREATH_BPM = 12.0
USUAL_RESONANCE_BPM = 6.0
"""Where the lead ends while nobody's resonance frequency is known: near the mean of adults."""
MOST_CHANGE, ASKED_CHANGE = 0.05, 0.15
"""Change of period a breath: by itself, and when a person asked."""
ASKED_STEP = 0.10
FIRST_LEAD, MOST_LEAD, LEAST_LEAD = 0.015, 0.05, 0.01
"""Share by which the lead lengthens the first breath; at most; and at most for one whom it has lost often."""
LEAD_GROWTH = 1.3
"""Each breath that is followed may be lengthened by so much more than the last."""
STEADY_BREATHS, MOST_STEADY_BREATHS = 3, 12
"""Breaths in lock before a lead; doubled each time that a lead was lost."""
RETRY_SHARE = 0.08
"""How much further than where they were lost a new trial goes."""
LEAST_CONFIDENCE, SLOW_CONFIDENCE = 0.4, 0.7
SLOW_BPM = 9.0
"""A slow breath is easily confused with the Mayer wave near 6/min, so it must be surer to be met."""
SLOWEST_MEET_BPM = 7.5
"""Nobody is met below this: waves of the blood pressure lie there, and only a lead that is followed can tell."""
SETTLED_READINGS, SETTLED_SPREAD_BPM = 10, 1.5
"""A measured breath counts once so many readings in a row, about one a second, lie so close together."""
POOR_S = 12.0
FADE_S = 8.0


class Pacer:
    """One cue for ``people``; ``update`` about once a second."""

    def __init__(self, people: tuple[str, ...], t: float, settings: Settings | None = None) -> None:
        self.people = people
        self._settings = settings or Settings()
        self._wave = Wave(t, self._within(self._settings.start_bpm or UNKNOWN_BREATH_BPM))
        self._locks = {person: Lock() for person in people}
        self._stage: Stage = "meet"
        self._why = "finding your breath"
        self._lead = FIRST_LEAD
        self._most_lead = MOST_LEAD
        self._steady = STEADY_BREATHS
        self._floor_bpm = 0.0  # slower than this they were lost
        self._wished_floor_bpm = 0.0  # slower than this was too slow for them
        self._lead_from_bpm = self._wave.rate_bpm
        self._proof = Proof(self._wave.rate_bpm)
        self._own_bpm: float | None = self._settings.start_bpm
        self._breaths: deque[float] = deque(maxlen=SETTLED_READINGS)
        self._asked: float | None = None
        self._stopped = False
        self._strength = 1.0
        self._readable_t = t

    def join(self, person: str) -> None:
        """Let one more person take part from now on."""
        self.people = (*self.people, person)
        self._locks[person] = Lock()

    @property
    def wave(self) -> Wave:
        """The cue's phase and its past."""
        return self._wave

    def share(self, person: str) -> float | None:
        """Return the person's locked share over the last cycles of the cue, 0 to 1, None while unknown."""
        return self._locks[person].share

    def is_with(self, person: str) -> bool:
        """Tell if the person's heart is with the cue now."""
        return self._locks[person].with_cue

    def say(self, text: str) -> None:
        """Hear what a person says: too_slow, too_fast, stop or go; ValueError for anything else."""
        if text == "too_slow":
            self._asked = 1 / (1 + ASKED_STEP)
            self._wished_floor_bpm = max(self._wished_floor_bpm, self._wave.rate_bpm * 1.05)
        elif text == "too_fast":
            self._asked = 1 + ASKED_STEP
            self._floor_bpm = self._wished_floor_bpm = 0.0
        elif text == "stop":
            self._stopped = True
            self._to("rest", "resting: you asked to stop")
        elif text == "go":
            self._stopped = False
            self._to("meet", "finding your breath")
        else:
            raise ValueError(f"a person may say too_slow, too_fast, stop or go, not {text!r}")

    def update(self, t: float, readings: Mapping[str, Reading]) -> Cue:
        """Take what is known of each person at time ``t`` (rising); return the cue in force from ``t`` on."""
        elapsed = t - self._wave.t
        turned = self._wave.advance(t)
        for person, reading in readings.items():
            self._locks[person].look(t, reading, self._wave)
        self._measure_breath(readings)
        self._fade(elapsed)
        self._look_around(t, readings)
        if turned:
            self._breathe()
        wave = self._wave
        return Cue(t, self.people, wave.rate_bpm, wave.phase, self._settings.inhale_fraction,
                   self._stage, self._strength, self._why)  # fmt: skip

    # --- at every update: what stops a lead does so at once ---

    def _look_around(self, t: float, readings: Mapping[str, Reading]) -> None:
        if self._stopped:
            return
        if any(reading.quality != "none" for reading in readings.values()):
            if self._stage == "rest":
                self._to("meet", "finding your breath again")
            self._readable_t = t
        elif readings and t - self._readable_t > POOR_S and self._stage != "rest":
            self._to("rest", "resting: the signal is poor, the cue stays as it is")
        if self._stage in ("lead", "hold") and any(lock.lost(t, self._wave.rate_bpm) for lock in self._locks.values()):
            self._lose()

    def _measure_breath(self, readings: Mapping[str, Reading]) -> None:
        """Take in everybody's breath; one reading alone may be a Mayer wave's."""
        sure = [r.breath_bpm for r in readings.values() if r.breath_bpm and _sure(r.breath_bpm, r.breath_confidence)]
        if not sure or len(sure) < len(readings):
            self._breaths.clear()
            return
        self._breaths.append(mean(sure))
        settled = len(self._breaths) == SETTLED_READINGS
        if settled and max(self._breaths) - min(self._breaths) <= SETTLED_SPREAD_BPM:
            self._own_bpm = self._within(max(SLOWEST_MEET_BPM, median(self._breaths)))

    def _lose(self) -> None:
        """Go back to meet them; lead later, slower, and not so far down again."""
        if self._stage == "lead":
            self._floor_bpm = max(self._floor_bpm, min(self._wave.rate_bpm * 1.05, self._lead_from_bpm))
        self._steady = min(2 * self._steady, MOST_STEADY_BREATHS)
        self._most_lead = max(LEAST_LEAD, self._most_lead / 2)
        self._own_bpm = None
        self._to("meet", "lost: the cue goes back to your own breath")

    def _fade(self, elapsed: float) -> None:
        towards = 0.0 if self._stopped else 1.0
        step = elapsed / FADE_S
        self._strength += max(-step, min(step, towards - self._strength))

    # --- at every in-breath: the pace ---

    def _breathe(self) -> None:
        for lock in self._locks.values():
            lock.breath()
        if self._asked is not None:
            self._change(self._asked, ASKED_CHANGE)
            slower, self._asked = self._asked > 1, None
            self._why = "slower, as you asked" if slower else "faster, as you asked"
        elif self._stage == "meet":
            self._meet()
        elif self._stage == "lead":
            self._lead_on()
        elif self._stage == "hold":
            self._try_further()

    def _meet(self) -> None:
        if self._steady_for(self._steady):
            self._lead, self._lead_from_bpm = min(FIRST_LEAD, self._most_lead), self._wave.rate_bpm
            self._proof = Proof(self._wave.rate_bpm)
            self._lead_on()
        elif self._own_bpm is None:
            if not self._why.startswith("lost"):
                self._why = "finding your breath"
            self._towards(self._settings.start_bpm or UNKNOWN_BREATH_BPM)
        else:
            lost = "lost: back to your own breath, " if self._why.startswith("lost") else "meeting your breath, "
            self._why = f"{lost}{self._own_bpm:.1f} a minute"
            self._towards(self._own_bpm)

    def _lead_on(self) -> None:
        rate, target = self._wave.rate_bpm, self._target_bpm()
        with_cue = all(lock.with_cue for lock in self._locks.values())
        self._proof.breath(rate, with_cue)
        step = min(1 + self._lead, rate / max(target, self._proof.floor_bpm))
        if rate <= target * 1.005:
            self._to("hold", f"holding {rate:.1f} a minute: breathe easily")
        elif with_cue and step > 1.0:
            self._to("lead", "slowing a little: you are with the cue")
            self._change(step, MOST_CHANGE)
            self._lead = min(self._most_lead, self._lead * LEAD_GROWTH)
        elif with_cue:
            self._to("lead", "staying a few breaths: you are with the cue")
        else:
            self._to("lead", "waiting: the cue stays until you are with it")
            self._lead = min(FIRST_LEAD, self._most_lead)

    def _try_further(self) -> None:
        """Where they were lost before is no limit for ever: after a long hold together, lead a little past it."""
        if self._floor_bpm > self._resonance_bpm and self._steady_for(MOST_STEADY_BREATHS):
            self._floor_bpm *= 1 - RETRY_SHARE
            self._lead = self._most_lead = LEAST_LEAD
            self._proof = Proof(self._wave.rate_bpm)
            self._lead_on()

    def _steady_for(self, breaths: int) -> bool:
        return bool(self._locks) and all(lock.breaths >= breaths for lock in self._locks.values())

    @property
    def _resonance_bpm(self) -> float:
        return self._settings.resonance_bpm or USUAL_RESONANCE_BPM

    def _target_bpm(self) -> float:
        floor = max(self._floor_bpm, self._wished_floor_bpm, self._settings.search_slowest_bpm)
        return self._within(max(self._resonance_bpm, floor))

    # --- small steps ---

    def _towards(self, rate_bpm: float) -> None:
        self._change(self._wave.rate_bpm / rate_bpm, MOST_CHANGE)

    def _change(self, factor: float, most: float) -> None:
        """Lengthen the period by ``factor``, by no more than the share ``most`` either way."""
        bounded = max(1 - most, min(1 + most, factor))
        self._wave.turn_to(self._within(self._wave.rate_bpm / bounded))

    def _within(self, rate_bpm: float) -> float:
        slowest = max(LIMITS_BPM[0], self._settings.slowest_bpm)
        fastest = min(LIMITS_BPM[1], self._settings.fastest_bpm)
        return max(slowest, min(fastest, rate_bpm))

    def _to(self, stage: Stage, why: str) -> None:
        if stage == "meet" and self._stage != "meet":
            for lock in self._locks.values():
                lock.forget()
        self._stage, self._why = stage, why


def _sure(breath_bpm: float, confidence: float) -> bool:
    return confidence >= (SLOW_CONFIDENCE if breath_bpm < SLOW_BPM else LEAST_CONFIDENCE)

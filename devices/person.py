"""A seeded virtual person whose truth is known: breath that may follow a cue, and a heart that follows the breath.

The breath is an oscillator with a comfortable rate of its own that wanders. A person who follows pulls its phase
towards the cue's, as far as the pace lies within reach of what is comfortable; what is comfortable moves slowly to
what is being done. The heart has respiratory sinus arrhythmia by two ways: a fast vagal one, and the baroreflex as
a damped resonator near 0.1 Hz that the breath and noise drive (the idea of Vaschillo et al. 2002), so the swing is
largest when the breath meets the resonance frequency. Beats come where the integral of the rate passes whole numbers.
It is a model for trying things out, not a claim about any real heart.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Literal

STEP_S = 0.05
"""The model's step; every rate in it changes slowly against this."""

BeatKind = Literal["normal", "ectopic"]


@dataclass(frozen=True, slots=True)
class Traits:
    """What sets a virtual person apart; rates in cycles or beats a minute.

    ``reach_bpm``: how far from the comfortable breath a cue may be and still be followed; ``slowest_bpm``: the
    slowest breath at all; ``rsa_bpm``: the heart's swing (highest minus lowest rate) at the resonance frequency.
    """

    seed: int = 0
    breath_bpm: float = 14.0
    resonance_bpm: float = 5.8
    heart_rate_bpm: float = 68.0
    rsa_bpm: float = 9.0
    follows: bool = True
    reach_bpm: float = 4.0
    slowest_bpm: float = 4.0
    ectopics_per_min: float = 0.2
    poor_contact_per_hour: float = 0.0


_LIMITS = {
    "breath_bpm": (3.0, 40.0),
    "resonance_bpm": (3.0, 12.0),
    "heart_rate_bpm": (35.0, 190.0),
    "rsa_bpm": (0.0, 40.0),
    "reach_bpm": (0.0, 40.0),
    "slowest_bpm": (2.0, 40.0),
    "ectopics_per_min": (0.0, 60.0),
    "poor_contact_per_hour": (0.0, 600.0),
}


def born(seed: int) -> Traits:
    """Return the traits of the person that ``seed`` stands for: all within what healthy adults show at rest."""
    dice = random.Random(f"traits {seed}")
    return Traits(
        seed=seed,
        breath_bpm=round(dice.uniform(12.0, 16.0), 1),
        resonance_bpm=round(min(7.0, max(4.5, dice.gauss(5.7, 0.5))), 2),
        heart_rate_bpm=round(dice.uniform(58.0, 78.0), 1),
        rsa_bpm=round(dice.uniform(7.0, 12.0), 1),
    )


def with_traits(traits: Traits, wishes: Mapping[str, str]) -> Traits:
    """Return ``traits`` with the named ones set from text; ValueError with one sentence if one can't be."""
    changes: dict[str, int | float | bool] = {}
    for name, text in wishes.items():
        if name not in {field.name for field in fields(Traits)}:
            known = ", ".join(field.name for field in fields(Traits))
            raise ValueError(f"a virtual person has no trait {name!r}; there are: {known}")
        changes[name] = _trait(name, text)
    return replace(traits, **changes)  # type: ignore[arg-type]


def _trait(name: str, text: str) -> int | float | bool:
    if name == "follows":
        if text.lower() not in ("true", "false", "yes", "no", "1", "0"):
            raise ValueError(f"the trait follows is true or false, not {text!r}")
        return text.lower() in ("true", "yes", "1")
    try:
        value = int(text) if name == "seed" else float(text)
    except ValueError:
        raise ValueError(f"the trait {name} is a number, not {text!r}") from None
    low, high = _LIMITS.get(name, (-math.inf, math.inf))
    if not low <= value <= high:
        raise ValueError(f"the trait {name} lies between {low:g} and {high:g}, not at {text}")
    return value


@dataclass(frozen=True, slots=True)
class TrueBeat:
    """A beat as it really was: when its interval ended, how long that was (both s), and what it was."""

    t: float
    rr_s: float
    kind: BeatKind


@dataclass(slots=True)
class _Heard:
    """The cue as the person hears it: phase (cycles) at time t, pace in cycles a second, 0 strength = silence."""

    t: float
    phase: float
    rate_hz: float
    strength: float


@dataclass(frozen=True, slots=True)
class Sway:
    """What moves a person from outside, beside the cue: so many bpm on the heart rate, and such a share on the breath's
    pace (0.1: a tenth faster)."""

    heart_bpm: float = 0.0
    breath_share: float = 0.0


STILL = Sway()


class Person:
    """One virtual person, from time 0 on. Same traits and same cue, same life."""

    def __init__(self, traits: Traits) -> None:
        self.traits = traits
        self._dice = random.Random(f"life {traits.seed}")
        self._t = 0.0
        self._breath = _Breath(traits, self._dice)
        self._heart = _Heart(traits, self._dice)
        self._heard: _Heard | None = None

    @property
    def breath_bpm(self) -> float:
        """The pace at which the person breathes now, in breaths a minute."""
        return self._breath.rate_hz * 60

    def hear(self, t: float, phase: float, rate_bpm: float, strength: float) -> None:
        """Let the person hear a cue from time ``t`` on: at ``phase`` (cycles) then, advancing at ``rate_bpm``."""
        self._heard = _Heard(t, phase, rate_bpm / 60, strength)

    def live_until(self, t: float) -> list[TrueBeat]:
        """Live on to time ``t`` (s) and return the beats on the way."""
        beats: list[TrueBeat] = []
        while self._t + STEP_S <= t + 1e-9:
            beats += self.step()
        return beats

    def step(self, sway: Sway = STILL) -> list[TrueBeat]:
        """Live on by ``STEP_S``, moved by ``sway``, and return the beats in it."""
        self._t += STEP_S
        level = self._breath.step(self._t, self._heard if self.traits.follows else None, sway.breath_share)
        return self._heart.step(self._t, level, self._breath.rate_hz, sway.heart_bpm)


class _Breath:
    """The breath as an oscillator: phase in cycles, rate in Hz, each free breath a little different."""

    _COMFORT_TIME_S = 60.0
    _PULL = 0.5  # how strongly a phase error changes the pace: a share of the pace per cycle of error
    _AGILITY_S = 2.5  # how fast the pace answers

    def __init__(self, traits: Traits, dice: random.Random) -> None:
        self._traits, self._dice = traits, dice
        self._phase = dice.random()
        self._own_hz = self._comfort_hz = self.rate_hz = traits.breath_bpm / 60
        self._variation = 1.0
        self._wander = 0.0

    def step(self, t: float, heard: _Heard | None, faster: float) -> float:
        """Advance one step, with the pace pushed up by the share ``faster``; return the lungs' filling, 0 to 1."""
        wish = self._wish(t, heard) * (1 + faster)
        self.rate_hz += (wish - self.rate_hz) * STEP_S / self._AGILITY_S
        before = self._phase
        self._phase += self.rate_hz * STEP_S
        if math.floor(self._phase) > math.floor(before):
            self._variation = math.exp(self._dice.gauss(0.0, 0.13))
            self._wander += -0.1 * self._wander + self._dice.gauss(0.0, 0.025)
        return _filling(self._phase % 1.0)

    def _wish(self, t: float, heard: _Heard | None) -> float:
        """Return the pace that the person wants now, in Hz; being with a cue slowly makes its pace comfortable."""
        own = self._own_hz * (1 + self._wander)
        if heard is None or heard.strength <= 0.05 or not self._within_reach(heard.rate_hz):
            self._comfort_hz += (own - self._comfort_hz) * STEP_S / self._COMFORT_TIME_S
            return own * self._variation
        self._comfort_hz += (self.rate_hz - self._comfort_hz) * STEP_S / self._COMFORT_TIME_S
        ahead = heard.phase + (t - heard.t) * heard.rate_hz - self._phase
        error = (ahead + 0.5) % 1.0 - 0.5
        return heard.rate_hz * (1 + self._PULL * error) * (1 + 0.3 * (self._variation - 1))

    def _within_reach(self, rate_hz: float) -> bool:
        off_bpm = abs(rate_hz - self._comfort_hz) * 60
        return off_bpm <= self._traits.reach_bpm and rate_hz * 60 >= self._traits.slowest_bpm


def _filling(phase: float) -> float:
    """Return the lungs' filling at a phase in cycles: in over the first 0.4, out over the rest."""
    inhale = 0.4
    if phase < inhale:
        return 0.5 - 0.5 * math.cos(math.pi * phase / inhale)
    return 0.5 + 0.5 * math.cos(math.pi * (phase - inhale) / (1 - inhale))


class _Heart:
    """The heart: mean rate, drift, vagal RSA, baroreflex resonator, and beats by integrating the rate."""

    _DAMPING = 0.3
    _VAGAL = 0.5  # the fast way's swing against the whole at resonance; it is there at any pace
    _BAROREFLEX = 0.87  # the resonator's, a quarter of a cycle behind: together they make the whole
    _ECTOPIC_EARLY = 0.62  # a premature beat comes after this share of its interval

    def __init__(self, traits: Traits, dice: random.Random) -> None:
        self._traits, self._dice = traits, dice
        self._omega = 2 * math.pi * traits.resonance_bpm / 60
        self._x = self._v = 0.0  # the resonator, in bpm
        self._slow = self._drift = 0.0
        self._filled = 0.0
        self._last_t = 0.0
        self._due = 1.0
        self._kind: BeatKind = "normal"

    def step(self, t: float, lungs: float, breath_hz: float, sway_bpm: float) -> list[TrueBeat]:
        """Advance one step with the lungs' filling (0 to 1) and what moves the rate from outside; return the beats in
        it."""
        rate_hz = self._rate_bpm(lungs - 0.5, breath_hz, sway_bpm) / 60
        before = self._filled
        self._filled += rate_hz * STEP_S
        if self._filled < self._due:
            return []
        share = (self._due - before) / (self._filled - before)
        return [self._beat(t - STEP_S * (1 - share))]

    def _rate_bpm(self, lungs: float, breath_hz: float, sway_bpm: float) -> float:
        traits, dice = self._traits, self._dice
        depth = min(1.3, math.sqrt(0.15 / max(breath_hz, 0.05)))  # slower breaths are deeper
        swing = traits.rsa_bpm * depth / 1.23  # whole for a breath at 0.1 Hz
        drive = swing * self._BAROREFLEX * 2 * self._DAMPING * lungs + dice.gauss(0.0, 4.0)
        acceleration = self._omega**2 * (drive - self._x) - 2 * self._DAMPING * self._omega * self._v
        self._v += acceleration * STEP_S
        self._x += self._v * STEP_S
        self._slow += -self._slow * STEP_S / 25 + dice.gauss(0.0, 1.3) * math.sqrt(2 * STEP_S / 25)
        self._drift += -self._drift * STEP_S / 300 + dice.gauss(0.0, 2.0) * math.sqrt(2 * STEP_S / 300)
        vagal = swing * self._VAGAL * lungs + dice.gauss(0.0, 2.0)
        return max(30.0, traits.heart_rate_bpm + self._x + vagal + self._slow + self._drift + sway_bpm)

    def _beat(self, t: float) -> TrueBeat:
        rr, self._last_t = t - self._last_t, t
        kind = self._kind
        # A premature beat takes less than a whole unit of the integral, and the pause after it gives that back.
        if kind == "ectopic":
            self._kind, share = "normal", 2 - self._ECTOPIC_EARLY
        elif self._dice.random() < self._traits.ectopics_per_min * rr / 60:
            self._kind, share = "ectopic", self._ECTOPIC_EARLY
        else:
            share = 1.0
        self._due += share
        return TrueBeat(t, rr, kind)

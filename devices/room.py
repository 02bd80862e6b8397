"""Virtual people in one room, who live on together: each heart takes in what began in others a moment ago.

Whoever is asked first, by whichever strap, everybody lives on to that time in the same small steps. So the same seed
and the same cue give the same lives, however they are asked.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from random import Random

from devices.arousal import escalation_bout, rupture_bout, tension_sway
from devices.coupling import Influence, Truth
from devices.person import STEP_S, Person, Sway, Traits, TrueBeat
from devices.residual import Residual

BREATH_SHARE_PER_BPM = 0.005
"""The residual moves the breath too: so much faster for each bpm of it."""
LET_IN_S = 3.0
"""Time constant (s) with which people close themselves to each other at a rupture, and open again at the repair."""


class Room:
    """The people of ``truth``, each with their ``traits``; ``guests`` are they as a strap's wearers."""

    def __init__(self, truth: Truth, traits: Sequence[Traits]) -> None:
        self._truth = truth
        self._t = 0.0
        self.guests = tuple(Guest(self, name, one) for name, one in zip(truth.people, traits, strict=True))
        self._residuals = {guest.name: Residual(Random(f"residual {guest.traits.seed}")) for guest in self.guests}
        longest_s = max((one.lag_s for one in truth.influences), default=0.0)
        self._begun = {name: deque[float](maxlen=_steps(longest_s) + 1) for name in truth.people}
        self._taking = {name: [one for one in truth.influences if one.follower == name] for name in truth.people}
        self._bouts = [
            *(rupture_bout(one) for one in truth.ruptures),
            *(escalation_bout(one) for one in truth.escalations),
        ]
        self._openness = 1.0
        self.residual_bpm = dict.fromkeys(truth.people, 0.0)
        """Everybody's residual now, own and taken in: the truth for whoever wants to find it in the beats."""

    def live_until(self, t: float) -> None:
        """Let everybody live on to time ``t`` (s)."""
        while _lies_within(self._t + STEP_S, t):
            self._t += STEP_S
            self._step()

    def hear(self, t: float, pace_bpm: float) -> None:
        """Take note that a cue runs at ``pace_bpm`` from time ``t`` (s) on."""
        for bout in self._bouts:
            bout.hear(t, pace_bpm)

    def _step(self) -> None:
        for bout in self._bouts:
            bout.step(self._t)
        ruptured = any(one.t <= self._t < one.repair_t for one in self._truth.ruptures)
        self._openness += ((0.0 if ruptured else 1.0) - self._openness) * STEP_S / LET_IN_S
        for name, residual in self._residuals.items():
            self._begun[name].append(residual.step())
        for guest in self.guests:
            self.residual_bpm[guest.name] = self._residual_of(guest.name)
            guest.step(self._t, self._sway(guest.name))

    def _residual_of(self, name: str) -> float:
        own = self._truth.own_sd_bpm[name] * self._begun[name][-1]
        return own + self._openness * sum(self._taken_in(one) for one in self._taking[name])

    def _taken_in(self, influence: Influence) -> float:
        """Return what began in the leaders a lag ago, in bpm; before the session began there was nothing."""
        back = 1 + _steps(influence.lag_s)
        heard = (self._begun[name] for name in influence.leaders)
        together = sum(begun[-back] for begun in heard if len(begun) >= back)
        return influence.sd_bpm * together / math.sqrt(len(influence.leaders))

    def _sway(self, name: str) -> Sway:
        residual = self.residual_bpm[name]
        sways = [Sway(residual, residual * BREATH_SHARE_PER_BPM), *(bout.sway(name) for bout in self._bouts)]
        sways += [tension_sway(one, self._t) for one in self._truth.tensions if one.person == name]
        return Sway(sum(one.heart_bpm for one in sways), sum(one.breath_share for one in sways))


class Guest:
    """One in the room, as the wearer of a strap."""

    def __init__(self, room: Room, name: str, traits: Traits) -> None:
        self.name = name
        self.traits = traits
        self._room = room
        self._person = Person(traits)
        self._waiting: deque[tuple[float, TrueBeat]] = deque()

    def hear(self, t: float, phase: float, rate_bpm: float, strength: float) -> None:
        """Let the person hear a cue from time ``t`` (s) on: at ``phase`` (cycles) then, advancing at ``rate_bpm``."""
        self._person.hear(t, phase, rate_bpm, strength)
        self._room.hear(t, rate_bpm)

    def live_until(self, t: float) -> list[TrueBeat]:
        """Live on with all the others to time ``t`` (s) at least, and return the own beats on the way."""
        self._room.live_until(t)
        beats = []
        while self._waiting and _lies_within(self._waiting[0][0], t):
            beats.append(self._waiting.popleft()[1])
        return beats

    def step(self, t: float, sway: Sway) -> None:
        """Live on by ``STEP_S`` to time ``t`` (s), moved by ``sway``; the room's clock calls it."""
        self._waiting += ((t, beat) for beat in self._person.step(sway))


def _lies_within(step_t: float, t: float) -> bool:
    """Tell if the step that ends at ``step_t`` is over at ``t``; a beat is known once its step is."""
    return step_t <= t + 1e-9


def _steps(seconds: float) -> int:
    return round(seconds / STEP_S)

"""What lifts a virtual person's heart rate for a while: bouts of activation, alone or together; tension at first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from devices.coupling import Escalation, Rupture, Tension
from devices.person import STEP_S, Sway

RISE_S, FALL_S = 6.0, 20.0
"""Time constants (s): a heart rises faster than it settles."""
BREATH_SHARE = 0.1
"""So much faster is the breath at the height of a bout."""


class Bout:
    """One time of activation: each of ``begins`` rises by ``rise_bpm`` from their time (s) on.

    It is over at ``latest_t``, or when the cue has become slower by the share ``slowing`` since the last began.
    """

    def __init__(
        self, begins: Mapping[str, float], rise_bpm: float, latest_t: float, slowing: float = math.inf
    ) -> None:
        self._begins = begins
        self._rise_bpm = rise_bpm
        self._over_t = latest_t
        self._slowing = slowing
        self._pace_bpm: float | None = None  # the cue's when the last of them began
        self._levels = dict.fromkeys(begins, 0.0)

    def hear(self, t: float, pace_bpm: float) -> None:
        """Take note of the cue's pace at time ``t`` (s)."""
        if self._pace_bpm is None or t <= max(self._begins.values()):
            self._pace_bpm = pace_bpm
        elif pace_bpm <= self._pace_bpm * (1 - self._slowing):
            self._over_t = min(self._over_t, t)

    def step(self, t: float) -> None:
        """Go on by ``STEP_S`` to time ``t`` (s)."""
        for person, begins_t in self._begins.items():
            level = self._levels[person]
            up = begins_t <= t < self._over_t
            self._levels[person] += ((1.0 if up else 0.0) - level) * STEP_S / (RISE_S if up else FALL_S)

    def sway(self, person: str) -> Sway:
        """Return how it moves a person now."""
        level = self._levels.get(person, 0.0)
        return Sway(level * self._rise_bpm, level * BREATH_SHARE)


def rupture_bout(rupture: Rupture) -> Bout:
    """Return the bout of one whom a rupture activates, until the repair."""
    return Bout({rupture.person: rupture.t}, rupture.rise_bpm, rupture.repair_t)


def escalation_bout(escalation: Escalation) -> Bout:
    """Return the bout of those who rise together, until the cue slows."""
    return Bout(escalation.t, escalation.rise_bpm, escalation.latest_t, escalation.settles_percent / 100)


def tension_sway(tension: Tension, t: float) -> Sway:
    """Return how tense the person still is at time ``t`` (s)."""
    left = 0.5 ** (t / tension.halves_in_s)
    return Sway(tension.heart_bpm * left, tension.breath_percent / 100 * left)

"""Each person's own breath as a motion: as fast as it is measured, and at rest where it is not known.

Only the rate of a breath is measured, so where in it somebody is can't be shown and is not claimed: the motion runs on
smoothly while the rate changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

from biosync.gui.state import signal_state
from biosync.snapshot import PersonView

_LONGEST_STEP_S = 1.0
"""After a longer pause (a seek, a window that was hidden) the motion goes on from where it stood."""


class OwnBreaths:
    """Keeps each person's place in the motion."""

    def __init__(self) -> None:
        self._phases: dict[str, float] = {}
        self._now: float | None = None

    def levels(self, people: Sequence[PersonView], now: float, *, running: bool) -> tuple[float | None, ...]:
        """Return each person's level (0 to 1) at session time ``now`` (s), None where the breath is not to be shown."""
        step = 0.0 if self._now is None else now - self._now
        self._now = now
        if not 0.0 <= step <= _LONGEST_STEP_S:
            step = 0.0
        return tuple(self._level(person, now, step) if running else None for person in people)

    def _level(self, person: PersonView, now: float, step: float) -> float | None:
        breath = person.metrics.breath_bpm if person.metrics else None
        if breath is None or "breath" in person.hidden or signal_state(person, now) != "live":
            self._phases.pop(person.name, None)
            return None
        phase = (self._phases.get(person.name, 0.0) + step * breath / 60) % 1.0
        self._phases[person.name] = phase
        return (1 - cos(2 * pi * phase)) / 2

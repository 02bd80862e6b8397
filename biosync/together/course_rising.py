"""Whose heart rate is raised, since when; and when two rise together (formulas A7, our own working definition)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from biosync.events import Activation
from biosync.metrics.activation import WINDOW_S

OVER_AFTER_S = 10.0
"""A heart rate that was raised is settled once it has not been for so long: the breath alone makes it dip."""
TOGETHER_S = 30.0
"""Who rises within so long of another rises together with them."""


@dataclass(slots=True)
class Rising:
    """One person: ``since_t`` when the heart rate began to be raised (s), None while it is not; ``last_t`` when it was
    last seen so, None before the first time."""

    since_t: float | None = None
    last_t: float | None = None

    def look(self, t: float, activation: Activation | None) -> None:
        """Take the activation (None: unknown) at time ``t`` (s, rising)."""
        if activation == "raised":
            # It is told after 15 s of it.
            self.since_t = t - WINDOW_S if self.since_t is None else self.since_t
            self.last_t = t
        elif self.last_t is not None and t - self.last_t >= OVER_AFTER_S:
            self.since_t = None


class RisingTogether:
    """Notices when two or more of a group rise together (co-escalation), once each time."""

    def __init__(self) -> None:
        self._lasts = False

    def look(self, rising: Mapping[str, float | None]) -> tuple[float, tuple[str, ...]] | None:
        """Take since when (s) everybody's heart rate is raised, None where it is not; return when the second of those
        began who rose within ``TOGETHER_S`` of each other, and who, where that is news."""
        self._lasts &= sum(since_t is not None for since_t in rising.values()) > 1
        who = _within(rising, TOGETHER_S)
        if self._lasts or not who:
            return None
        self._lasts = True
        return sorted(since_t for since_t in (rising[name] for name in who) if since_t is not None)[1], who


def _within(rising: Mapping[str, float | None], seconds: float) -> tuple[str, ...]:
    """Return who rose within ``seconds`` of somebody else."""
    known = {name: since_t for name, since_t in rising.items() if since_t is not None}
    return tuple(
        name
        for name, t in known.items()
        if any(abs(t - other_t) <= seconds for other, other_t in known.items() if other != name)
    )

"""Who needs the coach's eye first, without cards that jump about while they are read."""

from __future__ import annotations

from collections.abc import Sequence

from biosync.gui.state import State

LOST, POOR, RISING, NONE = 3, 2, 1, 0
RISES_AFTER_S = 3.0
"""A need counts once it has lasted so long."""
FALLS_AFTER_S = 8.0
"""A need that has passed keeps its place for so long."""
REST_S = 6.0
"""Cards stay where they are for at least so long."""


def need(signal: State, heart_rate_rising: bool) -> int:
    """Return how much a person needs to be looked at: LOST > POOR > RISING > NONE."""
    if signal == "lost":
        return LOST
    if signal in ("held", "hr_only"):
        return POOR
    return RISING if signal == "live" and heart_rate_rising else NONE


class NeedOrder:
    """The order of the cards. Time is the viewer's, in real seconds, and comes in as an argument."""

    def __init__(self) -> None:
        self._settled: list[int] = []
        self._other_since: list[tuple[int, float]] = []
        self._order: tuple[int, ...] = ()
        self._moved_at = float("-inf")

    def update(self, now: float, needs: Sequence[int], *, hold: bool = False) -> tuple[int, ...]:
        """Return the indices of ``needs`` in the order to show them; ``hold`` keeps it as it is (somebody reads)."""
        if len(needs) != len(self._settled):
            self._restart(now, needs)
        for index, seen in enumerate(needs):
            self._settle(index, seen, now)
        if not hold and now - self._moved_at >= REST_S:
            self._sort(now)
        return self._order

    def _restart(self, now: float, needs: Sequence[int]) -> None:
        self._settled = list(needs)
        self._other_since = [(seen, now) for seen in needs]
        self._sort(now)

    def _settle(self, index: int, seen: int, now: float) -> None:
        other, since = self._other_since[index]
        if seen != other:
            self._other_since[index] = (seen, now)
            return
        wait = RISES_AFTER_S if seen > self._settled[index] else FALLS_AFTER_S
        if now - since >= wait:
            self._settled[index] = seen

    def _sort(self, now: float) -> None:
        order = tuple(sorted(range(len(self._settled)), key=lambda index: (-self._settled[index], index)))
        if order != self._order:
            self._order = order
            self._moved_at = now

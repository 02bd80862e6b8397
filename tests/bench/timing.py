"""Times in rounds: everybody once a round, so that a busy moment of the machine meets all of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Work = Callable[[], object]
ENOUGH_S = 0.02


@dataclass(frozen=True)
class Times:
    """Seconds per call of one contender, one figure a round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return float(np.median(self.seconds))

    @property
    def spread(self) -> tuple[float, float]:
        low, high = np.percentile(self.seconds, [10, 90])
        return float(low), float(high)


def race(contenders: dict[str, Work], rounds: int) -> dict[str, Times]:
    """Return the times of each, called once to warm up and then in turn for ``rounds`` rounds."""
    repeats = {name: _repeats(work) for name, work in contenders.items()}
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            found[name].append(timed(work, repeats[name]))
    return {name: Times(tuple(seconds)) for name, seconds in found.items()}


def ratio(slower: Times, faster: Times) -> Times:
    """Return how many times as long ``slower`` took, round by round."""
    return Times(tuple(a / b for a, b in zip(slower.seconds, faster.seconds, strict=True)))


def _repeats(work: Work) -> int:
    work()
    return max(1, min(200, round(ENOUGH_S / max(timed(work, 1), 1e-6))))


def timed(work: Work, repeats: int) -> float:
    """Return the seconds per call over ``repeats`` calls."""
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats

"""How the cost grows with the number of beats."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from biosync.heart.intervals import Intervals, from_rr
from biosync.metrics.coherence import history
from biosync.metrics.parts import frequency_part, nonlinear_part, time_part
from tests.bench.beats import heart
from tests.bench.timing import race

LENGTHS = (500, 2_000, 8_000, 32_000, 128_000, 500_000)
PARTS: dict[str, Callable[[Intervals], object]] = {
    "time": time_part,
    "frequency": frequency_part,
    "nonlinear": nonlinear_part,
    "coherence history": history,
}
LARGE = 8_000


def growth() -> dict[str, list[float]]:
    """Return the seconds of each part at each of ``LENGTHS``."""
    found: dict[str, list[float]] = {name: [] for name in PARTS}
    for n in LENGTHS:
        x = from_rr(heart(n))
        work = {name: (lambda part=part, x=x: part(x)) for name, part in PARTS.items()}
        for name, times in race(work, rounds=5 if n < 100_000 else 1).items():  # type: ignore[arg-type]
            found[name].append(times.median)
    found["all"] = [sum(seconds) for seconds in zip(*found.values(), strict=True)]
    return found


def exponent(seconds: list[float]) -> float:
    """Return the slope of ln cost on ln beats from ``LARGE`` beats on, where fixed costs no longer show."""
    points = [(n, s) for n, s in zip(LENGTHS, seconds, strict=True) if n >= LARGE]
    n, s = np.log(np.array(points)).T
    return float(np.polyfit(n, s, 1)[0])

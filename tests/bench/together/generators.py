"""The generators by name."""

from __future__ import annotations

from dataclasses import dataclass

from tests.bench.together import pulses, sealed, sums
from tests.bench.together.life import Generator


@dataclass(frozen=True, slots=True)
class Source:
    """``pair`` makes two people's beats; ``is_open``: methods may be chosen by it."""

    title: str
    is_open: bool
    pair: Generator


GENERATORS = {
    "G1": Source("integral pulses, resonators (open)", True, pulses.pair),
    "G2": Source("sums with drifts (open)", True, sums.pair),
    "G3": Source("delayed baroreflex (sealed)", False, sealed.pair),
}

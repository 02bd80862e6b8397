"""Three to sixteen hearts on one clock: is the group in step, and what part has each in it?

The order is that of Kuramoto (1975), rescaled for the group's size so that independent hearts make 0 on average; the
members' parts are cluster phase (Frank & Richardson, Physica D 239:2084-2092, 2010; Richardson, Garcia, Frank, Gergor,
Marsh, Front Physiol 3:405, 2012), which a fixed lag does not lessen.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biosync.together.evidence import LEVEL, upper_tail
from biosync.together.pairs import InStep, PairResult
from biosync.together.phases import ComplexArray, turns
from biosync.together.sampled import Sampled
from biosync.types import BoolArray

EDGE_S = 5
"""Phases this near to an end are half guessed."""
SHORTEST_SHIFT_S = 20
SHIFTS = 19
LEAST_KNOWN_S = 60


@dataclass(frozen=True, slots=True)
class Chance:
    """``z``: the pairs' z at lag 0, summed and scaled; ``p_value``: the one-sided chance of that if every heart beat
    for itself, each pair's z being then independent of the others'. Being in step with opposite signs cancels out."""

    z: float
    p_value: float

    @property
    def beyond_chance(self) -> bool:
        """Tell if chance alone would seldom make so much."""
        return self.p_value < LEVEL


@dataclass(frozen=True, slots=True)
class GroupResult:
    """``order`` 0 (as by chance) to 1 (all at one phase), a little below 0 where phases avoid each other.

    ``members``: each one's part, 0 to 1: how steadily their phase keeps its place among the others; ``by_chance`` the
    part that shifting them in time leaves, the highest of 19 shifts; None where too little is known. ``chance`` with
    whatever makes it so, ``beyond_cue`` without what the cue explains (None without a cue, or while unknown).
    """

    order: float | None
    members: tuple[float | None, ...]
    by_chance: tuple[float | None, ...]
    chance: Chance | None
    beyond_cue: Chance | None


def group(people: Sequence[Sampled], pairs: Sequence[PairResult]) -> GroupResult:
    """Return how ``people``, sampled at the same times, go together as a group; ``pairs``: all pairs of them."""
    phases = np.array([turns(one.slow) for one in people])
    known = np.array([_inside(one.known) for one in people])
    parts = [_part(phases, known, member) for member in range(len(people))]
    cued = any(one.beyond_cue is not None for one in pairs)
    beyond = [one.beyond_cue or one.in_step for one in pairs] if cued else []
    return GroupResult(
        _order(phases, known),
        tuple(part for part, _ in parts),
        tuple(by_chance for _, by_chance in parts),
        _chance([one.in_step for one in pairs]),
        _chance(beyond),
    )


def _inside(known: BoolArray) -> BoolArray:
    inside = known.copy()
    inside[:EDGE_S] = False
    inside[len(known) - EDGE_S :] = False
    return inside


def _chance(pairs: Sequence[InStep]) -> Chance | None:
    z = [one.evidence.z for one in pairs if one.evidence is not None]
    if not z:
        return None
    scaled = sum(z) / math.sqrt(len(z))
    return Chance(scaled, upper_tail(scaled))


def _order(phases: ComplexArray, known: BoolArray) -> float | None:
    """Return Kuramoto's order, squared and rescaled to mean 0 for independent phases, over the times (t) at which two
    or more of ``phases`` (n, t) are ``known``."""
    count = known.sum(axis=0)
    there = count >= 2
    if int(there.sum()) < LEAST_KNOWN_S:
        return None
    size = count[there]
    squared = np.abs((phases * known).sum(axis=0)[there] / size) ** 2
    return float(np.mean((squared - 1 / size) / (1 - 1 / size)))


def _part(phases: ComplexArray, known: BoolArray, member: int) -> tuple[float | None, float | None]:
    """Return the part of one in the group, and the highest of what chance makes of it."""
    others = known.copy()
    others[member] = False
    cluster = (phases * others).sum(axis=0)
    size = np.abs(cluster)
    there = known[member] & (size > 0)
    if int(there.sum()) < LEAST_KNOWN_S:
        return None, None
    # The one asked about is not in the cluster: else everybody would be in step with themselves.
    direction = np.divide(cluster, size, where=size > 0, out=np.zeros_like(cluster)) * (size > 0)
    own = phases[member] * known[member]
    return _steadiness(own, direction), max(_steadiness(np.roll(own, shift), direction) for shift in _shifts(len(own)))


def _steadiness(own: ComplexArray, cluster: ComplexArray) -> float:
    """Return the length, 0 to 1, of the mean direction of ``own`` (t,) seen from ``cluster`` (t,); 0: unknown there."""
    relative = own * np.conj(cluster)
    count = int(np.count_nonzero(relative))
    return float(abs(relative.sum())) / count if count else 0.0


def _shifts(n: int) -> list[int]:
    """Return shifts spread evenly over n seconds that leave nobody near where they were."""
    return [int(shift) for shift in np.linspace(SHORTEST_SHIFT_S, n - SHORTEST_SHIFT_S, SHIFTS)]

"""How many beats were lost: a few guesses, each weighed by how well what came after fits what was known before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SPREAD = 0.12
"""How much one lost interval may differ from the last one that came, relative."""
_UNLIKELY = 0.03
_LATE = 0.02
"""How often, roughly, intervals that come too late are late rather than after a loss."""


@dataclass(frozen=True, slots=True)
class Since:
    """What arrivals since the doubt say of the offset (s): it is at most ``highest``; at least ``lowest`` if none of
    them was late, at least ``lowest_now`` if the last of them was not."""

    lowest: float
    lowest_now: float
    highest: float


@dataclass(frozen=True, slots=True)
class Guess:
    """``beats`` were lost: then the offset lies between ``lowest`` and ``highest`` (s); ``chance`` of 1."""

    beats: int
    lowest: float
    highest: float
    chance: float


def guesses(before: tuple[float, float], since: Since, rr_s: float, missing_s: float, harmless: float) -> list[Guess]:
    """Return what may have been lost, from the bounds on the offset ``before`` and ``since``, the length of a beat, for
    how long notifications were missing, and how often a missing notification has taken nothing with it.

    Empty where nothing fits.
    """
    usual = missing_s / rr_s
    found: list[Guess] = []
    for beats in range(int(usual) + 3):
        prior = (1 - harmless) * max(0.02, 1 - abs(beats - usual))
        floor = since.lowest
        if beats == 0:
            prior = max(harmless, 1 - usual)
            if floor > before[1]:
                prior, floor = prior * _LATE, since.lowest_now
        spread = _SPREAD * rr_s * beats**0.5
        low, high = before[0] + beats * rr_s - spread, before[1] + beats * rr_s + spread
        lowest, highest = max(low, floor), min(high, since.highest)
        if highest > lowest:
            found.append(Guess(beats, lowest, highest, prior * (highest - lowest) / (high - low)))
    total = sum(guess.chance for guess in found)
    return [Guess(g.beats, g.lowest, g.highest, g.chance / total) for g in found]


def chance_of_none(found: Sequence[Guess]) -> float:
    """Return the chance that no beat was lost."""
    return sum(guess.chance for guess in found if guess.beats == 0)


def bounds_after_loss(found: Sequence[Guess]) -> tuple[float, float] | None:
    """Return the bounds that hold the offset if beats were lost, whichever likely number; None where nothing fits."""
    lost = [guess for guess in found if guess.beats > 0]
    total = sum(guess.chance for guess in lost)
    likely = [guess for guess in lost if guess.chance > _UNLIKELY * total]
    if not likely:
        return None
    return min(g.lowest for g in likely), max(g.highest for g in likely)

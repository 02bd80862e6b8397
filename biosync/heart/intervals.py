"""Beat intervals in arrays: what the labeller reads and what every metric reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Beats:
    """Beats of one person as received, in time order; n of them.

    ``t_s`` (n,) end of each interval in seconds; ``rr_ms`` (n,) the interval; ``label`` (n,) codes of
    ``events.LABELS``; ``gap`` (n,) True where beats were lost just before, so that the interval does not begin at
    the beat before it.
    """

    t_s: FloatArray
    rr_ms: FloatArray
    label: IntArray
    gap: BoolArray

    def __len__(self) -> int:
        return len(self.rr_ms)


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of one person ready for metrics, in time order; n of them.

    ``t_s`` (n,) end of each interval in seconds, ``rr_ms`` (n,) its length. ``follows`` (n,) is True where the
    interval begins at the end of the one before it (no gap between them; never at 0). ``normal`` (n,) is True where
    the interval is as measured, False where a correction made it.
    """

    t_s: FloatArray
    rr_ms: FloatArray
    follows: BoolArray
    normal: BoolArray

    def __len__(self) -> int:
        return len(self.rr_ms)

    def last(self, seconds: float, until: float | None = None) -> Intervals:
        """Return those that lie wholly in the last ``seconds`` before ``until`` (default: the last beat)."""
        if len(self) == 0:
            return self
        end = float(self.t_s[-1]) if until is None else until
        keep = (self.t_s <= end) & (self.t_s - self.rr_ms / 1000 >= end - seconds - 1e-9)
        return self.where(keep)

    def where(self, keep: BoolArray) -> Intervals:
        """Return the intervals marked in ``keep`` (n,); one whose predecessor is left out follows nothing."""
        index = np.flatnonzero(keep)
        follows = self.follows[index].copy()
        if len(index):
            follows[0] = False
            follows[1:] &= np.diff(index) == 1
        return Intervals(self.t_s[index], self.rr_ms[index], follows, self.normal[index])

    def runs(self) -> list[Intervals]:
        """Return the unbroken stretches, in time order: no gap inside any of them."""
        starts = np.flatnonzero(~self.follows)
        ends = np.append(starts[1:], len(self))[: len(starts)]
        return [
            Intervals(self.t_s[a:b], self.rr_ms[a:b], self.follows[a:b], self.normal[a:b])
            for a, b in zip(starts, ends, strict=True)
        ]


def from_rr(rr_ms: FloatArray) -> Intervals:
    """Return plain intervals ``rr_ms`` (n,), without gaps or corrections; time is their running sum."""
    rr = np.asarray(rr_ms, dtype=np.float64)
    follows = np.ones(len(rr), dtype=bool)
    follows[:1] = False
    t_s: FloatArray = np.asarray(np.cumsum(rr) / 1000, dtype=np.float64)
    return Intervals(t_s, rr, follows, np.ones(len(rr), dtype=bool))

"""Holds what came out of biosync against what the straps sent: lost, doubled, and a beat clock's drift (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from tests.uml.wire import Sent, true_beats

_SURE = 4
"""So many in a row agree only where they are the same: single intervals and payloads repeat by chance."""
_LOOK = 3000
"""So far ahead is looked for what follows a gap: most of an hour of notifications."""

Window = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Account:
    """``lost``: places in what was sent that did not come. ``foreign``: places in what came that were not sent then:
    doubled, changed or out of order."""

    sent: int
    came: int
    lost: tuple[int, ...]
    foreign: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> bool:
        """True if everything came, once."""
        return not self.lost and not self.foreign


def account(sent: Sequence[object], came: Sequence[object]) -> Account:
    """Match two sequences in order; ``pairs`` are the places (sent, came) that belong together."""
    lost: list[int] = []
    foreign: list[int] = []
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(sent) and j < len(came):
        if sent[i] == came[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif (skipped := _found(sent, i, came, j)) is not None:
            lost += range(i, i + skipped)
            i += skipped
        else:
            foreign.append(j)
            j += 1
    lost += range(i, len(sent))
    foreign += range(j, len(came))
    return Account(len(sent), len(came), tuple(lost), tuple(foreign), tuple(pairs))


def _found(sent: Sequence[object], i: int, came: Sequence[object], j: int) -> int | None:
    """Return how many of ``sent`` from ``i`` on must be left out so that the next few of ``came`` follow."""
    want = list(came[j : j + _SURE])
    for at in range(i + 1, min(len(sent) - len(want), i + _LOOK) + 1):
        if list(sent[at : at + len(want)]) == want:
            return at - i
    return None


def intervals(packets: Sequence[Sent]) -> list[tuple[float, int]]:
    """Return (when it really was, ticks) of every interval in ``packets``."""
    return [beat for packet in packets for beat in true_beats(packet)]


def ticks(rr_ms: float) -> int:
    """Return an interval in the strap's unit, 1/1024 s."""
    return round(rr_ms * 1024 / 1000)


def outside(times: Sequence[float], windows: Sequence[Window]) -> list[float]:
    """Return the times that lie in none of the windows."""
    return [t for t in times if not any(start <= t <= end for start, end in windows)]


def drift_s(true_t: Sequence[float], beat_t: Sequence[float], settle_s: float, window_s: float) -> float | None:
    """Return by how much ``beat_t - true_t`` differs between the last window and the first after settling (s).

    Both are means over ``window_s``; None where the session is too short for two windows.
    """
    start, end = true_t[0] + settle_s, true_t[-1]
    if end - start < 2 * window_s:
        return None
    errors = [(t, b - t) for t, b in zip(true_t, beat_t, strict=True)]
    first = [error for t, error in errors if start <= t < start + window_s]
    last = [error for t, error in errors if t >= end - window_s]
    return fmean(last) - fmean(first)

"""Holds what came out of biosync against what the straps sent: lost, doubled, and a beat clock's drift (pure)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, linear_regression

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


@dataclass(frozen=True, slots=True)
class Drift:
    """How ``beat_t - true_t`` went over a session (s). ``trend_s``: how much its straight line rises from end to end;
    ``ends_s``: the mean of the last whole hour less that of the first; ``wander_s``: how far the mean of an hour lies
    from the mean of all at most."""

    trend_s: float
    ends_s: float
    wander_s: float

    @property
    def most_s(self) -> float:
        """What counts as the drift: the larger of trend and ends, so that neither can hide behind the other."""
        return max(abs(self.trend_s), abs(self.ends_s))


def drift(true_t: Sequence[float], beat_t: Sequence[float], settle_s: float, hour_s: float) -> Drift | None:
    """Return how far a beat clock left the truth after ``settle_s``; None where that leaves less than two hours."""
    start = true_t[0] + settle_s
    errors = [(t, b - t) for t, b in zip(true_t, beat_t, strict=True) if t >= start]
    if not errors or errors[-1][0] - start < 2 * hour_s:
        return None
    hours: dict[int, list[float]] = {}
    for t, error in errors:
        hours.setdefault(int((t - start) // hour_s), []).append(error)
    slope = linear_regression([t - start for t, _ in errors], [error for _, error in errors]).slope
    mean = fmean(error for _, error in errors)
    means = [fmean(hour) for hour in list(hours.values())[:-1]]
    return Drift(slope * (errors[-1][0] - start), means[-1] - means[0], max(abs(hour - mean) for hour in means))

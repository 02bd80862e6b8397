"""``python -m tests.bench.cue.study [PEOPLE]``: which sign tells best, and soonest, that somebody is with the cue.

Signs, each over the last four cycles of the cue (18 s at least) unless said otherwise: the locked share, the stability
of the heart's phase from cycle to cycle over six, the spectral peak's distance from the cue's pace over 32 s, and the
share of the usual swing that our lock uses; and two fusions, of the first three and of all four: the linear
discriminant of Fisher (1936), learned from the people of even number of the resonator family alone. Beside them what
the pacer goes by: the lock, which adds up evidence, and its doubts. Judged on those of odd number, where the truth is
plain: with the cue, or away from it, for 12 s.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from biosync.metrics.cue_following import following, phase_stability
from biosync.pacer.lock import Lock
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from tests.bench.cue.breathing import Cue
from tests.bench.cue.people import FAMILIES, Family, Person, life
from tests.bench.cue.readings import of_beats

SIGNS = ("locked share", "phase stability", "spectral peak", "share of the usual swing", "fusion of the first three",
         "fusion of all four")  # fmt: skip
FUSED = (3, 4)
"""So many of the first signs."""
PLAIN_S, ONE_IN = 12, 0.05


@dataclass(slots=True)
class Story:
    """One person's session: each sign a second (n, 4), what the pacer goes by (n,): 1 where it takes them for with the
    cue, else 0, and the truth (n,)."""

    signs: list[list[float]] = field(default_factory=list)
    judged: list[float] = field(default_factory=list)
    with_cue: list[bool] = field(default_factory=list)
    lapses: tuple[tuple[float, float], ...] = ()


def story(family: Family, kind: str, number: int) -> Story:
    """Let somebody who lapses, or never follows, live with a cue that goes from 11 to 6.5 a minute."""
    who = life("lapses" if kind == "lapses" else "alone", family, number)
    person, wave, lock, told = Person(who), Wave(0.0, 11.0), Lock(), Story(lapses=who.habit.lapses)
    beats: list[tuple[float, float]] = []
    for second in range(1, 601):
        t = float(second)
        beats += person.live_until(t)
        if wave.advance(t):
            lock.breath(wave.rate_bpm, who.habit.own_bpm)
            wave.turn_to(max(6.5, wave.rate_bpm * 0.98) if second > 60 else wave.rate_bpm)
        person.cue = Cue(t, wave.phase, wave.rate_bpm)
        if second > 45:
            reading = of_beats(beats)
            lock.look(t, reading, wave)
            told.signs.append(_signs(reading, wave, lock))
            told.judged.append(float(lock.locked and not lock.doubted))
            told.with_cue.append(person.breath.with_cue(t, person.cue))
    return told


def _signs(reading: Reading, wave: Wave, lock: Lock) -> list[float]:
    period = 60 / wave.rate_bpm
    share = _over(reading, wave, max(18.0, 4 * period))
    phases = [_over(reading, wave, max(8.0, 1.5 * period), k * period) for k in range(6)]
    stable = phase_stability([each[1] for each in phases if each is not None])
    return [share[0] if share else 0.0, stable or 0.0, -_peak_off(reading, wave.rate_bpm), lock.part or 0.0]


def _over(reading: Reading, wave: Wave, seconds: float, back: float = 0.0) -> tuple[float, float] | None:
    end = reading.t_s[-1] - back
    keep = (reading.t_s > end - seconds) & (reading.t_s <= end)
    t_s = reading.t_s[keep]
    found = following(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s)) if len(t_s) else None
    return (found.locked_share, found.phase) if found else None


def _peak_off(reading: Reading, pace_bpm: float) -> float:
    keep = reading.t_s > reading.t_s[-1] - 32
    t_s, heart = reading.t_s[keep], reading.heart_rate_bpm[keep]
    heart = heart - np.polyval(np.polyfit(t_s, heart, 1), t_s)
    paces = np.arange(4, 22, 0.2)
    window = np.hanning(len(t_s))
    power = np.abs(np.exp(-2j * np.pi / 60 * np.outer(paces, t_s)) @ (window * heart))
    return float(abs(paces[np.argmax(power)] - pace_bpm))


def plain(story: Story) -> np.ndarray:
    """Return 1 where they were with the cue, 0 where away from it, for ``PLAIN_S``; -1 elsewhere."""
    truth = np.array(story.with_cue, dtype=int)
    total = np.convolve(truth, np.ones(PLAIN_S, dtype=int))[: len(truth)]
    return np.where(total == PLAIN_S, 1, np.where(total == 0, 0, -1))


def area(yes: np.ndarray, no: np.ndarray) -> float:
    """Return the area under the ROC curve: how often a sign is larger with the cue than without."""
    order = np.sort(no)
    less, equal = np.searchsorted(order, yes, "left"), np.searchsorted(order, yes, "right")
    return float(np.mean((less + equal) / 2) / len(no))


def fusions(stories: list[Story]) -> list[np.ndarray]:
    """Return the weights of the signs in each fusion, so that what parts the two truths best is largest."""
    signs, truth = np.concatenate([np.array(told.signs) for told in stories]), np.concatenate([*map(plain, stories)])
    found = []
    for count in FUSED:
        yes, no = signs[truth == 1, :count], signs[truth == 0, :count]
        spread = np.cov(yes.T) + np.cov(no.T)
        found.append(np.linalg.solve(spread, yes.mean(axis=0) - no.mean(axis=0)))
    return found


def fused(told: Story, weights: list[np.ndarray]) -> Story:
    """Return the same story with the fusions, and what the pacer goes by, beside its signs."""
    signs = [
        [*each, *(float(w @ each[: len(w)]) for w in weights), judged]
        for each, judged in zip(told.signs, told.judged, strict=True)
    ]
    return Story(signs, told.judged, told.with_cue, told.lapses)


def main(people: int) -> None:
    """Let all live, and print the table of each family."""
    who = [(family, kind, n) for family in FAMILIES for kind in ("lapses", "alone") for n in range(people)]
    with ProcessPoolExecutor(2) as pool:
        tell(dict(zip(who, pool.map(story, *zip(*who, strict=True)), strict=True)))


def tell(told: dict[tuple[Family, str, int], Story]) -> None:
    """Print the table of each family."""
    weights = fusions([told[each] for each in told if each[0] == "resonator" and each[2] % 2 == 0])
    for family in FAMILIES:
        judged = [each for each in told if each[0] == family and each[2] % 2 == 1]
        print(f"\n**{family}**, {len(judged) // 2} who lapse and {len(judged) // 2} who never follow\n")
        _tell([fused(told[each], weights) for each in judged])


def _tell(stories: list[Story]) -> None:
    signs = np.concatenate([np.array(each.signs) for each in stories])
    truth = np.concatenate([plain(each) for each in stories])
    there, away = signs[truth == 1], signs[truth == 0]
    missed = float(np.mean(there[:, -1] == 0))
    print("| sign | area under ROC | away, but taken for with the cue, where 5 % of those with it are missed | "
          f"where {100 * missed:.0f} % are | noticed after (median, 90 %), where 5 % are |")  # fmt: skip
    print("|---|---|---|---|---|")
    for k, name in enumerate(SIGNS):
        limit, other = (float(np.quantile(there[:, k], share)) for share in (ONE_IN, missed))
        print(f"| {name} | {area(there[:, k], away[:, k]):.3f} | {_percent(away[:, k] >= limit)} | "
              f"{_percent(away[:, k] >= other)} | {_late(stories, k, limit)} |")  # fmt: skip
    print(f"| the pacer | | | {_percent(away[:, -1] > 0)} | {_late(stories, len(SIGNS), 0.5)} |")


def _percent(which: np.ndarray) -> str:
    return f"{100 * float(np.mean(which)):.0f} %"


def _late(stories: list[Story], k: int, limit: float) -> str:
    """Return in words how late the sign ``k`` notices a lapse, at the median and at 90 %."""
    late = np.sort([*_delays(stories, k, limit), np.nan])
    return f"{late[(len(late) - 1) // 2]:.0f} s, {late[int(0.9 * (len(late) - 1))]:.0f} s"


def _delays(stories: list[Story], k: int, limit: float) -> list[float]:
    """Return how long after the beginning of each lapse the sign falls below ``limit``; 99 where it does not."""
    found = []
    for told in stories:
        values = np.array(told.signs)[:, k]
        for begin, end in told.lapses:
            first, last = int(begin) - 46, min(len(values), int(end) - 46)
            if first < 20 or first >= len(values) - 30 or not all(told.with_cue[first - 20 : first]):
                continue
            low = np.flatnonzero(values[first:last] < limit)
            found.append(float(low[0]) if len(low) else 99.0)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from scipy import signal

from biosync.heart.breath import breath, history
from biosync.heart.intervals import Intervals, from_rr
from biosync.types import FloatArray
from tests.heart import artefacts, modulated
from tests.heart.recordings import column, repaired

Found = list[tuple[float, float, float]]


def breathing(rate_bpm: float, seed: int = 0, swing_ms: float = 40.0, **heart: float) -> Intervals:
    return from_rr(artefacts.heart(400, seed, breath_ms=swing_ms, breath_s=60 / rate_bpm, sd_ms=15, **heart))


def belt(path: Path) -> FloatArray:
    """Return when the in-breaths peaked in a belt at 10 Hz: as data/PROVENANCE.md says for s11."""
    y = column(path, "resp")
    b, a = signal.butter(2, [0.05 / 5, 0.7 / 5], "band")
    y = signal.filtfilt(b, a, y)
    peaks, _ = signal.find_peaks(y, prominence=0.5 * y.std())
    return column(path, "t_s")[peaks]


def beside(x: Intervals, breaths_t: FloatArray) -> Found:
    """Return (t, read, true) where both are known: the truth is the belt's mean rate in the 32 s before t."""
    found: Found = []
    for t, rate, _ in history(x, step_s=4.0):
        inside = breaths_t[(breaths_t >= t - 32) & (breaths_t <= t)]
        if rate is not None and len(inside) > 2:
            found.append((t, rate, 60 * (len(inside) - 1) / float(inside[-1] - inside[0])))
    return found


@pytest.mark.parametrize("rate_bpm", [4.0, 5.0, 6.0, 7.5, 10.0, 12.0, 15.0, 18.0, 24.0])
def test_clear_breathing_is_read_within_half_a_breath(rate_bpm: float) -> None:
    entries = history(breathing(rate_bpm), step_s=8.0)
    known = [rate for _, rate, _ in entries if rate is not None]
    assert len(known) > 0.6 * len(entries)
    assert abs(float(np.median(known)) - rate_bpm) < 0.3
    assert max(abs(rate - rate_bpm) for rate in known) < 1.5


@pytest.mark.parametrize("seed", range(4))
def test_fast_shallow_breath_is_unknown_rather_than_wrong(seed: int) -> None:
    x = from_rr(artefacts.heart(400, seed, breath_ms=1.5, breath_s=2.2, white_ms=10))
    wrong = [rate for _, rate, _ in history(x, step_s=8.0) if rate is not None and abs(rate - 27.3) > 3]
    assert len(wrong) <= 1


def wrong(seeds: range, breath_bpm: float, hz_share: float = 0.0, **heart: float) -> float:
    """Return the share of looks that are off by more than 3; ``hz_share``: breath at that share of the heart rate."""
    off: list[bool] = []
    for seed in seeds:
        rate = hz_share * 60000 / heart["mean_ms"] if hz_share else breath_bpm
        x = from_rr(modulated.intervals(modulated.beats(240, seed, breath_bpm=rate, **heart)))
        off += [said is not None and abs(said - rate) > 3 for _, said, _ in history(x, step_s=8.0)]
    return float(np.mean(off))


def test_waves_of_the_blood_pressure_are_not_taken_for_the_breath() -> None:
    weak = wrong(range(8), 20, breath=0.004, pressure=0.02, slow=0.015)
    strong = wrong(range(8), 20, breath=0.012, pressure=0.045, slow=0.01)
    print(f"\nover fast shallow breath: {weak:.3f} wrong under a weak wave of the pressure, {strong:.3f} a strong one")
    assert weak < 0.12
    assert strong < 0.4


def test_breath_at_half_the_heart_rate_is_unknown() -> None:
    assert wrong(range(8), 0, hz_share=0.51, mean_ms=1100, breath=0.02, pressure=0.012, slow=0.02) < 0.05


def test_with_a_cue_the_wave_near_it_is_read() -> None:
    x = breathing(6.0, swing_ms=15)
    said = breath(x, cue_bpm=6.2)
    assert said.rate_bpm == pytest.approx(6.0, abs=0.3)
    assert 0 < said.confidence <= 1


def test_who_does_not_follow_the_cue_is_not_said_to() -> None:
    said = breath(breathing(14.0), cue_bpm=6.0)
    assert said.rate_bpm == pytest.approx(14.0, abs=0.7)


def test_until_looks_at_the_past_only() -> None:
    slow, fast = artefacts.heart(150, 1, breath_s=10, breath_ms=40), artefacts.heart(150, 1, breath_s=4, breath_ms=40)
    x = from_rr(np.concatenate([slow, fast]))
    middle = float(x.t_s[149])
    head = Intervals(x.t_s[:150], x.rr_ms[:150], x.follows[:150], x.normal[:150])
    assert breath(x, until=middle) == breath(head, until=middle)
    assert breath(x, until=middle).rate_bpm == pytest.approx(6.0, abs=0.4)


def test_a_gap_is_not_bridged() -> None:
    x = breathing(12.0)
    follows = x.follows.copy()
    follows[-10] = False
    assert breath(Intervals(x.t_s, x.rr_ms, follows, x.normal)).rate_bpm is None


def test_what_was_mostly_made_by_correction_is_not_read() -> None:
    x = breathing(12.0)
    assert breath(Intervals(x.t_s, x.rr_ms, x.follows, np.arange(len(x)) % 3 > 0)).rate_bpm is None


@pytest.mark.parametrize("rr", [[], [800.0], [800.0] * 20, [800.0] * 200], ids=["none", "one", "16 s", "no variation"])
def test_too_little_or_no_variation_is_unknown(rr: list[float]) -> None:
    x = from_rr(np.array(rr))
    assert (breath(x).rate_bpm, breath(x, cue_bpm=6.0).rate_bpm) == (None, None)
    assert all(rate is None for _, rate, _ in history(x))


def test_old_beats_are_not_now() -> None:
    x = breathing(12.0)
    assert breath(x, until=float(x.t_s[-1]) + 10).rate_bpm is None


def test_the_history_of_a_day_stays_short() -> None:
    assert len(history(from_rr(np.full(100_000, 800.0)))) <= 721


def test_one_call_takes_a_millisecond_at_most() -> None:
    x = breathing(12.0)
    breath(x)
    started = time.thread_time()
    for _ in range(50):
        breath(x)
    assert (time.thread_time() - started) / 50 < 2e-3


@pytest.mark.external
@pytest.mark.parametrize("led", [False, True], ids=["free", "with its cue"])
def test_the_paced_recordings_are_read_within_half_a_breath(data: Path, led: bool) -> None:
    for path in sorted((data / "paced").glob("*trial*.csv")):
        pace = float(path.stem.split("_")[2].removesuffix("bpm"))
        x = repaired(path)
        said = [breath(x, float(t), pace if led else None) for t in np.arange(60, float(x.t_s[-1]), 5)]
        known = [each.rate_bpm for each in said if each.rate_bpm is not None]
        print(f"\n{path.stem}: {len(known)} of {len(said)} known, median {np.median(known):.2f}", end="")
        assert len(known) >= (0.9 if led else 0.3) * len(said), path.stem
        assert abs(float(np.median(known)) - pace) < 0.3, path.stem
        assert max(abs(rate - pace) for rate in known) < 1.5, path.stem


@pytest.mark.external
def test_the_breath_at_rest_agrees_with_the_belt(data: Path) -> None:
    x = repaired(data / "resp" / "s11_rest_8min_rr.csv")
    found = beside(x, column(data / "resp" / "s11_rest_8min_breaths.csv", "breath_peak_t_s"))
    off = np.array([abs(read - true) for _, read, true in found])
    print(f"\ns11: {len(found)} of {len(history(x, 4.0))} windows known, mean error {off.mean():.2f}")
    assert len(found) > 0.6 * len(history(x, step_s=4.0))
    assert off.mean() < 0.6
    assert off.max() < 3


@pytest.mark.external
@pytest.mark.parametrize("part", ["baseline", "C"])
@pytest.mark.parametrize("place", ["ear", "finger"])
def test_noisy_pulse_gives_unknown_rather_than_wrong(data: Path, part: str, place: str) -> None:
    x = repaired(data / "dyad" / f"P11_{part}_{place}.csv")
    found = beside(x, belt(data / "dyad" / f"P11_{part}_resp10hz.csv"))
    off = np.array([abs(read - true) for _, read, true in found])
    windows = len(history(x, step_s=4.0))
    print(f"\nP11 {part} {place}: {len(found)} of {windows} known, mean error {off.mean():.2f}, {sum(off > 3)} over 3")
    assert np.sum(off > 3) <= 0.03 * windows

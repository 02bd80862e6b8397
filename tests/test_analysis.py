from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from biosync.analysis import analyze, duration_s, gaps
from biosync.heart.intervals import Beats
from biosync.store.recording import Recording
from biosync.store.timeline import beats
from biosync.types import FloatArray

SHAPE = {
    "quality": ["artifact_percent", "ectopic", "missed", "extra", "long", "short", "gaps", "verdict", "why"],
    "time": ["mean_nn_ms", "mean_hr_bpm", "sdnn_ms", "rmssd_ms", "ln_rmssd", "sdsd_ms", "pnn50_percent",
             "pnn20_percent", "hti"],
    "frequency": ["vlf_ms2", "lf_ms2", "hf_ms2", "total_ms2", "lf_hf", "lf_nu", "hf_nu", "lf_peak_hz", "hf_peak_hz"],
    "nonlinear": ["sd1_ms", "sd2_ms", "sample_entropy", "dfa_alpha1"],
    "coherence": ["ratio", "score", "peak_hz", "history"],
    "respiration": ["rate_bpm", "confidence", "history"],
}  # fmt: skip


def from_rr(rr_ms: FloatArray, t_s: FloatArray | None = None) -> Beats:
    return beats(Recording("ana", rr_ms, np.zeros(len(rr_ms), dtype=bool), t_s))


def wave(minutes: float, rate_bpm: float = 6.0, size_ms: float = 60.0) -> FloatArray:
    """An even wave at ``rate_bpm`` around 900 ms, with a little noise."""
    rng = np.random.default_rng(7)
    rr, t = [], 0.0
    while t < 60 * minutes:
        rr.append(900 + size_ms * math.sin(2 * math.pi * rate_bpm / 60 * t) + rng.normal(0, 2))
        t += rr[-1] / 1000
    return np.array(rr)


def whole(found: Beats, **options: bool) -> dict[str, Any]:
    """Return the analysis as a reader of the JSON would see it."""
    out: dict[str, Any] = json.loads(json.dumps(analyze(found, **options), allow_nan=False))
    assert list(out) == ["beats", "duration_s", *SHAPE]
    for part, keys in SHAPE.items():
        assert set(keys) <= set(out[part])
    return out


def test_an_even_wave_has_the_figures_it_is_made_of() -> None:
    out = whole(from_rr(wave(5.0)))
    assert out["beats"] == pytest.approx(333, abs=3)
    assert out["duration_s"] == pytest.approx(300, abs=2)
    assert out["quality"]["verdict"] == "good" and out["quality"]["why"]
    assert out["quality"]["gaps"] == []
    assert out["time"]["mean_nn_ms"] == pytest.approx(900, abs=5)
    assert out["time"]["mean_hr_bpm"] == pytest.approx(66.7, abs=1)
    assert out["frequency"]["lf_peak_hz"] == pytest.approx(0.1, abs=0.01)
    assert out["coherence"]["score"] > 95
    assert out["coherence"]["peak_hz"] == pytest.approx(0.1, abs=0.005)
    assert out["respiration"]["rate_bpm"] == pytest.approx(6.0, abs=0.5)
    assert len(out["coherence"]["history"]) >= 45
    assert set(out["coherence"]["history"][0]) == {"t", "ratio", "score"}
    assert set(out["respiration"]["history"][-1]) == {"t", "rate_bpm", "confidence"}


@pytest.mark.parametrize("n", [0, 1, 2, 3, 5, 20])
def test_few_beats_give_null_not_numbers_made_up(n: int) -> None:
    out = whole(from_rr(wave(1.0)[:n]))
    assert out["beats"] == n
    assert out["coherence"] == {"ratio": None, "score": None, "peak_hz": None, "history": []}
    if n < 2:
        assert out["time"]["rmssd_ms"] is None


def test_just_a_window_has_a_coherence() -> None:
    out = whole(from_rr(wave(66 / 60)))
    assert out["coherence"]["score"] > 95


def test_the_same_value_over_and_over_has_no_rhythm_and_is_no_crash() -> None:
    out = whole(from_rr(np.full(300, 800.0)))
    assert out["time"]["sdnn_ms"] == 0
    assert out["coherence"]["score"] is None


def test_gaps_are_stated_and_not_counted_as_beats() -> None:
    rr = np.insert(wave(4.0), 100, 60_000.0)
    found = from_rr(rr)
    out = whole(found)
    assert out["beats"] == len(rr) - 1
    assert out["duration_s"] == pytest.approx(rr.sum() / 1000)
    begin = rr[:100].sum() / 1000
    assert out["quality"]["gaps"] == [[pytest.approx(begin), pytest.approx(begin + 60)]]
    assert duration_s(found) == out["duration_s"] and gaps(found) == out["quality"]["gaps"]


def test_an_unknown_length_is_a_gap_without_length() -> None:
    lost = np.zeros(10, dtype=bool)
    lost[4] = True
    found = beats(Recording("ana", np.full(10, 1000.0), lost))
    assert gaps(found) == [[4.0, 4.0]]


def test_the_difference_across_a_gap_is_not_in_rmssd() -> None:
    rr = np.tile([800.0, 810.0], 60)
    rr[60:] += 300
    ends = np.cumsum(rr) / 1000
    ends[60:] += 20
    assert whole(from_rr(rr, ends), correction=False)["time"]["rmssd_ms"] == pytest.approx(10.0)
    assert whole(from_rr(rr), correction=False)["time"]["rmssd_ms"] > 20


def test_noise_that_cannot_be_trusted_gets_no_scores() -> None:
    rng = np.random.default_rng(8)
    out = whole(from_rr(rng.uniform(350, 1500, 400)))
    assert out["quality"]["verdict"] == "none" and out["quality"]["why"]
    assert out["coherence"] == {"ratio": None, "score": None, "peak_hz": None, "history": []}
    assert out["respiration"] == {"rate_bpm": None, "confidence": None, "history": []}


def test_scores_are_held_while_the_signal_is_lost_in_noise() -> None:
    rng = np.random.default_rng(9)
    rr = wave(12.0)
    rr[300:400] = rng.uniform(350, 1500, 100)
    found = from_rr(rr)
    out = whole(found)
    assert out["quality"]["verdict"] != "none"
    begin, end = float(found.t_s[330]), float(found.t_s[399])
    scored = [entry["t"] for entry in out["coherence"]["history"]]
    assert min(scored) < begin and max(scored) > end + 70
    assert not any(begin < t < end for t in scored)
    assert all(entry["rate_bpm"] is None for entry in out["respiration"]["history"] if begin < entry["t"] < end)


def test_correction_takes_out_what_the_labels_name() -> None:
    rr = wave(5.0)
    rr[150] = rr[150] + rr[151]
    found = from_rr(np.delete(rr, 151))
    corrected, plain = whole(found), whole(found, correction=False)
    assert plain["time"]["rmssd_ms"] > 1.5 * corrected["time"]["rmssd_ms"]
    assert corrected["quality"] == plain["quality"]
    assert corrected["quality"]["missed"] == 1

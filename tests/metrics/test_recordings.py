"""Real recordings against the reference values that stand beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biosync.heart.intervals import Intervals, from_rr
from biosync.metrics.parts import frequency_part, nonlinear_part, time_part
from tests.metrics.series import recording

pytestmark = pytest.mark.external

DEFINITIONS = "definitions_in_report (scipy)"
SLICED = [
    "rr/s01_rest",
    "rr/s02_polar_h10_slow_breathing",
    "rr/s05_mitdb100_labelled",
    "rr/s06_pyhrv_1h",
    "rr/s07_systole_ppg",
    "rr/s08_hrvanalysis_1000",
    "rr/s10_earclip_biofeedback_10min",
    "resp/s11_rest_8min_rr",
    "rr/s04_nsr2db_nsr001_24h",
]
NAMES = {
    "MeanNN": "mean_nn_ms", "SDNN": "sdnn_ms", "RMSSD": "rmssd_ms", "lnRMSSD": "ln_rmssd", "SDSD": "sdsd_ms",
    "pNN50": "pnn50_percent", "pNN20": "pnn20_percent", "SD1": "sd1_ms", "SD2": "sd2_ms",
    "SampEn_m2_r0.2sd1": "sample_entropy", "DFA_a1_4_16_nonoverlap": "dfa_alpha1",
}  # fmt: skip
BANDS = {"VLF": "vlf_ms2", "LF": "lf_ms2", "HF": "hf_ms2", "LFHF": "lf_hf", "LFnu": "lf_nu", "HFnu": "hf_nu"}


def _load(data: Path, name: str) -> tuple[Intervals, dict[str, Any]]:
    reference = json.loads((data / f"{name}.ref.json").read_text())
    suffix = ".csv.gz" if "24h" in name else ".csv"
    values = reference.get("slice_20000_20400") or reference["values"]
    first, last = reference.get("slice", (20000, 20400))
    return from_rr(recording(data / f"{name}{suffix}")[first:last]), values


@pytest.mark.parametrize("name", SLICED)
def test_time_and_nonlinear_figures_are_the_references(data: Path, name: str) -> None:
    x, values = _load(data, name)
    found = time_part(x) | nonlinear_part(x)
    for theirs, ours in NAMES.items():
        # The references carry six decimals.
        assert found[ours] == pytest.approx(values[DEFINITIONS][theirs], rel=1e-6, abs=1e-6), theirs
    assert found["hti"] == pytest.approx(values["neurokit2"]["HTI"], rel=1e-6)


@pytest.mark.parametrize("name", SLICED)
def test_bands_are_those_of_the_stated_definition(data: Path, name: str) -> None:
    x, values = _load(data, name)
    found = frequency_part(x)
    for theirs, ours in BANDS.items():
        assert found[ours] == pytest.approx(values[DEFINITIONS]["welch4Hz_cubic_SP500_seg300"][theirs], rel=1e-5)


def test_a_whole_day_is_right_and_exact(data: Path) -> None:
    x = from_rr(recording(data / "rr/s04_nsr2db_nsr001_24h.csv.gz"))
    reference = json.loads((data / "rr/s04_nsr2db_nsr001_24h.ref.json").read_text())["values"]
    found = time_part(x) | nonlinear_part(x)
    for theirs, ours in list(NAMES.items())[:9]:
        assert found[ours] == pytest.approx(reference[DEFINITIONS][theirs], rel=1e-6, abs=1e-6), theirs
    assert found["dfa_alpha1"] == pytest.approx(reference["dfa_a1_4_16"]["scipy nonoverlap"], abs=1e-5)
    # Counted once with SciPy's k-d tree: 571,022,005 and 437,304,055 pairs.
    assert found["sample_entropy"] == pytest.approx(np.log(571022005 / 437304055), rel=1e-9)


@pytest.mark.parametrize("trial", ["1_6.5", "2_6.0", "3_5.5", "4_5.0", "5_4.5", "6_6.5"])
def test_the_low_band_peaks_at_the_pace_of_a_pacer(data: Path, trial: str) -> None:
    peak_hz = frequency_part(from_rr(recording(data / f"paced/day1_trial{trial}bpm.csv")))["lf_peak_hz"]
    assert peak_hz is not None
    assert 60 * peak_hz == pytest.approx(float(trial[2:]), abs=0.15)

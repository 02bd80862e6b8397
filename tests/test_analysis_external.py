"""The analysis of the real recordings, against the stated reference values and what is known of each file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biosync.analysis import analyze
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording
from biosync.store.timeline import beats

pytestmark = pytest.mark.external

REFERENCES = (
    "rr/s01_rest.csv",
    "rr/s02_polar_h10_slow_breathing.csv",
    "rr/s04_nsr2db_nsr001_24h.csv.gz",
    "rr/s05_mitdb100_labelled.csv",
    "rr/s06_pyhrv_1h.csv",
    "rr/s07_systole_ppg.csv",
    "rr/s08_hrvanalysis_1000.csv",
    "rr/s10_earclip_biofeedback_10min.csv",
    "resp/s11_rest_8min_rr.csv",
)
TIME = {
    "mean_nn_ms": "MeanNN", "sdnn_ms": "SDNN", "rmssd_ms": "RMSSD", "ln_rmssd": "lnRMSSD", "sdsd_ms": "SDSD",
    "pnn50_percent": "pNN50", "pnn20_percent": "pNN20",
}  # fmt: skip
NONLINEAR = {"sd1_ms": "SD1", "sd2_ms": "SD2"}


def sliced(recording: Recording, first: int, end: int) -> Recording:
    def part(column: Any) -> Any:
        return None if column is None else column[first:end]

    return Recording(
        recording.person,
        recording.rr_ms[first:end],
        recording.lost[first:end],
        part(recording.t_s),
        part(recording.arrival_s),
    )


def recordings(data: Path) -> list[Path]:
    return sorted([*data.glob("rr/*.csv*"), *data.glob("paced/*trial*.csv"), *data.glob("dyad/P*r.csv"),
                   *data.glob("resp/*_rr.csv")])  # fmt: skip


def test_every_recording_is_read_without_a_line_skipped(data: Path) -> None:
    found = recordings(data)
    assert len(found) == 25
    for path in found:
        (recording,) = read_recordings(path)
        assert recording.told == (), path.name
        assert not recording.lost.any(), path.name


@pytest.mark.parametrize("name", REFERENCES)
def test_the_time_domain_equals_the_references(data: Path, name: str) -> None:
    (recording,) = read_recordings(data / name)
    reference = json.loads((data / name.removesuffix(".gz").replace(".csv", ".ref.json")).read_text())
    # The whole of s04 holds three pauses, which are no beats here; its reference counts them.
    values = reference["slice_20000_20400"] if "s04" in name else reference["values"]
    first, end = (20000, 20400) if "s04" in name else reference["slice"]
    stated = values["definitions_in_report (scipy)"]
    out: dict[str, Any] = analyze(beats(sliced(recording, first, end)), correction=False)
    assert out["beats"] == end - first
    for part, names in (("time", TIME), ("nonlinear", NONLINEAR)):
        for ours, theirs in names.items():
            # The references carry six decimals.
            assert out[part][ours] == pytest.approx(stated[theirs], rel=1e-6, abs=6e-7), (name, ours)


def test_s09_has_one_gap_where_the_recorder_paused_and_no_number_is_made_up(data: Path) -> None:
    (recording,) = read_recordings(data / "rr" / "s09_earclip_biofeedback_44min.csv")
    for correction in (True, False):
        out: dict[str, Any] = json.loads(json.dumps(analyze(beats(recording), correction=correction), allow_nan=False))
        assert out["beats"] == 3647
        assert out["quality"]["gaps"] == [[pytest.approx(942.682), pytest.approx(1567.364)]]
        assert out["duration_s"] == pytest.approx(recording.rr_ms.sum() / 1000, abs=0.01)
        assert out["time"]["mean_nn_ms"] == pytest.approx((recording.rr_ms.sum() - 624_682) / 3647, abs=5)
        assert out["time"]["sdnn_ms"] < 100
        inside = [entry["t"] for entry in out["coherence"]["history"] if 943 < entry["t"] < 1567.3 + 64]
        assert inside == []


def test_the_h10_log_of_slow_breathing_lost_no_beat(data: Path) -> None:
    (recording,) = read_recordings(data / "rr" / "s02_polar_h10_slow_breathing.csv")
    out: dict[str, Any] = analyze(beats(recording))
    assert out["beats"] == 620
    assert out["quality"]["gaps"] == []
    assert out["duration_s"] == pytest.approx(600.0, abs=2.0)
    ratios = [entry["ratio"] for entry in out["coherence"]["history"]]
    assert 1.8 < float(np.median(ratios)) < 3.2  # the report: 2.5


def test_beats_cut_out_of_a_recording_with_times_stay_a_gap(data: Path, tmp_path: Path) -> None:
    lines = (data / "rr" / "s01_rest.csv").read_text().splitlines(keepends=True)
    copy = tmp_path / "cut.csv"
    copy.write_text("".join(lines[:500] + lines[520:]))
    (recording,) = read_recordings(copy)
    (original,) = read_recordings(data / "rr" / "s01_rest.csv")
    assert recording.t_s is not None and original.t_s is not None
    out: dict[str, Any] = analyze(beats(recording))
    assert out["quality"]["gaps"] == [[original.t_s[498], pytest.approx(original.t_s[518])]]
    assert out["duration_s"] == pytest.approx(963.434)


@pytest.mark.parametrize("trial", range(1, 7))
def test_paced_breathing_is_read_from_the_beats(data: Path, trial: int) -> None:
    (path,) = data.glob(f"paced/day1_trial{trial}_*bpm.csv")
    pace = float(path.name.rpartition("_")[2].removesuffix("bpm.csv"))
    (recording,) = read_recordings(path)
    out: dict[str, Any] = analyze(beats(recording))
    assert out["respiration"]["rate_bpm"] == pytest.approx(pace, abs=0.5)
    assert out["coherence"]["peak_hz"] == pytest.approx(pace / 60, abs=0.015)

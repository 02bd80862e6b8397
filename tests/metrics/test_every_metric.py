"""What holds for every metric file that the catalogue finds, on the day it is born."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.catalog import offered
from biosync.heart.intervals import Intervals, from_rr
from biosync.metrics.base import Metric
from tests.metrics.reference import REFERENCES
from tests.metrics.series import joined, wandering

METRICS = offered("biosync.metrics", "METRIC", Metric)
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())

intervals_ms = st.floats(0.1, 3e6, allow_nan=False)


@st.composite
def any_intervals(draw: st.DrawFn) -> Intervals:
    """Any positive intervals, in any order of size, with gaps and corrected ones anywhere."""
    rr = np.array(draw(st.lists(intervals_ms, max_size=150)))
    n = len(rr)
    follows = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    follows[:1] = False
    normal = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    pauses = np.where(follows, 0.0, draw(st.floats(0, 1000)))
    return Intervals(np.cumsum(rr / 1000 + pauses), rr, follows, normal)


@st.composite
def heartlike_intervals(draw: st.DrawFn) -> Intervals:
    """Minutes of intervals as a heart could have them, flat ones too, so that long windows get filled."""
    rr = draw(st.floats(300, 2000)) + draw(st.sampled_from([0.0, 1e-9, 1.0, 200.0])) * np.array(
        draw(st.lists(st.floats(-1, 1), min_size=100, max_size=300))
    )
    x = from_rr(rr)
    for at in draw(st.lists(st.integers(1, len(rr) - 1), max_size=3)):
        x.follows[at] = False
        x.t_s[at:] += 7.0
    return x


@every_metric
@given(x=any_intervals() | heartlike_intervals())
def test_gives_every_key_a_finite_number_or_none(metric: Metric, x: Intervals) -> None:
    found = metric.compute(x)
    assert set(found) == set(metric.keys)
    assert all(value is None or math.isfinite(value) for value in found.values())


@every_metric
def test_nothing_is_known_of_no_beat_or_one(metric: Metric) -> None:
    for rr in ([], [800.0]):
        assert set(metric.compute(from_rr(np.array(rr))).values()) == {None}


@every_metric
def test_agrees_with_the_plain_statement_of_its_definition(metric: Metric) -> None:
    rr = wandering(420)
    for key, value in metric.compute(from_rr(rr)).items():
        assert value == pytest.approx(REFERENCES[key](rr), rel=1e-6), key


@every_metric
def test_the_same_beats_give_the_same_figures_at_any_hour(metric: Metric) -> None:
    x = from_rr(wandering(420))
    later = Intervals(x.t_s + 4096.0, x.rr_ms, x.follows, x.normal)
    assert metric.compute(x) == metric.compute(x)
    assert metric.compute(later) == pytest.approx(metric.compute(x), rel=1e-6)


@every_metric
def test_nothing_crosses_a_gap(metric: Metric) -> None:
    """Whatever bridges a gap, by a difference, a spline or a box, sees another jump when the order is turned."""
    a, b = wandering(420, seed=1, mean_ms=800), wandering(420, seed=2, mean_ms=1000)
    found = metric.compute(joined(a, b, pause_s=20))
    assert None not in found.values()
    assert metric.compute(joined(a, b, pause_s=500)) == pytest.approx(found, rel=1e-6)
    if metric.part == "coherence":
        assert found == pytest.approx(metric.compute(from_rr(b)), rel=1e-6)
    else:
        assert metric.compute(joined(b, a)) == pytest.approx(found, rel=1e-6)


@every_metric
def test_does_not_touch_what_it_reads(metric: Metric) -> None:
    x = from_rr(wandering(420))
    for values in (x.t_s, x.rr_ms, x.follows, x.normal):
        values.setflags(write=False)
    metric.compute(x)


def test_every_part_has_the_keys_of_the_contract() -> None:
    parts: dict[str, set[str]] = {}
    for metric in METRICS.values():
        assert parts.setdefault(metric.part, set()).isdisjoint(metric.keys)
        parts[metric.part] |= set(metric.keys)
    assert parts["time"] == {
        "mean_nn_ms", "mean_hr_bpm", "sdnn_ms", "rmssd_ms", "ln_rmssd", "sdsd_ms", "pnn50_percent", "pnn20_percent",
        "hti",
    }  # fmt: skip
    assert parts["frequency"] == {
        "vlf_ms2", "lf_ms2", "hf_ms2", "total_ms2", "lf_hf", "lf_nu", "hf_nu", "lf_peak_hz", "hf_peak_hz",
    }  # fmt: skip
    assert parts["nonlinear"] == {"sd1_ms", "sd2_ms", "sample_entropy", "dfa_alpha1"}
    assert parts["coherence"] == {"ratio", "score", "peak_hz"}

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.store.recording import Recording
from biosync.store.timeline import beats, packets, timeline
from biosync.types import FloatArray


def recording(
    rr_ms: list[float] | FloatArray,
    t_s: list[float] | FloatArray | None = None,
    arrival_s: list[float] | FloatArray | None = None,
    lost: list[int] | None = None,
) -> Recording:
    rr = np.asarray(rr_ms, dtype=np.float64)
    losses = np.zeros(len(rr), dtype=bool)
    losses[lost or []] = True
    t = None if t_s is None else np.asarray(t_s, dtype=np.float64)
    arrival = None if arrival_s is None else np.asarray(arrival_s, dtype=np.float64)
    return Recording("ana", rr, losses, t, arrival)


def test_without_time_it_is_the_running_sum() -> None:
    line = timeline(recording([1000, 900, 1100], lost=[2]))
    assert line.t_s.tolist() == pytest.approx([1.0, 1.9, 3.0])
    assert line.gap.tolist() == [False, False, True]


def test_a_pause_is_a_gap_and_no_beat_and_time_goes_on() -> None:
    line = timeline(recording([1000, 900, 624_682, 800, 810]))
    assert line.rr_ms.tolist() == [1000, 900, 800, 810]
    assert line.t_s.tolist() == pytest.approx([1.0, 1.9, 627.382, 628.192])
    assert line.gap.tolist() == [False, False, True, False]


def test_two_pauses_in_a_row_are_one_gap() -> None:
    line = timeline(recording([1000, 3000, 4000, 900]))
    assert line.rr_ms.tolist() == [1000, 900]
    assert line.gap.tolist() == [False, True]


def test_a_pause_right_before_the_first_beat_or_after_the_last_is_left_out() -> None:
    assert timeline(recording([9000, 1000])).gap.tolist() == [True]
    assert timeline(recording([1000, 9000])).gap.tolist() == [False]
    assert len(timeline(recording([9000]))) == 0


def test_with_times_lost_beats_stay_gaps() -> None:
    line = timeline(recording([1000, 1000, 1000, 1000], t_s=[1, 2, 4, 5]))
    assert line.t_s.tolist() == [1, 2, 4, 5]
    assert line.gap.tolist() == [False, False, True, False]


def test_an_interval_that_reaches_back_over_the_beat_before_follows_nothing() -> None:
    line = timeline(recording([1000, 1000, 1000], t_s=[1, 2, 2.5]))
    assert line.gap.tolist() == [False, False, True]


def test_times_and_intervals_may_disagree_by_their_rounding() -> None:
    rng = np.random.default_rng(4)
    rr = rng.integers(300, 1200, 500).astype(float)
    ends = np.cumsum(rr) / 1000
    for decimals in (1, 2, 3, 4):
        line = timeline(recording(rr, t_s=np.round(ends, decimals)))
        assert not line.gap.any()


def test_whole_seconds_get_the_rhythm_of_the_intervals() -> None:
    rng = np.random.default_rng(5)
    rr = rng.normal(810, 50, 400)
    ends = np.cumsum(rr) / 1000 * 1.001
    ends[200:] += 30.0
    line = timeline(recording(rr, t_s=np.floor(ends)))
    assert np.flatnonzero(line.gap).tolist() == [200]
    inside = ~line.gap[1:]
    assert np.abs(np.diff(line.t_s)[inside] - rr[1:][inside] / 1000).max() < 0.01
    assert np.abs(line.t_s - ends).max() < 1.0
    assert line.t_uncertainty_s.tolist() == [1.0] * 400


def test_what_arrived_together_is_one_packet_unless_something_is_missing_in_it() -> None:
    found = recording([800, 810, 820, 3000, 830, 840], arrival_s=[1, 1, 3, 6, 6, 6], lost=[1])
    assert found.arrival_s is not None
    assert [(p.t_s, p.rr_ms, p.gap) for p in packets(found, found.arrival_s)] == [
        (1, (800,), False),
        (1, (810,), True),
        (3, (820,), False),
        (6, (830, 840), True),
    ]


def test_arrivals_pin_the_chain_and_never_shift_it() -> None:
    rng = np.random.default_rng(6)
    rr = rng.normal(800, 40, 300)
    ends = np.cumsum(rr) / 1000
    arrivals = np.maximum.accumulate(ends + 0.05 + rng.uniform(0, 0.1, len(ends)))
    line = timeline(recording(rr, arrival_s=arrivals))
    assert line.rr_ms.tolist() == rr.tolist()
    assert not line.gap[1:].any()
    assert np.abs(line.t_s - ends).max() < 0.5
    assert (np.abs(line.t_s - ends) <= line.t_uncertainty_s).mean() > 0.9


def test_beats_that_never_arrived_leave_a_gap() -> None:
    rr = np.full(200, 800.0)
    ends = np.cumsum(rr) / 1000
    keep = np.ones(200, dtype=bool)
    keep[90:120] = False
    line = timeline(recording(rr[keep], arrival_s=(ends + 0.1)[keep]))
    assert np.flatnonzero(line.gap).tolist() == [90]
    assert line.t_s[90] - line.t_s[89] == pytest.approx(31 * 0.8, abs=0.8)


def test_beats_are_labelled() -> None:
    rr = 800 + 20 * np.sin(np.arange(120) / 3)
    rr[60] = 1600
    found = beats(recording(rr))
    assert len(found.label) == 120
    assert found.label[60] != 0 and (found.label != 0).sum() < 5


@given(st.lists(st.floats(1, 86_400_000), min_size=1, max_size=40), st.integers(0, 2))
def test_every_recording_has_a_timeline_that_rises(rr: list[float], clock: int) -> None:
    ends = np.cumsum(rr) / 1000
    found = recording(rr, t_s=ends if clock == 1 else None, arrival_s=ends if clock == 2 else None)
    line = timeline(found)
    assert line.rr_ms.tolist() == [x for x in rr if x <= 2500]
    assert (np.diff(line.t_s) >= -1e-9).all()

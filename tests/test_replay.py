from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from biosync.replay import replay, start_s
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording
from biosync.store.timeline import timeline
from biosync.types import FloatArray

NO_LOSS = np.zeros(4, dtype=bool)
RR = np.array([1000.0, 900.0, 5000.0, 1100.0])


def recording(t_s: FloatArray | None = None, arrival_s: FloatArray | None = None) -> Recording:
    return Recording("ana", RR, NO_LOSS, t_s, arrival_s)


def test_with_times_every_beat_comes_at_its_time() -> None:
    events = list(replay(recording(t_s=np.array([101.0, 101.9, 106.9, 108.0]))))
    assert [(e.t, e.beat_t) for e in events] == [pytest.approx((t, t)) for t in (1.0, 1.9, 8.0)]
    assert [(e.person, e.rr_ms, e.gap) for e in events] == [
        ("ana", (1000.0,), False),
        ("ana", (900.0,), False),
        ("ana", (1100.0,), True),
    ]


def test_without_any_time_it_is_the_running_sum() -> None:
    events = list(replay(recording()))
    assert [e.t for e in events] == pytest.approx([1.0, 1.9, 8.0])
    assert [e.beat_t for e in events] == [e.t for e in events]


def test_with_arrivals_what_came_together_is_one_event_placed_by_the_whole_recordings_beat_clock() -> None:
    found = recording(arrival_s=np.array([50.2, 50.2, 57.0, 57.0]))
    events, line = list(replay(found)), timeline(found)
    assert [e.t for e in events] == pytest.approx([1.0, 7.8])
    assert [(e.rr_ms, e.gap) for e in events] == [((1000.0, 900.0), False), ((1100.0,), True)]
    assert [e.beat_t for e in events] == pytest.approx(line.t_s[[1, 2]] - start_s(found))
    assert [e.t_uncertainty_s for e in events] == pytest.approx(line.t_uncertainty_s[[1, 2]])


@pytest.mark.external
def test_a_log_of_a_real_strap_is_played_without_stuttering(data: Path) -> None:
    (found,) = read_recordings(data / "rr" / "s02_polar_h10_slow_breathing.csv")
    late = [event.t - event.beat_t for event in replay(found) if event.beat_t is not None]
    assert len(late) > 500
    assert -0.1 < min(late) < max(late) < 2  # a settling clock moves slowly: within its uncertainty


def test_people_on_one_clock_stay_on_it_with_one_start() -> None:
    ana = recording(t_s=np.array([101.0, 101.9, 106.9, 108.0]))
    ben = recording(t_s=np.array([103.0, 103.9, 108.9, 110.0]))
    begin = min(start_s(ana), start_s(ben))
    assert begin == 100.0
    assert [next(iter(replay(one, begin, name))).t for one, name in ((ana, "a"), (ben, "b"))] == [1.0, 3.0]


@pytest.mark.external
def test_every_recording_is_fed_again_whole_and_in_order(data: Path) -> None:
    for path in sorted([*data.glob("rr/*.csv*"), *data.glob("paced/day1_trial*.csv"), *data.glob("dyad/P*_*r.csv")]):
        (found,) = read_recordings(path)
        events = list(replay(found))
        times = [event.t for event in events]
        assert times == sorted(times) and times[0] >= 0, path.name
        fed = [rr for event in events for rr in event.rr_ms]
        assert fed == timeline(found).rr_ms.tolist(), path.name

"""RMSSD of the last minute is told once half a minute of it was measured: what a gap left open tells nothing."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.events import Interval
from biosync.live import figures, look
from biosync.metrics.rmssd import rmssd
from biosync.track import Track

RR_MS = 1000.0 + 20.0 * np.sin(np.arange(200))


def beat_by_beat(track: Track, rr_ms: list[float], from_s: float, *, gap: bool = False) -> float:
    """Feed intervals from ``from_s`` on, the first after a gap if so; return when the last one ended."""
    t = from_s
    for number, rr in enumerate(rr_ms):
        t += rr / 1000
        track.interval(Interval(t, "Ana", (rr,), t, gap and number == 0))
    return t


def rmssd_ms(track: Track) -> float | None:
    now = look(track, float(track.beats().t_s[-1]), None)
    assert now.known
    return figures("Ana", now, None, [], None).rmssd_ms


@pytest.mark.parametrize(("beats", "told"), [(25, False), (40, True)])
def test_it_takes_half_a_minute(beats: int, told: bool) -> None:
    track = Track("Ana")
    beat_by_beat(track, RR_MS[:beats].tolist(), 0.0)
    assert (rmssd_ms(track) is not None) == told


@pytest.mark.parametrize(("beats", "told"), [(15, False), (40, True)])
def test_beats_before_a_gap_do_not_count_for_those_after_it(beats: int, told: bool) -> None:
    track = Track("Ana")
    end = beat_by_beat(track, RR_MS[:90].tolist(), 0.0)
    beat_by_beat(track, RR_MS[:beats].tolist(), end + 50.0, gap=True)
    found = rmssd_ms(track)
    assert (found is not None) == told
    if told:
        assert found == rmssd(look(track, float(track.beats().t_s[-1]), None).intervals.last(60.0))["rmssd_ms"]

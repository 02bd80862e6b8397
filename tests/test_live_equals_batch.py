"""Live equals batch: however a recording is cut up on its way in, beats, labels and figures come out the same."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import Beat, Interval
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.live import figures, look
from biosync.track import Track

hearts = st.lists(
    st.floats(400, 1400) | st.sampled_from([250.0, 800.0, 810.0, 1600.0]), min_size=1, max_size=140
)
gaps = st.sets(st.integers(0, 139), max_size=6).map(lambda some: [k in some for k in range(140)])
cuts = st.lists(st.integers(1, 9), min_size=1, max_size=140)


def fed(rr_ms: list[float], gap: list[bool], sizes: list[int]) -> tuple[Track, list[Beat]]:
    """Feed the intervals in packets of ``sizes``; a gap begins a packet, as it does in every recording."""
    track, beats, at, turn = Track("Ana"), [], 0, 0
    ends = np.cumsum(rr_ms) / 1000 + 5 * np.cumsum(gap[: len(rr_ms)])
    while at < len(rr_ms):
        end = min(len(rr_ms), at + sizes[turn % len(sizes)])
        end = next((k for k in range(at + 1, end) if gap[k]), end)
        t = float(ends[end - 1])
        beats += track.interval(Interval(t, "Ana", tuple(rr_ms[at:end]), t, gap[at]))
        at, turn = end, turn + 1
    return track, beats + track.finish(float(ends[-1]))


@given(rr_ms=hearts, gap=gaps, sizes=cuts)
def test_any_split_gives_what_the_whole_gives(rr_ms: list[float], gap: list[bool], sizes: list[int]) -> None:
    cut, cut_beats = fed(rr_ms, gap, sizes)
    one, one_beats = fed(rr_ms, gap, [1])
    assert [(b.rr_ms, b.label) for b in cut_beats] == [(b.rr_ms, b.label) for b in one_beats]
    assert np.allclose([b.beat_t for b in cut_beats], [b.beat_t for b in one_beats], atol=1e-9)
    end = float(cut.beats().t_s[-1])
    a, b = (figures("Ana", look(track, end, None), None, [], None) for track in (cut, one))
    assert a.quality == b.quality
    for key in ("heart_rate_bpm", "rmssd_ms", "coherence_score", "coherence_early", "breath_bpm"):
        x, y = getattr(a, key), getattr(b, key)
        assert (x is None) == (y is None)
        assert x is None or np.isclose(x, y, rtol=1e-6)


@given(rr_ms=hearts, gap=gaps)
def test_live_labels_and_corrections_are_those_of_the_whole_recording(rr_ms: list[float], gap: list[bool]) -> None:
    track, _ = fed(rr_ms, gap, [3, 1, 2])
    live = track.beats()
    first = len(rr_ms) - len(live)  # what lies further back than live windows reach is forgotten
    rr, lost = np.array(rr_ms), np.array(gap[: len(rr_ms)])
    assert np.array_equal(live.rr_ms, rr[first:])
    assert np.array_equal(live.label, label(rr, lost)[first:])
    whole = correct(Beats(live.t_s, live.rr_ms, live.label, live.gap))
    assert np.array_equal(whole.rr_ms, look(track, float(live.t_s[-1]), None).intervals.rr_ms)

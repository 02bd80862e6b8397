"""Live equals batch: however a recording is cut up on its way in, beats, labels and figures come out the same."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from biosync.events import LABELS, Beat, Interval
from biosync.heart.breath import breath
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.heart.quality import judge
from biosync.live import figures, look
from biosync.metrics.coherence import coherence, early
from biosync.metrics.heart_rate import heart_rate
from biosync.metrics.rmssd import rmssd
from biosync.track import Track
from biosync.types import FloatArray

hearts = st.lists(st.floats(400, 1400) | st.sampled_from([250.0, 800.0, 810.0, 1600.0]), min_size=1, max_size=140)
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


def breathing(seed: int, mean_ms: float, depth: float, period_s: float, spoiled: int, n: int) -> FloatArray:
    """Return intervals in ticks of a heart that breathes, with so many missed, extra and early beats among them."""
    rng = np.random.default_rng(seed)
    beats = [0.0]
    for _ in range(n):
        swing = depth * np.sin(2 * np.pi * beats[-1] / period_s) + rng.normal(0, 0.01)
        beats.append(beats[-1] + mean_ms / 1000 * (1 + swing))
    t = np.array(beats)
    for k in rng.integers(30, n - 5, spoiled):
        kind = rng.integers(3)
        if kind == 0:
            t = np.delete(t, k)
        elif kind == 1:
            t = np.insert(t, k, t[k - 1] + 0.4 * (t[k] - t[k - 1]))
        else:
            t[k] -= 0.3 * (t[k] - t[k - 1])
    return np.asarray(np.round(np.diff(t) * 1024) * 1000 / 1024, dtype=np.float64)


def look_by_look(rr_ms: FloatArray, gap: list[bool], sizes: list[int], every: int) -> int:
    """Feed in packets; at every so many packets compare what is live with the whole recording up to there.

    The labels compared with are those given by the whole recording, its future included. Return how many looks had a
    coherence score and a breath, so that a caller can tell that something was compared.
    """
    codes = label(rr_ms, np.array(gap[: len(rr_ms)]))
    ends = np.cumsum(rr_ms) / 1000 + 5 * np.cumsum(gap[: len(rr_ms)])
    track, beats, at, turn, known = Track("Ana"), [], 0, 0, 0
    while at < len(rr_ms):
        end = min(len(rr_ms), at + sizes[turn % len(sizes)])
        end = next((k for k in range(at + 1, end) if gap[k]), end)
        t = float(ends[end - 1])
        beats += track.interval(Interval(t, "Ana", tuple(rr_ms[at:end].tolist()), t, gap[at]))
        at, turn, m = end, turn + 1, len(beats)
        assert [beat.label for beat in beats] == [LABELS[code] for code in codes[:m]]
        if turn % every or not m:
            continue
        now = look(track, float(ends[m - 1]), None)
        live = figures("Ana", now, None, [], None)
        so_far = Beats(ends[:m], rr_ms[:m], codes[:m], np.array(gap[:m]))
        verdict, x = judge(so_far), correct(so_far)
        assert (live.quality, live.why) == (verdict.verdict, verdict.why)
        if verdict.verdict == "none":
            assert (live.rmssd_ms, live.coherence_score, live.coherence_early, live.breath_bpm) == (None,) * 4
            continue
        full, part, breathed = coherence(x), early(x), breath(x)
        expected = [full and full.score, None if full or not part else part.score, breathed.rate_bpm]
        expected += [breathed.confidence, heart_rate(x.last(10))["heart_rate_bpm"]]
        found = [live.coherence_score, live.coherence_early, live.breath_bpm, live.breath_confidence]
        close(expected, [*found, live.heart_rate_bpm])
        if live.rmssd_ms is not None:
            close([rmssd(x.last(60))["rmssd_ms"]], [live.rmssd_ms])
        known += live.coherence_score is not None and live.breath_bpm is not None
    return known


def close(expected: list[float | None], found: list[float | None]) -> None:
    for a, b in zip(expected, found, strict=True):
        assert (a is None) == (b is None)
        assert a is None or b is None or np.isclose(a, b, rtol=1e-9)


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 9999),
    mean_ms=st.floats(420, 1150),
    depth=st.floats(0, 0.1),
    period_s=st.floats(3, 13),
    spoiled=st.integers(0, 12),
    gap=st.sets(st.integers(1, 399), max_size=3),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=20),
)
@example(seed=1, mean_ms=1000, depth=0.08, period_s=10, spoiled=4, gap=set(), sizes=[1, 9])
def test_every_look_at_a_breathing_heart_is_what_the_whole_recording_gives(
    seed: int, mean_ms: float, depth: float, period_s: float, spoiled: int, gap: set[int], sizes: list[int]
) -> None:
    rr = breathing(seed, mean_ms, depth, period_s, spoiled, 400)
    look_by_look(rr, [k in gap for k in range(len(rr) + 9)], sizes, every=17)


def test_looks_are_compared_where_scores_and_breath_are_known() -> None:
    """The test above would also pass if nothing was ever known; here most of it is, beyond what live remembers too."""
    rr = breathing(3, 900, 0.07, 10, 4, 700)
    assert rr.sum() / 1000 > 600
    assert look_by_look(rr, [False] * len(rr), [1, 3, 2], every=10) > 15

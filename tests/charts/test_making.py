"""The data of charts: the same figures as everywhere, gaps stay, and what is kept private is not there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.charts.charts import Charts, Course
from biosync.charts.heard import Heard, in_step_of, markers_of
from biosync.charts.making import charts
from biosync.consent import FIGURES
from biosync.events import LABELS, Cue, Marker
from biosync.heart.intervals import Beats
from biosync.metrics.base import differences
from biosync.metrics.coherence import HALF_WIDTH_HZ, coherence
from biosync.metrics.poincare import poincare
from biosync.metrics.spectrum import spectrum
from biosync.snapshot import Episode, Rupture
from biosync.spectral.welch import band_power
from biosync.together.course_summary import PairStory
from tests.metrics.series import wandering, wave

ECTOPIC, MISSED = LABELS.index("ectopic"), LABELS.index("missed")
COURSE = Course(np.array([5.0, 10.0]), np.array([np.nan, 60.0]))


def beats(rr_ms: np.ndarray, odd: dict[int, int] | None = None, lost: tuple[int, ...] = ()) -> Beats:
    label, gap = np.zeros(len(rr_ms), np.int8), np.zeros(len(rr_ms), bool)
    for place, code in (odd or {}).items():
        label[place] = code
    gap[list(lost)] = True
    t_s = np.cumsum(rr_ms) / 1000 + 20 * np.cumsum(gap)
    return Beats(t_s, rr_ms, label, gap)


def heard(some: Beats, **other: object) -> Heard:
    end = float(some.t_s[-1]) if len(some) else 0.0
    made = Heard("Ana", 0.0, end, some, "good", "", (Cue(0.0, ("Ana",), 6.0, 0.0, 0.4, "lead", 1.0, ""),), COURSE,
                 COURSE, COURSE)
    return replace(made, **other)  # type: ignore[arg-type]


def test_the_figures_are_those_of_the_metrics() -> None:
    made = charts(heard(beats(wandering(360))))
    assert made.spectrum is not None and made.cloud is not None
    assert made.spectrum.figures == spectrum(made.intervals)
    assert (made.cloud.sd1_ms, made.cloud.sd2_ms) == tuple(poincare(made.intervals).values())
    assert np.array_equal(made.cloud.after_ms - made.cloud.before_ms, differences(made.intervals))
    found = coherence(made.intervals)
    assert found is not None
    assert made.spectrum.peak_hz == (found.peak_hz - HALF_WIDTH_HZ, found.peak_hz + HALF_WIDTH_HZ)


def test_the_density_that_is_drawn_holds_the_power_that_is_told() -> None:
    made = charts(heard(beats(wandering(360)))).spectrum
    assert made is not None
    for name, low, high in (("lf_ms2", 0.04, 0.15), ("hf_ms2", 0.15, 0.40)):
        assert band_power(made.f_hz, made.ms2_hz, low, high) == pytest.approx(made.figures[name])


def test_too_short_a_stretch_hides_the_low_bands() -> None:
    made = charts(heard(beats(wandering(90)))).spectrum
    assert made is not None
    assert made.known_from_hz == 0.15
    assert made.figures["lf_ms2"] is None and made.figures["hf_ms2"] is not None
    assert charts(heard(beats(wandering(40)))).spectrum is None


def test_artefacts_and_gaps_are_there_to_be_marked_but_count_nowhere() -> None:
    made = charts(heard(beats(wandering(300), {100: ECTOPIC, 200: MISSED}, (150,))))
    assert made.beats.label[100] == ECTOPIC and made.beats.label[200] == MISSED
    assert made.beats.gap[150]
    assert made.fold is not None and made.cloud is not None
    assert len(made.fold.phase) == np.count_nonzero(made.intervals.normal) < 300
    assert len(made.cloud.after_ms) < 298


def test_a_heart_that_swings_with_the_cue_is_fast_at_one_place_in_the_breath() -> None:
    x = wave(6.0, 120.0)
    made = charts(heard(beats(x.rr_ms))).fold
    assert made is not None and made.following is not None
    assert made.following.locked_share > 0.95
    fast = made.phase[made.rate_bpm > made.mean_bpm + 0.8 * made.following.amplitude_bpm]
    away = (fast - made.following.phase + 0.5) % 1.0 - 0.5
    assert len(fast) > 5
    assert np.abs(away).max() < 0.15


def test_what_came_before_the_cue_is_not_laid_over_it() -> None:
    late = (Cue(60.0, ("Ana",), 6.0, 0.0, 0.4, "lead", 1.0, ""),)
    made = charts(heard(beats(wave(6.0, 120.0).rr_ms), cues=late)).fold
    whole = charts(heard(beats(wave(6.0, 120.0).rr_ms))).fold
    assert made is not None and whole is not None
    assert 0 < len(made.phase) < 0.6 * len(whole.phase)
    assert charts(heard(beats(wave(6.0, 120.0).rr_ms), cues=())).fold is None


def test_without_trust_there_is_only_what_came_in() -> None:
    made = charts(heard(beats(wandering(300)), quality="none", why="many irregular beats"))
    assert len(made.beats) == 300
    assert made.spectrum is None and made.cloud is None and made.fold is None
    assert made.why == "many irregular beats"


@pytest.mark.parametrize("hidden", [*FIGURES, "breath"])
def test_what_is_kept_private_is_nowhere(hidden: str) -> None:
    made = charts(heard(beats(wandering(300)), hidden=frozenset({hidden})))
    assert made.hidden == {hidden}
    of_the_beats = hidden in ("heart_rate", "rmssd")
    assert (len(made.beats) == 0) == (len(made.intervals) == 0) == of_the_beats
    assert (made.fold is None) == (made.cloud is None) == (made.spectrum is None) == of_the_beats
    assert (len(made.coherence.t_s) == 0) == (hidden == "coherence")
    assert (len(made.breath.t_s) == 0) == (hidden == "breath")
    if made.spectrum is not None:
        assert (made.spectrum.peak_hz is None) == (hidden == "coherence")


def test_only_the_span_is_seen() -> None:
    made = charts(heard(beats(wandering(300)), begin_t=60.0, end_t=120.0))
    assert made.beats.t_s.min() >= 60.0 and made.beats.t_s.max() <= 120.0
    assert np.array_equal(made.coherence.t_s, COURSE.t_s)


@given(st.lists(st.floats(1.0, 5000.0), max_size=80), st.data())
def test_any_beats_make_charts(rr_ms: list[float], data: st.DataObject) -> None:
    some = np.array(rr_ms)
    odd = {k: data.draw(st.integers(0, 5)) for k in data.draw(st.sets(st.integers(0, max(0, len(rr_ms) - 1))))
           if k < len(rr_ms)}
    made = charts(heard(beats(some, odd), begin_t=-1.0, end_t=1e9))
    assert isinstance(made, Charts)
    assert len(made.beats) == len(rr_ms)


def test_pairs_are_seen_from_the_one_whose_charts_they_are() -> None:
    story = PairStory(("Ana", "Ben"), episodes=[Episode(60.0, 90.0)], ruptures=[Rupture(90.0, (), 120.0)])
    (seen,) = in_step_of("Ben", [story, PairStory(("Ana", "Lea"))])
    assert (seen.other, seen.episodes, seen.ruptures) == ("Ana", (Episode(60.0, 90.0),), (Rupture(90.0, (), 120.0),))


def test_markers_of_others_are_not_shown() -> None:
    mine, all_of_us, theirs = (Marker(1.0, name, "x") for name in ("Ana", None, "Ben"))
    assert markers_of("Ana", (mine, all_of_us, theirs)) == (mine, all_of_us)

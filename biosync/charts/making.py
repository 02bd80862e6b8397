"""From what was heard of one person to the data of their charts, by the very functions that make the figures."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import NO_COURSE, OF_THE_BEATS, Charts, Cloud, Spectrum
from biosync.charts.cue_fold import cue_fold
from biosync.charts.heard import Heard
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats, Intervals
from biosync.metrics import coherence
from biosync.metrics.base import normal_rr, successive
from biosync.metrics.poincare import poincare
from biosync.metrics.spectrum import density_of, spectrum_of
from biosync.types import BoolArray


def charts(heard: Heard) -> Charts:
    """Return the charts of what was ``heard``: only what its person lets this screen show, and, where the beats can't
    be trusted, nothing that stands on a rhythm."""
    hidden = heard.hidden
    beats = within(heard.beats, heard.begin_t, heard.end_t)
    if hidden & OF_THE_BEATS:
        beats = within(beats, 0.0, -1.0)
    x = correct(beats)
    trusted = heard.quality != "none" and len(x) > 0
    return Charts(
        heard.person, heard.begin_t, heard.end_t, beats, x, heard.quality, heard.why,
        spectrum=_spectrum(x, "coherence" not in hidden) if trusted else None,
        cloud=_cloud(x) if trusted else None,
        fold=cue_fold(x, heard.cues) if trusted else None,
        coherence=NO_COURSE if "coherence" in hidden else heard.coherence,
        breath=NO_COURSE if "breath" in hidden else heard.breath,
        pace=heard.pace,
        in_step=heard.in_step,
        markers=heard.markers,
        hidden=hidden,
    )  # fmt: skip


def within(beats: Beats, begin_t: float, end_t: float) -> Beats:
    """Return the beats whose intervals end from ``begin_t`` to ``end_t`` (s)."""
    keep: BoolArray = (beats.t_s >= begin_t) & (beats.t_s <= end_t)
    return Beats(beats.t_s[keep], beats.rr_ms[keep], beats.label[keep], beats.gap[keep])


def _spectrum(x: Intervals, with_peak: bool) -> Spectrum | None:
    found = density_of(x)
    if found is None:
        return None
    newest = coherence.coherence(x) if with_peak else None
    half = coherence.HALF_WIDTH_HZ
    peak = None if newest is None else (newest.peak_hz - half, newest.peak_hz + half)
    return Spectrum(found.f_hz, found.ms2_hz, spectrum_of(found), found.known_from_hz, peak)


def _cloud(x: Intervals) -> Cloud | None:
    before, after = successive(x)
    if not len(after):
        return None
    figures = poincare(x)
    return Cloud(before, after, float(np.mean(normal_rr(x))), figures["sd1_ms"], figures["sd2_ms"])

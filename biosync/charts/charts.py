"""The data of one person's charts, ready to be drawn; None, or an empty array, is what is not known or not shown."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from biosync.events import Marker, Quality
from biosync.heart.intervals import Beats, Intervals
from biosync.metrics.base import Figures
from biosync.metrics.cue_following import Following
from biosync.snapshot import Episode, Rupture
from biosync.together.course_summary import Led
from biosync.types import FloatArray

OF_THE_BEATS = frozenset({"heart_rate", "rmssd"})
"""Where one of these is kept private, so is every beat: intervals one by one tell both."""


@dataclass(frozen=True, slots=True, eq=False)
class Spectrum:
    """The power density ``ms2_hz`` (m,) in ms²/Hz of the intervals at ``f_hz`` (m,), with the ``figures`` of
    ``biosync.metrics.spectrum``. Below ``known_from_hz`` the span was too short to tell anything.

    ``peak_hz``: from where to where the coherence score's peak lies in its own 64 s, None where there is no score.
    """

    f_hz: FloatArray
    ms2_hz: FloatArray
    figures: Figures
    known_from_hz: float
    peak_hz: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Cloud:
    """Each interval ``after_ms`` (k,) against the one before it, ``before_ms`` (k,), both as measured; their mean, and
    the ellipse's half axes ``sd1_ms`` (across) and ``sd2_ms`` (along), None where not known."""

    before_ms: FloatArray
    after_ms: FloatArray
    mean_ms: float
    sd1_ms: float | None
    sd2_ms: float | None


@dataclass(frozen=True, slots=True, eq=False)
class CueFold:
    """Heart rates ``rate_bpm`` (k,) against the ``phase`` (k,) of the cue at which they were, 0 to 1 (0: the in-breath
    begins, ``inhale_fraction``: the out-breath does); ``following`` is how they go with it, None where not known."""

    phase: FloatArray
    rate_bpm: FloatArray
    inhale_fraction: float
    mean_bpm: float
    following: Following | None


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A figure over the session: ``value`` (n,) at ``t_s`` (n,) in seconds, NaN where it was not known."""

    t_s: FloatArray
    value: FloatArray


@dataclass(frozen=True, slots=True)
class InStepWith:
    """How it went with ``other``: the times in step, ruptures with their repairs, and who led when, oldest first."""

    other: str
    episodes: tuple[Episode, ...] = ()
    ruptures: tuple[Rupture, ...] = ()
    led: tuple[Led, ...] = ()


NO_COURSE = Course(np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class Charts:
    """All charts of ``person``. Times are seconds since the session's start; the session is seen from 0 to ``end_t``,
    and ``beats``, ``spectrum``, ``cloud`` and ``fold`` are of ``begin_t`` to ``end_t`` only.

    ``beats``: every beat as received, with its label and what was lost before it; ``intervals``: the same after
    correction. ``coherence`` (0 to 100) and ``breath`` (breaths a minute, read from the beats) are of the whole
    session, and so is ``pace``, that of the cue. ``quality`` with ``why`` is on the beats: with "none" there is no
    spectrum, cloud or fold. ``markers``: those for this person and those for all. ``hidden`` names the figures that
    are kept from this screen (heart_rate, rmssd, coherence, breath): what would tell them is empty. Without rmssd there
    are no beats, nor anything made of them: they tell how they differ.
    """

    person: str
    begin_t: float
    end_t: float
    beats: Beats
    intervals: Intervals
    quality: Quality
    why: str
    spectrum: Spectrum | None = None
    cloud: Cloud | None = None
    fold: CueFold | None = None
    coherence: Course = NO_COURSE
    breath: Course = NO_COURSE
    pace: Course = NO_COURSE
    in_step: tuple[InStepWith, ...] = ()
    markers: tuple[Marker, ...] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)

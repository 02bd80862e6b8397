"""What the surfaces (window, terminal) show: one immutable picture of the session, made anew when something changed.

A surface takes the latest snapshot, reads the session's clock, and draws; it never asks the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from biosync.events import Cue, Group, Link, Metrics, Mode, Origin, Program, Synchrony
from biosync.types import FloatArray, IntArray


def _no_times() -> FloatArray:
    return np.empty(0)


def _no_codes() -> IntArray:
    return np.empty(0, dtype=np.int8)


@dataclass(frozen=True, slots=True)
class Practice:
    """What the pacer of a cue was told: its ``program``, whose breath it goes by (``mode``), and who leads now, None
    where nobody does."""

    program: Program = "find"
    mode: Mode = "meet_in_the_middle"
    leads: str | None = None


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person as the screen may show them.

    ``number`` counts from 0 and picks colour and shape. ``metrics`` is None until the first tick.
    ``gathering_s`` is how long the coherence score still needs, 0 once its window is full.
    ``beat_t`` (n,) seconds, ``heart_rate`` (n,) bpm of the beats (60000/RR), ``labels`` (n,) codes of
    ``events.LABELS`` and ``gap`` (n,) 1 where beats were lost just before: the last 75 s.
    ``coherence_t``, ``coherence`` (m,): the score over the last 5 minutes, NaN where it was not known.
    ``cues``: the plans of the last 75 s, oldest first; the last one is in force.
    ``last_beat_t``: when the newest beat reached us, None before the first. ``left``: takes no part any more; others
    see "paused", and no reason. ``hidden``: figures (heart_rate, rmssd, coherence, breath) that this
    screen may not show. ``practice`` is that of their cue.
    """

    name: str
    number: int
    origin: Origin
    device: str
    link: Link | None
    metrics: Metrics | None
    gathering_s: float
    last_beat_t: float | None
    beat_t: FloatArray = field(default_factory=_no_times)
    heart_rate: FloatArray = field(default_factory=_no_times)
    labels: IntArray = field(default_factory=_no_codes)
    gap: IntArray = field(default_factory=_no_codes)
    coherence_t: FloatArray = field(default_factory=_no_times)
    coherence: FloatArray = field(default_factory=_no_times)
    cues: tuple[Cue, ...] = ()
    left: bool = False
    hidden: frozenset[str] = frozenset()
    practice: Practice = Practice()

    @property
    def cue(self) -> Cue | None:
        """The plan in force, None before the first."""
        return self.cues[-1] if self.cues else None

    def cue_at(self, t: float) -> Cue | None:
        """Return the plan that was in force at time ``t``, None before the first."""
        found = None
        for cue in self.cues:
            if cue.t > t and found is not None:
                break
            found = cue
        return found


@dataclass(frozen=True, slots=True)
class Episode:
    """A time in step: from ``begin_t`` to ``end_t`` (s since the session's start), None while it lasts."""

    begin_t: float
    end_t: float | None


@dataclass(frozen=True, slots=True)
class Rupture:
    """The step was lost, or the heart rate of ``who`` rose, at ``t`` (s); ``repaired_t``: when it was mended, None
    while it is not. ``who`` is empty where it is nobody's, or is not told."""

    t: float
    who: tuple[str, ...]
    repaired_t: float | None


@dataclass(frozen=True, slots=True)
class PairView:
    """Two people who belong together: ``now`` is the newest look at them (its ``in_step`` is the band's state, its
    ``leader`` the arrow, None for no arrow), with ``episodes`` in step and ``ruptures`` so far, oldest first."""

    now: Synchrony
    episodes: tuple[Episode, ...] = ()
    ruptures: tuple[Rupture, ...] = ()

    @property
    def people(self) -> tuple[str, str]:
        """Who they are, in the order of everybody."""
        return self.now.people

    @property
    def opposite(self) -> bool:
        """True where they are in step in opposite directions: one heart rate rises while the other falls."""
        return self.now.synchrony is not None and self.now.synchrony < 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The session at time ``t`` (seconds since its start).

    ``pairs``: everybody who belongs together, two by two, once they were looked at; ``groups``: the newest look at each
    group of three or more.
    """

    t: float
    people: tuple[PersonView, ...]
    running: bool = True
    pairs: tuple[PairView, ...] = ()
    groups: tuple[Group, ...] = ()

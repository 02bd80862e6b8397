"""Two hearts on one clock: how far in step, beyond chance or beyond the cue, and who leads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from biosync.together.cross_correlation import CrossCorrelation, together
from biosync.together.cue_course import CueCourse
from biosync.together.evidence import LEVEL, Evidence, evidence
from biosync.together.influence import Influence, influence, pooled
from biosync.together.leader import Lag, cannot_tell, lag
from biosync.together.room import Cues, Room
from biosync.together.sampled import FINE_HZ, sample, whole_seconds
from biosync.together.series import Series
from biosync.together.spans import common, spans
from biosync.together.wave_period import shared_period_s
from biosync.together.windowed import mean_correlation, windowed_z
from biosync.types import FloatArray


@dataclass(frozen=True, slots=True)
class InStep:
    """How far two hearts are in step: ``synchrony`` -1 (opposite) to 1, None while no window of 30 s is known;
    ``evidence`` None below a minute."""

    synchrony: float | None
    evidence: Evidence | None

    @property
    def p_value(self) -> float | None:
        """The chance of so much without anything between them, two-sided; None while unknown."""
        return None if self.evidence is None else self.evidence.p_value

    @property
    def beyond_chance(self) -> bool:
        """Tell if chance alone would seldom make so much."""
        return self.evidence is not None and self.evidence.beyond_chance

    @property
    def opposite(self) -> bool:
        """Tell if they go in opposite directions beyond chance: one rises as the other falls."""
        return self.beyond_chance and self.evidence is not None and self.evidence.anti_phase_p < LEVEL


@dataclass(frozen=True, slots=True)
class PairResult:
    """Two people, the first and the second. ``seconds`` that both are known for; ``in_step`` with whatever makes it so,
    ``beyond_cue`` without what the cue explains (None without a cue); ``lag`` who leads; ``influence`` of the first on
    the second, and of the second on the first."""

    seconds: float
    in_step: InStep
    beyond_cue: InStep | None
    lag: Lag
    influence: tuple[Influence | None, Influence | None]


class Gathering:
    """Hearts on one clock from ``start_s`` to ``end_s`` (s), to be compared pair by pair. ``cues``: what everybody, or
    each of them, was breathing to."""

    def __init__(self, series: Sequence[Series], start_s: float, end_s: float) -> None:
        seconds = whole_seconds(start_s, end_s)
        self.people = tuple(sample(one, start_s, seconds) for one in series)
        self.rooms = tuple(Room([one.part(*span) for one in self.people]) for span in spans(seconds))

    def pair(self, a: int, b: int, cues: Cues = (), clock_error_s: float = 0.0, *, lead: bool = True) -> PairResult:
        """Return how persons number ``a`` and ``b`` go together; ``lead``: who leads and what influences what, too."""
        both = self.people[a].fine_known & self.people[b].fine_known
        plain = self._correlation(a, b, (), by_blocks=lead and not cues)
        fine = (self.people[a].fine, self.people[b].fine)
        in_step = InStep(mean_correlation(windowed_z(*fine, both)), _evidence(plain))
        beyond, clean = None, plain
        if cues:
            clean = self._correlation(a, b, cues, by_blocks=lead)
            beyond = InStep(mean_correlation(self._z_without_cue(a, b, cues)), _evidence(clean))
        judged = beyond or in_step
        found = self._lag(a, b, clean, judged, clock_error_s) if lead else cannot_tell("not asked")
        ways = self._influence(a, b, cues) if lead else (None, None)
        return PairResult(float(both.sum()) / FINE_HZ, in_step, beyond, found, ways)

    def _correlation(self, a: int, b: int, cues: Cues, *, by_blocks: bool) -> CrossCorrelation | None:
        found = [room.correlation(a, b, cues, by_blocks=by_blocks) for room in self.rooms]
        return together([one for one in found if one is not None])

    def _z_without_cue(self, a: int, b: int, cues: Cues) -> FloatArray:
        """Return Fisher's z of the windows (m,) with the cue's part taken out, where that could be told."""
        x, y = self.people[a].fine.copy(), self.people[b].fine.copy()
        known = self.people[a].fine_known & self.people[b].fine_known
        begin = 0
        for room in self.rooms:
            here = slice(begin, begin + FINE_HZ * len(room.people[a]))
            begin = here.stop
            white = room.pair(a, b, cues)
            if white is None:
                known[here] = False
            else:
                x[here] -= room.cue_part(white[0], cues)
                y[here] -= room.cue_part(white[1], cues)
        known[begin:] = False
        return windowed_z(x, y, known)

    def _lag(self, a: int, b: int, found: CrossCorrelation | None, judged: InStep, clock_error_s: float) -> Lag:
        if found is None:
            return cannot_tell("less than a minute is known of both")
        first, second = self.people[a], self.people[b]
        both = first.known & second.known
        clocks_s = math.hypot(first.uncertainty_s, second.uncertainty_s)
        period_s = shared_period_s(first.slow, second.slow, both)
        return lag(found, judged.beyond_chance, clocks_s, clock_error_s, period_s)

    def _influence(self, a: int, b: int, cues: Cues) -> tuple[Influence | None, Influence | None]:
        pairs = [white for white in (room.pair(a, b, cues) for room in self.rooms) if white is not None]
        ways = [(influence(one, other), influence(other, one)) for one, other in pairs]
        return _pooled([way[0] for way in ways]), _pooled([way[1] for way in ways])


def pair(
    a: Series,
    b: Series,
    cues: Sequence[CueCourse] = (),
    *,
    window: tuple[float, float] | None = None,
    clock_error_s: float = 0.0,
    lead: bool = True,
) -> PairResult:
    """Return how two hearts go together in ``window`` (from, to, in seconds), or in the time that both share.

    ``cues``: every cue that ran for either of them; ``clock_error_s``: how far apart the clocks of the two may be;
    ``lead``: tell who leads and what influences what, too.
    """
    shared = window or common([a, b])
    if shared is None:
        return PairResult(0.0, InStep(None, None), None, cannot_tell("they share no time"), (None, None))
    return Gathering([a, b], *shared).pair(0, 1, tuple(cues), clock_error_s, lead=lead)


def _evidence(found: CrossCorrelation | None) -> Evidence | None:
    return None if found is None else evidence(found)


def _pooled(ways: Sequence[Influence | None]) -> Influence | None:
    return pooled([way for way in ways if way is not None])

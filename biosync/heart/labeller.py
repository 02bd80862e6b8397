"""Says of every beat whether it is normal or an artefact: causal, two beats late, the same live and offline.

Built on Lipponen & Tarvainen, J Med Eng Technol 43(3):173-181, 2019. What differs from the paper, and why, is told in
docs/artefacts.md: histories of accepted beats only, two more shapes (kink and dent) which an artefact must show, and a
step of the heart rate which is not taken for artefacts.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import repeat
from math import isnan, nan
from statistics import median

import numpy as np

from biosync.heart.spread import Scale
from biosync.types import BoolArray, FloatArray, IntArray

NORMAL, ECTOPIC, MISSED, EXTRA, LONG, SHORT = range(6)

SHORTEST_MS, LONGEST_MS, PAUSE_MS = 300.0, 2000.0, 2500.0
JUMP, LEVEL, KINK, DENT = 4.5, 4.6, 5.7, 7.5
"""How many quartile deviations make a jump, a far level, a kink and a dent (5.2 is 2.2 standard deviations)."""
QUANTA = 0.7
"""How many of the sensor's own steps are added to every threshold, so that rounding is not flagged."""
ONE_STEP, TWO_STEPS = 1.2, 2.2
"""Nor is one step up and down again an artefact, however still the rest: a kink then is two steps high."""
SMALLEST_MS = 3.5
"""No threshold is smaller, however steady the heart: some steps of a strap's clock."""
ENOUGH = 20
"""Accepted beats before the thresholds follow the person; until then they are a share of the interval."""
GREAT = 1.65
"""An interval this many times the local median is no step of the heart rate: a beat was missed."""
RELOCK = 30
"""Flags in a row after which the level is taken anew: the recording may have begun in the middle of artefacts."""


@dataclass(slots=True)
class Place:
    """A beat among its neighbours, in ms: nan where there is none on this side of a gap."""

    rr: float
    after: float
    later: float
    middle: float
    jump_in: float
    jump_out: float
    jump_on: float

    @property
    def off(self) -> float:
        """How far the interval is from the local median."""
        return self.rr - self.middle

    @property
    def dent(self) -> float:
        """How far the interval stands out from the mean of its two neighbours."""
        return abs(self.jump_in - self.jump_out) / 2

    @property
    def kink(self) -> float:
        """How far this and the next interval swing against each other, beyond the trend: 3 times a beat's shift."""
        return abs(self.jump_out - (self.jump_in + self.jump_on) / 2)


class Labeller:
    """Labels the beats of one person as they come (codes of ``events.LABELS``), never deletes one.

    A beat is decided when the second beat after it has come, or when a gap ends its run.
    """

    def __init__(self) -> None:
        self._jumps = Scale()
        self._kinks = Scale()
        self._dents = Scale()
        self._offs = Scale()
        self._recent: deque[float] = deque(maxlen=5)
        self._clean: deque[float] = deque(maxlen=4)
        self._waiting: list[float] = []
        self._before = nan
        self._code_before = NORMAL
        self._flags_in_row = 0

    def feed(self, rr_ms: float, gap: bool = False) -> list[int]:
        """Take the next interval (``gap``: beats were lost just before it); return the codes decided, oldest first."""
        if rr_ms > PAUSE_MS:  # nobody's beat: a pause of the recorder that nobody marked
            return [*self.flush(), LONG]
        codes = self.flush() if gap else []
        self._waiting.append(rr_ms)
        if len(self._waiting) == 3:
            codes.append(self._decide())
        return codes

    def flush(self) -> list[int]:
        """Decide the rest, at a gap or at the end of the recording; return their codes, oldest first."""
        codes = [self._decide() for _ in range(len(self._waiting))]
        self._before = nan
        self._code_before = NORMAL
        self._recent.clear()
        self._clean.clear()
        return codes

    def _decide(self) -> int:
        place = self._place()
        code = self._judge(place)
        partner = self._is_partner(place, code)
        if partner:
            code = NORMAL
        if code == NORMAL and not partner:
            self._accept(place)
            self._before = place.rr
        else:
            self._doubt(place, code)
            self._before = self._recent[-1] if self._recent else place.rr
        self._code_before = code
        del self._waiting[0]
        return code

    def _place(self) -> Place:
        rr, after, later = (*self._waiting, nan, nan)[:3]
        middle = median((*self._recent, *self._waiting))
        return Place(rr, after, later, middle, rr - self._before, after - rr, later - after)

    def _is_partner(self, place: Place, code: int) -> bool:
        """Return whether the interval is the other half of the artefact before it, and so needs no flag of its own."""
        if self._code_before == EXTRA:
            return True
        if self._code_before != ECTOPIC:
            return False
        again = place.off < 0 and code in (ECTOPIC, EXTRA, SHORT)
        return not again and place.rr < 1.75 * place.middle

    def _accept(self, place: Place) -> None:
        """Let the scales learn from a normal beat, and from the normal ones before it in an unbroken row."""
        self._flags_in_row = 0
        self._recent.append(place.rr)
        self._offs.add(_weighed(place.off))
        self._clean.append(place.rr)
        row = self._clean
        if len(row) > 1:
            self._jumps.add(abs(row[-1] - row[-2]))
        if len(row) > 2:
            self._dents.add(abs(row[-2] - (row[-3] + row[-1]) / 2))
        if len(row) > 3:
            self._kinks.add(abs(1.5 * (row[-2] - row[-3]) - (row[-1] - row[-4]) / 2))

    def _doubt(self, place: Place, code: int) -> None:
        """Remember a flagged beat: one that is not far off may be the first of a livelier rhythm."""
        self._clean.clear()
        self._flags_in_row += 1
        if self._flags_in_row > RELOCK:
            self._recent.clear()
            self._flags_in_row = 0
        near = 0.15 * place.middle
        if code != NORMAL and abs(place.off) < near and abs(place.jump_in) < near:
            self._jumps.doubt(abs(place.jump_in))
            if not isnan(place.dent):
                self._dents.doubt(place.dent)
            if not isnan(place.kink):
                self._kinks.doubt(place.kink)

    def _threshold(self, scale: Scale, factor: float, early: float, steps: float = ONE_STEP) -> float:
        if len(self._jumps) < ENOUGH:
            return max(SMALLEST_MS, early)
        step = self._jumps.quantum()
        return max(SMALLEST_MS, factor * scale.deviation() + QUANTA * step, steps * step)

    def _judge(self, place: Place) -> int:
        jump = self._threshold(self._jumps, JUMP, 0.2 * place.middle)
        level = self._threshold(self._offs, LEVEL, 0.2 * place.middle)
        if not SHORTEST_MS <= place.rr <= LONGEST_MS:
            return _name(place, place.rr > LONGEST_MS, level)
        leap = _weighed(place.off) > 3 * level
        if not leap and (isnan(place.jump_out) or (abs(place.jump_in) <= jump and abs(place.jump_out) <= jump)):
            return NORMAL
        if leap and place.rr > GREAT * place.middle:
            return _name(place, True, level)
        if _is_shift(place, jump) and place.kink > self._threshold(self._kinks, KINK, 0.3 * place.middle, TWO_STEPS):
            return ECTOPIC
        if _stands_out(place, jump) and place.dent > self._threshold(self._dents, DENT, 0.2 * place.middle):
            return _name(place, place.off > 0, level)
        if _two_stand_out(place, jump, level) or (leap and _is_lone(place, jump)):
            return _name(place, place.off > 0, level)
        return NORMAL


def _weighed(off: float) -> float:
    """Return the size of a deviation; short ones count twice (equation 5)."""
    return off if off > 0 else -2 * off


def _is_shift(place: Place, jump: float) -> bool:
    """Return whether the beat between this interval and the next seems moved: equation 10, centred on the next."""
    x = place.jump_out / jump
    if abs(x) <= 1 or isnan(place.jump_on) or isnan(place.jump_in):
        return False
    if abs(place.jump_in) < 0.2 * abs(place.jump_out) < 0.2 * abs(place.jump_on):
        return False  # the moved beat is the next one
    turn = -1 if x > 0 else 1
    return min(turn * place.jump_in, turn * place.jump_on) / jump > 0.13 * abs(x) + 0.17


def _stands_out(place: Place, jump: float) -> bool:
    """Return whether the interval jumps away from the one before it and the next jumps back (equation 13)."""
    if place.after > GREAT * place.middle:  # a missed beat follows: any interval is a dent before it
        return False
    up = place.jump_in > jump and place.jump_out < -jump
    return up or (place.jump_in < -jump and place.jump_out > jump)


def _two_stand_out(place: Place, jump: float, level: float) -> bool:
    """Return whether this interval and the next stand out together: two long by missed beats, or one cut in two."""
    back = place.later - place.rr
    if place.jump_in > jump and place.jump_on < -jump and back < -jump:
        return place.rr > 1.5 * place.middle
    if place.jump_in < -jump and place.jump_on > jump and back > jump:
        return place.rr < 0.8 * place.middle or _is_cut(place, level)
    return False


def _is_lone(place: Place, jump: float) -> bool:
    """Return whether a far level is an artefact, not a step of the heart rate: great, or left again at once."""
    if not 0.6 * place.middle < place.rr < GREAT * place.middle:
        return True
    if _stays(place, place.after) and (isnan(place.later) or _stays(place, place.later)):
        return False
    if isnan(place.jump_out):  # the last one before a gap: what would have followed is not known
        return abs(place.jump_in) > jump
    return abs(place.jump_out) > jump and place.jump_out * place.off < 0


def _stays(place: Place, rr: float) -> bool:
    return (rr - place.middle) * place.off > 0 and abs(rr - place.middle) > 0.5 * abs(place.off)


def _is_cut(place: Place, level: float) -> bool:
    """Return whether this interval and the next make up one (equation 15)."""
    return abs(place.rr + place.after - place.middle) < max(level, 0.15 * place.middle)


def _name(place: Place, is_long: bool, level: float) -> int:
    if is_long:
        return MISSED if abs(place.rr / 2 - place.middle) < max(level, 0.2 * place.middle) else LONG
    return EXTRA if _is_cut(place, level) else SHORT


def label(rr_ms: FloatArray, gap: BoolArray | None = None) -> IntArray:
    """Return the codes (n,) of intervals ``rr_ms`` (n,), fed one by one; ``gap`` (n,) as in ``Beats``."""
    labeller = Labeller()
    codes: list[int] = []
    gaps = repeat(False, len(rr_ms)) if gap is None else [bool(g) for g in gap]
    for rr, broken in zip([float(rr) for rr in rr_ms], gaps, strict=True):
        codes += labeller.feed(rr, broken)
    codes += labeller.flush()
    return np.array(codes, dtype=np.int8)

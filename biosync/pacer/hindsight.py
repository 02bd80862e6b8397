"""Had they left at all? Asked once somebody who was lost is found again.

A heart that hardly swings at some pace looks just like somebody who breathes on by themselves. But a breath of their
own would have slipped through the cue since, which was far below it and sweeps through many paces on its way back:
whose heart shows the cue from the moment of the loss on, at the place in the breath where it does now, had been there
all the time. Where the cue was near their own breath, nobody can tell.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from biosync.pacer.evidence import share, swing
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave

AROUND_S = (6.0, 12.0)
"""The moments of the loss: from so long before it until so long after it."""
SHOWN = 0.62
"""So much of the swing that they have now, both in those moments and in the first half of the time since."""
SLIPPED = 0.75
"""By so many cycles their own breath must have slipped through the cue in that half."""


class Loss(NamedTuple):
    """When somebody was lost (s), and the cue's pace and that of their own breath then (a minute)."""

    t: float
    cue_bpm: float
    own_bpm: float


def had_stayed(reading: Reading, wave: Wave, loss: Loss, usual: complex) -> bool:
    """Tell if somebody was with the cue all the time between their ``loss`` and the last beat, by which they are found
    again with the swing ``usual`` (bpm; as in ``evidence.Swing``). Where that can't be told, they were not."""
    half_t = (loss.t + float(reading.t_s[-1])) / 2
    begin, end = wave.cycles_at(np.array([loss.t, half_t]))
    if abs(loss.own_bpm / 60 * (half_t - loss.t) - float(end - begin)) < SLIPPED:
        return False
    around = _part(reading, wave, loss.t - AROUND_S[0], loss.t + AROUND_S[1], usual)
    return min(around, _part(reading, wave, loss.t, half_t, usual)) > SHOWN


def _part(reading: Reading, wave: Wave, begin_t: float, end_t: float, usual: complex) -> float:
    """Return how much of the swing ``usual`` there was between two times."""
    keep = reading.normal & (reading.t_s >= begin_t) & (reading.t_s <= end_t)
    t_s = reading.t_s[keep]
    found = swing(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s), np.ones(len(t_s)))
    return share(found.z, usual) if found is not None else 0.0

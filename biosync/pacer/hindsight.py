"""Had they left at all? Asked once somebody who was lost is found again.

A heart that hardly swings at some pace looks just like somebody who breathes on by themselves. But the cue, on its way
back to meet them, sweeps through many paces, and nobody keeps to that sweep by chance: whose heart shows it from the
moment of the loss on, at the place in the breath where it does now, had been there all the time.
"""

from __future__ import annotations

import numpy as np

from biosync.pacer.evidence import swing
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave

AROUND_S = (6.0, 12.0)
"""The moments of the loss: from so long before it until so long after it."""
SHOWN = 0.62
"""So much of the swing that they have now, both in those moments and in the first half of the time since."""


def had_stayed(reading: Reading, wave: Wave, lost_t: float, found_t: float, usual: complex) -> bool:
    """Tell if somebody who was lost at ``lost_t`` and found again at ``found_t`` (s), with the swing ``usual`` (bpm; as
    in ``evidence.Swing``), was with the cue all the time in between. Where that can't be told they were not."""
    around = _part(reading, wave, lost_t - AROUND_S[0], lost_t + AROUND_S[1], usual)
    half = _part(reading, wave, lost_t, (lost_t + found_t) / 2, usual)
    return min(around, half) > SHOWN


def _part(reading: Reading, wave: Wave, begin_t: float, end_t: float, usual: complex) -> float:
    """Return how much of the swing ``usual`` there was between two times."""
    keep = reading.normal & (reading.t_s >= begin_t) & (reading.t_s <= end_t)
    t_s = reading.t_s[keep]
    found = swing(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s), np.ones(len(t_s)))
    return (found.z * usual.conjugate()).real / abs(usual) ** 2 if found is not None else 0.0

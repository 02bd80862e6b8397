"""The breath of one who leads, which may be slow and practised: it counts once a row of sure readings agree."""

from __future__ import annotations

from collections import deque
from statistics import median

from biosync.pacer.reading import Reading

LEAST_CONFIDENCE, SLOW_CONFIDENCE = 0.4, 0.7
SLOW_BPM = 9.0
"""A slow breath is easily confused with the Mayer wave near 6/min, so it must be surer to be believed."""
READINGS, SPREAD_BPM, SMOOTH = 10, 1.5, 30
"""A measured breath counts once so many readings in a row, about one a second, lie so close together; what counts then
is the middle of the last ``SMOOTH``: no breath is quite like the one before."""


class LeaderBreath:
    """``bpm`` is None until it is known."""

    def __init__(self) -> None:
        self.bpm: float | None = None
        self._lately: deque[float] = deque(maxlen=SMOOTH)

    def take(self, reading: Reading) -> None:
        """Take a reading that owes nothing to the cue."""
        found = reading.breath_bpm
        if found is None or reading.breath_confidence < (SLOW_CONFIDENCE if found < SLOW_BPM else LEAST_CONFIDENCE):
            self._lately.clear()
            return
        self._lately.append(found)
        newest = list(self._lately)[-READINGS:]
        if len(newest) == READINGS and max(newest) - min(newest) <= SPREAD_BPM:
            self.bpm = median(self._lately)

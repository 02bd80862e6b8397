"""A person's own breath, as far as the heart tells it: it counts once a row of readings agree."""

from __future__ import annotations

from collections import deque
from statistics import median

import numpy as np

from biosync.pacer.reading import Reading
from biosync.types import FloatArray

LEAST_CONFIDENCE, SLOW_CONFIDENCE = 0.4, 0.7
SLOW_BPM = 9.0
"""A slow breath is easily confused with the Mayer wave near 6/min, so it must be surer to be met."""
SLOWEST_BPM = 7.5
"""No own breath below this is believed: waves of the blood pressure lie there, and only a lead can tell."""
READINGS, SPREAD_BPM, SMOOTH = 10, 1.5, 30
"""A measured breath counts once so many readings in a row, about one a second, lie so close together; what counts then
is the middle of the last ``SMOOTH``: no breath is quite like the one before."""
PACES_BPM = np.arange(8.0, 20.1, 0.25)
PIECE_S, LEAST_S = 30.0, 60.0
STANDS_OUT, SLOW_STANDS_OUT, GUESSES, GUESS_SPREAD_BPM = 3.0, 6.0, 20, 1.0
"""Where no single reading is sure, the pace whose wave, averaged over pieces of half a minute, is so much larger than
the middle of all (a slow one twice as large), in so many looks in a row that lie so close together."""


class OwnBreath:
    """``bpm`` is None until it is known; none below ``slowest_bpm`` is believed."""

    def __init__(self, bpm: float | None = None, slowest_bpm: float = SLOWEST_BPM) -> None:
        self.bpm = bpm
        self._slowest_bpm = slowest_bpm
        self._guessed = False
        self._lately: deque[float] = deque(maxlen=SMOOTH)
        self._guesses: deque[float] = deque(maxlen=GUESSES)

    def take(self, reading: Reading) -> None:
        """Take a reading that owes nothing to the cue."""
        found = reading.breath_bpm
        if found is None or reading.breath_confidence < (SLOW_CONFIDENCE if found < SLOW_BPM else LEAST_CONFIDENCE):
            self._lately.clear()
            if self.bpm is None or self._guessed:
                self._guess(reading)
            return
        self._lately.append(found)
        newest = list(self._lately)[-READINGS:]
        if len(newest) == READINGS and max(newest) - min(newest) <= SPREAD_BPM:
            self.bpm = max(self._slowest_bpm, median(self._lately))
            self._guessed = False

    def _guess(self, reading: Reading) -> None:
        t_s, keep = reading.t_s, reading.normal
        if reading.quality == "none" or len(t_s) < 40 or t_s[-1] - t_s[0] < LEAST_S:
            return
        power = _power(t_s[keep], reading.heart_rate_bpm[keep])
        k = int(np.argmax(power))
        guess = float(PACES_BPM[k])
        enough = (SLOW_STANDS_OUT if guess < SLOW_BPM else STANDS_OUT) * float(np.median(power))
        if not 0 < k < len(power) - 1 or power[k] <= enough:
            self._guesses.clear()
            return
        self._guesses.append(guess)
        if len(self._guesses) == GUESSES and max(self._guesses) - min(self._guesses) <= GUESS_SPREAD_BPM:
            self.bpm, self._guessed = median(self._guesses), True


def _power(t_s: FloatArray, heart_rate_bpm: FloatArray) -> FloatArray:
    """Return the mean power at each of ``PACES_BPM`` over half-overlapping pieces (Hann, slow drift taken out)."""
    total = np.zeros(len(PACES_BPM))
    for begin in np.arange(t_s[-1] - PIECE_S, t_s[0] - 1e-9, -PIECE_S / 2):
        keep = (t_s >= begin) & (t_s < begin + PIECE_S)
        if keep.sum() < 16:
            continue
        t, y = t_s[keep] - begin - PIECE_S / 2, heart_rate_bpm[keep]
        y = y - np.polynomial.polynomial.polyval(t, np.polynomial.polynomial.polyfit(t, y, 4))
        window = np.cos(np.pi * t / PIECE_S) ** 2
        total += np.abs(np.exp(-2j * np.pi / 60 * np.outer(PACES_BPM, t)) @ (window * y)) ** 2
    return total

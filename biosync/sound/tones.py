"""The tones: one voice that rises through the in-breath and falls through the out-breath.

The in-breath sounds bright (with its octave and the fifth above), the out-breath dark, and between them it is quiet for
a moment: so the two are told apart by direction and by timbre. All of it is a function of the cue's phase; what changes
its course (another pace, a seek, the volume) is glided over, so that no sample leaps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biosync.events import Cue
from biosync.sound.course import Course, course
from biosync.types import FloatArray

RATE_HZ = 48_000
LOW_HZ, HIGH_HZ = 174.6, 261.6
"""From F to the C above it, and back: a fifth."""
RISE_S, FALL_S = 0.25, 0.35
"""How long a tone takes to come after a turn of the breath, and to go before the next."""
LOUDEST = 0.5
"""The largest sample at full volume."""
CONTROL = 48
"""The course is looked at once so many samples: every millisecond."""
_LOUDNESS_S, _TIMBRE_S, _GAIN_S = 0.04, 0.03, 1.2
"""No change of these over their whole range is faster, whatever the plan does."""
_PARTIALS = ((2, 0.5), (3, 0.25))


class Tones:
    """A voice with a memory of where its wave is: each buffer goes on from the last sample of the one before."""

    def __init__(self, rate_hz: int = RATE_HZ) -> None:
        self.rate_hz = rate_hz
        self._angle = 0.0
        self._loudness, self._bright, self._gain = _Glide(_LOUDNESS_S), _Glide(_TIMBRE_S), _Glide(_GAIN_S)
        self._hz = LOW_HZ

    @property
    def silent(self) -> bool:
        """True once nothing is heard any more."""
        return self._gain.now == 0.0

    def render(self, cues: Sequence[Cue], begin_t: float, frames: int, volume: float) -> FloatArray:
        """Return ``frames`` samples (-1 to 1), the first of which is heard at session time ``begin_t`` (s).

        ``cues`` are the plans, oldest first; with none, or with ``volume`` (0 to 1) at 0, it fades into silence.
        """
        edges = np.append(np.arange(CONTROL, frames, CONTROL), frames).astype(np.float64)
        steps_s = np.asarray(np.diff(edges, prepend=0.0) / self.rate_hz, dtype=np.float64)
        plan = course(cues, np.asarray(begin_t + edges / self.rate_hz, dtype=np.float64)) if cues else None
        loud, bright, gain = self._aims(plan, len(edges), volume)
        hz = LOW_HZ * (HIGH_HZ / LOW_HZ) ** plan.level if plan is not None else np.full(len(edges), self._hz)
        lines = [
            self._loudness.towards(loud, steps_s), self._bright.towards(bright, steps_s),
            self._gain.towards(gain, steps_s), np.append(self._hz, hz),
        ]  # fmt: skip
        loudness, brightness, gains, pitch = (_at_each_sample(line, edges) for line in lines)
        self._hz = float(hz[-1])
        return np.asarray(self._wave(pitch, brightness) * loudness * gains * LOUDEST, dtype=np.float64)

    def _aims(self, plan: Course | None, count: int, volume: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return how loud, how bright, and with what gain it should be."""
        if plan is None:
            return np.full(count, self._loudness.now), np.full(count, self._bright.now), np.zeros(count)
        loud = np.minimum(_eased(plan.turn_s, RISE_S), _eased(plan.left_s, FALL_S))
        return loud, plan.breathing_in, np.asarray(plan.strength * volume**2, dtype=np.float64)

    def _wave(self, hz: FloatArray, bright: FloatArray) -> FloatArray:
        angles = self._angle + 2 * np.pi * np.cumsum(hz) / self.rate_hz
        self._angle = float(angles[-1] % (2 * np.pi))
        wave = np.sin(angles)
        for partial, share in _PARTIALS:
            wave += bright * share * np.sin(partial * angles)
        return np.asarray(wave / (1 + bright * sum(share for _, share in _PARTIALS)))


class _Glide:
    """A value that follows its aim, its whole range (0 to 1) in no less than ``whole_s``."""

    def __init__(self, whole_s: float) -> None:
        self.now = 0.0
        self._whole_s = whole_s

    def towards(self, aims: FloatArray, steps_s: FloatArray) -> FloatArray:
        """Return where it is at the beginning and after each of ``steps_s`` on its way to ``aims``."""
        now = self.now
        line = [now]
        for aim, step_s in zip(aims, steps_s, strict=True):
            most = float(step_s) / self._whole_s
            now += max(-most, min(most, float(aim) - now))
            line.append(now)
        self.now = now
        return np.array(line)


def _at_each_sample(line: FloatArray, edges: FloatArray) -> FloatArray:
    """Return the value at each sample of a line that is known at the beginning and at ``edges`` (samples)."""
    return np.interp(np.arange(1, edges[-1] + 1), np.append(0, edges), line)


def _eased(since_s: FloatArray, whole_s: float) -> FloatArray:
    share = np.clip(since_s / whole_s, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share), dtype=np.float64)

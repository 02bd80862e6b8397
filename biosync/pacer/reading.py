"""What the pacer is told of one person at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.events import Activation, Quality
from biosync.types import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Reading:
    """One person's last minutes. ``t_s`` (n,) middles of the beat intervals in seconds and ``heart_rate_bpm`` (n,)
    their rates, artefacts corrected; ``normal`` (n,) False where the interval was made by correction. ``breath_bpm``
    as measured without help of the cue, None where unknown; ``breath_confidence`` 0 to 1; ``activation`` None while
    unknown."""

    t_s: FloatArray
    heart_rate_bpm: FloatArray
    normal: BoolArray
    quality: Quality
    breath_bpm: float | None
    breath_confidence: float
    activation: Activation | None = None

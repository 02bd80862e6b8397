"""What a cue shows besides its motion: the word, the pace and the coherence, whatever its shape."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.events import Cue
from biosync.gui.state import Figure

NO_COHERENCE = Figure("waiting")
_WORD_FADE_S = 0.3


@dataclass(frozen=True, slots=True)
class CueFace:
    """``word`` and ``pace`` stand in the cue; ``strength`` (0 to 1) is how present it is.

    ``coherence`` is the figure of the one person it is shown for; ``note`` is said beside it. ``numbers``: the figure
    itself may be read, else it is an arc alone.
    """

    word: str = ""
    pace: str = ""
    strength: float = 1.0
    coherence: Figure = NO_COHERENCE
    note: str = ""
    numbers: bool = True


def word_opacity(phase: float, cue: Cue) -> float:
    """Return how present the word is at ``phase``: it fades out before each turn of the breath and in after it."""
    turns = (0.0, cue.inhale_fraction, 1.0)
    seconds = min(abs(phase - turn) for turn in turns) * 60 / cue.rate_bpm
    return min(1.0, seconds / _WORD_FADE_S)

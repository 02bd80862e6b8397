"""What a cue shows besides its motion: the word, the pace and the coherence, whatever its shape."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.gui.state import Figure

NO_COHERENCE = Figure("waiting")


@dataclass(frozen=True, slots=True)
class CueFace:
    """``word`` and ``pace`` stand in the cue; ``strength`` (0 to 1) is how present it is.

    ``coherence`` is the figure of the one person it is shown for; ``note`` is said beside it.
    """

    word: str = ""
    pace: str = ""
    strength: float = 1.0
    coherence: Figure = NO_COHERENCE
    note: str = ""

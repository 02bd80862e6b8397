"""Which session time each buffer is heard at: the sound card's clock and the session's are two."""

from __future__ import annotations

JUMP_S = 0.05
"""Off by more than this the session's clock was set (a seek), or the device ran dry: one goes there at once."""
SHARE, MOST_S = 0.2, 0.005
"""Else so much of what is off is made good with each buffer, by so much at most: too little to be heard."""


class Follower:
    """Hands out the times of buffers that follow each other without a gap, and stays with the session's clock."""

    def __init__(self) -> None:
        self._next_t: float | None = None

    def begin_t(self, heard_t: float, length_s: float) -> float:
        """Return the session time of the first sample of a buffer of ``length_s``; ``heard_t`` is when it is heard by
        the session's clock and the device's own word on its latency, which is a little late or early each time."""
        begin = heard_t
        if self._next_t is not None and abs(heard_t - self._next_t) <= JUMP_S:
            begin = self._next_t + max(-MOST_S, min(MOST_S, SHARE * (heard_t - self._next_t)))
        self._next_t = begin + length_s
        return begin

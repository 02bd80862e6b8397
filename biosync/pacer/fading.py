"""How strong the cue is: it fades where somebody asked to stop, and where they do without it, as long as they can."""

from __future__ import annotations

FADE_S = 8.0
"""A cue that is stopped fades within this time, and one that is needed comes back within it."""
SURE_S, AWAY_S, MISSED_S = 60.0, 120.0, 10.0
"""In the rhythm for the first: the cue begins to fade, over the second. Out of it for the third: it comes back."""


class Fading:
    """``strength``: 1 is the whole cue, 0 none. ``without``: they practise doing without it."""

    def __init__(self, without: bool) -> None:
        self.strength = 1.0
        self.without = without
        self._held_s = self._missed_s = 0.0

    @property
    def away(self) -> bool:
        """True while the cue fades, or is gone, because it is not needed."""
        return self.without and self._held_s >= SURE_S

    def go_on(self, elapsed_s: float, *, stopped: bool, holding: bool, in_rhythm: bool) -> None:
        """Let ``elapsed_s`` pass; ``holding``: the pace is found; ``in_rhythm``: the heart swings at it."""
        if in_rhythm and holding:
            self._held_s, self._missed_s = self._held_s + elapsed_s, 0.0
        else:
            self._missed_s += elapsed_s
        if self._missed_s >= MISSED_S or not holding:
            self._held_s = 0.0
        if stopped:
            self._towards(0.0, elapsed_s / FADE_S)
        elif self.away:
            self._towards(0.0, elapsed_s / AWAY_S)
        else:
            self._towards(1.0, elapsed_s / FADE_S)

    def _towards(self, goal: float, step: float) -> None:
        self.strength += max(-step, min(step, goal - self.strength))

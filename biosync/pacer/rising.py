"""Hearts that rise together: the cue does not go along with them, it gets a little slower."""

from __future__ import annotations

from collections.abc import Mapping

from biosync.pacer.reading import Reading

SLOW_TOGETHER, MOST_SLOWER = 0.01, 0.1
"""When the hearts of two or more rise together the cue gets slower, a breath and in all."""


class Rising:
    """``count``: how many hearts rise just now; ``rate_bpm``: the pace of the cue at first."""

    def __init__(self, rate_bpm: float) -> None:
        self.count = 0
        self._calm_bpm = rate_bpm  # the pace before they rose together
        self._lately = False  # at some moment of this breath

    def look(self, rate_bpm: float, readings: Mapping[str, Reading]) -> None:
        """Take what is known of everybody beside a cue at ``rate_bpm``."""
        self.count = sum(reading.activation == "raised" for reading in readings.values())
        self._lately = self._lately or self.count > 1
        if not self.together:
            self._calm_bpm = rate_bpm

    def breath(self) -> None:
        """A breath of the cue is over."""
        self._lately = self.count > 1

    @property
    def together(self) -> bool:
        """True while two or more rise, and until the breath is over in which they did."""
        return self._lately

    @property
    def slowest_bpm(self) -> float:
        """The pace to which the cue may get slower while they do."""
        return self._calm_bpm * (1 - MOST_SLOWER)

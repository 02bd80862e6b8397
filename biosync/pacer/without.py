"""Doing without the cue: when it fades, whether the rhythm holds, and where the unseen cue goes along."""

from __future__ import annotations

from collections.abc import Mapping

from biosync.pacer.fading import Fading
from biosync.pacer.keeping import Keeping
from biosync.pacer.reading import Reading

RHYTHM_BPM, RHYTHM_CONFIDENCE = 0.75, 0.5
"""Who breathes so near the pace, as sure as that, is in the rhythm, wherever in the breath."""


class Without:
    """Where they don't practise that, the cue fades only when it is stopped."""

    def __init__(self) -> None:
        self._fading = Fading(without=False)
        self._keeping: Keeping | None = None

    @property
    def strength(self) -> float:
        """How strong the cue is, 0 to 1."""
        return self._fading.strength

    @property
    def away(self) -> bool:
        """True while the cue fades, or is gone, because it is not needed."""
        return self._fading.away

    def look(
        self, elapsed_s: float, rate_bpm: float, readings: Mapping[str, Reading], *,
        asked: bool, with_cue: bool, stopped: bool, holding: bool,
    ) -> None:  # fmt: skip
        """Let ``elapsed_s`` pass with the cue at ``rate_bpm``.

        ``asked``: they practise doing without it now; ``with_cue``: everybody is with it; ``holding``: the pace is
        found.
        """
        self._fading.without = asked
        off = [self._off_by_bpm(reading, rate_bpm) for reading in readings.values()]
        near = bool(off) and all(each is not None and each <= RHYTHM_BPM for each in off)
        gone = self._keeping is not None and any((each or 0.0) > RHYTHM_BPM for each in off)
        self._fading.go_on(elapsed_s, stopped=stopped, holding=holding, in_rhythm=near or (with_cue and not gone))

    def come_back(self) -> None:
        """The cue is needed, or there again: what it went along from is forgotten."""
        self._keeping = None

    def factor(self, rate_bpm: float, behind: float | None) -> float:
        """Return by how much to lengthen the next breath of the unseen cue (``Keeping.factor``)."""
        self._keeping = self._keeping or Keeping(rate_bpm)
        return self._keeping.factor(rate_bpm, behind)

    def _off_by_bpm(self, reading: Reading, rate_bpm: float) -> float | None:
        """Return how far their breath is from the pace (that was held, for who is without the cue); None: not sure."""
        if reading.breath_bpm is None or reading.breath_confidence < RHYTHM_CONFIDENCE:
            return None
        return abs(reading.breath_bpm - (self._keeping.held_bpm if self._keeping else rate_bpm))

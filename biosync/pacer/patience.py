"""For how long somebody may seem gone before they count as lost, and seem back before they count as found."""

from __future__ import annotations

LOOK_S = 5.0
"""A look counts for no longer: where beats were missed, nobody knows."""
GONE_S = 3.0
"""Whose heart plainly shows them gone is given so long."""
STRICT, LENIENT = 1.0, 2.0
"""A heart that shows the breath badly is given so many times as long again, at a steady pace and in a lead: there the
swing itself may all but vanish at some paces, and come back."""
GROWN_PATIENCE = 0.5
"""Where a breath of their own seems to show, the patience of a lead is so many times the usual."""
QUIET_PATIENCE = 4.0
"""A heart that shows nothing of a breath of their own, where it would, is given so many times as long."""
SAME_PACE, KNOWN_PATIENCE = 0.12, 3.0
MOST_S, MOST_BREATHS = 20.0, 2.5
"""Within this share of a pace at which they had only seemed gone, they are given so many times as long, up to the
longer of so many seconds and breaths: until then nobody knows if they have left this time."""
BACK_CYCLES, BACK_SLIP, BACK_S, BACK_SURE_S = 1.5, 0.4, 12.0, 7.0
"""They are back once they were near their usual place for so many breaths, or until their own breath would have slipped
by so much of a cycle, and for so many seconds: the last where the heart shows it clearly."""


def patience_s(unsure: float, *, lenient: bool, quiet: bool, grown: bool) -> float:
    """Return for how long (s) they may be gone. ``unsure``: by so much the error of the usual swing, a share of it, is
    more than what would be sure; ``lenient``: in a lead; ``quiet``: nothing of a breath of their own shows that would;
    ``grown``: one seems to show."""
    base_s, more = (2 * GONE_S, LENIENT) if lenient else (GONE_S, STRICT)
    usual_s = base_s * (1 + min(more, 20 * unsure))
    if quiet:
        return max(usual_s, QUIET_PATIENCE * GONE_S)
    if grown:
        return base_s * GROWN_PATIENCE if lenient else base_s
    return usual_s


def back_after_s(sure: bool, slip: float, rate_bpm: float) -> float:
    """Return for how long (s) somebody known must be near their usual place again until they are back: longer than a
    breath of their own, that would ``slip`` by so many cycles a breath of the cue, could be there by chance.

    ``sure``: the heart shows it clearly."""
    cycles = min(BACK_CYCLES, BACK_SLIP / max(slip, 1e-9)) if sure else BACK_CYCLES
    return max(BACK_SURE_S if sure else BACK_S, cycles * 60 / rate_bpm)


class SeemedGone:
    """Paces (a minute) at which they had only seemed gone."""

    def __init__(self) -> None:
        self._paces_bpm: list[float] = []

    def near(self, rate_bpm: float) -> bool:
        """Tell if they had only seemed gone near this pace."""
        return any(abs(rate_bpm / each - 1) < SAME_PACE for each in self._paces_bpm)

    def note(self, rate_bpm: float, stayed: bool) -> None:
        """Note that whoever was lost at this pace had stayed, or had left after all."""
        others = [each for each in self._paces_bpm if abs(rate_bpm / each - 1) >= SAME_PACE]
        self._paces_bpm = [*others, rate_bpm] if stayed else others

    def longer_s(self, usual_s: float, rate_bpm: float) -> float:
        """Return ``usual_s``, or more near such a pace."""
        if not self.near(rate_bpm):
            return usual_s
        return max(usual_s, min(KNOWN_PATIENCE * usual_s, max(MOST_S, MOST_BREATHS * 60 / rate_bpm)))

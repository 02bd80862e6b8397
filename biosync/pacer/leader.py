"""A cue that follows one of several people: the chosen leader, or everybody in turn."""

from __future__ import annotations

from collections.abc import Mapping

from biosync.events import Stage
from biosync.pacer.leader_breath import LeaderBreath
from biosync.pacer.reading import Reading
from biosync.pacer.settings import Settings

TURN_S = 180.0
SMOOTH_S = 30.0
"""The leader's breath is followed as if seen through a window of so many seconds."""
SETTLED_S = 20.0
"""The leader settles first: their breath is known, and their heart rate not rising, for so long."""


class Leader:
    """Whose breath the cue follows now, and how fast that is."""

    def __init__(self, settings: Settings, t: float) -> None:
        self._chosen = settings.leader
        self._turns = settings.mode == "turns"
        self._turn = 0
        self._turn_t = t
        self.calm = False
        self._begin(None)

    def _begin(self, who: str | None) -> None:
        """Begin with another leader. Theirs may be a slow breath, practised: they were chosen to show it."""
        self._who = who
        self._own = LeaderBreath()
        self._settled_s = 0.0
        self._smooth_bpm: float | None = None

    def name(self, people: tuple[str, ...]) -> str:
        """Return which of ``people`` (one or more) leads."""
        if self._turns:
            return people[self._turn % len(people)]
        return self._chosen if self._chosen in people else people[0]

    def look(self, t: float, elapsed_s: float, people: tuple[str, ...], readings: Mapping[str, Reading]) -> None:
        """Take what is known of everybody at time ``t``."""
        if self._turns and len(people) > 1 and t - self._turn_t >= TURN_S:
            self._turn, self._turn_t = self._turn + 1, t
        if not people:
            return
        name = self.name(people)
        if name != self._who:
            self._begin(name)
        reading = readings.get(name)
        if reading is None or reading.quality == "none":
            self.calm = False
            return
        self._own.take(reading)
        self.calm = reading.activation != "raised"
        found = self._own.bpm
        self._settled_s = self._settled_s + elapsed_s if self.calm and found is not None else 0.0
        if self.calm and found is not None:
            smooth, share = found if self._smooth_bpm is None else self._smooth_bpm, min(1.0, elapsed_s / SMOOTH_S)
            self._smooth_bpm = smooth + share * (found - smooth)

    @property
    def breath_bpm(self) -> float | None:
        """The leader's breath a minute, smoothed; None until they have settled."""
        return self._smooth_bpm if self._settled_s >= SETTLED_S or not self.calm else None

    def tells(self, people: tuple[str, ...]) -> tuple[Stage, str, float | None]:
        """Return the stage of a cue that follows the leader of ``people``, why, and the breath a minute to go to; None
        where the cue stays."""
        name, breath = self.name(people), self.breath_bpm
        if breath is None:
            return "meet", f"{name} leads: finding their breath", None
        if not self.calm:
            return "hold", f"{name} leads: the cue stays until their breath has settled", None
        return "hold", f"{name} leads: with their breath, {breath:.1f} a minute", breath

"""A session of two or more in a few figures: how long in step, how often that broke, how soon it was mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median

from biosync.events import Event, Group, InStep, Synchrony, Turn, Verdict
from biosync.snapshot import Episode, Rupture

LONGEST_LOOK_S = 15.0
"""What was seen at one look is taken to hold until the next, but for no longer than this."""


@dataclass(frozen=True, slots=True)
class Led:
    """``person`` led from ``begin_t`` to ``end_t`` (s)."""

    person: str
    begin_t: float
    end_t: float


@dataclass(slots=True)
class PairStory:
    """Two people over a session: seconds for which the state was known, in step, and beyond the cue; times in step, and
    ruptures, oldest first; who led when; the verdict so far."""

    people: tuple[str, str]
    known_s: float = 0.0
    in_step_s: float = 0.0
    beyond_cue_s: float = 0.0
    episodes: list[Episode] = field(default_factory=list)
    ruptures: list[Rupture] = field(default_factory=list)
    led: list[Led] = field(default_factory=list)
    verdict: Verdict | None = None
    now: Synchrony | None = None

    @property
    def share_in_step(self) -> float | None:
        """How much of the known time they were in step, 0 to 1; None without any."""
        return self.in_step_s / self.known_s if self.known_s else None

    @property
    def share_beyond_cue(self) -> float | None:
        """How much of the known time they were in step beyond the cue, 0 to 1; None without any."""
        return self.beyond_cue_s / self.known_s if self.known_s else None

    @property
    def only_as_a_whole(self) -> bool:
        """True where the whole session shows them in step, and no stretch of it by itself (less than 0.5 % of it)."""
        return self.verdict in ("in step", "beyond the cue") and (self.share_in_step or 0.0) < 0.005

    @property
    def repairs_s(self) -> list[float]:
        """How long every repair took, in seconds."""
        return [one.repaired_t - one.t for one in self.ruptures if one.repaired_t is not None]

    @property
    def median_repair_s(self) -> float | None:
        """The median time (s) that a repair took, None without any."""
        return median(self.repairs_s) if self.ruptures and self.repairs_s else None

    def look(self, event: Synchrony) -> None:
        """Take a look at the two."""
        last, self.now = self.now, event
        self.verdict = event.verdict or self.verdict
        if last is not None:
            self._lasted(last, min(event.t - last.t, LONGEST_LOOK_S))
        self._in_step(event, None if last is None else last.in_step)

    def turn(self, event: Turn) -> None:
        """Take a turn of the two."""
        if event.turn == "apart":
            self.ruptures.append(Rupture(event.at_t, event.who, None))
        elif event.turn == "together again" and self.ruptures:
            self.ruptures[-1] = replace(self.ruptures[-1], repaired_t=event.at_t)

    def _lasted(self, last: Synchrony, seconds: float) -> None:
        self.known_s += seconds * (last.in_step is not None)
        self.in_step_s += seconds * _is_in_step(last.in_step)
        self.beyond_cue_s += seconds * (last.in_step == "beyond the cue")
        if last.leader is None:
            return
        if self.led and (self.led[-1].person, self.led[-1].end_t) == (last.leader, last.t):
            self.led[-1] = replace(self.led[-1], end_t=last.t + seconds)
        else:
            self.led.append(Led(last.leader, last.t, last.t + seconds))

    def _in_step(self, event: Synchrony, before: InStep | None) -> None:
        if _is_in_step(event.in_step) and not _is_in_step(before):
            self.episodes.append(Episode(event.t, None))
        elif _is_in_step(before) and not _is_in_step(event.in_step):
            self.episodes[-1] = replace(self.episodes[-1], end_t=event.t)


class Summary:
    """Takes every event of a session in its order; ``pairs`` and ``groups`` hold what came of it."""

    def __init__(self) -> None:
        self.pairs: dict[tuple[str, str], PairStory] = {}
        self.groups: dict[tuple[str, ...], Group] = {}
        self.rising_together: list[Turn] = []
        self.settled: list[Turn] = []

    def feed(self, event: Event) -> None:
        """Take the next event."""
        match event:
            case Synchrony():
                self.pairs.setdefault(event.people, PairStory(event.people)).look(event)
            case Group():
                self.groups[event.people] = event
            case Turn():
                self._turned(event)
            case _:
                pass

    def _turned(self, event: Turn) -> None:
        if event.turn == "rising together":
            self.rising_together.append(event)
        elif event.turn == "settled":
            self.settled.append(event)
        elif len(event.people) == 2 and event.people in self.pairs:
            self.pairs[event.people[0], event.people[1]].turn(event)


def summary(events: Iterable[Event]) -> Summary:
    """Return what came of a session whose ``events`` are these, in order."""
    made = Summary()
    for event in events:
        made.feed(event)
    return made


def _is_in_step(state: InStep | None) -> bool:
    return state is not None and state != "apart"

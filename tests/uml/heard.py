"""What biosync's stream of JSON lines said (pure)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LinkEvent:
    """``at``: when the line came, on the guest's monotonic clock (s)."""

    at: float
    person: str
    state: str
    why: str


@dataclass
class Heard:
    """Links in order, (beat_t, rr_ms) of every beat by person; ``start_at``: when biosync's clock showed 0 (s)."""

    links: list[LinkEvent] = field(default_factory=list)
    beats: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    end: dict[str, Any] | None = None
    start_at: float = math.inf
    last_t: float = 0.0

    def take(self, line: dict[str, Any], at: float) -> None:
        """Take one line of the stream that came at ``at``; ValueError if its time is before another's."""
        if line["t"] < self.last_t:
            raise ValueError(f"t fell from {self.last_t} to {line['t']}")
        self.last_t = line["t"]
        self.start_at = min(self.start_at, at - line["t"])
        match line["type"]:
            case "link":
                self.links.append(LinkEvent(at, line["person"], line["state"], line["why"]))
            case "beat":
                self.beats.setdefault(line["person"], []).append((line["beat_t"], line["rr_ms"]))
            case "end":
                self.end = line

    def state(self, person: str) -> str:
        """Return the last state told of the person's link, "" before the first."""
        return next((link.state for link in reversed(self.links) if link.person == person), "")

    def why(self, person: str) -> str:
        """Return the reason told with it."""
        return next((link.why for link in reversed(self.links) if link.person == person), "")

    def since(self, person: str, state: str, at: float) -> float | None:
        """Return when the person's link was first told to be in ``state`` after ``at``, None if it was not."""
        return next((x.at for x in self.links if x.person == person and x.state == state and x.at > at), None)

    def counted(self, person: str) -> int | None:
        """Return how many beats of the person the end counts."""
        return None if self.end is None else self.end["beats"].get(person)

"""What is true of virtual people who sit together: who takes in what of whom, and what befalls them, stated as data.

A person's *residual* is a slow wandering of the heart rate that neither breath nor cue explains: noise within
``RESIDUAL_HZ``. The part that begins in oneself is one's own; the rest is what one takes in of others, some moments
late. What was taken in is not passed on, so the spreads stated here are exact. It is a model for trying things
out, not a claim about any real couple.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

RESIDUAL_HZ = (0.03, 0.3)
"""Between these the residual has 95 % of its power."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a scenario takes, and how many where nobody says."""

    least: int
    most: int
    usual: int

    def __str__(self) -> str:
        """Return it in words: "2", or "3 to 16"."""
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


SCENARIOS: Mapping[str, Size] = {
    "strangers": Size(2, 16, 2),
    "calmer": Size(2, 2, 2),
    "mutual": Size(2, 2, 2),
    "repair": Size(2, 2, 2),
    "escalation": Size(2, 2, 2),
    "group_sit": Size(3, 16, 5),
}


@dataclass(frozen=True, slots=True)
class Influence:
    """``follower`` takes in what began in the ``leaders`` ``lag_s`` ago; all of it together has ``sd_bpm``."""

    leaders: tuple[str, ...]
    follower: str
    lag_s: float
    sd_bpm: float


@dataclass(frozen=True, slots=True)
class Rupture:
    """From ``t`` to ``repair_t`` (s) nobody takes in anything, and the heart rate of ``person`` is up by ``rise_bpm``;
    after that all is as before."""

    t: float
    person: str
    rise_bpm: float
    repair_t: float


@dataclass(frozen=True, slots=True)
class Escalation:
    """The heart rates rise by ``rise_bpm``, each person's from their own time in ``t`` (s) on.

    They settle when the cue has become slower by ``settles_percent`` since the last of them began to rise, and at
    ``latest_t`` in any case.
    """

    t: Mapping[str, float]
    rise_bpm: float
    settles_percent: float
    latest_t: float


@dataclass(frozen=True, slots=True)
class Tension:
    """``person`` begins tense: the heart rate up by ``heart_bpm`` and the breath faster by ``breath_percent``; every
    ``halves_in_s`` half of what is left is gone."""

    person: str
    heart_bpm: float
    breath_percent: float
    halves_in_s: float


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is true of a scenario, times in seconds since the session's start.

    ``follows`` tells who breathes with a cue that is within reach; ``own_sd_bpm`` is the spread of the residual that
    begins in each person.
    """

    scenario: str
    people: tuple[str, ...]
    follows: Mapping[str, bool]
    own_sd_bpm: Mapping[str, float]
    influences: tuple[Influence, ...] = ()
    ruptures: tuple[Rupture, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    tensions: tuple[Tension, ...] = ()

    @property
    def leader(self) -> str | None:
        """Who alone leads; None where nobody does, or several influence one another."""
        leaders = {name for one in self.influences for name in one.leaders}
        followers = {one.follower for one in self.influences}
        return leaders.pop() if len(leaders) == 1 and not leaders & followers else None

    @property
    def apart(self) -> tuple[str, ...]:
        """Those who share nothing with anybody but the cue."""
        sharing = {name for one in self.influences for name in (*one.leaders, one.follower)}
        return tuple(name for name in self.people if name not in sharing)

    def as_json(self) -> dict[str, Any]:
        """Return it as the object that the stream's ``session`` line carries as ``truth``."""
        stated = asdict(self)
        del stated["people"]
        return {**stated, "leader": self.leader, "apart": self.apart, "residual_hz": RESIDUAL_HZ}

"""What is known of two people, or of a group, from look to look: never from one look alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from biosync.events import InStep
from biosync.together.lamp import LampState
from biosync.together.leader import Lag

LEADS_AFTER_S = 30.0
"""Nobody is named as the leader before every look has said so for this long."""


@dataclass(slots=True)
class Steps:
    """In step with whatever makes it so, and beyond the cue."""

    plain: LampState = field(default_factory=LampState)
    beyond: LampState = field(default_factory=LampState)

    def look(self, t: float, p_value: float | None, beyond_p_value: float | None) -> InStep | None:
        """Take the chances (None: unknown) of a look at time ``t`` (s); return the state, None while unknown."""
        lit, lit_beyond = self.plain.look(t, p_value), self.beyond.look(t, beyond_p_value)
        if lit_beyond:
            return "beyond the cue"
        if p_value is None:
            return None
        return "in step" if lit else "apart"


@dataclass(slots=True)
class Leading:
    """Who leads: 0 or 1, None where it can't be told; ``lag`` as the newest look has it, None before the first."""

    leader: int | None = None
    lag: Lag | None = None
    _candidate: int | None = None
    _since_t: float = 0.0

    def look(self, t: float, lag: Lag | None) -> None:
        """Take what a look at time ``t`` (s) tells; None: nothing."""
        self.lag = lag
        found = None if lag is None else lag.leader
        if found is None or found != self._candidate:
            self._candidate, self._since_t = found, t
        self.leader = found if found is not None and t - self._since_t >= LEADS_AFTER_S else None

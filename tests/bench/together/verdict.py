"""What a method says of one pair."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """``found``: in step beyond what was asked for (chance, or the cue); ``leader``: 1 the first, -1 the second, 0
    cannot tell; ``interval_s`` of the lag, where one is stated; ``p_value`` where there is one."""

    found: bool
    leader: int = 0
    interval_s: tuple[float, float] | None = None
    p_value: float | None = None

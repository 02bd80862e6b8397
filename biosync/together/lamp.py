"""A lamp that is never lit by one look: on after a while in step, off only when it is clearly gone."""

from __future__ import annotations

from dataclasses import dataclass

WINDOW_S = 120.0
"""The chance is looked at over this time; a coach who looks at many may prefer 180 s."""
ON_P, OFF_P = 0.01, 0.1
ON_AFTER_S = 30.0
LONGEST_PAUSE_S = 15.0
"""Looks further apart than this are no unbroken while."""


@dataclass(slots=True)
class LampState:
    """``lit``: in step now. ``since_s``: since when a chance below ``ON_P`` has been seen without a break."""

    lit: bool = False
    since_s: float | None = None
    looked_s: float | None = None

    def look(self, t: float, p_value: float | None) -> bool:
        """Take the chance (None: unknown) of the window that ends at ``t`` (s, rising); return if the lamp is lit."""
        paused = self.looked_s is not None and t - self.looked_s > LONGEST_PAUSE_S
        self.looked_s = t
        if p_value is None:
            self.lit, self.since_s = False, None
            return False
        if p_value >= ON_P or paused:
            self.since_s = None
        if p_value < ON_P and self.since_s is None:
            self.since_s = t
        self.lit = p_value <= OFF_P and (self.lit or (self.since_s is not None and t - self.since_s >= ON_AFTER_S))
        return self.lit

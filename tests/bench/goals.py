"""The goals that speed is held against, and whether they were met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """``found`` of ``unit``, with the range of its rounds, against a ``limit`` that is a floor or a ceiling."""

    what: str
    limit: float
    found: float | None
    low: float | None
    high: float | None
    at_least: bool
    unit: str = "times"

    @property
    def met(self) -> bool | None:
        """True or False, None where it could not be measured."""
        if self.found is None:
            return None
        return self.found >= self.limit if self.at_least else self.found <= self.limit

    def row(self) -> str:
        """Return the row of the report's table."""
        side = "at least" if self.at_least else "at most"
        verdict = {True: "met", False: "**missed**", None: "not measured: the peer is missing"}[self.met]
        found = "" if self.found is None else f"{self.found:,.1f}"
        spread = "" if self.low is None or self.high is None else f"{self.low:,.1f} to {self.high:,.1f}"
        return f"| {self.what} | {side} {self.limit:g} {self.unit} | {found} | {spread} | {verdict} |"

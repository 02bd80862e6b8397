"""What the doctor found: checks, straps, the one cause and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CheckState = Literal["ok", "problem", "unknown", "skipped"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check. ``why`` says in words what was found, ``next_step`` what to do about it ("" for nothing)."""

    check: str
    state: CheckState
    why: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class StrapFinding:
    """One strap in range, and if it could be used now (``state``). ``label`` tells straps of one name apart.

    ``cause`` is a word for programs ("" where nothing is wrong). ``battery_percent``, ``serial`` and ``firmware`` are
    None unless it was asked: only a known strap is, because its wearer has said yes.
    """

    name: str
    label: str
    address: str
    rssi_dbm: int | None
    known: bool
    person: str | None
    state: CheckState
    cause: str
    why: str
    next_step: str = ""
    battery_percent: int | None = None
    serial: str | None = None
    firmware: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """``verdict`` is "ok" when a strap could be used now, else a word for the one cause.

    ``findings`` are in the order in which things depend on each other; ``straps`` best first.
    """

    verdict: str
    findings: tuple[Finding, ...]
    straps: tuple[StrapFinding, ...] = ()

    @property
    def cause(self) -> Finding | None:
        """The first thing that stands in the way, None when nothing does."""
        return None if self.verdict == "ok" else next((f for f in self.findings if f.state == "problem"), None)

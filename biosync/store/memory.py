"""What earlier sessions tell of where a heart swings most, so that the next session starts from it.

Every session measures it anew. In between it drifts, by a standard deviation of ``DRIFT_SD_BPM`` from one session to
the next, so what was known loses weight: a random walk, seen with errors, for which the best estimate is Kalman's (J
Basic Eng 82:35-45, 1960). With x and variance P from before, and z measured with standard deviation s:

    P' = P + drift^2,    x = (x / P' + z / s^2) / (1 / P' + 1 / s^2),    P = 1 / (1 / P' + 1 / s^2)

Where z lies farther from x than ``SUDDEN`` standard deviations of what it should differ by, something has changed more
than drift does, and P' grows until it does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from biosync.engine import Member
from biosync.home import ledger_file
from biosync.pacer.search import DRIFT_SD_BPM
from biosync.store.ledger.kinds import Measured
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.resonances import Heart

SUDDEN = 2.0


@dataclass(frozen=True, slots=True)
class Known:
    """A pace, breaths a minute, with its standard deviation."""

    bpm: float
    sd_bpm: float


def combined(found: Sequence[Measured]) -> Known | None:
    """Return what ``found``, one a session and the oldest first, tells of the time of the last; None for nothing."""
    if not found:
        return None
    bpm, variance = found[0].resonance_bpm, found[0].resonance_sd_bpm**2
    for one in found[1:]:
        error, off = one.resonance_sd_bpm**2, one.resonance_bpm - bpm
        before = max(variance + DRIFT_SD_BPM**2, (off / SUDDEN) ** 2 - error)
        variance = 1 / (1 / before + 1 / error)
        bpm += off * variance / error
    return Known(bpm, variance**0.5)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of everybody. It is read before a session: while one runs, nothing waits for the disk."""

    known: Mapping[Heart, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Path) -> Self:
        """Return what the ledger in ``home`` tells; nothing where there is none, or it can't be read."""
        if not ledger_file(home).exists():
            return cls()
        try:
            with Ledger.open(home) as ledger:
                found = {heart: combined(several) for heart, several in ledger.all_resonances().items()}
        except LedgerError:
            return cls()  # then the search begins from nothing, as in a first session
        return cls({heart: known for heart, known in found.items() if known is not None})

    def reminded(self, member: Member) -> Member:
        """Return ``member`` with what is known of them; of one who is fed from a recording nothing is."""
        known = self.known.get((member.name, member.origin == "simulated"))
        if known is None or member.origin == "replay" or member.device == "recording":
            return member
        return replace(member, resonance_bpm=known.bpm, resonance_sd_bpm=known.sd_bpm)

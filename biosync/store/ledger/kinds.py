"""The words of the ledger: what its readers hand out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session in the ledger; the first seven fields are those of ``sessions list --json``.

    ``started`` is ISO 8601 in UTC. ``beats`` counts the labelled beats per person, in the order of ``people``.
    ``complete`` is False while it runs, when it was cut off, and when some of it could not be kept; ``running`` is
    True while its biosync still writes it. ``version`` is that of the biosync which recorded it;
    ``made_up`` names those of ``people`` whose hearts were virtual.
    """

    id: str
    started: str
    duration_s: float
    people: tuple[str, ...]
    beats: dict[str, int]
    simulated: bool
    complete: bool
    running: bool = False
    version: str = ""
    made_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strap:
    """A strap whose wearer said yes. It is known by ``name`` and ``serial`` where the serial could be read, else by
    ``name`` and ``address``; ``address`` is where it was seen last (on macOS, what this machine alone calls it)."""

    name: str
    address: str
    person: str
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Where a heart swings most, as one session alone measured it: breaths a minute, with the standard deviation.
    ``t``: when the last breath was measured, in seconds since the session's start."""

    resonance_bpm: float
    resonance_sd_bpm: float
    t: float


@dataclass(frozen=True, slots=True)
class Went:
    """What a deletion took away: ``sessions`` wholly, ``shared`` where only one person's part went, ``rows`` of raw
    data, ``straps``, ``copies`` of the file (their names). ``clean`` is False where free pages could not be wiped yet
    because another biosync holds the file; the next start does it then."""

    sessions: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    rows: int = 0
    straps: int = 0
    copies: tuple[str, ...] = ()
    clean: bool = True

    @property
    def what(self) -> str:
        """What went, or would go, counted."""
        parts = [
            _counted(len(self.sessions), "session", "sessions"),
            f"their part in {_counted(len(self.shared), 'session', 'sessions')} with others" if self.shared else "",
            _counted(self.rows, "entry of raw data", "entries of raw data"),
            _counted(self.straps, "strap", "straps"),
            _counted(len(self.copies), "older copy of the ledger", "older copies of the ledger"),
        ]
        return ", ".join(part for part in parts if part) or "a name"

    def in_words(self) -> str:
        """Return the sentences that say what went."""
        said = f"Deleted: {self.what}."
        if self.clean:
            return f"{said} Nothing of it is left in biosync's files; files that you exported yourself are yours."
        return f"{said} Another biosync is running, so its traces in the file are wiped at the next start."


def _counted(count: int, one: str, many: str) -> str:
    """Return a count in words, nothing for none."""
    if not count:
        return ""
    return f"1 {one}" if count == 1 else f"{count} {many}"

"""Makes the golden ledger of the present schema version: ``python -m tests.golden.make``.

Run once when a version is born, and never again: a golden file shows what that version really wrote.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Event, Marker, Note, ResonanceMeasured, Session
from biosync.home import ledger_file
from biosync.run import Cast, LiveSession, Store
from biosync.store.ledger import schema
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import LedgerStore
from biosync.store.recording import Recording
from tests.store.ledger.live import keep_with_guests, worn

HERE = Path(__file__).parent
ID, STARTED = "20260102-030405-abcd", "2026-01-02T03:04:05Z"
GUESTS_ID, GUESTS_STARTED = "20260203-040506-cdef", "2026-02-03T04:05:06Z"


class Dated:
    """A session's store under an id and a date that are always the same."""

    def __init__(
        self, home: Path, cast: Cast, id: str = ID, started: str = STARTED,
        found: Sequence[ResonanceMeasured | Marker] = (),
    ) -> None:
        yes = Consent("Ana", "coach", started, "Cleo", ("rmssd_ms",), "Ben sees how calm my heart is")
        self._store = LedgerStore(home, id, cast.members, cast.groups, print, cast.settings, consents=(yes,))
        self._id, self._started, self._found = id, started, found
        self.kept = True

    def __call__(self, event: Event | Member | Consent) -> None:
        self._store(replace(event, id=self._id, started=self._started) if isinstance(event, Session) else event)

    def close(self) -> None:
        for found in self._found:
            self._store(found)
        self._store.close()


def summary(home: Path) -> dict[str, Any]:
    """Return what a reader of the ledger in ``home`` finds, but for how figures are computed."""
    with Ledger.open(home) as ledger:
        sessions = ledger.sessions()
        return {
            "people": ledger.people(),
            "straps": [asdict(strap) for strap in ledger.straps()],
            "sessions": [
                {
                    **json.loads(json.dumps(asdict(one))),
                    "members": [asdict(member) for member in ledger.members(one.id)],
                    "groups": [list(group) for group in ledger.groups(one.id)],
                    "settings": _settings(ledger, one.id),
                    "consents": [asdict(consent) for consent in ledger.consents(one.id)],
                    "raw": _digest(list(ledger.raw_events(one.id))),
                    "cues": _digest(ledger.cues(one.id)),
                    "markers": [asdict(marker) for marker in ledger.markers(one.id)],
                    "resonances": {name: asdict(found) for name, found in ledger.resonances(one.id).items()},
                    "notes": [asdict(note) for note in ledger.notes(one.id)],
                    "says": [asdict(say) for say in ledger.says(one.id)],
                    "intervals": {name: len(ledger.recording(one.id, name)) for name in one.people},
                }
                for one in sessions
            ],
        }


def _settings(ledger: Ledger, id: str) -> dict[str, Any] | None:
    settings = ledger.settings(id)
    return None if settings is None else asdict(settings)


def _digest(events: list[Any]) -> list[Any]:
    return [len(events), sha256("\n".join(map(_said, events)).encode()).hexdigest()]


def _said(event: object) -> str:
    """Return the event as it was written when the first golden ledger was made: what was added to its class since, and
    is at its default because no ledger of then holds it, is left out."""
    said = repr(event).replace(", at_t=None)", ")").replace(", resonance_bpm=None, resonance_sd_bpm=None)", ")")
    return said.replace(", t_uncertainty_s=0.0)", ")")


def main() -> None:
    """Write the golden ledger and what is in it; refuse to change one that is there."""
    target = HERE / f"ledger-v{schema.VERSION}.sqlite"
    if target.exists():
        raise SystemExit(f"{target.name} is there already, and a golden file is never made again")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home)
        target.write_bytes(ledger_file(home).read_bytes())
        text = json.dumps(summary(home), indent=1, ensure_ascii=False)
        target.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _fill(home: Path) -> None:
    def open_store(_: str, cast: Cast) -> Store:
        return Dated(home, cast)

    asyncio.run(
        LiveSession(worn("Ana", "Ben"), seconds=100.5, speed=None, open_store=open_store, snapshots=False).run()
    )
    rr_ms = 900 + 50 * np.sin(np.arange(60.0))
    found = [Marker(119.0, "Dan", "sighs", 112.5), ResonanceMeasured(99.0, "Dan", 5.6, 0.25)]
    keep_with_guests(home, lambda _, cast: Dated(home, cast, GUESTS_ID, GUESTS_STARTED, found))
    with Ledger.open(home) as ledger:
        ledger.note(GUESTS_ID, Note(118.0, "Cleo", "slept badly"))
        ledger.remember(Strap("H10 1234", "A0:9E:00:00:00:01", "Ana", "0123456789"))
        ledger.remember(Strap("HRM-Dual", "A0:9E:00:00:00:02", "Ben"))
        gaps = np.zeros(60, dtype=bool)
        ledger.store_recording(Recording("Cleo", rr_ms, gaps), datetime(2025, 1, 1, tzinfo=UTC))


if __name__ == "__main__":
    main()

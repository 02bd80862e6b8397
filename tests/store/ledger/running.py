"""A running session's store, driven by hand: what is told can be waited for."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from biosync.engine import Member
from biosync.events import Beat, End, Notification, Session, Tick
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import MOST_WAITING, LedgerStore
from devices import heart_rate

PATIENCE_S = 20.0


class Running:
    """A session of Ana's; ``beat`` lets a second with one beat pass."""

    def __init__(
        self, home: Path, id: str = "20260101-120000-0001", started: str = "2026-01-01T12:00:00Z",
        most_waiting: int = MOST_WAITING, key: str | None = None,
    ) -> None:  # fmt: skip
        self.home, self.id = home, id
        self.told: list[str] = []
        self.count = 0
        self._news = threading.Condition()
        who = [Member("Ana", "strap", "H10")]
        self.store = LedgerStore(home, id, who, [("Ana",)], self._tell, key=key, most_waiting=most_waiting)
        self.store(Session(0.0, id, started, ("Ana",), False))

    def beat(self, times: int = 1) -> None:
        for _ in range(times):
            self.count += 1
            t = float(self.count)
            payload = bytes([0x10, 60]) + (1000 + self.count % 24).to_bytes(2, "little")
            self.store(Notification(t - 0.5, "Ana", "H10", heart_rate.MEASUREMENT, payload))
            self.store(Beat(t - 0.5, "Ana", 1000.0, "normal", t - 0.6, 0.0))
            self.store(Tick(t))

    def hears(self, words: str) -> str:
        """Wait until a sentence with ``words`` was told, and return it."""
        with self._news:
            assert self._news.wait_for(lambda: any(words in said for said in self.told), PATIENCE_S), self.told
            return next(said for said in self.told if words in said)

    def is_listed(self) -> None:
        """Wait until its first beats are in the ledger."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with Ledger.open(self.home) as ledger:
                if any(one.id == self.id and one.duration_s for one in ledger.sessions()):
                    return
        raise AssertionError(f"it is not listed after {PATIENCE_S} s; told: {self.told}")

    def end(self) -> None:
        self.store(End(float(self.count), {"Ana": self.count}, None))
        self.store.close()

    def kept(self, key: str | None = None) -> list[float]:
        """Return when the notifications in the ledger came."""
        with Ledger.open(self.home, key) as ledger:
            return [event.t for event in ledger.raw_events(self.id) if isinstance(event, Notification)]

    def everything(self) -> list[float]:
        return [number + 0.5 for number in range(self.count)]

    def _tell(self, sentence: str) -> None:
        with self._news:
            self.told.append(sentence)
            self._news.notify_all()

"""A session of one made-up heart that goes on in real time: a new picture a second, as from the engine."""

from __future__ import annotations

import time

from biosync.snapshot import Snapshot
from tests.gui import made


class Breathing(made.MadeSession):
    """Its time runs; its picture is made anew each second, also in between when a beat has come."""

    def __init__(self) -> None:
        super().__init__(None)
        self._begin = time.perf_counter()
        self._made_at = -1

    def now(self) -> float:
        return made.NOW + time.perf_counter() - self._begin

    @property
    def latest(self) -> Snapshot | None:  # type: ignore[override]
        second = int(self.now())
        if second != self._made_at:
            self._made_at = second
            self._shown = made.snapshot(made.person(now=self.now()), now=self.now())
        return self._shown

    @latest.setter
    def latest(self, shown: Snapshot | None) -> None:
        self._shown = shown

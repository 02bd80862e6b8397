"""Our cue, if it could see: it is told at once what else it must find in the heart, if somebody breathes with it, and
which breath is their own. What it misses nobody misses for want of better eyes: it is the comfort that the cue owes
people (5 % a breath), the rules by which it leads, or chance."""

from __future__ import annotations

from unittest.mock import patch

from biosync.pacer import company, stretches
from biosync.pacer.lock import Lock
from biosync.pacer.own import OwnBreath
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from tests.bench.cue.people import Person
from tests.bench.cue.session import Ours, Plan

LOOK_S = 8.0
"""A breath or two are looked at before anything is said."""


class Seeing(Ours):
    """``see`` before the first second."""

    def see(self, person: Person) -> None:
        """Look at ``person`` from now on."""
        SeenLock.person = person

    def __call__(self, t: float, rr_ms: list[float]) -> Plan:
        with patch.object(company, "Lock", SeenLock), patch.object(company, "OwnBreath", SeenBreath):
            return super().__call__(t, rr_ms)


class SeenBreath(OwnBreath):
    """A breath of their own as it is."""

    def take(self, reading: Reading) -> None:
        """Look at it."""
        assert SeenLock.person is not None
        self.bpm = SeenLock.person.breath.own_bpm()


class SeenLock(Lock):
    """Following as it is; the swing is still the heart's."""

    person: Person | None = None

    def __init__(self) -> None:
        super().__init__()
        self._with_s = self._away_s = 0.0
        self._seen_t: float | None = None

    def look(self, t: float, reading: Reading, wave: Wave) -> None:
        """Look at the person, and at the heart for how far it swings."""
        assert SeenLock.person is not None
        elapsed = 0.0 if self._seen_t is None else t - self._seen_t
        self._seen_t = t
        there = SeenLock.person.breath.with_cue(t, SeenLock.person.cue)
        self._with_s, self._away_s = (self._with_s + elapsed, 0.0) if there else (0.0, self._away_s + elapsed)
        if stretches.tells_nothing(reading, t, wave.rate_bpm):
            self.with_cue, self.swing = False, None
            return
        self._seen, self._shared = (reading, wave), False
        self._usual = self._usual or self._line(reading, wave)[1] or 1 + 0j
        self.swing = self._short(reading, wave)
        if self.locked and self._away_s >= LOOK_S:
            self._lose()
        elif not self.locked and self._with_s >= LOOK_S:
            self.locked = self.left = True
        self.with_cue = there and self.locked

    @property
    def surely(self) -> float:
        """As surely as one can see."""
        return 1.0 if self._with_s else -1.0

    @property
    def clear(self) -> bool:
        """Always: it is seen."""
        return True

    @property
    def unclear(self) -> bool:
        """Never."""
        return False

    @property
    def gone_surely(self) -> bool:
        """Whoever is lost has left."""
        return not self.locked

    def kept(self, seconds: float) -> bool:
        """Not asked of one who sees."""
        return False

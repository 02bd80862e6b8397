"""The people who share one cue: who is with it, who seems away, how they breathe by themselves. One alone is a company
of one."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import mean

from biosync.pacer.lock import Lock
from biosync.pacer.own import OwnBreath
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave


class Company:
    """``people``: those who take part now, in the order in which they came."""

    def __init__(self, people: tuple[str, ...], start_bpm: float | None) -> None:
        self.people = people
        self._locks = {person: Lock() for person in people}
        self._own = {person: OwnBreath(start_bpm) for person in people}

    @property
    def several(self) -> bool:
        """True where more than one takes part."""
        return len(self._locks) > 1

    def join(self, person: str) -> None:
        """Let one more person take part."""
        self.people = (*self.people, person)
        self._locks[person], self._own[person] = Lock(), OwnBreath()
        self._locks[person].left = True  # has not been with any lead yet: none goes on as if

    def leave(self, person: str) -> None:
        """Let a person take part no more."""
        self.people = tuple(other for other in self.people if other != person)
        del self._locks[person], self._own[person]

    def look(self, t: float, readings: Mapping[str, Reading], wave: Wave, lenient: bool) -> None:
        """Judge everybody who is read at time ``t``; ``lenient``: a heart that shows little is given time."""
        for person, reading in readings.items():
            lock = self._locks[person]
            lock.lenient = lenient
            lock.look(t, reading, wave)
            if not lock.locked:
                self._own[person].take(reading)

    def breath(self, rate_bpm: float, own_bpm: float, settled: bool) -> None:
        """Count a breath of the cue for everybody (``Lock.breath``)."""
        for lock in self._locks.values():
            lock.breath(rate_bpm, own_bpm, settled)

    def share(self, person: str) -> float | None:
        """Return the person's locked share over the last cycles of the cue, 0 to 1, None while unknown."""
        return self._locks[person].share

    def is_with(self, person: str) -> bool:
        """Tell if the person's heart is with the cue now."""
        return self._locks[person].with_cue

    def all_with(self) -> bool:
        """Tell if everybody is with the cue now, and somebody is there."""
        return bool(self._locks) and all(lock.with_cue for lock in self._locks.values())

    def all_steady(self, breaths: int) -> bool:
        """Tell if everybody has been with the cue for so many breaths in a row."""
        return all(lock.breaths >= breaths for lock in self._locks.values())

    def all_clear(self) -> bool:
        """Tell if everybody's heart shows the cue clearly."""
        return all(lock.clear for lock in self._locks.values())

    def none_lost(self) -> bool:
        """Tell if everybody is with the cue, or gone for a moment at most."""
        return all(lock.locked for lock in self._locks.values())

    def doubted(self) -> bool:
        """Tell if it is in doubt that somebody is there."""
        return any(lock.doubted for lock in self._locks.values())

    def gone_surely(self) -> bool:
        """Tell if somebody is lost and has left, most likely."""
        return any(lock.gone_surely for lock in self._locks.values())

    def had_stayed(self) -> bool:
        """Tell if somebody was lost since the last lead began, and whoever was had only seemed gone."""
        left = [lock.left for lock in self._locks.values() if lock.left is not None]
        return bool(left) and not any(left)

    def surely(self) -> float:
        """How surely the least sure of them is with the cue just now, -1 to 1; 0 is unknown."""
        return min((lock.surely if lock.locked else 0.0 for lock in self._locks.values()), default=0.0)

    def all_kept(self, seconds: float) -> bool:
        """Tell if everybody was clearly with the cue for the last ``seconds``, all along."""
        return bool(self._locks) and all(lock.kept(seconds) for lock in self._locks.values())

    def only_unseen(self) -> bool:
        """Tell if whoever seems away shows nothing clear just now, but something."""
        return all(lock.with_cue or (lock.swing is not None and lock.unclear) for lock in self._locks.values())

    def unread(self) -> bool:
        """Tell if too few beats of somebody come to say anything."""
        return any(lock.swing is None for lock in self._locks.values())

    def keep_place(self, kept: bool) -> None:
        """Ask everybody to keep to their usual place in the breath from now on, or no longer (``Lock.mark``)."""
        for lock in self._locks.values():
            if kept:
                lock.mark()
            else:
                lock.unmark()

    def moved(self) -> bool:
        """Tell if somebody left the place in the breath that they were to keep, in the last breath."""
        return any(lock.moved for lock in self._locks.values())

    def swings(self) -> list[tuple[float, float, float]]:
        """Return each measured swing with the cue, its error and its pace (``Lock.swing_bpm``)."""
        return [found for lock in self._locks.values() if (found := lock.swing_bpm()) is not None]

    def behind(self) -> float | None:
        """Return how far behind their usual place in the breath they are, in cycles, on average; None while unknown."""
        known = [behind for lock in self._locks.values() if (behind := lock.behind()) is not None]
        return mean(known) if known else None

    def own_surely(self) -> bool:
        """Tell if everybody's own breath is known, and not only roughly."""
        return all(own.bpm is not None and not own.rough for own in self._own.values())

    def own_bpm(self) -> float | None:
        """Return their own breath a minute, the mean of all; None until everybody's is known."""
        return _mean_of_all([own.bpm for own in self._own.values()])

    def meet_bpm(self, met_bpm: float) -> float | None:
        """Return where to meet them: the mean of their own breaths, as far as it must be known.

        Among several, whoever is with the cue since before their own breath could be measured (only who is not with it
        shows that) is taken to breathe as they were met, at ``met_bpm``. Who was never read keeps nobody from being met
        who needs it.
        """
        if not self.several:
            return self.own_bpm()
        there = {person for person, lock in self._locks.items() if lock.locked}
        read = [person for person, own in self._own.items() if own.looked or person in there]
        if len(there) == len(read) < len(self.people):
            return None
        return _mean_of_all([self._own[person].bpm or (met_bpm if person in there else None) for person in read])


def _mean_of_all(paces_bpm: list[float | None]) -> float | None:
    """Return the mean of paces; None where one of them is unknown, or there is none."""
    known = [bpm for bpm in paces_bpm if bpm is not None]
    return mean(known) if known and len(known) == len(paces_bpm) else None

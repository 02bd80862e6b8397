"""Who is here: checks who joins and leaves a running session, and knows what to make of a newcomer once they are in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from biosync.cast import Cast, Newcomer
from biosync.engine import Engine, Member
from biosync.run_problems import SessionProblem


class Attendance:
    """The people of the session of ``cast`` in ``engine``, as they will be once all that waits has been taken in."""

    def __init__(self, cast: Cast, engine: Engine) -> None:
        self._engine = engine
        self._closed = cast.closed
        self._here = [member.name for member in cast.members]
        self._joined: set[str] = set()
        self._waiting: dict[str, list[Newcomer]] = {}
        self._were_with: dict[str, tuple[str, ...]] = {}

    @property
    def here(self) -> tuple[str, ...]:
        """Who is here, in the order in which they came."""
        return self._engine.here if self._closed else tuple(self._here)

    def check(self, person: str | None) -> None:
        """SessionProblem if ``person`` is not here; None, for all, always is."""
        if person is not None and person not in self.here:
            raise SessionProblem(f"there is no {person!r} here; there are: {', '.join(self.here) or 'none any more'}")

    def admit(self, newcomer: Newcomer, beside: Sequence[str]) -> Member:
        """Return the newcomer as a member, under a name that is free; SessionProblem if they can't join."""
        self._check_open()
        for other in beside:
            self.check(other)
        member = replace(newcomer.member, name=self._free_name(newcomer.member))
        self._here.append(member.name)
        self._waiting.setdefault(member.name, []).append(newcomer)
        return member

    def dismiss(self, person: str) -> None:
        """Let ``person`` go; SessionProblem if that can't be."""
        self._check_open()
        self.check(person)
        self._were_with[person] = self._engine.group_of(person)
        self._here.remove(person)

    def shared_before(self, person: str) -> tuple[str, ...]:
        """Return who of those who are here shared a cue with ``person`` when one of them left."""
        if person in self._here:
            return ()  # this is somebody else of that name
        were_with = self._were_with
        return tuple(one for one in self._here
                     if one in were_with.get(person, ()) or person in were_with.get(one, ()))

    def came_in(self, person: str) -> Newcomer | None:
        """Return the newcomer who has joined as ``person``, once; None for one of a stored session."""
        waiting = self._waiting.get(person)
        if not waiting:
            return None
        self._joined.add(person)
        return waiting.pop(0)

    def has_joined(self, person: str) -> bool:
        """Tell if ``person`` came after the session had begun."""
        return person in self._joined

    def _check_open(self) -> None:
        if self._closed:
            raise SessionProblem("this session was stored as it was, so nobody joins or leaves it now")

    def _free_name(self, wished: Member) -> str:
        """Return the name wished for, with a number if another has it; who has left gets their own again."""
        name, number = wished.name, 1
        while not self._is_free(name, wished):
            number += 1
            name = f"{wished.name} {number}"
        return name

    def _is_free(self, name: str, wished: Member) -> bool:
        if name in self._here:
            return False
        if self._waiting.get(name):
            return self._waiting[name][-1].member.origin == wished.origin
        before = self._engine.people.get(name)
        return before is None or before.member.origin == wished.origin

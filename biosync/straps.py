"""The straps of one running session: who is listened to, who is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from biosync.cast import HandOn, StrapListener
from biosync.run_problems import SessionProblem


class StrapLetGo(SessionProblem):
    """One strap was let go for good; the session may go on with the others."""


class Straps:
    """Listens to straps, each in a task of its own, stamped by ``now``; what they send goes to ``hand_on``."""

    def __init__(self, now: Callable[[], float], hand_on: HandOn) -> None:
        self._now = now
        self._hand_on = hand_on
        self._worn: dict[str, tuple[StrapListener, asyncio.Task[None]]] = {}
        self._let_go: list[tuple[StrapListener, asyncio.Task[None]]] = []

    def __bool__(self) -> bool:
        return bool(self._worn)

    def begin(self, strap: StrapListener) -> None:
        """Listen to ``strap``; if it is just being let go, once that is done."""
        self._let_go = [(other, task) for other, task in self._let_go if not task.done()]
        before = [task for other, task in self._let_go if _same(other.address, strap.address)]
        self._worn[strap.person] = strap, asyncio.create_task(self._listen(strap, before))

    def listens_to(self, address: str) -> bool:
        """Tell if the strap at ``address`` is worn by somebody here."""
        return any(_same(strap.address, address) for strap, _ in self._worn.values())

    def let_go(self, person: str) -> None:
        """Listen no more to the strap of ``person``, if they wear one."""
        if person in self._worn:
            strap, task = self._worn.pop(person)
            task.cancel()
            self._let_go.append((strap, task))

    def failed(self) -> Iterator[tuple[str, SessionProblem]]:
        """Give each person whose strap could not be listened to, once, with why; an error of another kind is raised."""
        for person, (_, task) in list(self._worn.items()):
            problem = task.exception() if task.done() else None
            if problem is None:
                continue
            del self._worn[person]
            if not isinstance(problem, SessionProblem):
                raise problem
            yield person, problem

    async def end(self) -> None:
        """Let everybody's strap go, and wait until it is done."""
        for person in list(self._worn):
            self.let_go(person)
        await asyncio.gather(*(task for _, task in self._let_go), return_exceptions=True)

    async def _listen(self, strap: StrapListener, before: list[asyncio.Task[None]]) -> None:
        if before:
            await asyncio.wait(before)
        await strap.listen(self._now, self._hand_on)


def _same(a: str, b: str) -> bool:
    return a.lower() == b.lower()

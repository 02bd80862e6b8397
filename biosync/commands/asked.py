"""Does what another program asks of a running session on standard input; what can't be done is told, and no more."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence

from biosync.casting import MakeStrap, Part, newcomer, parts, with_sources
from biosync.commands.line_reader import lines_of_input
from biosync.commands.requests import LONGEST_LINE, Request, RequestError, parse_request
from biosync.run import LiveSession
from biosync.run_problems import SessionProblem
from biosync.sources import SourceError, parse


class Desk:
    """Takes the requests for ``session``. ``together``: who joins shares the cue of everybody who is there, where the
    request does not say; ``real_time``: a strap may join. ``say`` tells one sentence."""

    def __init__(
        self, session: LiveSession, say: Callable[[str], None], *, together: bool, real_time: bool
    ) -> None:
        self._session = session
        self._say = say
        self._together = together
        self._real_time = real_time

    async def take(self, line: str) -> None:
        """Do what ``line`` asks for; a line that can't be done changes nothing."""
        try:
            if len(line) > LONGEST_LINE:
                raise RequestError(f"a request has at most {LONGEST_LINE} bytes; this line is longer")
            await self._do(parse_request(line))
        except (RequestError, SourceError, SessionProblem) as problem:
            self._say(f"biosync: {problem}")

    async def _do(self, request: Request) -> None:
        match request.kind:
            case "join":
                await self._join(request)
            case "leave":
                self._session.leave(request.text)
            case "say":
                self._session.say(request.text, request.person)
            case "mark":
                self._session.mark(request.text, request.person)

    async def _join(self, request: Request) -> None:
        everybody = await asyncio.to_thread(parts, [parse(request.text)])
        everybody, strap = await self._with_straps(everybody)
        coming = [newcomer(part, strap) for part in everybody]
        beside: Sequence[str] = request.group or ()
        if request.group is None and self._together:
            beside = self._session.here
        for one in coming:
            self._session.join(one, beside)

    async def _with_straps(self, everybody: list[Part]) -> tuple[list[Part], MakeStrap | None]:
        """Return the parts with their straps named, after a look for them where that is needed, and what listens."""
        if all(part.source.kind != "ble" for part in everybody):
            return everybody, None
        if not self._real_time:
            raise SessionProblem("a strap beats at its own speed: it can join only a session without --speed")
        from biosync.commands.straps import find, strap_maker, unnamed

        asked = [part.source for part in everybody]
        found = await find(asked)
        strap = await asyncio.to_thread(strap_maker, unnamed(asked, found))
        return with_sources(everybody, found), strap


@contextlib.asynccontextmanager
async def open_desk(desk: Desk) -> AsyncIterator[None]:
    """Let ``desk`` take what comes on standard input while the context lasts."""
    lines = lines_of_input()
    if lines is None:
        yield
        return
    working = asyncio.create_task(_work(lines, desk))
    try:
        yield
    finally:
        working.cancel()
        await asyncio.wait({working})


async def _work(lines: asyncio.Queue[str], desk: Desk) -> None:
    while True:
        await desk.take(await lines.get())

"""Reads lines of standard input beside a running loop, in a thread, so that nothing waits for them."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError

from biosync.commands.requests import LONGEST_LINE

_CHUNK = 1 << 16
MOST_WAITING = 64
"""Lines that are read ahead: whoever writes faster than they are done has to wait."""


def lines_of_input() -> asyncio.Queue[str] | None:
    """Return a queue that fills with the lines of standard input; None where it is closed or a terminal.

    The thread reads the descriptor itself: one that waits inside ``sys.stdin`` would hold its lock when Python ends.
    """
    if sys.stdin is None:
        return None
    try:
        number = sys.stdin.fileno()
        if os.isatty(number):
            return None
    except (OSError, ValueError):  # standard input is something else's, not a file
        return None
    queue: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
    loop = asyncio.get_running_loop()
    threading.Thread(target=_read, args=(number, loop, queue), name="standard input", daemon=True).start()
    return queue


def _read(number: int, loop: asyncio.AbstractEventLoop, queue: asyncio.Queue[str]) -> None:
    for line in _lines(number):
        putting = queue.put(line)
        try:
            asyncio.run_coroutine_threadsafe(putting, loop).result()
        except (RuntimeError, CancelledError):  # the session is over: nobody hears it any more
            putting.close()
            return


def _lines(number: int) -> Iterator[str]:
    """Give the lines that are not blank; of one that is too long, its beginning."""
    rest = b""
    while True:
        try:
            data = os.read(number, _CHUNK)
        except OSError:  # closed, or not open for reading
            return
        *whole, rest = (rest + data).split(b"\n")
        rest = rest[: LONGEST_LINE + 1]
        for line in [*whole, *([] if data else [rest])]:
            if text := line[: LONGEST_LINE + 1].decode("utf-8", "replace").strip():
                yield text
        if not data:
            return

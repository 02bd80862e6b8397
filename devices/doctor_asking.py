"""Asks a program of the system, and does not wait for it for ever."""

from __future__ import annotations

import asyncio

_ANSWER_S = 3.0


async def answer(*command: str) -> str | None:
    """Return what ``command`` prints, None where it is not there or does not answer."""
    nowhere = asyncio.subprocess.DEVNULL
    try:
        asked = await asyncio.create_subprocess_exec(
            *command, stdin=nowhere, stdout=asyncio.subprocess.PIPE, stderr=nowhere
        )
    except OSError:
        return None
    try:
        async with asyncio.timeout(_ANSWER_S):
            said, _ = await asked.communicate()
    except TimeoutError:
        asked.kill()
        await asked.wait()
        return None
    return said.decode("utf-8", "replace")

"""The one coroutine: sources -> engine -> sinks. (The skeleton that the surfaces are built against.)"""

from __future__ import annotations

from typing import Protocol

from biosync.snapshot import Snapshot


class Session(Protocol):
    """A running session as a surface sees it. All methods but ``run`` may be called from the session's own loop only
    (the window's bridge uses call_soon_threadsafe); ``latest`` and ``now`` may be read from any thread."""

    latest: Snapshot | None

    async def run(self) -> None:
        """Run until it ends or is stopped. Raises RunProblem with one sentence for the person when it can't go on."""

    def now(self) -> float:
        """Return the seconds since the start."""
        ...

    def stop(self) -> None:
        """End the session cleanly."""

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says: too_slow, too_fast, stop, go."""

    def mark(self, text: str, person: str | None = None) -> None:
        """Put a marker here."""

"""A session's store as the running session sees it: it may fail, and then it says so once and never raises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from biosync.events import Event
from biosync.store.raw_log import RawLog


class SessionStore:
    """Keeps the session ``session_id`` in ``folder``; ``tell`` gets one sentence when it no longer can."""

    def __init__(self, folder: Path, session_id: str, tell: Callable[[str], None]) -> None:
        self.kept = True
        self._tell = tell
        self._log: RawLog | None = None
        try:
            self._log = RawLog(folder, session_id)
        except OSError as error:
            self._fail(folder, error)

    def __call__(self, event: Event) -> None:
        """Keep the event."""
        if self._log is None:
            return
        try:
            self._log.write(event)
        except OSError as error:
            self._fail(self._log.path, error)

    def close(self) -> None:
        """Hand everything to the disk."""
        if self._log is None:
            return
        try:
            self._log.close()
        except OSError as error:
            self._fail(self._log.path, error)

    def _fail(self, where: Path, error: OSError) -> None:
        self._log, self.kept = None, False
        self._tell(
            f"the session can't be kept in {where} ({error.strerror or error}); it goes on, and what was kept stays."
            " Free some space or check the folder, then start again."
        )

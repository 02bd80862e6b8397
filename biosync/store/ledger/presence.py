"""Who uses the ledger now: a lock file for each, which the system lets go of however its process ends."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from biosync.home import private_folder
from biosync.store.ledger.problems import InUse, in_words

ENTER_S = 10.0
"""How long to wait for one who is just opening the ledger, or changes it alone."""


class Presence:
    """Says that somebody uses the ledger in ``home``: the session ``name``, or whoever opened it.

    Taken and given back in any thread. LedgerError where no lock file can be made.
    """

    def __init__(self, home: Path, name: str | None = None) -> None:
        self.name = name or f"reader-{os.getpid()}-{secrets.token_hex(4)}"
        folder = _folder(home)
        with in_words(folder):
            private_folder(folder)
            self._lock = _lock(folder / f"{self.name}.lock")
            with _door(home):
                self._take(folder)

    def close(self) -> None:
        """Say that it is over."""
        self._lock.release()
        _remove(Path(self._lock.lock_file))

    def _take(self, folder: Path) -> None:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise InUse(f"another biosync uses {folder / self.name}: close it") from None


def is_over(home: Path, session_id: str) -> bool:
    """Tell if no process runs the session any more."""
    lock = _lock(_folder(home) / f"{session_id}.lock")
    if not Path(lock.lock_file).exists():
        return True
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    _remove(Path(lock.lock_file))
    return True


@contextlib.contextmanager
def alone(home: Path, own: Presence | None) -> Iterator[None]:
    """Keep everybody out but ``own``; InUse when somebody else uses the ledger now."""
    with in_words(_folder(home)):
        private_folder(_folder(home))
    with _door(home):
        for path in sorted(_folder(home).glob("*.lock")):
            if (own is None or path.stem != own.name) and not is_over(home, path.stem):
                raise InUse("another biosync is running, and this can only be done alone: close it", may_pass=True)
        yield


@contextlib.contextmanager
def _door(home: Path) -> Iterator[None]:
    """Hold the door through which everybody enters, and which is shut while somebody works alone."""
    door = _lock(home / "ledger.door")
    try:
        with door.acquire(timeout=ENTER_S):
            yield
    except Timeout:
        what = f"another biosync is working on the ledger in {home}: try again in a moment"
        raise InUse(what, may_pass=True) from None


def _lock(path: Path) -> FileLock:
    return FileLock(path, mode=0o600, thread_local=False)


def _folder(home: Path) -> Path:
    return home / "running"


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):  # on Windows, while another looks at it; an unheld file says nothing
        path.unlink()

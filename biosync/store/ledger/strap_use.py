"""Which straps are used by a running biosync: a lock file for each, let go of by the system however a process ends."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from filelock import FileLock, Timeout

from biosync.home import private_folder


class StrapUse:
    """Says that this session uses the strap at ``address``, to every other biosync with the same ``home``."""

    def __init__(self, home: Path, address: str) -> None:
        self._lock = FileLock(_path(home, address), mode=0o600, thread_local=False)

    def take(self) -> bool:
        """Return False while another session has the strap. Where no file can be written nobody can be told: True."""
        path = Path(self._lock.lock_file)
        try:
            private_folder(path.parent)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError):  # the latter where the file system has no locks
            return True
        return True

    def release(self) -> None:
        """Let others have it; also where it was not taken."""
        if self._lock.is_locked:
            self._lock.release()
            with contextlib.suppress(OSError):  # on Windows, while another looks at it; an unheld file says nothing
                Path(self._lock.lock_file).unlink()


def is_used(home: Path, address: str) -> bool:
    """Tell if a running biosync uses the strap at ``address``."""
    if not _path(home, address).exists():
        return False
    use = StrapUse(home, address)
    free = use.take()
    use.release()
    return not free


def _path(home: Path, address: str) -> Path:
    """Return the lock file of a strap; its name does not tell the address to whoever lists the folder."""
    return home / "running" / f"{hashlib.sha256(address.casefold().encode()).hexdigest()[:16]}.strap"

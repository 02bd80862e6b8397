"""The clock that goes on while the computer sleeps."""

from __future__ import annotations

import sys
import time


def clock_that_counts_sleep() -> float:
    """Return seconds that never fall and go on while the computer sleeps.

    Python's own monotonic clock stands still in the meantime on Linux and on macOS; there the system has another.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()

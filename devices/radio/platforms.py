"""What differs between Linux, Windows and macOS in how bleak is used; ``system`` is as in sys.platform."""

from __future__ import annotations

import sys

from bleak.args.winrt import WinRTClientArgs

_MOST_ADAPTERS = 8


def adapter_names(chosen: str | None, system: str = sys.platform) -> tuple[str | None, ...]:
    """Return the adapters to try: only ``chosen`` if one is; on Linux all that may be there; else the system's own.

    bleak lists no adapters, but tells at once and without asking anybody that one is not there.
    """
    if chosen is not None:
        return (chosen,)
    return tuple(f"hci{n}" for n in range(_MOST_ADAPTERS)) if system == "linux" else (None,)


def winrt_arguments(failures: int) -> WinRTClientArgs:
    """Return bleak's arguments for Windows after ``failures`` failed attempts: every second one distrusts what
    Windows remembers of the strap's services (bleak #1402, #1617)."""
    return {"use_cached_services": False} if failures % 2 == 1 else {}


def lets_go_by_itself(system: str = sys.platform) -> bool:
    """Return whether bleak lets go of a strap that connect() failed with, so that disconnect() can only do harm.

    On Linux bleak 3.1 then has asked for the end of the link and closed the client's bus. A client that still calls
    itself connected would write to that closed bus (a traceback is printed later); one that was called off early would
    wait for its end for ever.
    """
    return system == "linux"

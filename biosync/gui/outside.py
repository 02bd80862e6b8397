"""What the window needs of the world outside: straps, sessions, the ledger; ``commands`` puts it together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from biosync.consent import Consent
from biosync.gui.bridge import MakeSession
from biosync.gui.preferring import Preferring
from biosync.sound.player import Device
from devices.doctor_report import Report
from devices.straps_in_range import FoundStrap

if TYPE_CHECKING:
    # Sessions load the engine and with it SciPy: that is left to the worker, after the first frame.
    from biosync.run import Newcomer, Session
    from biosync.store.ledger.keys import Lock
    from biosync.store.ledger.reader import Ledger as StoredLedger


@dataclass(frozen=True, slots=True)
class Wearer:
    """Somebody who wears ``strap`` at ``address``, was named, and said yes to what ``consent`` holds; ``leads``: the
    others' cue goes by their breath."""

    strap: str
    address: str
    consent: Consent
    leads: bool = False

    @property
    def name(self) -> str:
        """The name under which this heart is shown."""
        return self.consent.person


Scan = Callable[[float], Coroutine[Any, Any, Sequence[FoundStrap]]]
"""Listens for so many seconds and returns the straps heard, best first; raises with one sentence for the person."""
Examine = Callable[[float], Coroutine[Any, Any, Report]]
"""Looks for so many seconds for what stands between this computer and a strap; raises with one sentence."""
StartStraps = Callable[[Sequence[Wearer], bool], "Session | Awaitable[Session]"]
"""Makes the session of these people: with one cue for all (True), or each alone with an own one."""
StartScenario = Callable[[str], "Session | Awaitable[Session]"]
"""Makes the session of virtual people who live through the scenario of that name."""
Join = Callable[[Wearer | None], "Newcomer"]
"""Makes one who comes later: a wearer, or (None) a virtual person; called in the session's loop."""

Replay = Callable[[str], "Session"]
"""Makes the stored session of an id as something to look at again, to be paused and set; in the worker."""


class Ledger(Protocol):
    """The ledger as the window needs it. Its calls may take a moment (a key is derived), so a worker makes them."""

    def needs_passphrase(self) -> bool:
        """Tell whether a passphrase is missing; where none is, mend what a start mends."""

    def unlock(self, passphrase: str) -> str:
        """Unlock it for this run; return one sentence where that did not work, else nothing."""

    def go_without(self) -> None:
        """Keep nothing in this run."""

    def opened(self) -> AbstractContextManager[StoredLedger]:
        """Open it to read and change what is stored, in the worker that asks; raises LedgerError with a sentence."""

    def lock(self) -> Lock:
        """Return how it is locked."""


@dataclass(frozen=True, slots=True)
class Outside:
    """All of it. ``listen`` takes a function that is told, from any thread, each sentence that biosync has to say
    beside the session (of the ledger), those from before included."""

    start_demo: MakeSession
    start_scenario: StartScenario
    start_straps: StartStraps
    scan: Scan
    examine: Examine
    join: Join
    replay: Replay
    ledger: Ledger
    preferring: Preferring
    open_speaker: Callable[[], Device]
    listen: Callable[[Callable[[str], None]], None]

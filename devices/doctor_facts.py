"""What the doctor judges by: everything that was read from this computer and heard on the air."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from devices.connection_words import Trouble
from devices.known_straps import KnownStrap
from devices.link import LinkState, StrapInfo
from devices.straps_in_range import FoundStrap


@dataclass(frozen=True, slots=True)
class Block:
    """A switch of the kernel (rfkill) that keeps Bluetooth off: in ``soft`` or in ``hard`` ware."""

    soft: bool
    hard: bool


@dataclass(frozen=True, slots=True)
class Computer:
    """What could be read of this computer; None is unknown, or not asked on this system.

    ``blocks`` and ``adapters`` (as in 'hci0') are the kernel's; ``plugged_in``: a USB device that says it is a
    Bluetooth adapter. ``may_use``: the person is in the group that may use Bluetooth; ``may_use_now``: so is this
    process, which learned its groups at login. ``service_version`` is BlueZ's. ``usage_text``: the macOS app has the
    text for its question. ``privacy``: Windows' switch for apps.
    """

    container: bool = False
    service_installed: bool | None = None
    service_runs: bool | None = None
    service_version: str | None = None
    adapters: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    plugged_in: bool = False
    may_use: bool | None = None
    may_use_now: bool | None = None
    usage_text: bool | None = None
    privacy: bool | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """What came of connecting to a strap for a moment: its link's state, why, and what it told about itself."""

    state: LinkState
    why: str
    info: StrapInfo | None = None
    battery_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """``system`` as in sys.platform; ``trouble`` is what the radio met, None where it could listen.

    ``met`` has, by address, what came of connecting; only known straps are asked.
    """

    system: str
    trouble: Trouble | None = None
    computer: Computer = Computer()
    straps: Sequence[FoundStrap] = ()
    known: Sequence[KnownStrap] = ()
    met: Mapping[str, Meeting] = field(default_factory=dict)

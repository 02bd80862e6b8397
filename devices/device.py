"""What a device file offers, and the one error that its bytes may end in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from devices.measurement import Measurement


class DecodeError(ValueError):
    """The bytes break the format; the message says how, in one sentence."""


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One Bluetooth characteristic that biosync understands.

    ``service`` and ``uuid`` are 128-bit UUIDs in lower case; ``decode`` turns one payload into a measurement
    or raises DecodeError, and nothing else, whatever the bytes.
    """

    name: str
    service: str
    uuid: str
    decode: Callable[[bytes], Measurement]


def sig_uuid(short: int) -> str:
    """Return the 128-bit form of a 16-bit UUID of the Bluetooth SIG."""
    return f"0000{short:04x}-0000-1000-8000-00805f9b34fb"

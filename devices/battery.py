"""The Battery Level of the Bluetooth SIG's Battery service (BAS 1.0): one byte, percent."""

from __future__ import annotations

from devices.device import Characteristic, DecodeError, sig_uuid
from devices.measurement import Battery

SERVICE = sig_uuid(0x180F)
LEVEL = sig_uuid(0x2A19)


def decode(payload: bytes) -> Battery:
    """Return the battery level; DecodeError unless it is one byte of 0 to 100."""
    if len(payload) != 1:
        raise DecodeError(f"a battery level has 1 byte, this has {len(payload)}")
    if payload[0] > 100:
        raise DecodeError(f"a battery level is 0 to 100 percent, this is {payload[0]}")
    return Battery(payload[0])


CHARACTERISTICS = (Characteristic("Battery Level", SERVICE, LEVEL, decode),)

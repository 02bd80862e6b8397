"""The Heart Rate Measurement of the Bluetooth SIG's Heart Rate service (HRS 1.0, 3.1), decoded and encoded.

Layout: flags (u8), heart rate (u8, or u16 if flag 0), energy (u16, if flag 3), RR intervals (u16 each, to the
end, if flag 4); little endian. Flags 1 and 2 tell skin contact; the reserved flags 5 to 7 are ignored.
"""

from __future__ import annotations

import struct

from devices.device import Characteristic, DecodeError, sig_uuid
from devices.measurement import HeartRate

SERVICE = sig_uuid(0x180D)
MEASUREMENT = sig_uuid(0x2A37)

_WIDE_RATE = 0x01
_CONTACT_DETECTED = 0x02
_CONTACT_SUPPORTED = 0x04
_ENERGY = 0x08
_RR = 0x10


def decode(payload: bytes) -> HeartRate:
    """Return the measurement in one notification's bytes, of any length; DecodeError if they break the format."""
    if not payload:
        raise DecodeError("the payload is empty: a heart rate measurement has at least 2 bytes")
    flags = payload[0]
    rate, at = _u16(payload, 1, "heart rate") if flags & _WIDE_RATE else _u8(payload, 1, "heart rate")
    energy = None
    if flags & _ENERGY:
        energy, at = _u16(payload, at, "energy")
    contact = bool(flags & _CONTACT_DETECTED) if flags & _CONTACT_SUPPORTED else None
    return HeartRate(rate, _rr_ticks(payload, at, bool(flags & _RR)), contact, energy)


def encode(measurement: HeartRate) -> bytes:
    """Return the bytes with which a strap would say this; ValueError if a value does not fit its field."""
    flags = 0
    wide = measurement.heart_rate_bpm > 0xFF
    flags |= _WIDE_RATE if wide else 0
    if measurement.contact is not None:
        flags |= _CONTACT_SUPPORTED | (_CONTACT_DETECTED if measurement.contact else 0)
    flags |= _ENERGY if measurement.energy_kj is not None else 0
    flags |= _RR if measurement.rr_ticks else 0
    try:
        body = struct.pack("<BH" if wide else "<BB", flags, measurement.heart_rate_bpm)
        if measurement.energy_kj is not None:
            body += struct.pack("<H", measurement.energy_kj)
        return body + struct.pack(f"<{len(measurement.rr_ticks)}H", *measurement.rr_ticks)
    except struct.error as error:
        raise ValueError(f"a value does not fit its field: {error}") from None


def _rr_ticks(payload: bytes, at: int, promised: bool) -> tuple[int, ...]:
    rest = len(payload) - at
    if rest % 2:
        raise DecodeError("an odd byte is left over: all that can follow here has 2 bytes each")
    if not promised:  # a strap may send more than the flags announce; what it means nobody has said
        return ()
    return struct.unpack_from(f"<{rest // 2}H", payload, at)


def _u8(payload: bytes, at: int, what: str) -> tuple[int, int]:
    if len(payload) < at + 1:
        raise DecodeError(f"the {what} is missing: the payload ends after {len(payload)} byte(s)")
    return payload[at], at + 1


def _u16(payload: bytes, at: int, what: str) -> tuple[int, int]:
    if len(payload) < at + 2:
        raise DecodeError(f"the {what} is cut off: the payload ends after {len(payload)} byte(s)")
    return payload[at] | payload[at + 1] << 8, at + 2


CHARACTERISTICS = (Characteristic("Heart Rate Measurement", SERVICE, MEASUREMENT, decode),)

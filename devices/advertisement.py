"""What a strap tells before anybody connects to it: whether it is worn."""

from __future__ import annotations

from collections.abc import Mapping

POLAR = 0x006B
"""Polar Electro's company identifier (Bluetooth SIG, Assigned Numbers)."""
_CONTACT, _OTHER_CONTENT = 0x02, 0x40
_LEAST = 3


def worn(manufacturer_data: Mapping[int, bytes]) -> bool | None:
    """Return what an advertisement's manufacturer data (by company) tells of skin contact, None where it tells nothing.

    Polar's heart-rate advertisement begins with a byte of flags: 0x02 is skin contact, 0x40 marks a block of something
    else, whose length follows (as Polar's own BLE SDK reads it).
    """
    content = manufacturer_data.get(POLAR, b"")
    start = 0
    while start + _LEAST <= len(content):
        if not content[start] & _OTHER_CONTENT:
            return bool(content[start] & _CONTACT)
        start += 2 + content[start + 1]
    return None

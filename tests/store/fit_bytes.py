"""Writes small FIT files: a header, a definition and a data message for ``hrv``, a checksum."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_TABLE = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
          0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
UNUSED = 0xFFFF


def fit_file(*messages: Sequence[int], number: int = 78) -> bytes:
    """Return a FIT file with ``messages`` of that ``number``, each of five values in ms (uint16)."""
    body = struct.pack("<BBBHBBBB", 0x40, 0, 0, number, 1, 0, 10, 0x84)
    for message in messages:
        body += struct.pack("<B5H", 0, *message, *[UNUSED] * (5 - len(message)))
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    whole = header + struct.pack("<H", _checksum(header)) + body
    return whole + struct.pack("<H", _checksum(whole))


def _checksum(data: bytes) -> int:
    crc = 0
    for byte in data:
        for half in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) ^ _TABLE[crc & 0xF] ^ _TABLE[half]
    return crc

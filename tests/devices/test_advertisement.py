"""Skin contact in a Polar advertisement; any bytes are taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.advertisement import POLAR, worn


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("2a0037", True),  # flags with contact, no clock code, a mean of 55
        ("280000", False),
        # From a comment in Polar's own SDK (an OH1's, at 60 a minute): a block of something else, 6 bytes long, first.
        ("72067f443700000033003c", True),
        ("72067f443700000031003c", False),
        ("2a00", None),
        ("72ff00", None),
        ("", None),
    ],
)
def test_the_contact_flag_is_found(content: str, told: bool | None) -> None:
    assert worn({POLAR: bytes.fromhex(content)}) is told


def test_other_makers_tell_nothing() -> None:
    assert worn({}) is None
    assert worn({0x004C: bytes.fromhex("2a0037")}) is None


@given(st.dictionaries(st.sampled_from([POLAR, 0x004C]), st.binary(max_size=30)))
def test_any_bytes_are_worn_not_worn_or_unknown(manufacturer_data: dict[int, bytes]) -> None:
    assert worn(manufacturer_data) in (True, False, None)

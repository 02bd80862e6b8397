"""What a strap tells about itself, whatever the bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices.information import UUIDS, info_of, location_of, text_of
from devices.link import StrapInfo
from devices.straps import clean_text


@given(st.dictionaries(st.sampled_from(UUIDS), st.none() | st.binary(max_size=32)))
def test_any_bytes_are_information_or_unknown(values: dict[str, bytes | None]) -> None:
    info = info_of(values)
    known = (info.serial, info.manufacturer, info.model, info.firmware, info.location, info.software)
    for text, uuid in zip(known, UUIDS, strict=True):
        assert text is None or (text and values[uuid])


def test_each_value_has_its_place() -> None:
    values = dict(zip(UUIDS, (b"1234", b"Polar Electro Oy", b"H10", b"5.0.0", b"\x01", b"3.2.0"), strict=True))
    assert info_of(values) == StrapInfo("Polar Electro Oy", "H10", "5.0.0", "1234", "chest", "3.2.0")
    assert info_of(values).version == "3.2.0" and StrapInfo(firmware="1.4").version == "1.4"
    assert info_of({}) == StrapInfo()


@given(st.binary(max_size=64))
def test_any_information_text_is_shown_or_unknown(payload: bytes) -> None:
    text = text_of(payload)
    assert text is None or clean_text(text) == text


def test_information_ends_at_its_padding() -> None:
    assert text_of(b"H10\x00\x00") == "H10"
    assert text_of(b"\x00H10") is None
    assert text_of(b"caf\xc3\xa9 \xff") == "café \ufffd"


def test_body_locations() -> None:
    assert location_of(b"\x01") == "chest"
    assert location_of(b"\x06") == "foot"
    assert location_of(b"\x07") is None
    assert location_of(b"") is None

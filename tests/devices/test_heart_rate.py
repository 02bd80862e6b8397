"""The Heart Rate Measurement: captured bytes of real straps, the standard's corners, and any bytes at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.device import DecodeError
from devices.heart_rate import decode, encode
from devices.measurement import HeartRate

# payload, heart rate, RR ticks, contact, energy: facts from the standard and from public captures
VECTORS = [
    ("003c", 60, (), None, None),
    ("0648", 72, (), True, None),
    ("0400", 0, (), False, None),
    ("012c01", 300, (), None, None),
    ("10482c03", 72, (812,), None, None),
    ("10495e039603", 73, (862, 918), None, None),
    ("164d1603", 77, (790,), True, None),
    ("1e570100c302", 87, (707,), True, 1),
    ("183cffff0004", 60, (1024,), None, 0xFFFF),
    ("1028", 40, (), None, None),
    ("f0482c03", 72, (812,), None, None),  # reserved bits are ignored
    ("00480100", 72, (), None, None),  # so are bytes that no flag announces
]


@pytest.mark.parametrize(("payload", "rate", "ticks", "contact", "energy"), VECTORS)
def test_vector(payload: str, rate: int, ticks: tuple[int, ...], contact: bool | None, energy: int | None) -> None:
    assert decode(bytes.fromhex(payload)) == HeartRate(rate, ticks, contact, energy)


def test_rr_is_exact() -> None:
    assert decode(bytes.fromhex("10482c03")).rr_ms == (812 / 1024 * 1000,)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ("", "empty"),
        ("10", "heart rate is missing"),
        ("012c", "heart rate is cut off"),
        ("10482c", "odd byte"),
        ("084801", "energy is cut off"),
        ("004801", "odd byte"),
    ],
)
def test_broken_payload_says_why(payload: str, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason):
        decode(bytes.fromhex(payload))


@pytest.mark.parametrize("length", range(65))
def test_every_length_gives_a_measurement_or_a_decode_error(length: int) -> None:
    for flags in range(256):
        try:
            decode(bytes([flags, *([0x5A] * length)])[:length])
        except DecodeError as error:
            assert str(error)


@given(st.binary(max_size=64))
def test_any_bytes_give_a_measurement_or_a_decode_error(payload: bytes) -> None:
    try:
        measurement = decode(payload)
    except DecodeError as error:
        assert str(error)
        return
    assert 0 <= measurement.heart_rate_bpm <= 0xFFFF
    assert len(measurement.rr_ticks) <= len(payload) // 2


@given(
    st.integers(0, 0xFFFF),
    st.lists(st.integers(0, 0xFFFF), max_size=30),
    st.sampled_from([None, True, False]),
    st.none() | st.integers(0, 0xFFFF),
)
def test_what_is_encoded_is_decoded(rate: int, ticks: list[int], contact: bool | None, energy: int | None) -> None:
    measurement = HeartRate(rate, tuple(ticks), contact, energy)
    assert decode(encode(measurement)) == measurement


@pytest.mark.parametrize("measurement", [HeartRate(70000), HeartRate(60, (70000,)), HeartRate(-1)])
def test_what_does_not_fit_is_not_encoded(measurement: HeartRate) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(measurement)


@pytest.mark.external
def test_every_captured_payload_decodes_as_stated(data: Path) -> None:
    captures = json.loads((data / "ble" / "hr_measurement_captures.json").read_text(encoding="utf-8"))
    seen = 0
    for capture in captures:
        for frame in capture["frames"]:
            measurement = decode(bytes.fromhex(frame["hex"]))
            assert measurement.heart_rate_bpm == frame["hr_bpm"]
            assert measurement.rr_ticks == tuple(frame["rr_ticks_1024"])
            assert measurement.rr_ms == pytest.approx(frame["rr_ms"], abs=1e-3)
            assert measurement.energy_kj == frame["energy_kj"]
            assert measurement.contact == (frame["contact_detected"] if frame["contact_supported"] else None)
            seen += 1
    assert seen >= 31

"""Every characteristic in ``devices`` is found by itself: any bytes give a measurement or a DecodeError."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync import catalog
from devices.device import Characteristic, DecodeError
from devices.measurement import Battery, HeartRate

EVERY = [c for module in catalog.modules("devices") for c in getattr(module, "CHARACTERISTICS", ())]


def test_the_catalogue_finds_them() -> None:
    assert {c.name for c in EVERY} >= {"Heart Rate Measurement", "Battery Level"}


@pytest.mark.parametrize("characteristic", EVERY, ids=lambda c: c.name)
@given(payload=st.binary(max_size=64))
def test_any_bytes_give_a_measurement_or_a_decode_error(characteristic: Characteristic, payload: bytes) -> None:
    try:
        measurement = characteristic.decode(payload)
    except DecodeError as error:
        assert str(error)
    else:
        assert isinstance(measurement, HeartRate | Battery)


@pytest.mark.parametrize("characteristic", EVERY, ids=lambda c: c.name)
def test_uuids_are_whole_and_lower_case(characteristic: Characteristic) -> None:
    for uuid in (characteristic.uuid, characteristic.service):
        assert len(uuid) == 36
        assert uuid == uuid.lower()

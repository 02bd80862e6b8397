"""What a strap tells about itself: Device Information service (DIS 1.1), Body Sensor Location (HRS 1.0, 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from devices.device import sig_uuid
from devices.link import StrapInfo
from devices.straps import clean_text

SERVICE = sig_uuid(0x180A)
_MODEL, _SERIAL, _FIRMWARE, _SOFTWARE, _MANUFACTURER = (
    sig_uuid(short) for short in (0x2A24, 0x2A25, 0x2A26, 0x2A28, 0x2A29)
)
_BODY_LOCATION = sig_uuid(0x2A38)
UUIDS = (_SERIAL, _MANUFACTURER, _MODEL, _FIRMWARE, _BODY_LOCATION, _SOFTWARE)
"""What is worth reading, in this order."""

BODY_LOCATIONS = ("other", "chest", "wrist", "finger", "hand", "ear lobe", "foot")
"""By their codes."""


def info_of(values: Mapping[str, bytes | None]) -> StrapInfo:
    """Return what ``values`` (by UUID; None or missing is not offered) tell; any bytes are taken."""
    return StrapInfo(
        manufacturer=text_of(values.get(_MANUFACTURER)),
        model=text_of(values.get(_MODEL)),
        firmware=text_of(values.get(_FIRMWARE)),
        serial=text_of(values.get(_SERIAL)),
        location=location_of(values.get(_BODY_LOCATION)),
        software=text_of(values.get(_SOFTWARE)),
    )


def text_of(payload: bytes | None) -> str | None:
    """Return a text (UTF-8, perhaps padded with NUL) made safe to show, None if there is none."""
    return clean_text((payload or b"").split(b"\0", 1)[0].decode("utf-8", "replace")) or None


def location_of(payload: bytes | None) -> str | None:
    """Return where the sensor says it is worn, None where its code is reserved or missing."""
    return BODY_LOCATIONS[payload[0]] if payload and payload[0] < len(BODY_LOCATIONS) else None

"""An emulated strap: what it is, what its GATT table holds, and how it misbehaves."""

from __future__ import annotations

from dataclasses import dataclass, field

HEART_RATE, MEASUREMENT, LOCATION = "180d", "2a37", "2a38"
BATTERY, LEVEL = "180f", "2a19"
INFORMATION, MANUFACTURER, MODEL, SERIAL, FIRMWARE = "180a", "2a29", "2a24", "2a25", "2a26"


def uuid(short: str) -> str:
    """Return the 128-bit form of a 16-bit UUID given as 4 hex digits."""
    return f"0000{short}-0000-1000-8000-00805f9b34fb"


def packet(number: int) -> bytes:
    """Return the ``number``-th measurement: 60 a minute, an energy field that counts, one RR of about a second."""
    return bytes([0x18, 60, *(number & 0xFFFF).to_bytes(2, "little"), *(1004 + number % 40).to_bytes(2, "little")])


@dataclass
class Strap:
    """``connect_errors``: (D-Bus error name, text) of the next attempts, used up one by one. ``hangs``: it advertises,
    and never answers a connection. ``resolves``: 'yes', 'drops' (the link breaks before any service is discovered),
    'half' (after the first one), 'ends' (as soon as all are there) or 'never'. ``quiet``: it stays connected and sends
    nothing. ``again_s``: how often a scan that runs hears it; None is once, as soon as it can be heard. ``period_s``:
    how often it sends by itself while subscribed; None sends only what ``notify`` is given.
    """

    address: str
    name: str | None = "Polar H10 12345678"
    rssi: int = -60
    battery: int | None = 87
    battery_notifies: bool = True
    information: dict[str, bytes] = field(
        default_factory=lambda: {
            MANUFACTURER: b"Polar Electro Oy",
            MODEL: b"H10\0",
            SERIAL: b"12345678",
            FIRMWARE: b"5.0.0",
        }
    )
    location: int | None = 1
    heart_rate: bool = True
    advertises: bool = True
    in_range: bool = True
    hangs: bool = False
    quiet: bool = False
    resolves: str = "yes"
    connect_errors: list[tuple[str, str]] = field(default_factory=list)
    notify_error: tuple[str, str] | None = None
    again_s: float | None = None
    period_s: float | None = None
    connect_s: float = 0.0
    disconnect_s: float = 0.0

    def table(self) -> list[tuple[str, list[tuple[str, list[str], bytes]]]]:
        """Return the GATT table: (service, [(characteristic, flags, value)]) with 16-bit UUIDs."""
        services = []
        if self.heart_rate:
            body = [(MEASUREMENT, ["notify"], b"")]
            if self.location is not None:
                body.append((LOCATION, ["read"], bytes([self.location])))
            services.append((HEART_RATE, body))
        if self.battery is not None:
            flags = ["read", "notify"] if self.battery_notifies else ["read"]
            services.append((BATTERY, [(LEVEL, flags, bytes([self.battery]))]))
        if self.information:
            services.append((INFORMATION, [(key, ["read"], value) for key, value in self.information.items()]))
        return services

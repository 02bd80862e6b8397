"""``python -m tests.bluez [STRAPS] [PERIOD_S]``: an emulated Bluetooth service until Ctrl-C; no radio is touched.

Prints ``DBUS_SYSTEM_BUS_ADDRESS=...`` for the programs that shall meet it, and the straps' addresses.
"""

from __future__ import annotations

import signal
import sys

from tests.bluez import bus
from tests.bluez.strap import Strap


def main(arguments: list[str]) -> int:
    """Run with ``arguments`` (number of straps, seconds between packets); return the exit code."""
    reason = bus.missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    from tests.bluez.control import FakeBluez

    count = int(arguments[0]) if arguments else 2
    period_s = float(arguments[1]) if len(arguments) > 1 else 1.0
    straps = [
        Strap(f"A0:9E:1A:00:00:{n:02X}", name=f"Polar H10 {n:08d}", period_s=period_s) for n in range(1, count + 1)
    ]
    with FakeBluez() as fake:
        fake.add(*straps)
        for name, value in fake.environment.items():
            print(f"{name}={value}")
        for strap in straps:
            print(strap.address, strap.name, flush=True)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            signal.pause()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The installed command against real BlueZ on a real kernel: ``make test-bluez``, told in docs/bluetooth-testing.md."""

"""An emulated BlueZ on a private D-Bus, so that bleak's real backend can be run without a radio. See fixture.py."""

"""The only importer of bleak: finds straps, keeps each link alive, stamps on arrival.

What bleak 3.1 needs to be used safely, learned from its issues: a new BleakClient for every attempt, made from a
fresh advertisement (a failed one can stay "connected" for ever); the old one always disconnected (else every value
comes twice, #2002); on each adapter one scanner and one connection attempt at a time (#1036); a watchdog over the
data, because a Bluetooth service that died is not noticed at all.
"""

from devices.radio.radio import Radio as Radio
from devices.radio.shared import scan as scan
from devices.radio.shared import shared_radio as shared_radio

"""Which rooms below the window make sentences that a person sees in it, and what in them is none."""

from __future__ import annotations

ROOMS = (
    "biosync/heart/quality.py",
    "biosync/pacer/leader.py",
    "biosync/pacer/pacer.py",
    "biosync/pacer/sentences.py",
    "biosync/pacer/settings.py",
    "biosync/live.py",
    "biosync/strap_feed.py",
    "biosync/strap_search.py",
    "biosync/run.py",
    "biosync/attendance.py",
    "biosync/feeds.py",
    "biosync/player.py",
    "biosync/sound/*.py",
    "biosync/preferences.py",
    "biosync/store/exporting.py",
    "biosync/store/ledger/*.py",
    "biosync/commands/window*.py",
    "devices/connection_words.py",
    "devices/doctor*.py",
    "devices/firmware.py",
    "devices/link_teller.py",
    "devices/reception.py",
    "devices/straps_in_range.py",
)
"""Files of the project. Not among them: what only the terminal says, and what is refused before a window opens."""

NOT_SENTENCES = frozenset({
    # names of things
    "Polar H10", "{name} ({x})", "ledger {session_id}", "ledger in {absolute}", "remember a strap", "not reached",
    # marks in the Bluetooth service's own words
    "notify acquired", "already notifying", "resource not ready", "requires bluez", "adapter '", "not found",
    "timed out", "not connected",
    # columns
    "name, address", "session, participant", "session, number", "{strip} DESC", "AND source IN ({str})",
    # only the terminal and a command without a window say these
    "{strap}: {label}  {address}", "in use by a running biosync", "given to another source",
    "no heart-rate strap is in range: wet it, wear it, and close other apps that may hold it",
    "no strap that this biosync knows is in range; name one by its address, once its wearer has said yes: "
    "biosync run Ana=ble:{free}",
    "{label} is not used: it looked like {person}'s, but {why}", "this is another strap of the same name",
    "{name} {number}", "BEGIN IMMEDIATE", "its serial number can't be read", "one can say {SAYINGS}, not {text}",
})

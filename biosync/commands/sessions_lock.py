"""``biosync sessions lock``: locks what is kept with a passphrase or a key in the system's keyring, or unlocks it."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from biosync.commands.ledger_start import ask_passphrase
from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed, WrongUse

HELP = "lock what is kept with a passphrase or a key in the system's keyring, or unlock it"
NEW = "BIOSYNC_NEW_PASSPHRASE"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--passphrase", action="store_true", help=f"ask for a new passphrase (or take it from {NEW})")
    how.add_argument("--keyring", action="store_true", help="let the system's keyring keep the key")
    how.add_argument("--off", action="store_true", help="keep everything in the clear again")


def run(args: argparse.Namespace) -> int:
    """Change the lock."""
    from biosync.home import home
    from biosync.store.ledger import locking
    from biosync.store.ledger.problems import LedgerError

    try:
        ask_passphrase()
        if args.off:
            locking.unlock(home())
            say("The ledger is in the clear now: whoever can read its file can read what is in it.")
            return 0
        copies = locking.lock_with_keyring(home()) if args.keyring else locking.lock_with_passphrase(home(), _new())
    except LedgerError as error:
        raise WorkFailed(str(error)) from None
    say("The ledger is locked. Without its key nobody can read it, and nobody can bring the key back.")
    for copy in copies:
        say(f"An older copy stays as it was: {copy}. Delete it if you don't need it.")
    return 0


def _new() -> str:
    """Return the new passphrase; WrongUse where it can't be asked for, or was not the same twice."""
    if given := os.environ.get(NEW):
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUse(f"there is no terminal to ask for a passphrase in: set {NEW}")
    first = getpass.getpass("New passphrase: ")
    if getpass.getpass("The same again: ") != first:
        raise WrongUse("these were not the same; nothing was changed")
    return first

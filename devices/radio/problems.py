"""What bleak raises, as what a person can be told."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from devices.connection_words import RadioProblem, Trouble, from_error, from_reason

FAULTS = (BleakError, OSError, EOFError, ValueError, AssertionError)
"""What bleak and the D-Bus library below it raise; TimeoutError is an OSError, dbus-fast's own are ValueErrors.

bleak 3.1 asserts that a client that has disconnected knows no services: untrue where the link broke in the moment in
which they had all been found."""
# bleak logs warnings about what is told to the person in words here; without a handler Python would print them.
logging.getLogger("bleak").addHandler(logging.NullHandler())


@contextlib.contextmanager
def told_as_radio_problem(no_answer: Trouble = Trouble.SERVICE_SILENT) -> Iterator[None]:
    """Turn what bleak raises into a RadioProblem; ``no_answer`` is what a timeout means here."""
    try:
        yield
    except TimeoutError as error:
        raise RadioProblem(no_answer) from error
    except FAULTS as error:
        raise RadioProblem(trouble_of(error, no_answer)) from error


def trouble_of(error: Exception, otherwise: Trouble, system: str = sys.platform) -> Trouble:
    """Return what ``error`` of bleak means on ``system``; ``otherwise`` where it says nothing."""
    match error:
        case BleakBluetoothNotAvailableError():
            return from_reason(error.reason.name)
        case BleakDeviceNotFoundError():
            return Trouble.VANISHED
        case BleakCharacteristicNotFoundError():
            return Trouble.NO_HEART_RATE
        case BleakDBusError():
            return from_error(error.dbus_error, error.dbus_error_details or "")
        case AssertionError():
            return Trouble.BROKE_OFF
        case BleakGATTProtocolError():
            return Trouble.REFUSED
        case BleakError():
            return from_error("", str(error))
        case _:
            return Trouble.NO_BUS if system == "linux" else otherwise

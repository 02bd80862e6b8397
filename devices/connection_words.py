"""What can stand between a computer and a strap, and the one sentence that tells a person: cause and next step."""

from __future__ import annotations

import sys
from enum import Enum, auto


class Trouble(Enum):
    """A cause that a person can be told about."""

    NO_BUS = auto()
    NO_SERVICE = auto()
    SERVICE_SILENT = auto()
    NO_ADAPTER = auto()
    NO_SUCH_ADAPTER = auto()
    NO_LOW_ENERGY = auto()
    OFF = auto()
    BLOCKED = auto()
    HARD_BLOCKED = auto()
    NOT_INSTALLED = auto()
    UNSEEN_ADAPTER = auto()
    NO_DRIVER = auto()
    NO_PERMISSION = auto()
    NOT_LOGGED_IN_ANEW = auto()
    FORBIDDEN = auto()
    NO_USAGE_TEXT = auto()
    OLD_SERVICE = auto()
    BUSY = auto()
    NOT_SEEN = auto()
    NONE_SEEN = auto()
    VANISHED = auto()
    NO_ANSWER = auto()
    BROKE_OFF = auto()
    HELD = auto()
    TOO_MANY = auto()
    NO_HEART_RATE = auto()
    REFUSED = auto()
    SILENT = auto()
    DROPPED = auto()
    SLEPT = auto()
    FAILED = auto()


class RadioProblem(Exception):
    """The computer's Bluetooth can't be used now; the message is one sentence with the next step."""

    def __init__(self, trouble: Trouble, system: str = sys.platform) -> None:
        super().__init__(words(trouble, system))
        self.trouble = trouble


_WORDS: dict[Trouble, str] = {
    Trouble.NO_BUS: "this computer's system bus (D-Bus), which Bluetooth needs, can't be reached: start it with "
    "'sudo systemctl start dbus', or run biosync on the computer itself if this is a container",
    Trouble.NO_SERVICE: "the Bluetooth service is not running: start it with 'sudo systemctl start bluetooth' "
    "(install it first with 'sudo apt install bluez' if it is missing)",
    Trouble.SERVICE_SILENT: "the Bluetooth service does not answer: restart it with 'sudo systemctl restart bluetooth'",
    Trouble.NO_ADAPTER: "this computer has no Bluetooth adapter that works: plug in a Bluetooth USB adapter",
    Trouble.NO_SUCH_ADAPTER: "the chosen Bluetooth adapter is not there: plug it in again or choose another one",
    Trouble.NO_LOW_ENERGY: "this Bluetooth adapter is too old for straps: use one with Bluetooth 4.0 or newer",
    Trouble.OFF: "Bluetooth is switched off: switch it on in the settings, or with 'bluetoothctl power on'",
    Trouble.BLOCKED: "Bluetooth is blocked on this computer (airplane mode): end it, or run 'rfkill unblock bluetooth'",
    Trouble.HARD_BLOCKED: "a switch or a key of this computer blocks Bluetooth: look for it on the case or in the "
    "firmware's setup, and switch Bluetooth on there",
    Trouble.NOT_INSTALLED: "the Bluetooth service is not installed: install it with 'sudo apt install bluez', or with "
    "your system's own way to install bluez",
    Trouble.UNSEEN_ADAPTER: "the Bluetooth service does not see the adapter that is there: restart it with "
    "'sudo systemctl restart bluetooth'",
    Trouble.NO_DRIVER: "a Bluetooth adapter is plugged in, but the system can't drive it: install the package "
    "linux-firmware (or firmware-misc-nonfree), and plug it in again",
    Trouble.NO_PERMISSION: "you may not use Bluetooth: run 'sudo usermod -aG bluetooth $USER', then log in again",
    Trouble.NOT_LOGGED_IN_ANEW: "you may use Bluetooth from your next login on: log out of the whole desktop, and in "
    "again",
    Trouble.FORBIDDEN: "this system's rules keep you from Bluetooth: start biosync from the desktop rather than over "
    "the network, or ask who looks after this computer",
    Trouble.NO_USAGE_TEXT: "this copy of biosync can't ask for Bluetooth, because its app lacks the text for the "
    "question (NSBluetoothAlwaysUsageDescription): install biosync anew, or start it from a terminal",
    Trouble.OLD_SERVICE: "the Bluetooth service is too old: update the package bluez to 5.55 or newer",
    Trouble.BUSY: "Bluetooth is busy with something else: wait a moment, or close other Bluetooth programs",
    Trouble.NOT_SEEN: "the strap is not seen: put it on, moisten it, and close other apps and watches that may hold it",
    Trouble.NONE_SEEN: "not one strap is seen, for a minute now: put it on and moisten it; if that does not help, "
    "switch Bluetooth off and on again",
    Trouble.VANISHED: "the strap went out of sight before it could be reached: stay close to the computer",
    Trouble.NO_ANSWER: "the strap does not answer: come closer to the computer",
    Trouble.BROKE_OFF: "the connection broke off while it was made: come closer, and away from other radio devices",
    Trouble.HELD: "another app on this computer holds the strap: close that app",
    Trouble.TOO_MANY: "this Bluetooth adapter can't hold another strap: use a second adapter, or end one of the others",
    Trouble.NO_HEART_RATE: "this device offers no heart rate: check that it is a heart-rate strap",
    Trouble.REFUSED: "the strap refuses to send: take its clip off the belt for a minute, and put it on again",
    Trouble.SILENT: "nothing comes from the strap any more: check that it sits well and stay close to the computer",
    Trouble.DROPPED: "the link broke: stay close to the computer and keep the strap on",
    Trouble.SLEPT: "this computer was asleep: wait a moment while the strap is connected again",
    Trouble.FAILED: "the connection did not come about: come closer, or take the strap's clip off and put it on again",
}

_WORDS_WINDOWS: dict[Trouble, str] = {
    Trouble.NO_SERVICE: "Windows' Bluetooth service does not run: open Services, and start Bluetooth Support Service",
    Trouble.OFF: "Bluetooth is switched off: switch it on in Settings, Bluetooth & devices",
    Trouble.NO_PERMISSION: "Windows keeps Bluetooth from apps: allow it in Settings, Privacy & security, Radios",
    Trouble.SERVICE_SILENT: "Windows' Bluetooth does not answer: switch Bluetooth off and on again in Settings",
}

_WORDS_MAC: dict[Trouble, str] = {
    Trouble.OFF: "Bluetooth is switched off: switch it on in System Settings, Bluetooth",
    Trouble.NO_PERMISSION: "macOS keeps Bluetooth from biosync: allow it in System Settings, Privacy & Security, "
    "Bluetooth (for your terminal, if biosync was started there)",
    Trouble.SERVICE_SILENT: "the Mac's Bluetooth does not answer: if macOS just asks if biosync may use it, answer and "
    "try again; if not, switch Bluetooth off and on in System Settings",
}

_BY_SYSTEM: dict[str, dict[Trouble, str]] = {"win32": _WORDS_WINDOWS, "darwin": _WORDS_MAC}

WHOLE_COMPUTER = frozenset(
    {
        Trouble.NO_BUS,
        Trouble.NO_SERVICE,
        Trouble.SERVICE_SILENT,
        Trouble.NO_ADAPTER,
        Trouble.NO_SUCH_ADAPTER,
        Trouble.NO_LOW_ENERGY,
        Trouble.OFF,
        Trouble.BLOCKED,
        Trouble.HARD_BLOCKED,
        Trouble.NOT_INSTALLED,
        Trouble.UNSEEN_ADAPTER,
        Trouble.NO_DRIVER,
        Trouble.NO_PERMISSION,
        Trouble.NOT_LOGGED_IN_ANEW,
        Trouble.FORBIDDEN,
        Trouble.NO_USAGE_TEXT,
        Trouble.OLD_SERVICE,
    }
)
"""Troubles that no strap can be heard with: at the start of a session they end it."""

_BY_ERROR_NAME: dict[str, Trouble] = {
    "org.freedesktop.DBus.Error.ServiceUnknown": Trouble.NO_SERVICE,
    "org.freedesktop.DBus.Error.NameHasNoOwner": Trouble.NO_SERVICE,
    "org.freedesktop.DBus.Error.NoReply": Trouble.NO_SERVICE,
    "org.freedesktop.DBus.Error.TimedOut": Trouble.NO_SERVICE,
    "org.freedesktop.DBus.Error.Disconnected": Trouble.NO_SERVICE,
    "org.freedesktop.DBus.Error.AccessDenied": Trouble.NO_PERMISSION,
    "org.freedesktop.DBus.Error.UnknownObject": Trouble.VANISHED,
    "org.freedesktop.DBus.Error.UnknownMethod": Trouble.VANISHED,
    "org.bluez.Error.DoesNotExist": Trouble.VANISHED,
    "org.bluez.Error.NotReady": Trouble.OFF,
    "org.bluez.Error.InProgress": Trouble.BUSY,
    "org.bluez.Error.NotAuthorized": Trouble.REFUSED,
    "org.bluez.Error.NotSupported": Trouble.NO_HEART_RATE,
    "org.bluez.Error.NotConnected": Trouble.BROKE_OFF,
}

_BY_REASON: dict[str, Trouble] = {
    "NO_BLUETOOTH": Trouble.NO_ADAPTER,
    "NO_BLE_CENTRAL_ROLE": Trouble.NO_LOW_ENERGY,
    "POWERED_OFF": Trouble.OFF,
    "DENIED_BY_USER": Trouble.NO_PERMISSION,
    "DENIED_BY_SYSTEM": Trouble.NO_PERMISSION,
    "DENIED_BY_UNKNOWN": Trouble.NO_PERMISSION,
}

_BY_TEXT: tuple[tuple[str, Trouble], ...] = (
    ("notify acquired", Trouble.HELD),
    ("already notifying", Trouble.HELD),
    ("limit", Trouble.TOO_MANY),
    ("not-powered", Trouble.OFF),
    ("resource not ready", Trouble.OFF),
    ("requires bluez", Trouble.OLD_SERVICE),
    ("adapter '", Trouble.NO_SUCH_ADAPTER),
    ("not found", Trouble.VANISHED),
    ("unreachable", Trouble.NO_ANSWER),
    ("timeout", Trouble.NO_ANSWER),
    ("timed out", Trouble.NO_ANSWER),
    ("abort", Trouble.BROKE_OFF),
    ("disconnected", Trouble.BROKE_OFF),
    ("not connected", Trouble.BROKE_OFF),
)


def words(trouble: Trouble, system: str = sys.platform) -> str:
    """Return the sentence for ``trouble`` on ``system`` (as in sys.platform): what is wrong and what to do."""
    return _BY_SYSTEM.get(system, {}).get(trouble, _WORDS[trouble])


def cause_and_step(trouble: Trouble, system: str = sys.platform) -> tuple[str, str]:
    """Return the two halves of the sentence for ``trouble`` on ``system``: what is wrong, and what to do."""
    cause, _, step = words(trouble, system).partition(": ")
    return cause, step


def from_error(name: str, text: str) -> Trouble:
    """Return what an error of the Bluetooth service means, by its D-Bus ``name`` ('' if none) and its ``text``."""
    if name.startswith("org.freedesktop.DBus.Error.Spawn."):
        return Trouble.NO_SERVICE
    if name in _BY_ERROR_NAME:
        return _BY_ERROR_NAME[name]
    lowered = text.lower()
    return next((trouble for mark, trouble in _BY_TEXT if mark in lowered), Trouble.FAILED)


def from_reason(name: str) -> Trouble:
    """Return what bleak's reason ``name`` for having no Bluetooth means."""
    return _BY_REASON.get(name, Trouble.SERVICE_SILENT)

"""Every trouble has one sentence with a cause and a next step, on every system; errors lead to the right one."""

from __future__ import annotations

import pytest

from devices.connection_words import WHOLE_COMPUTER, RadioProblem, Trouble, from_error, from_reason, words


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_is_one_sentence_with_a_cause_and_a_step(trouble: Trouble, system: str) -> None:
    sentence = words(trouble, system)
    cause, step = sentence.split(": ")
    assert cause[0].islower() or cause.startswith(("Bluetooth", "Windows", "macOS"))
    assert len(cause) > 10 and len(step) > 10
    assert not sentence.endswith(".") and "\n" not in sentence
    assert "error" not in sentence.lower() and "exception" not in sentence.lower()


def test_windows_and_macs_are_not_sent_to_linux_commands() -> None:
    for trouble in (Trouble.OFF, Trouble.NO_PERMISSION, Trouble.SERVICE_SILENT):
        assert "sudo" in words(trouble, "linux") or "bluetoothctl" in words(trouble, "linux")
        for system in ("win32", "darwin"):
            assert "sudo" not in words(trouble, system) and "bluetoothctl" not in words(trouble, system)


@pytest.mark.parametrize(
    ("name", "text", "trouble"),
    [
        ("org.freedesktop.DBus.Error.ServiceUnknown", "", Trouble.NO_SERVICE),
        ("org.freedesktop.DBus.Error.Spawn.ChildExited", "", Trouble.NO_SERVICE),
        ("org.freedesktop.DBus.Error.AccessDenied", "", Trouble.NO_PERMISSION),
        ("org.bluez.Error.NotReady", "Resource Not Ready", Trouble.OFF),
        ("org.bluez.Error.NotPermitted", "Notify acquired", Trouble.HELD),
        ("org.bluez.Error.Failed", "le-connection-abort-by-local", Trouble.BROKE_OFF),
        ("org.bluez.Error.Failed", "Software caused connection abort", Trouble.BROKE_OFF),
        ("org.bluez.Error.Failed", "le-connection-concurrent-connection-limit", Trouble.TOO_MANY),
        ("", "failed to discover services, device disconnected", Trouble.BROKE_OFF),
        ("", "device 'dev_A0_9E' not found", Trouble.VANISHED),
        ("", "adapter 'hci7' not found", Trouble.NO_SUCH_ADAPTER),
        ("", "Bleak requires BlueZ >= 5.55.", Trouble.OLD_SERVICE),
        ("", "Could not get GATT services: Unreachable", Trouble.NO_ANSWER),
        ("", "never heard of", Trouble.FAILED),
    ],
)
def test_errors_lead_to_their_trouble(name: str, text: str, trouble: Trouble) -> None:
    assert from_error(name, text) is trouble


@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        ("NO_BLUETOOTH", Trouble.NO_ADAPTER),
        ("NO_BLE_CENTRAL_ROLE", Trouble.NO_LOW_ENERGY),
        ("POWERED_OFF", Trouble.OFF),
        ("DENIED_BY_USER", Trouble.NO_PERMISSION),
        ("DENIED_BY_SYSTEM", Trouble.NO_PERMISSION),
        ("UNKNOWN", Trouble.SERVICE_SILENT),
        ("one of a later bleak", Trouble.SERVICE_SILENT),
    ],
)
def test_reasons_lead_to_a_trouble_of_the_whole_computer(reason: str, trouble: Trouble) -> None:
    assert from_reason(reason) is trouble
    assert trouble in WHOLE_COMPUTER


def test_a_problem_is_its_sentence() -> None:
    problem = RadioProblem(Trouble.OFF, "darwin")
    assert str(problem) == words(Trouble.OFF, "darwin")
    assert problem.trouble is Trouble.OFF

"""What can be read of a Mac app and of Windows, from made-up files and from what the system's own tool prints."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

import pytest

from devices import doctor_mac, doctor_windows
from devices.doctor_asking import answer

RUNNING = """
SERVICE_NAME: bthserv
        TYPE               : 30  WIN32
        STATE              : 4  RUNNING
                                (STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)
        WIN32_EXIT_CODE    : 0  (0x0)
"""


def app(folder: Path, content: bytes | None) -> Path:
    executable = folder / "biosync.app" / "Contents" / "MacOS" / "biosync"
    executable.parent.mkdir(parents=True)
    if content is not None:
        (executable.parent.parent / "Info.plist").write_bytes(content)
    return executable


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (plistlib.dumps({doctor_mac.USAGE_TEXT: "to hear your strap"}), True),
        (plistlib.dumps({doctor_mac.USAGE_TEXT: "to hear your strap"}, fmt=plistlib.FMT_BINARY), True),
        (plistlib.dumps({doctor_mac.USAGE_TEXT: ""}), False),
        (plistlib.dumps({"CFBundleName": "biosync"}), False),
        (plistlib.dumps(["no dictionary"]), False),
        (b"not a list of properties", None),
        (b"", None),
        (None, None),
    ],
)
def test_an_app_has_its_usage_text_or_not(tmp_path: Path, content: bytes | None, told: bool | None) -> None:
    assert doctor_mac.has_usage_text(app(tmp_path, content)) is told


def test_a_program_outside_of_an_app_needs_none(tmp_path: Path) -> None:
    assert doctor_mac.has_usage_text(tmp_path / "bin" / "python3") is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (RUNNING, True),
        (RUNNING.replace("4  RUNNING", "1  STOPPED"), False),
        (RUNNING.replace("STATE  ", "STATUS ").replace("TYPE", "TYP "), True),
        ("[SC] EnumQueryServicesStatus:OpenService FAILED 1060:", None),
        ("", None),
        (None, None),
    ],
)
def test_the_state_of_windows_service_is_read_in_any_language(said: str | None, told: bool | None) -> None:
    assert doctor_windows.service_runs(said) is told


async def test_looking_works_on_every_system_and_tells_nothing_of_another() -> None:
    if sys.platform != "win32":
        assert await doctor_windows.look() == doctor_windows.Computer()
    if sys.platform != "darwin":
        assert (await doctor_mac.look()).usage_text is None


async def test_a_program_that_is_not_there_or_does_not_answer_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await answer("there-is-no-such-program") is None
    assert await answer(sys.executable, "-c", "print('5.66')") == "5.66\n"
    monkeypatch.setattr("devices.doctor_asking._ANSWER_S", 0.05)
    assert await answer(sys.executable, "-c", "input() if __import__('time').sleep(60) else None") is None

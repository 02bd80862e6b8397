"""What is installed is ours, and light commands stay light."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

HEAVY = ("PySide6", "scipy", "numpy", "bleak", "rich")


def test_devices_is_ours_and_nobody_elses() -> None:
    assert set(packages_distributions()["devices"]) == {"biosync"}


@pytest.mark.parametrize("command", [["decode", "10482c03"], ["--version"], ["--help"], ["demo", "--help"]])
def test_light_commands_load_nothing_heavy(command: list[str]) -> None:
    program = (
        "import sys\nfrom biosync.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_terminal_session_loads_no_qt() -> None:
    program = (
        "import sys\nfrom biosync.cli import main\n"
        "main(['demo', '--json', '--seconds', '3', '--speed', 'max'])\n"
        "print('QT', any(m.startswith('PySide6') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "QT False"

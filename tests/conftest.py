"""What all tests share: linear algebra in one thread, the real recordings, hypothesis without deadlines, and a last
line about what was skipped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).resolve().parent
NO_RECORDINGS = "no recordings"
NO_DESKTOP = "no desktop"

# As biosync itself does (cli.py): our matrices are so small that more threads only wait for each other, all the more
# where two tests run at a time. NumPy is told before it is loaded, and so are the programs that tests start.
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# The fake BlueZ is only there on systems where it can run.
pytest_plugins = ["tests.bluez.fixture"] if (HERE / "bluez" / "fixture.py").exists() else []

# A busy machine makes deadlines fail by chance; a database would make runs differ between machines.
settings.register_profile("biosync", deadline=None, database=None, print_blob=True)
settings.load_profile("biosync")


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real recordings: BIOSYNC_TEST_DATA, or shared/data beside the project."""
    named = os.environ.get("BIOSYNC_TEST_DATA")
    folder = Path(named) if named else HERE.parents[1] / "shared" / "data"
    if not (folder / "rr").is_dir():
        pytest.skip(f"{NO_RECORDINGS}: {folder} has no folder rr; set BIOSYNC_TEST_DATA to where they are")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    for kind, why in (("external tests", NO_RECORDINGS), ("journeys in a real window", NO_DESKTOP)):
        count = sum(why in str(report.longrepr) for report in skipped)
        if count:
            terminalreporter.write_line(f"{count} {kind} skipped: {why}")

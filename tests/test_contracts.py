"""The import contracts hold, and they bite: each is broken on purpose in a copy of the tree, and must notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PLANTS = {
    "imports go down only": ("biosync/heart/intervals.py", "import biosync.engine"),
    "devices is the porch: it imports nothing of biosync": ("devices/battery.py", "import biosync.clock"),
    "metrics import no sibling but their base": ("biosync/metrics/rmssd.py", "import biosync.metrics.sdnn"),
    "cues import no sibling": ("biosync/cues/bar.py", "import biosync.cues.disc"),
    "formats import no sibling": ("biosync/store/formats/fit.py", "import biosync.store.formats.rr_text"),
    "views import no sibling": ("biosync/gui/views/coach.py", "import biosync.gui.views.breathe"),
    "Qt only under gui": ("biosync/terminal.py", "import PySide6.QtCore"),
    "bleak only in devices.radio": ("biosync/strap_feed.py", "import bleak"),
    "sounddevice only in sound.device": ("biosync/sound/player.py", "import sounddevice"),
    "SQLite, its key and its locks only in the ledger": ("biosync/store/reading.py", "import apsw"),
    "pure rooms read no clock, throw no dice and do no I/O": ("biosync/pacer/wave.py", "import time"),
}


def lint(tree: Path) -> str:
    """Return what import-linter says of the tree."""
    script = Path(sys.executable).with_name("lint-imports")
    if not script.exists():
        pytest.skip("import-linter is not installed: make contracts installs it")
    result = subprocess.run(
        [script, "--no-cache"], cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)}, capture_output=True, text=True
    )
    return result.stdout


def copy_of_the_tree(to: Path) -> Path:
    for name in ("biosync", "devices"):
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def test_every_contract_holds_and_has_its_plant() -> None:
    said = lint(ROOT)
    kept = {line.split(" KEPT")[0] for line in said.splitlines() if " KEPT" in line}
    assert kept == set(PLANTS)
    assert "0 broken" in said


def test_a_planted_violation_of_each_is_caught(tmp_path: Path) -> None:
    tree = copy_of_the_tree(tmp_path)
    for where, line in PLANTS.values():
        file = tree / where
        file.write_text(file.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    said = lint(tree)
    broken = {line.split(" BROKEN")[0] for line in said.splitlines() if " BROKEN" in line}
    assert broken == set(PLANTS)

"""Full screen, on this screen or the next: two screens are made by Qt's offscreen platform, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = """
from biosync.gui.app import make_application
application = make_application()
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from biosync.gui.theme import Look
from biosync.gui.window import Window
from tests.gui import made
window = Window(Look(), lambda: made.MadeSession(made.snapshot(made.person())), made.outside(made.MadeSession))
window.show()
def told():
    application.processEvents()
    at = window.geometry().center()
    return [window.isFullScreen(), next(s.name() for s in application.screens() if s.geometry().contains(at))]
seen = [told()]
for key in (Qt.Key.Key_F, Qt.Key.Key_O, Qt.Key.Key_O, Qt.Key.Key_O, Qt.Key.Key_F):
    QTest.keyClick(window, key)
    seen.append(told())
import json
print(json.dumps(seen))
window.close()
"""


def run(tmp_path: Path, names: list[str]) -> list[list[object]]:
    screens = [
        {"name": name, "x": 1400 * place, "y": 0, "width": 1400, "height": 900, "logicalDpi": 96, "dpr": 1}
        for place, name in enumerate(names)
    ]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": screens}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}", "BIOSYNC_HOME": str(tmp_path)}
    command = [sys.executable, "-c", PROGRAM]
    out = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    found: list[list[object]] = json.loads(out.splitlines()[-1])
    return found


def test_o_fills_the_next_screen_and_comes_round(tmp_path: Path) -> None:
    seen = run(tmp_path, ["table", "wall"])
    assert [full for full, _ in seen] == [False, True, True, True, True, False]
    assert [name for _, name in seen[:5]] == ["table", "table", "wall", "table", "wall"]


def test_with_one_screen_o_fills_that(tmp_path: Path) -> None:
    seen = run(tmp_path, ["table"])
    assert [full for full, _ in seen] == [False, True, True, True, True, False]

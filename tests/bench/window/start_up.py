"""The first frame: from the start of the process to the first paint, beside a bare window of PySide6 and pyqtgraph."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.goals import Goal
from tests.bench.timing import Times, ratio

ROOT = Path(__file__).parents[3]
ROUNDS = 9
OURS = """
import os, sys, time
from biosync.gui import app
from PySide6.QtCore import QTimer
def report():
    print(time.monotonic(), time.process_time(), flush=True)
    os._exit(0)
class Timed(app.Window):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, report)
app.Window = Timed
from biosync.cli import main
sys.exit(main([]))
"""
BARE = """
import os, time
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QTimer
import pyqtgraph
application = QApplication([])
def report():
    print(time.monotonic(), time.process_time(), flush=True)
    os._exit(0)
class Timed(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, report)
window = Timed()
window.plot([60 + k % 7 for k in range(75)])
window.resize(1280, 800)
window.show()
application.exec()
"""


def goals() -> list[Goal]:
    found: dict[str, list[tuple[float, float]]] = {OURS: [], BARE: []}
    with tempfile.TemporaryDirectory() as home:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "BIOSYNC_HOME": home}
        for number in range(ROUNDS + 1):
            for program, seconds in found.items():
                took = _first_frame(program, environment)
                if number:  # the first round warms the disk's cache
                    seconds.append(took)
    goals = []
    for place, kind in enumerate(("first frame", "the same, CPU of the process")):
        ours, bare = (Times(tuple(took[place] for took in found[program])) for program in (OURS, BARE))
        times = ratio(ours, bare)
        what = f"{kind} ({ours.median:.2f} s) against a bare PySide6 and pyqtgraph window ({bare.median:.2f} s)"
        goals.append(Goal(what, 1.5, times.median, *times.spread, False))
    return goals


def _first_frame(program: str, environment: dict[str, str]) -> tuple[float, float]:
    """Return the seconds to the first frame, and those that the process computed until then."""
    begin = time.monotonic()
    out = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, check=True,
    ).stdout  # fmt: skip
    at, cpu = map(float, out.split()[-2:])
    return at - begin, cpu

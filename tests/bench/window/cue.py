"""Breathe at 60 frames a second, software rendering: how even, how long the work of a frame, what share of a core.

In the same run, the way of those who paint the whole view for each frame. Both sizes run in processes of their own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from tests.bench.goals import Goal

ROOT = Path(__file__).parents[3]
SECONDS, WARM_UP_S = 12.0, 2.0
"""More than a breath of the cue, at every size that it has."""
SIZES = {"1440x900": (1440, 900, "1", 20.0), "2560x1440 at 200 %": (2560, 1440, "2", 45.0)}
"""Width and height in device independent pixels, pixel ratio, and the most of a core in percent."""


def goals() -> list[Goal]:
    found = []
    for name, (width, height, ratio, most) in SIZES.items():
        ours, whole = (_run(width, height, ratio, way) for way in ("ours", "whole"))
        found += [
            Goal(f"Breathe {name}, frames a second", 59, ours["fps"], None, None, True, "a second"),
            Goal(f"the same, work of a frame, p99 (p50 {ours['work_p50_ms']:.1f}; p99 with waiting for a core "
                 f"{ours['wall_p99_ms']:.1f})", 8, ours["work_p99_ms"], None, None, False, "ms"),
            Goal(f"the same, interval of frames, p95 (p99 {ours['interval_p99_ms']:.1f})", 20,
                 ours["interval_p95_ms"], None, None, False, "ms"),
            Goal("the same, CPU", most, ours["cpu_percent"], None, None, False, "% of a core"),
            Goal("the same, CPU of a frame against painting the whole cue for each", 0.6,
                 ours["cpu_a_frame_ms"] / whole["cpu_a_frame_ms"], None, None, False),
        ]  # fmt: skip
    return found


def _run(width: int, height: int, ratio: str, way: str) -> dict[str, float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": ratio}
    command = [sys.executable, "-m", "tests.bench.window.cue", str(width), str(height), way]
    out = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def _measure(width: int, height: int, *, whole: bool) -> dict[str, float]:
    from biosync.gui.app import make_application
    from biosync.gui.theme import Look
    from biosync.gui.widgets.disc_cue import DiscCue
    from tests.bench.window.breathing import Breathing
    from tests.bench.window.spans import TimedWindow, let_run, percentile_ms
    from tests.gui import made

    make_application()
    session = Breathing()
    window = TimedWindow(Look(), lambda: session, made.outside(made.MadeSession))
    window.resize(width, height)
    window.show()
    if whole:
        disc = window.findChild(DiscCue)
        window.frame_clock.tick.connect(lambda _: disc.update())
    let_run(WARM_UP_S)
    window.begin()
    let_run(SECONDS)
    cpu = window.end()
    window.close()
    intervals = np.diff(window.ticks).tolist()
    fps = len(intervals) / (window.ticks[-1] - window.ticks[0])
    return {
        "fps": fps,
        "work_p50_ms": percentile_ms(window.cpu, 50),
        "work_p99_ms": percentile_ms(window.cpu, 99),
        "wall_p99_ms": percentile_ms(window.wall, 99),
        "interval_p95_ms": percentile_ms(intervals, 95),
        "interval_p99_ms": percentile_ms(intervals, 99),
        "cpu_percent": cpu * 100,
        "cpu_a_frame_ms": cpu / fps * 1000,
    }


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]), whole=sys.argv[3] == "whole")))

"""The coach's board of sixteen with sliding curves, and one client's charts: how even, how busy, what share of a core.

In the same run, the peers' way: a pyqtgraph plot a person, every point replaced at each beat, and nothing slides. Each
in a process of its own, in software rendering.
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
SECONDS = {"board": 8.0, "charts": 5.0, "peers": 3.0}
"""So long each is measured: some 200 frames of the board, five times all charts of a client, as many beats of all."""
WARM_UP_S, CHARTS_WARM_UP_S = 1.5, 2.5
SIZES = {"1440x900": (1440, 900, "1", 15.0), "2560x1440 at 200 %": (2560, 1440, "2", 50.0)}
"""Width and height in device independent pixels, pixel ratio, and the most of a core in percent."""


def goals() -> list[Goal]:
    found = []
    for name, (width, height, ratio, most) in SIZES.items():
        board, peers, charts = (_run(width, height, ratio, way) for way in ("board", "peers", "charts"))
        found += [
            Goal(f"board of 16, {name}, frames a second", 29, board["fps"], None, None, True, "a second"),
            _stall(f"board of 16, {name}", board),
            Goal(f"board of 16, {name}, CPU of 30 frames a second", most, board["cpu_30_fps"], None, None, False,
                 "% of a core"),
            Goal(f"the same, busy p99 against every point replaced at each beat (there {peers['cpu_p99_ms']:.0f} ms, "
                 f"{peers['cpu_percent']:.0f} % of a core, as far as it got; nothing slides)", 1.0,
                 board["cpu_p99_ms"] / peers["cpu_p99_ms"], None, None, False, "times"),
            _stall(f"charts of one client, {name}", charts),
            Goal(f"charts of one client, {name}, CPU", most, charts["cpu_percent"], None, None, False, "% of a core"),
        ]  # fmt: skip
    return found


def _stall(what: str, found: dict[str, float]) -> Goal:
    spans = f"p50 {found['cpu_p50_ms']:.1f}, longest {found['cpu_most_ms']:.1f}"
    waiting = f"between two ticks p99 {found['tick_p99_ms']:.0f}"
    return Goal(f"{what}, main thread busy at a time, p99 ({spans}; {waiting})", 33, found["cpu_p99_ms"], None, None,
                False, "ms")


def _run(width: int, height: int, ratio: str, way: str) -> dict[str, float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "QT_SCALE_FACTOR": ratio}
    command = [sys.executable, "-m", "tests.bench.window.board", str(width), str(height), way]
    out = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = json.loads(out.splitlines()[-1])
    return found


def _measure(width: int, height: int, way: str) -> dict[str, float]:
    from biosync.gui.app import make_application
    from tests.bench.window.clients import Clients
    from tests.bench.window.spans import let_run

    make_application()
    session = Clients(SECONDS[way] + WARM_UP_S + CHARTS_WARM_UP_S + 5)
    if way == "peers":
        from tests.bench.window.peers_board import PeersBoard

        peers = PeersBoard(session, width, height)
        session.begin()
        peers.show()
        let_run(WARM_UP_S)
        found = _busy([], SECONDS[way])
        peers.close()
        return found
    window = _window(session, width, height)
    let_run(WARM_UP_S)
    if way == "charts":
        from biosync.gui.views.coach import CoachView

        assert isinstance(window.session_view, CoachView)
        window.session_view.open_client("Mara")
        let_run(CHARTS_WARM_UP_S)
    ticks: list[float] = []
    window.frame_clock.tick.connect(ticks.append)
    found = _busy(ticks, SECONDS[way])
    window.close()
    return found


def _window(session: object, width: int, height: int):  # type: ignore[no-untyped-def]  # Qt is loaded in the child only
    from biosync.gui.theme import Look
    from biosync.gui.window import Window
    from tests.bench.window.clients import Clients
    from tests.gui import made

    assert isinstance(session, Clients)
    window = Window(Look(), lambda: session, made.outside(made.MadeSession), view="coach")
    window.resize(width, height)
    session.begin()
    window.show()
    return window


def _busy(ticks: list[float], seconds: float) -> dict[str, float]:
    from tests.bench.window.busy import Busy, percentile_ms
    from tests.bench.window.spans import let_run

    busy = Busy()
    busy.begin()
    let_run(seconds)
    share = busy.end()
    fps = (len(ticks) - 1) / float(np.ptp(ticks)) if len(ticks) > 2 else 0.0
    return {
        "cpu_percent": 100 * share,
        "cpu_30_fps": 100 * share * max(1.0, 30 / fps) if fps else 0.0,  # a machine that does other work drops frames
        "cpu_p50_ms": percentile_ms(busy.cpu, 50), "cpu_p99_ms": percentile_ms(busy.cpu, 99),
        "cpu_most_ms": 1000 * max(busy.cpu),
        "tick_p99_ms": percentile_ms(np.diff(ticks).tolist(), 99) if len(ticks) > 2 else 0.0,
        "fps": fps,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))

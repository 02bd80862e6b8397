"""Memory over eight hours of sixteen people (four pairs, eight alone), with all views drawn: the engine runs as fast as
it can, and every ten seconds of the session each view is painted whole."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from biosync.commands.demo import demo_cast
from biosync.gui.app import make_application
from biosync.gui.theme import Look
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.together import TogetherView
from biosync.run import LiveSession
from tests.bench.goals import Goal
from tests.gui.test_every_view import Actions

HOURS = float(os.environ.get("BENCH_HOURS", "8"))
PEOPLE, PAIRS, DRAWN_EVERY_S, SETTLED_S = 16, 4, 10.0, 1800.0


class Drawing:
    """Draws the views of a session that runs, and notes how much memory the process holds."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        actions, look = Actions(), Look()
        self._views: list[SessionView] = [
            CoachView(look, actions), TogetherView(look, actions), BreatheView(look, actions)  # type: ignore[arg-type]
        ]  # fmt: skip
        for view in self._views:
            view.resize(1440, 900)
            view.show()
        self._drawn_t = 0.0
        self.held: list[tuple[float, float]] = []

    def __call__(self, event: object) -> None:
        t = self._session.now()
        if t - self._drawn_t < DRAWN_EVERY_S:
            return
        self._drawn_t = t
        for view in self._views:
            view.advance(Moment(self._session.latest, t, t, True))
            view.update()
        QApplication.processEvents()
        if not self.held or t - self.held[-1][0] >= 60:
            gc.collect()
            self.held.append((t, resident_mb()))
            print(f"bench: {t / 3600:.2f} h, {self.held[-1][1]:.1f} MB", file=sys.stderr, flush=True)


def resident_mb() -> float:
    """Return the memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def goals() -> list[Goal]:
    make_application()
    with tempfile.TemporaryDirectory() as home:
        os.environ["BIOSYNC_HOME"] = home
        people = demo_cast(PEOPLE, 1, each=True)
        pairs = [tuple(member.name for member in people.members[2 * n : 2 * n + 2]) for n in range(PAIRS)]
        alone = people.groups[2 * PAIRS :]
        session = LiveSession(replace(people, groups=(*pairs, *alone)), seconds=HOURS * 3600, speed=None)
        drawing = Drawing(session)
        session._sinks.append(drawing)
        asyncio.run(session.run())
    settled = [mb for t, mb in drawing.held if t >= min(SETTLED_S, HOURS * 1800)]
    early = sum(settled[: max(1, len(settled) // 10)]) / max(1, len(settled) // 10)
    late = max(settled[-max(1, len(settled) // 10):])
    what = f"memory after {HOURS:g} h of {PEOPLE} people, drawn, against half an hour in ({early:.0f} MB)"
    return [Goal(what, 1.1, late / early, None, None, False)]

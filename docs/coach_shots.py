"""The pictures of one client's charts and of the clients' screen, for docs/screenshots.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from biosync.charts.charts import Charts
from biosync.events import Group
from biosync.gui.client_screen import ClientScreen
from biosync.gui.theme import Look, style_sheet
from biosync.gui.view import Moment
from biosync.gui.views.coach import CoachView
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.made_charts import made_charts


class _Nothing:
    """Buttons in a picture do nothing."""

    def __getattr__(self, name: str) -> Callable[..., str | None]:
        return lambda *told: "" if name == "note_about" else None


def wait(ms: int) -> None:
    """Let Qt work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def client_shots(look: Look, now: float) -> Iterator[tuple[str, QWidget]]:
    """Yield one client's charts: live, with a marker being written, with a lost signal, private, and afterwards."""
    usual, shared = _with_lea(now), grouped(now)
    shared = _told(shared, usual)
    yield "coach-client", _opened(look, now, shared, "Tomas", usual)
    marked = _opened(look, now, shared, "Tomas", usual)
    marked.mark()
    yield "coach-marker", marked
    lost = made_charts("Mara", now, in_step=(), quality="none", why="no beats for 14 s")
    yield "coach-client-lost", _opened(look, now, shared, "Mara", lost)
    private = made_charts("Noor", now, in_step=(), hidden=frozenset({"rmssd", "breath"}))
    noor = _told(shared, made_charts("Noor", now, in_step=()))
    kept = [replace(one, hidden=private.hidden) if one.name == "Noor" else one for one in noor.people]
    yield "coach-client-private", _opened(look, now, replace(shared, people=tuple(kept)), "Noor", private)
    over = _opened(look, now, shared, "Tomas", usual)
    over.advance(Moment(shared, now, 9.0, False, "Tomas"))
    wait(300)
    yield "coach-client-over", over


def _with_lea(now: float) -> Charts:
    charts = made_charts("Tomas", now)
    return replace(charts, in_step=(replace(charts.in_step[0], other="Lea"),))


def _told(snapshot: Snapshot, charts: Charts) -> Snapshot:
    """Return ``snapshot`` in which the figures of the person of ``charts`` are those that these end with."""
    x, cloud = charts.intervals, charts.cloud
    assert cloud is not None and cloud.sd1_ms is not None
    people = []
    for one in snapshot.people:
        if one.name == charts.person and one.metrics is not None:
            told = replace(one.metrics, heart_rate_bpm=float(60000 / x.last(60.0).rr_ms.mean()),
                           rmssd_ms=cloud.sd1_ms * 2**0.5, coherence_score=float(charts.coherence.value[-1]),
                           breath_bpm=float(charts.breath.value[-1]))
            one = replace(one, metrics=told)
        people.append(one)
    return replace(snapshot, people=tuple(people))


def _opened(look: Look, now: float, snapshot: Snapshot, name: str, charts: Charts) -> CoachView:
    view = CoachView(look, _Nothing())
    view.setStyleSheet(style_sheet(look.tokens))
    for step in range(40):
        view.advance(Moment(snapshot, now, step * 0.1, True))
    view.open_client(name)
    for _ in range(100):
        if view.detail.panel is not None:
            break
        wait(50)
    for step in range(3):
        view.advance(Moment(snapshot, now, 5.0 + step, True, name))
    view.take_charts(charts)
    wait(300)
    return view


def grouped(now: float) -> Snapshot:
    """Return the twelve, of whom two and three share a cue."""
    twelve, people = made.twelve(now), []
    pair, three = ("Tomas", "Lea"), ("Emil", "Sara", "Finn")
    for one in twelve.people:
        names = next((some for some in (pair, three) if one.name in some), None)
        cues = one.cues if names is None else (made.cue(t=now - 700, phase=0.3, people=names),)
        people.append(replace(one, cues=cues))
    look = Group(now, three, 0.3, 0.4, None, "apart", None)
    return replace(twelve, people=tuple(people), pairs=(made.pair(*pair, now=now),), groups=(look,))


def client_screen_shots(look: Look, now: float) -> Iterator[tuple[str, QWidget]]:
    """Yield the clients' screen: one cue for all, and cues of their own."""
    for name, snapshot in (("all", made.together("Ana", "Ben", "Lea", now=now)), ("four", grouped(now))):
        screen = ClientScreen(look, partial(Moment, snapshot, now, running=True))
        screen.resize(1440, 900)
        screen.show()
        screen.advance(0.0)
        yield f"client-screen-{name}", screen

"""The pictures of the Sessions page and of a report, from sessions made up in a home of their own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from biosync.commands.window_ledger import WindowLedger
from biosync.events import Marker, Note
from biosync.gui.report.page import paint_page
from biosync.gui.report.sheet import HEIGHT, WIDTH
from biosync.gui.theme import PAPER, Look
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.window import Window
from biosync.store.ledger.reader import Ledger
from biosync.store.review.reported import reported
from tests.gui import made
from tests.store.review.made import STARTED, keep, measure

Shot = tuple[str, QWidget]
_PATIENCE_MS = 90_000
_HOMES: dict[bool, tempfile.TemporaryDirectory[str]] = {}
"""Filled or not; each is made once, and goes with the process: nothing in the pictures changes it, and what came of two
hearts together, which takes seconds, is kept in it."""


def session_shots(look: Look) -> Iterator[Shot]:
    """Yield the list, filtered, empty, one opened, zoomed and private, compared, trends, and what asks."""
    with _at(_home(filled=False)):
        window, page = _opened(look)
        _until(lambda: bool(page.list.told_why))
        yield "sessions-empty", window
        window.close()
    with _at(_home(filled=True)):
        window, page = _opened(look)
        _until(lambda: bool(page.list.lines))
        yield "sessions-list", window
        page.list.search.setText("bell")
        yield "sessions-filtered", window
        page.list.search.setText("nothing like it")
        yield "sessions-none", window
        page.list.search.clear()
        yield from _one(window, page)
        yield from _several(window, page)
        yield from _asking(window, page)
        window.close()


def report_picture() -> QImage:
    """Return the first page of a report as it is on paper."""
    with _at(_home(filled=True)) as home, Ledger.open(home) as ledger:
        session = next(one for one in ledger.sessions() if one.people == ("Ana", "Ben", "Lea"))
        report = reported(ledger, session, "Ana")
    image = QImage(round(WIDTH), round(HEIGHT), QImage.Format.Format_RGB32)
    image.fill(QColor(PAPER.surface))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_page(painter, report, report.pages[0], datetime(2026, 7, 22, 9, tzinfo=UTC))
    painter.end()
    return image


def _one(window: Window, page: SessionsPage) -> Iterator[Shot]:
    _choose(page, ("Ana", "Ben", "Lea"))
    page.list.wanted.emit()
    _until(lambda: page.opened.panel is not None and page.opened.shown is not None)
    _wait(700)
    yield "sessions-open", window
    panel = page.opened.panel
    assert panel is not None
    panel.tachogram.zoom_to(120.0, 240.0)
    page.opened.span_wanted.emit(120.0, 240.0)
    _until(lambda: bool(page.opened.span))
    _wait(700)
    yield "sessions-zoomed", window
    page.opened.write_note()
    yield "sessions-note", window
    page.back()
    page.back()
    _choose(page, ("Ana", "Ben"))
    page.list.wanted.emit()
    _until(lambda: page.opened.panel is not None and page.opened.shown is not None)
    _wait(700)
    yield "sessions-private", window
    page.back()


def _several(window: Window, page: SessionsPage) -> Iterator[Shot]:
    page.list.choose_person("Ana")
    _until(lambda: all("Ana" in line for line in page.list.lines))
    page.list.list.setCurrentIndex(page.list.list.model().index(3, 0))
    _press(page, Qt.Key.Key_C)
    yield "sessions-comparing", window
    page.list.list.setCurrentIndex(page.list.list.model().index(9, 0))
    _press(page, Qt.Key.Key_C)
    _until(lambda: page.compared.shown is not None)
    yield "sessions-compared", window
    page.back()
    _press(page, Qt.Key.Key_G)
    _until(lambda: bool(page.trend.lines))
    yield "sessions-trend", window
    page.back()


def _asking(window: Window, page: SessionsPage) -> Iterator[Shot]:
    for key, name, asking in (
        (Qt.Key.Key_Delete, "delete", lambda: page.removing.asking),
        (Qt.Key.Key_W, "delete-person", lambda: page.removing.asking),
        (Qt.Key.Key_P, "report", lambda: page.writing.asking),
    ):
        _press(page, key)
        _until(asking)
        yield f"sessions-{name}", window
        page.back()


def _press(page: SessionsPage, code: Qt.Key) -> None:
    next(key for key in page.page_keys() if key.code == code).do()


def _choose(page: SessionsPage, people: tuple[str, ...]) -> None:
    page.list.list.choose(next(one.session.id for one in page.list.shelf.sessions if one.session.people == people))


def _opened(look: Look) -> tuple[Window, SessionsPage]:
    window = Window(look, None, made.outside(made.MadeSession, ledger=WindowLedger(lambda sentence: None)))
    window.show()
    window.show_sessions()
    page = window._pages.page("sessions")
    assert isinstance(page, SessionsPage)
    return window, page


def _home(*, filled: bool) -> Path:
    if filled not in _HOMES:
        _HOMES[filled] = tempfile.TemporaryDirectory(prefix="biosync-pictures-")
        if filled:
            with Ledger.open(Path(_HOMES[filled].name)) as ledger:
                _fill(ledger)
    return Path(_HOMES[filled].name)


def _fill(ledger: Ledger) -> None:
    for week in range(9):
        marks = [Marker(130.0, "Ana", "the door bell"), Marker(260.0, "Ana", "back to it")] if week == 5 else ()
        id = keep(ledger, "Ana", started=STARTED + timedelta(days=6 * week, minutes=17 * week), swing=3.5 + 0.55 * week,
             markers=marks, gap_at=200.0 if week == 5 else None, seconds=300 + 30 * week, seed=week + 1)
        if week % 2:
            measure(ledger, id, "Ana", 6.1 - 0.07 * week, 0.42 - 0.03 * week)
    later = STARTED + timedelta(days=50)
    keep(ledger, "Ana", "Ben", sharing={"Ana": "rhythm", "Ben": "rhythm"}, started=later, seconds=400, seed=20)
    several = keep(ledger, "Ana", "Ben", "Lea", sharing={"Ana": "all", "Ben": "all", "Lea": "all"}, seconds=480,
                   seed=30, started=later + timedelta(days=1), markers=[Marker(200.0, "Ana", "eyes closed")])
    ledger.note(several, Note(480.0, "Ana", "Slept little; wants to begin with open eyes next time."))
    keep(ledger, "Ben", origin="simulated", started=later + timedelta(days=2), complete=False, seed=40)
    keep(ledger, "Lea", origin="replay", started=later + timedelta(days=3), seconds=240, seed=50)


class _at:  # read as a word: with _at(home)
    """Let biosync's home be this folder for a while."""

    def __init__(self, home: Path) -> None:
        self._home, self._before = home, os.environ.get("BIOSYNC_HOME")

    def __enter__(self) -> Path:
        os.environ["BIOSYNC_HOME"] = str(self._home)
        return self._home

    def __exit__(self, *about: object) -> None:
        if self._before is None:
            del os.environ["BIOSYNC_HOME"]
        else:
            os.environ["BIOSYNC_HOME"] = self._before


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _until(true: Callable[[], bool]) -> None:
    for _ in range(_PATIENCE_MS // 20):
        if true():
            return
        _wait(20)
    raise TimeoutError("what a picture waits for did not come")

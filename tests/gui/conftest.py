"""One Qt application for all window tests, offscreen."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QApplication

from biosync.gui.app import make_application
from biosync.gui.chart_library import chart_library
from biosync.gui.collecting import Collector
from biosync.gui.theme import Look

WaitFor = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The application as it is a second after its start: with what draws the charts."""
    made = make_application()
    chart_library().load()
    wait_until(lambda: chart_library().loaded)
    return made


@pytest.fixture(autouse=True)
def written_as_in_britain() -> None:
    """Numbers and dates are written so, whatever the system says and the test before has left."""
    QLocale.setDefault(QLocale("en_GB"))


@pytest.fixture(scope="session")
def collector(application: QApplication) -> Collector:
    return Collector(application)


@pytest.fixture(scope="module", autouse=True)
def nothing_left() -> Iterator[None]:
    """Other tests have workers of their own: none of them shall collect what is of Qt."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def collected_here(application: QApplication, collector: Collector) -> Iterator[None]:
    """As in a window that runs; between its tests others are collected as ever.

    All windows are gone before that: Python's collector crashes on one that nobody has deleted and in which a part
    knows the whole (PySide 6.11).
    """
    collector.open()
    yield
    close_windows(application)
    collector.close()


def close_windows(application: QApplication) -> None:
    """Close what a test has left open, and delete what is ours: Qt keeps a closed window and all in it."""
    for widget in application.topLevelWidgets():
        widget.close()
        if type(widget).__module__.startswith(("biosync", "tests")):  # pyqtgraph has menus that it deletes itself
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def look(application: QApplication) -> Look:
    return Look()


@pytest.fixture
def wait_for(application: QApplication) -> WaitFor:
    return wait_until


def wait_until(true: Callable[[], bool], *, at_most_ms: int = 60_000) -> None:
    """Let Qt work until ``true()``; AssertionError when it does not come within ``at_most_ms``."""
    loop = QEventLoop()
    look, late = QTimer(), QTimer()
    look.timeout.connect(lambda: true() and loop.quit())
    late.setSingleShot(True)
    late.timeout.connect(loop.quit)
    late.start(at_most_ms)
    look.start(2)
    if not true():
        loop.exec()
    look.stop()
    late.stop()
    assert true(), "what was waited for did not come"

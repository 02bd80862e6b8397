"""Classes of Qt come to be in the window's thread only: in another one they crashed it, now and then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from biosync.gui import chart_library
from biosync.gui.chart_library import QT, ChartLibrary
from tests.gui.conftest import WaitFor

_PROGRAM = """
import sys, threading
imported = []  # by whom, and what

def note(event, told):
    if event == "import":
        imported.append((threading.current_thread(), told[0]))

sys.addaudithook(note)

from PySide6.QtCore import QTimer
from biosync.commands.demo import demo_cast
from biosync.commands.playing import Playing
from biosync.commands.window_world import WindowWorld
from biosync.gui.app import make_application, run_window
from biosync.gui.chart_library import QT, chart_library
from biosync.gui.window import Window
from PySide6.QtWidgets import QApplication

application, world, look = make_application(), WindowWorld(), QTimer()

def window():
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, Window))

def opened():
    view = window().session_view
    if view is None or not view.board.order:
        return
    if view.detail.panel is None:
        view.open_client(view.board.order[0])
    elif view.detail.panel.drawn:
        window().close()

look.timeout.connect(opened)
look.start(20)
people = demo_cast(2, 1, each=True)
run_window(lambda: world.make(people, Playing(None, 30.0, True, False)), world.outside(), view="coach")
drawing = {name for thread, name in imported if thread is not threading.main_thread()
           and name.startswith(("PySide6", "shiboken6", "pyqtgraph", "biosync.gui"))}
print(sorted(drawing), "pyqtgraph" in sys.modules, chart_library().loaded)
print(sorted(name for one in QT for name in set(dir(sys.modules[one])) - set(vars(sys.modules[one]))))
"""


def test_nothing_that_draws_is_loaded_in_a_worker(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, timeout=60, check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "BIOSYNC_HOME": str(tmp_path)},
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["[] True True", "[]"], run.stderr


def test_every_class_of_qt_has_come_to_be() -> None:
    """Else the first who asks for one makes it, and that may be a worker."""
    for name in QT:
        module = sys.modules[name]
        assert set(dir(module)) <= set(vars(module))


def test_what_could_not_be_loaded_is_told_and_tried_again(
    application: QApplication, wait_for: WaitFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_library, "DRAWN_WITH", ("drawn_with_later",))
    monkeypatch.syspath_prepend(str(tmp_path))
    parent = QObject()
    library, told, ready = ChartLibrary(parent), list[str](), list[bool]()
    library.failed.connect(told.append)
    library.ready.connect(lambda: ready.append(True))
    for times in (1, 2):
        library.load()
        wait_for(lambda times=times: len(told) == times)  # type: ignore[misc]
        assert not library.loaded
    (tmp_path / "drawn_with_later.py").write_text("", encoding="utf-8")
    library.load()
    wait_for(lambda: bool(ready))
    assert library.loaded and len(told) == 2
    library.close()

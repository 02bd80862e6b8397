"""The door to the window: makes the Qt application and runs it until the window is closed."""

from __future__ import annotations

import logging
import signal
import sys
from types import FrameType, TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from biosync.gui.app_icon import app_icon
from biosync.gui.bridge import MakeSession, sentence
from biosync.gui.chart_library import chart_library
from biosync.gui.collecting import Collector
from biosync.gui.languages.speaking import Speaking
from biosync.gui.outside import Outside
from biosync.gui.theme import SMALL, Look, font, load_fonts
from biosync.gui.window import ViewName, Window

_LOG = logging.getLogger(__name__)
_LISTEN_MS = 200
_AFTER_FIRST_FRAME_MS = 300
"""Then what draws the charts is loaded, of which one piece takes longer than a few frames: nothing moves yet."""
_HAND_OVER_S = 0.0005
"""For how long the worker may hold Python's lock while the window waits for it: every Qt call takes it again. With
Python's own 5 ms, frames over 16 ms took 0.3 to 1.9 s of the 6 s in which a replay catches up; now 0.1 to 0.3 s."""


def run_window(
    make_session: MakeSession | None,
    outside: Outside,
    *,
    view: ViewName = "breathe",
    keeps: bool = False,
    close_when_over: bool = False,
) -> int:
    """Open the window and return the exit code once it is closed.

    ``make_session`` makes the session to begin with and goes straight to ``view``; None begins at the Start page. It is
    called in the worker's thread, inside its running loop, again for each new start; what it raises, or what
    ``Session.run`` raises, is shown as one sentence. ``keeps``: this session is kept, so a locked ledger is opened
    first. ``close_when_over`` closes the window with the first session: somebody gave it a number of seconds.
    """
    application = make_application()
    look = Look()
    look.follow(outside.preferring)
    speaking = Speaking(outside.preferring, application)
    window = Window(look, make_session, outside, view=view, keeps=keeps)
    look.changed.connect(lambda: application.setPalette(palette(look)))
    application.setPalette(palette(look))
    if close_when_over:
        window.over.connect(window.close)
    _catch(window)
    _listen_to_signals(window)
    window.show()
    QTimer.singleShot(_AFTER_FIRST_FRAME_MS, chart_library().load)
    Collector(application).open()  # until the process ends: the window's own destructors are still to come
    try:
        return application.exec()
    finally:
        speaking.silence()


def make_application() -> QApplication:
    """Return the Qt application, dressed in the bundled font; the running one where there is one."""
    sys.setswitchinterval(_HAND_OVER_S)
    running = QApplication.instance()
    if isinstance(running, QApplication) and running.applicationName() == "biosync":
        return running  # dressed already; once more would polish every widget anew
    application = running if isinstance(running, QApplication) else QApplication(["biosync"])
    application.setApplicationName("biosync")
    application.setApplicationDisplayName("biosync")
    application.setDesktopFileName("biosync")
    application.setWindowIcon(app_icon())
    _name_the_task()
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(font(SMALL))
    return application


def _name_the_task() -> None:
    """Have Windows show biosync in its taskbar under its own name and icon, not under Python's."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("biosync")


def palette(look: Look) -> QPalette:
    """Return the palette of the theme, for what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, token in (
        (role.Window, "surface"), (role.Base, "raised"), (role.Button, "raised"), (role.ToolTipBase, "raised"),
        (role.WindowText, "text"), (role.Text, "text"), (role.ButtonText, "text"), (role.ToolTipText, "text"),
        (role.PlaceholderText, "quiet"), (role.Highlight, "accent"), (role.HighlightedText, "on_accent"),
    ):
        made.setColor(where, look.color(token))
    return made


def _catch(window: Window) -> None:
    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        _LOG.debug("the window met an error", exc_info=(kind, error, trace))
        window.show_problem(sentence(error))

    sys.excepthook = hook


def _listen_to_signals(window: Window) -> None:
    def close(number: int, frame: FrameType | None) -> None:
        window.close()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, close)
    # Python looks at signals only while it runs: a beat keeps it awake where nothing else moves.
    beat = QTimer(window)
    beat.timeout.connect(lambda: None)
    beat.start(_LISTEN_MS)

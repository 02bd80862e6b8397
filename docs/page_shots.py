"""The pictures of the pages beside a session, for docs/screenshots.py: settings and help, from a made-up home."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from biosync.gui.page import PageName
from biosync.gui.theme import Look
from biosync.gui.views.help import HelpPage
from biosync.gui.window import Window
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.reader import Ledger
from tests.gui import made


def page_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Settings from its top and from its end, with straps that are known and without, and Help."""
    before = os.environ.get("BIOSYNC_HOME")
    with tempfile.TemporaryDirectory(prefix="biosync-pictures-") as folder:
        os.environ["BIOSYNC_HOME"] = folder
        try:
            yield from _seen("settings-new", _page(look, "settings"))
            with Ledger.open(Path(folder)) as ledger:
                for name, device in (("Ana", "Polar H10 7A3B"), ("Ben", "Garmin HRM-Dual 31207")):
                    ledger.remember(Strap(device, f"A0:9E:1A:00:00:{len(name):02d}", name, device[-4:]))
            yield from _seen("settings", _page(look, "settings"))
            end = _page(look, "settings")
            for scroll in end.view.findChildren(QScrollArea):
                bar = scroll.verticalScrollBar()
                bar.setValue(bar.maximum())
                bar.rangeChanged.connect(lambda low, high, bar=bar: bar.setValue(high))  # in every size
            yield from _seen("settings-end", end)
            yield from _seen("help", _page(look, "help"))
        finally:
            os.environ.pop("BIOSYNC_HOME")
            if before is not None:
                os.environ["BIOSYNC_HOME"] = before


def _seen(name: str, window: Window) -> Iterator[tuple[str, QWidget]]:
    yield name, window
    window.close()  # with what it still reads


def _page(look: Look, name: PageName) -> Window:
    window = Window(look, None, made.outside(made.MadeSession))
    window.show()
    window.show_page(name)
    if isinstance(window.view, HelpPage):
        german = QLocale().language() is QLocale.Language.German
        window.view.country.setCurrentIndex(window.view.country.findData("DE" if german else "GB"))
    loop = QEventLoop()
    QTimer.singleShot(400, loop.quit)
    loop.exec()
    return window

"""The pictures of Settings and Help, in English and in German."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from biosync.gui.languages.speaking import Speaking
from biosync.gui.page import PageName
from biosync.gui.preferring import Preferring
from biosync.gui.theme import Look
from biosync.gui.views.help import HelpPage
from biosync.gui.window import Window
from biosync.preferences import Language, Preferences
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.reader import Ledger
from tests.gui import made


def page_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield both pages, the second time in German; with two straps that are known."""
    before = os.environ.get("BIOSYNC_HOME")
    with tempfile.TemporaryDirectory() as home:
        os.environ["BIOSYNC_HOME"] = home
        try:
            with Ledger.open(Path(home)) as ledger:
                ledger.remember(Strap("Polar H10 7A3B", "A0:00:00:00:00:01", "Ana", "7A3B"))
                ledger.remember(Strap("Garmin HRM", "E0:00:00:00:00:02", "Ben"))
            for language, ending in (("en", ""), ("de", "-german")):
                yield from _shots(look, language, ending)  # type: ignore[arg-type]  # they are two of Language
        finally:
            os.environ.pop("BIOSYNC_HOME")
            if before is not None:
                os.environ["BIOSYNC_HOME"] = before


def _shots(look: Look, language: Language, ending: str) -> Iterator[tuple[str, QWidget]]:
    preferring = Preferring(Preferences(language=language), lambda now: "")
    speaking = Speaking(preferring)
    pages: tuple[PageName, ...] = ("settings", "help")
    try:
        for name in pages:
            window = Window(look, None, made.outside(made.MadeSession, preferring=preferring))
            window.show()
            window.show_page(name)
            if isinstance(window.view, HelpPage):
                window.view.country.setCurrentIndex(window.view.country.findData("DE" if ending else "GB"))
            _wait(400)
            yield f"{name}{ending}", window
            window.close()
    finally:
        speaking.silence()
        preferring.change(language="en")


def _wait(ms: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()

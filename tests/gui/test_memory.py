"""What is not seen any more is let go of: languages, charts and windows come and go, and nothing is heaped up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from biosync.gui.languages.speaking import Speaking, Translator
from biosync.gui.outside import Outside
from biosync.gui.preferring import Preferring
from biosync.gui.theme import Look
from biosync.gui.views.coach import CoachView
from biosync.gui.window import Window
from biosync.preferences import Preferences
from devices.doctor_report import Report
from devices.straps_in_range import FoundStrap
from tests.gui import made
from tests.gui.conftest import WaitFor, wait_until
from tests.gui.made_charts import made_charts

ROUNDS = 50
MOST_MORE_MB = 12.0
"""One change of the language kept 3.7 MB before this was tested."""


class Scene:
    """A coach's window with charts for everybody, that speaks as ``preferring`` says."""

    def __init__(self, look: Look) -> None:
        self.preferring = Preferring(Preferences(language="en"), lambda now: "")
        self.speaking = Speaking(self.preferring)
        session = made.MadeSession(made.twelve())
        session.charted = lambda person: made_charts(person)
        outside: Outside = made.outside(made.MadeSession, preferring=self.preferring)
        self.window = Window(look, lambda: session, outside, view="coach")
        self.window.resize(1440, 900)
        self.window.show()
        wait_until(lambda: len(self.view.board.order) == 12)

    @property
    def view(self) -> CoachView:
        """The coach's view, as it is made now."""
        view = self.window.session_view
        assert isinstance(view, CoachView)
        return view

    def speak(self, language: str) -> None:
        """Change the language, and let Qt delete what it has to."""
        self.preferring.change(language=language)
        wait_until(lambda: len(self.view.board.order) == 12)
        deleted()


@pytest.fixture
def scene(look: Look) -> Iterator[Scene]:
    made_up = Scene(look)
    yield made_up
    made_up.speaking.silence()
    made_up.window.close()


def deleted() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def memory_mb() -> float:
    """Return how much this process holds in memory; 0 where the system doesn't tell it so."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * 4096 / 1e6 if told.exists() else 0.0


def test_languages_come_and_go(scene: Scene, application: QApplication) -> None:
    for k in range(10):
        scene.speak("en" if k % 2 else "de")
    widgets, memory = len(application.allWidgets()), memory_mb()
    for k in range(ROUNDS):
        scene.speak("en" if k % 2 else "de")
    assert len(application.allWidgets()) < 2 * widgets  # those of one language more may still be on their way
    assert len(scene.window._pages._retired.pages) <= 4
    assert len(scene.speaking.findChildren(Translator)) <= 1
    assert memory_mb() - memory < MOST_MORE_MB


def test_charts_are_opened_and_closed(scene: Scene, application: QApplication, wait_for: WaitFor) -> None:
    def look_at(place: int) -> None:
        name = scene.view.board.everybody[place % 12]
        scene.view.open_client(name)
        wait_for(lambda: scene.view.detail.panel is not None
                 and scene.view.detail.panel.shown is not None
                 and scene.view.detail.panel.shown.charts.person == name)
        scene.view.close_client()

    for place in range(13):
        look_at(place)
    widgets, memory = len(application.allWidgets()), memory_mb()
    for place in range(ROUNDS):
        look_at(place)
    deleted()
    assert len(application.allWidgets()) <= widgets
    assert memory_mb() - memory < MOST_MORE_MB


def test_a_page_that_still_works_is_kept_until_it_rests(look: Look, wait_for: WaitFor) -> None:
    scanning: list[bool] = []

    async def scan(seconds: float) -> tuple[FoundStrap, ...]:
        from asyncio import Event

        scanning.append(True)
        await Event().wait()  # until it is cancelled
        return ()

    async def examine(seconds: float) -> Report:
        return made.OFF

    preferring = Preferring(Preferences(language="en"), lambda now: "")
    speaking = Speaking(preferring)
    window = Window(look, None, made.outside(made.MadeSession, preferring=preferring, scan=scan, examine=examine))
    window.show()
    window.connect_strap()
    wait_for(lambda: bool(scanning))
    before = window._pages.start
    gone: list[bool] = []
    before.destroyed.connect(lambda: gone.append(True))
    preferring.change(language="de")
    wait_for(lambda: window._pages.start is not before)
    wait_for(lambda: bool(gone))  # the radio is let go of, then the page is
    assert not window._pages._retired.pages
    speaking.silence()
    window.close()

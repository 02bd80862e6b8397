"""From launch to a moving cue in few clicks: none is counted that a person would not make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from biosync.commands.window_world import WindowWorld
from biosync.gui.outside import Wearer
from biosync.gui.preferring import Preferring
from biosync.gui.scenarios import stories
from biosync.gui.theme import Look
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.window import Window
from biosync.preferences import Preferences
from biosync.store.ledger.kinds import Strap
from devices.coupling import SCENARIOS
from devices.link import Sighting
from devices.straps_in_range import FoundStrap, ranked
from tests.gui import made
from tests.gui.conftest import WaitFor

COUPLE = ranked(
    [Sighting("Polar H10 7A3B", "A0:00:00:00:00:01", -54, worn=True),
     Sighting("Polar H10 8C11", "A0:00:00:00:00:02", -60, worn=True),
     Sighting("Garmin HRM", "E0:00:00:00:00:02", -82)],
    [Strap("Polar H10 7A3B", "A0:00:00:00:00:01", "Ana", "7A3B"),
     Strap("Polar H10 8C11", "A0:00:00:00:00:02", "Ben", "8C11")],
)  # fmt: skip


class Newcomer:
    """Somebody before the Start page, who clicks on what they see."""

    def __init__(self, look: Look, straps: Sequence[FoundStrap], preferences: Preferences) -> None:
        self.clicks = 0
        self.begun: list[tuple[Sequence[Wearer], bool]] = []
        self.session = made.MadeSession(made.snapshot(made.person()))
        self.preferring = Preferring(preferences, lambda now: "")
        outside = made.outside(lambda: self.session, straps=straps, preferring=self.preferring,
                               start_straps=self.start)
        self.window = Window(look, None, outside)
        self.window.show()

    def start(self, wearers: Sequence[Wearer], together: bool) -> made.MadeSession:
        self.begun.append((wearers, together))
        return self.session

    def click(self, text: str) -> None:
        """Click on the button that begins with ``text``, where it is seen."""
        button = next(one for one in self.window.findChildren(QPushButton)
                      if one.isVisible() and one.text().startswith(text))
        assert button.isEnabled(), text
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1

    def sees(self, text: str) -> bool:
        return any(one.isVisible() and one.isEnabled() and one.text().startswith(text)
                   for one in self.window.findChildren(QPushButton))


@pytest.fixture
def arrive(look: Look) -> Iterator[Callable[..., Newcomer]]:
    came: list[Newcomer] = []

    def come(straps: Sequence[FoundStrap] = made.STRAPS, preferences: Preferences | None = None) -> Newcomer:
        came.append(Newcomer(look, straps, preferences or Preferences()))
        return came[-1]

    yield come
    for one in came:
        one.window.close()


def radii(view: BreatheView, wait_for: WaitFor) -> None:
    """Wait until the cue has been seen at several sizes."""
    seen: set[float] = set()
    disc = view.findChild(DiscCue)
    assert disc is not None
    wait_for(lambda: seen.add(disc._radius) or len(seen) > 3)  # type: ignore[func-returns-value]


def test_without_hardware_the_cue_moves_within_two_clicks(
    look: Look, wait_for: WaitFor, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    window = Window(look, None, WindowWorld().outside())
    window.show()
    button = next(one for one in window.findChildren(QPushButton) if one.text().startswith("Try it"))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # the only one
    view = window.session_view
    assert isinstance(view, BreatheView)
    radii(view, wait_for)
    window.close()


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_every_story_runs_within_two_clicks_more(
    look: Look, wait_for: WaitFor, scenario: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    world = WindowWorld()
    outside = world.outside()
    outside.preferring.change(program="settle", mode="turns")
    window = Window(look, None, outside)
    window.show()
    title = next(story.title for story in stories() if story.scenario == scenario)
    for text in ("Virtual people", title):  # two clicks
        shown = [one for one in window.findChildren(QPushButton) if one.isVisible()]
        button = next(one for one in shown if one.text().startswith(text))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_for(lambda: window.stage.moment(0, None).snapshot is not None)
    snapshot = window.stage.moment(0, None).snapshot
    assert snapshot is not None
    assert len(snapshot.people) == SCENARIOS[scenario].usual
    assert isinstance(window.view, TogetherView)
    wait_for(lambda: window.view._header.badge == "SIMULATED")  # type: ignore[attr-defined]
    practice = snapshot.people[0].practice
    assert (practice.program, practice.mode, practice.leads) == ("settle", "turns", snapshot.people[0].name)
    window.close()


def test_with_a_known_strap_it_begins_within_three_clicks(
    arrive: Callable[..., Newcomer], wait_for: WaitFor
) -> None:
    ana = arrive(made.KNOWN)
    ana.click("Connect a strap")
    wait_for(lambda: ana.sees("Begin"))
    ana.click("Begin")
    assert ana.clicks <= 3
    wait_for(lambda: bool(ana.begun))
    (wearers, together) = ana.begun[0]
    assert [one.name for one in wearers] == ["Ana"]
    assert together
    wait_for(lambda: isinstance(ana.window.view, BreatheView))


def test_a_couple_that_was_here_before_is_found_again_and_each_says_one_yes(
    arrive: Callable[..., Newcomer], wait_for: WaitFor
) -> None:
    both = arrive(COUPLE, Preferences(mode="one_leads", shares="all"))
    both.click("Connect a strap")
    page = both.window._pages.start.straps
    wait_for(lambda: sum(row.ticked for row in page.rows) == 2)
    assert not both.begun
    assert not both.sees("Begin together")
    yes = [one for one in both.window.findChildren(QPushButton) if one.isVisible() and one.text().startswith("Yes, I")]
    assert len(yes) == 2
    for button in yes:
        button.click()
        both.clicks += 1
    both.click("Begin together")
    assert both.clicks == 4  # connect, a yes of each, begin
    wait_for(lambda: bool(both.begun))
    (wearers, together) = both.begun[0]
    assert together
    assert [(one.name, one.leads, one.consent.sharing) for one in wearers] == [
        ("Ana", True, "all"), ("Ben", False, "all")
    ]  # fmt: skip


def test_who_chose_is_not_chosen_for(arrive: Callable[..., Newcomer], wait_for: WaitFor) -> None:
    one = arrive(COUPLE)
    one.click("Connect a strap")
    page = one.window._pages.start.straps
    wait_for(lambda: sum(row.ticked for row in page.rows) == 2)
    ben = page.rows[1]
    QTest.mouseClick(ben, Qt.MouseButton.LeftButton, pos=ben.rect().topLeft() + QPoint(150, 12))
    assert not ben.ticked
    page._find_again()
    assert not ben.ticked
    assert page.rows[0].answer.yes  # alone again, what she said before holds
    assert one.sees("Begin")


def test_a_strap_of_nobody_known_is_never_ticked_for_anybody(
    arrive: Callable[..., Newcomer], wait_for: WaitFor
) -> None:
    somebody = arrive(made.STRAPS)
    somebody.click("Connect a strap")
    page = somebody.window._pages.start.straps
    wait_for(lambda: len(page.rows) == 3)
    assert not page.choosing

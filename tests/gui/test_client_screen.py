"""The clients' screen: the cue and a word, no number; one for each group, of all or of whom the coach chose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from biosync.gui.client_screen import MOST, ClientScreen, cue_groups, other_screen
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.window import Window
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.residue import fresh

Shown = Callable[..., ClientScreen]


@pytest.fixture
def screen(look: Look) -> Shown:
    def make(snapshot: Snapshot | None, *, running: bool = True, now: float = made.NOW, **other: bool) -> ClientScreen:
        made_screen = ClientScreen(look, lambda seconds: Moment(snapshot, now, seconds, running), **other)
        made_screen.resize(900, 600)
        made_screen.show()
        made_screen.advance(0.0)
        QApplication.processEvents()
        return made_screen

    return make


def texts(screen: ClientScreen) -> str:
    labels = [one.text() for one in screen.findChildren(QLabel)]
    faces = [tile._cue._face for tile in screen.tiles]
    return " ".join([*labels, *(f"{face.word} {face.pace} {face.note}" for face in faces)])


def test_one_cue_for_all_fills_the_screen_without_a_number_or_a_name(screen: Shown) -> None:
    shown = screen(made.together("Ana", "Ben", "Lea"))
    assert len(shown.tiles) == 1 and shown.tiles[0].names == ""
    assert not any(letter.isdigit() for letter in texts(shown))
    assert "breathe" in texts(shown)
    shown.close()


def test_cues_of_their_own_are_tiles_with_names_up_to_four(screen: Shown) -> None:
    shown = screen(made.twelve())
    assert len(shown.tiles) == MOST
    assert [tile.names for tile in shown.tiles] == ["Mara", "Jon", "Ida", "Tomas"]
    assert not any(letter.isdigit() for letter in texts(shown))
    shown.choose("Rosa")
    shown.advance(0.1)
    assert [tile.names for tile in shown.tiles] == ["Rosa"]
    shown.choose("somebody who left")
    shown.advance(0.2)
    assert len(shown.tiles) == MOST
    shown.close()


@pytest.mark.parametrize("reduced", [False, True])
def test_the_cue_moves(screen: Shown, reduced: bool) -> None:
    shown = screen(made.together("Ana", "Ben"), reduced=reduced)
    at: list[float] = [made.NOW]
    shown._moment = lambda seconds: Moment(made.together("Ana", "Ben"), at[0], seconds, True)
    pictures = []
    for at[0] in (made.NOW + 2.0, made.NOW + 6.0):
        for frame in range(5):
            shown.advance(frame / 60)
        pictures.append(fresh(shown))
    assert (np.abs(pictures[0] - pictures[1]).max(axis=2) > 20).sum() > 1000
    shown.close()


def test_before_the_first_plan_and_after_the_end_it_asks_for_nothing(screen: Shown) -> None:
    empty = screen(None)
    assert len(empty.tiles) == 1 and "breathe" not in texts(empty)
    empty.close()
    over = screen(made.together("Ana", "Ben"), running=False)
    assert "thank you" in texts(over) and "breathe" not in texts(over)
    over.close()


def test_made_up_hearts_wear_the_badge_here_too(screen: Shown) -> None:
    people = [replace(one, origin="simulated") for one in made.together("Ana", "Ben").people]
    shown = screen(made.snapshot(*people))
    assert shown.badge == "SIMULATED"
    shown.close()


def test_who_has_left_has_no_cue() -> None:
    two = made.together("Ana", "Ben")
    assert cue_groups(two) == [("Ana", "Ben")]
    left = replace(two, people=(two.people[0], replace(two.people[1], left=True)))
    assert cue_groups(left) == [("Ana",)]
    assert cue_groups(None) == []
    assert [len(group) for group in cue_groups(made.twelve())] == [1] * 12


def test_it_goes_to_another_screen_where_there_is_one(application: QApplication) -> None:
    own = application.primaryScreen()
    assert other_screen(own, application.screens()) is None
    second = object()
    assert other_screen(own, [own, second]) is second  # type: ignore[list-item]


def test_c_shows_it_for_all_or_for_whom_is_chosen_and_closes_it(look: Look, wait_for: WaitFor) -> None:
    session = made.MadeSession(made.twelve())
    window = Window(look, lambda: session, made.outside(made.MadeSession), view="coach")
    window.show()
    wait_for(lambda: len(window.stage.people) == 12)
    QTest.keyClick(window, Qt.Key.Key_C)
    screens = window._client_screens
    first = screens.screen
    assert first is not None and first.chosen is None and first.isVisible()
    wait_for(lambda: len(first.tiles) == MOST)
    QTest.keyClick(window, Qt.Key.Key_3)
    QTest.keyClick(window, Qt.Key.Key_C)
    assert screens.screen is first and first.chosen == "Ida"
    wait_for(lambda: [tile.names for tile in first.tiles] == ["Ida"])
    QTest.keyClick(window, Qt.Key.Key_C)
    assert screens.screen is None
    QTest.keyClick(window, Qt.Key.Key_C)
    again = screens.screen
    assert again is not None
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert screens.screen is None and window.running
    QTest.keyClick(window, Qt.Key.Key_C)
    window.close()
    assert screens.screen is None


def test_it_moves_as_little_as_was_set(look: Look, wait_for: WaitFor) -> None:
    session = made.MadeSession(made.twelve())
    outside = made.outside(made.MadeSession)
    outside.preferring.change(motion="reduced")
    window = Window(look, lambda: session, outside, view="coach")
    window.show()
    wait_for(lambda: len(window.stage.people) == 12)
    window.show_client_screen()
    shown = window._client_screens.screen
    assert shown is not None
    wait_for(lambda: len(shown.tiles) == MOST)
    assert all(isinstance(tile._cue, BarCue) for tile in shown.tiles)
    window.close()

"""From the page of the straps to a session, to one more client, and to one fewer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biosync.consent import Consent
from biosync.gui.outside import Wearer
from biosync.gui.theme import Look
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.join import JoinView
from biosync.gui.views.start import StartView
from biosync.gui.window import Window
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key


class Scene:
    """A window at its Start page, and the sessions that it begins, of as many people as said yes."""

    def __init__(self, look: Look) -> None:
        self.sessions: list[made.MadeSession] = []
        self.begun: list[tuple[Sequence[Wearer], bool]] = []
        self.window = Window(look, None, made.outside(lambda: self.session("Ana"), start_straps=self.begin))
        self.window.show()

    def begin(self, wearers: Sequence[Wearer], together: bool) -> made.MadeSession:
        self.begun.append((wearers, together))
        return self.session(*(one.name for one in wearers))

    def session(self, *names: str) -> made.MadeSession:
        people = [made.person(name, number) for number, name in enumerate(names)]
        self.sessions.append(made.MadeSession(made.snapshot(*people)))
        return self.sessions[-1]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)


@pytest.fixture
def scene(look: Look) -> Iterator[Scene]:
    made_scene = Scene(look)
    yield made_scene
    made_scene.window.close()


def answer(scene: Scene, wait_for: WaitFor, *names: str, child: str = "", board: bool = False) -> None:
    """Have the first straps named and agreed to, and begin."""
    if not isinstance(scene.window.view, JoinView):
        scene.press(Key.Key_C)
        wait_for(lambda: scene.window._pages.start.choosing)
    page = scene.window.view.straps  # type: ignore[attr-defined]
    wait_for(lambda: len(page.rows) == 3)
    for row, _ in zip(page.rows, names, strict=False):
        row.tick()
    for row, name in zip(page.rows, names, strict=False):
        row.name_it(name)
        if name == child:
            row.put_guardian("Eva")
        row.say_yes()
    assert page.asks == ""
    (page._apart if board else page._together).click()


def test_one_begins_alone_and_space_begins_again(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Ana")
    wait_for(lambda: len(scene.sessions) == 1)
    assert isinstance(scene.window.view, BreatheView)
    wearers, together = scene.begun[0]
    assert [one.name for one in wearers] == ["Ana"] and together
    scene.press(Key.Key_Space)
    assert not scene.window.running
    scene.press(Key.Key_Space)
    wait_for(lambda: len(scene.sessions) == 2)


def test_several_each_say_yes_again_before_another_session(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Ana", "Ben")
    wait_for(lambda: len(scene.sessions) == 1)
    scene.press(Key.Key_Space)
    scene.press(Key.Key_Space)
    assert isinstance(scene.window.view, StartView)
    wait_for(lambda: scene.window._pages.start.choosing)
    assert not scene.window._pages.start.straps.choosing
    assert len(scene.sessions) == 1


def test_each_alone_is_a_coachs_board_and_the_session_knows_what_was_agreed_to(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Ana", "Ben", board=True)
    wait_for(lambda: len(scene.window.stage.people) == 2)
    assert isinstance(scene.window.view, CoachView)
    wearers, together = scene.begun[0]
    assert not together
    assert [(one.consent.person, one.consent.sharing) for one in wearers] == [("Ana", "rhythm"), ("Ben", "rhythm")]


def test_of_one_under_16_the_session_knows_the_guardian(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Kim", child="Kim")
    wait_for(lambda: len(scene.window.stage.people) == 1)
    consent: Consent = scene.begun[0][0][0].consent
    assert consent.guardian == "Eva"


@pytest.fixture
def board(scene: Scene, wait_for: WaitFor) -> Scene:
    answer(scene, wait_for, "Ana", "Ben", "Lea", board=True)
    wait_for(lambda: len(scene.window.stage.people) == 3)
    return scene


def test_number_keys_choose_and_what_is_said_is_that_persons(board: Scene, wait_for: WaitFor) -> None:
    session = board.sessions[0]
    board.press(Key.Key_2)
    board.press(Key.Key_Plus)
    board.press(Key.Key_2)
    board.press(Key.Key_Minus)
    wait_for(lambda: session.said == ["too_slow", "too_fast"])
    assert session.said_by == ["Ben", None]


def test_a_click_on_a_card_chooses_its_client(board: Scene, wait_for: WaitFor) -> None:
    view = board.window.view
    assert isinstance(view, CoachView)
    wait_for(lambda: len(view.board.order) == 3)
    middle = view.board._places[view.board.order[1]].geometry().center()
    QTest.mouseClick(view.board, Qt.MouseButton.LeftButton, pos=middle)
    assert board.window._actions.selected == view.board.order[1]


def test_the_chosen_one_leaves_with_one_key_and_the_others_go_on(board: Scene, wait_for: WaitFor) -> None:
    session, view = board.sessions[0], board.window.view
    board.press(Key.Key_L)
    assert session.left == []
    board.press(Key.Key_3)
    board.press(Key.Key_L)
    wait_for(lambda: session.left == ["Lea"])
    wait_for(lambda: board.window.stage.people == ("Ana", "Ben"))
    assert board.window.running
    assert isinstance(view, CoachView)
    wait_for(lambda: "Lea" in view.board._faces and view.board._faces["Lea"].shown.signal == "paused")
    board.press(Key.Key_3)
    assert board.window._actions.selected is None


def test_who_is_alone_leaves_by_ending_the_session(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Ana")
    wait_for(lambda: scene.window.stage.people == ("Ana",))
    scene.press(Key.Key_L)
    assert not scene.window.running


def test_a_client_is_added_while_the_session_goes_on(board: Scene, wait_for: WaitFor) -> None:
    session = board.sessions[0]
    board.press(Key.Key_A)
    assert isinstance(board.window.view, JoinView)
    assert board.window.running
    answer(board, wait_for, "Ida")
    wait_for(lambda: len(session.joined) == 1)
    assert isinstance(board.window.view, CoachView)
    assert session.joined[0].member.name == "Ida"


def test_a_virtual_client_is_a_choice_too(board: Scene, wait_for: WaitFor) -> None:
    board.press(Key.Key_A)
    board.press(Key.Key_D)
    wait_for(lambda: len(board.sessions[0].joined) == 1)
    assert isinstance(board.window.view, CoachView)


def test_esc_comes_back_from_adding_and_an_end_too(board: Scene, wait_for: WaitFor) -> None:
    board.press(Key.Key_A)
    board.press(Key.Key_Escape)
    assert isinstance(board.window.view, CoachView)
    assert board.window.running
    board.press(Key.Key_A)
    board.sessions[0]._stop.set()
    bridge = board.window.stage.bridge
    assert bridge is not None
    bridge.stop()
    wait_for(lambda: isinstance(board.window.view, CoachView))
    assert not board.window.running


def test_nobody_is_added_to_one_who_breathes(scene: Scene, wait_for: WaitFor) -> None:
    answer(scene, wait_for, "Ana")
    wait_for(lambda: len(scene.sessions) == 1)
    scene.press(Key.Key_A)
    assert isinstance(scene.window.view, BreatheView)


def test_esc_comes_back_from_the_straps(scene: Scene) -> None:
    scene.window.connect_strap()
    scene.press(Key.Key_Escape)
    assert not scene.window._pages.start.choosing
    assert scene.window.isVisible()

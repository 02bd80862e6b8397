"""Coach: cards by need, in words, that do not jump while they are read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from biosync.gui.state import figures, rising
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.card_face import CardFace, state_words
from biosync.gui.widgets.card_layout import MOST, card_layout, grid
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.residue import fresh


@pytest.fixture
def board(look: Look) -> Board:
    made_board = Board(look)
    made_board.resize(1376, 800)
    made_board.show()
    return made_board


def play(board: Board, snapshot: Snapshot, seconds: float, since: float = 0.0) -> None:
    """Draw 10 frames a second."""
    for frame in range(round(seconds * 10)):
        at = since + frame / 10
        board.advance(Moment(snapshot, made.NOW, at, True))


def test_those_who_need_the_coach_come_first(board: Board) -> None:
    play(board, made.twelve(), 1.0)
    assert board.order[:3] == ["Mara", "Jon", "Ida"]
    assert board.order[3:] == [name for name in made.NAMES[:12] if name not in board.order[:3]]
    assert "Mara: signal lost 0:14" in board.accessibleDescription()


def test_a_card_that_loses_its_signal_moves_up_after_a_while(board: Board) -> None:
    calm = made.snapshot(*(made.person(name, i) for i, name in enumerate(made.NAMES[:4])))
    play(board, calm, 10.0)
    lost = replace(calm, people=(*calm.people[:3], made.person("Tomas", 3, silent_s=15.0)))
    play(board, lost, 1.0, since=10.0)
    assert board.order[0] == "Mara"
    play(board, lost, 5.0, since=11.0)
    assert board.order[0] == "Tomas"


def test_no_card_moves_under_a_reading_pointer(board: Board) -> None:
    calm = made.snapshot(*(made.person(name, i) for i, name in enumerate(made.NAMES[:4])))
    play(board, calm, 10.0)
    lost = replace(calm, people=(*calm.people[:3], made.person("Tomas", 3, silent_s=15.0)))
    for second in range(6):
        at = QPointF(50.0 + second, 60.0)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(board, move)
        play(board, lost, 1.0, since=10.0 + second)
    assert board.order[0] == "Mara"


def test_the_curves_slide_and_the_rest_stays(board: Board) -> None:
    people = made.snapshot(made.person())
    board.advance(Moment(people, made.NOW, 0.0, True))
    before = fresh(board)
    board.advance(Moment(people, made.NOW + 1.0, 1.0, True))
    changed = np.argwhere(np.abs(fresh(board) - before).max(axis=2) > 8)
    layout = card_layout(*grid(1, 1376, 800)[0].size().toTuple())
    slid = layout.trace.united(layout.history)
    assert len(changed) > 100
    assert all(slid.contains(int(x), int(y)) for y, x in changed)


def test_only_sixteen_are_shown_and_those_in_need_are_among_them(board: Board) -> None:
    people = [made.person(f"P{i}", i, silent_s=30.0 if i == 19 else 0.5) for i in range(20)]
    play(board, made.snapshot(*people), 1.0)
    assert len(board.order) == MOST
    assert board.order[0] == "P19"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Mara", "signal lost 0:14"),
        ("Jon", "poor signal: the strap has poor contact: wet it and tighten it"),
        ("Ida", "heart rate rising"),
        ("Tomas", "live"),
        ("Aya", "gathering, 38 s left"),
    ],
)
def test_each_card_says_its_state_in_words(name: str, said: str) -> None:
    person = next(person for person in made.twelve().people if person.name == name)
    face = CardFace(person, figures(person, made.NOW), rising(person), (50, 90))
    assert state_words(face) == said


@pytest.mark.parametrize("size", [(836, 496), (1376, 800), (3776, 2060)])
@pytest.mark.parametrize("count", range(1, MOST + 1))
def test_cards_fit_and_do_not_overlap(count: int, size: tuple[int, int]) -> None:
    places = grid(count, *size)
    assert len(places) == count
    for i, place in enumerate(places):
        assert QRect(0, 0, *size).contains(place)
        assert not any(place.intersects(other) for other in places[:i])


@pytest.mark.parametrize("size", [(180, 96), (197, 112), (332, 258), (700, 520)])
def test_a_card_has_room_for_its_curve(size: tuple[int, int]) -> None:
    layout = card_layout(*size)
    card = QRect(0, 0, *size)
    assert card.contains(layout.trace)
    assert layout.trace.height() >= 12
    assert layout.trace.top() >= layout.rate.bottom()
    assert layout.history.height() == 0 or card.contains(layout.history)
    assert not layout.history.intersects(layout.trace)


@pytest.mark.parametrize("count", range(1, MOST + 1))
@pytest.mark.parametrize("size", [(836, 493), (1376, 793)])
def test_the_history_is_on_every_card(look: Look, size: tuple[int, int], count: int) -> None:
    """On the boards of windows of 900x600 and 1440x900 (px): the heart's curve stays high enough beside it."""
    layout = card_layout(*grid(count, *size)[0].size().toTuple())
    assert layout.history.width() >= 24 and layout.history.height() >= 14
    assert layout.trace.height() >= (40 if layout.history_title.height() else 30)
    board = Board(look)
    board.resize(*size)
    people = [replace(made.person(), name=f"P{k}", number=k) for k in range(count)]
    without = [replace(one, coherence_t=np.empty(0), coherence=np.empty(0)) for one in people]
    seen = []
    for shown in (people, without):
        board.advance(Moment(made.snapshot(*shown), made.NOW, 0.0, True))
        seen.append(fresh(board))
    changed = np.argwhere(np.abs(seen[0] - seen[1]).max(axis=2) > 8)
    assert len(changed) > 16 * count
    places = [layout.history.translated(card.topLeft()).adjusted(-1, -1, 1, 1) for card in grid(count, *size)]
    assert all(any(place.contains(int(x), int(y)) for place in places) for y, x in changed)


def test_nobody_has_no_cards() -> None:
    assert grid(0, 800, 600) == []

"""The board: pages beyond sixteen, and who belongs together stands side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from biosync.events import Group, InStep
from biosync.gui.belonging import Bond, adjacent, bonds
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.card_layout import MOST
from biosync.snapshot import PairView, Snapshot
from tests.gui import made


def many(count: int, lost: int | None = None) -> Snapshot:
    """Return so many clients; the one at ``lost`` has lost the signal."""
    people = [made.person(f"{made.NAMES[i % 16]} {i // 16}", i) for i in range(count)]
    if lost is not None:
        people[lost] = made.person(people[lost].name, lost, silent_s=14.0, link="lost")
    return made.snapshot(*people)


def grouped(*groups: tuple[str, ...], pairs: tuple[PairView, ...] = (), state: InStep | None = None) -> Snapshot:
    """Return the twelve, of whom each of ``groups`` shares a cue."""
    twelve = made.twelve()
    people = list(twelve.people)
    for names in groups:
        plan = made.cue(t=made.NOW - 700, people=names)
        people = [replace(one, cues=(plan,)) if one.name in names else one for one in people]
    looks = tuple(Group(made.NOW, names, 0.5, 0.01, None, state, None) for names in groups if len(names) > 2)
    return replace(twelve, people=tuple(people), pairs=pairs, groups=looks)


def play(board: Board, snapshot: Snapshot, seconds: float = 1.0, since: float = 0.0) -> None:
    for frame in range(round(seconds * 10)):
        board.advance(Moment(snapshot, made.NOW, since + frame / 10, True))
        QApplication.processEvents()


@pytest.fixture
def board(look: Look) -> Board:
    made_board = Board(look)
    made_board.resize(1376, 800)
    made_board.show()
    return made_board


def test_beyond_sixteen_there_are_pages(board: Board) -> None:
    play(board, many(35))
    assert (board.page, board.pages, len(board.order)) == (0, 3, MOST)
    first = board.order
    board.turn(1)
    assert board.page == 1 and not set(board.order) & set(first)
    board.turn(5)
    assert board.page == 2 and len(board.order) == 3
    play(board, many(17), since=2.0)
    assert board.page == 1 and len(board.order) == 1
    board.turn(-9)
    assert board.page == 0


def test_who_needs_the_coach_comes_to_the_first_page(board: Board) -> None:
    play(board, many(20, lost=18))
    assert board.order[0] == many(20).people[18].name
    assert board.needed_elsewhere == 0
    board.turn(1)
    assert board.needed_elsewhere == 1


def test_the_header_tells_the_page_and_who_needs_you_elsewhere(look: Look) -> None:
    class Nothing:
        def __getattr__(self, name: str) -> object:
            return lambda *told: None

    view = CoachView(look, Nothing())  # type: ignore[arg-type]
    view.resize(1440, 900)
    view.show()
    for frame in range(5):
        view.advance(Moment(many(20, lost=18), made.NOW, frame / 10, True))
    view.board.turn(1)
    view.advance(Moment(many(20, lost=18), made.NOW, 1.0, True))
    said = view._header._detail.accessibleName()
    assert "clients 17 to 20 of 20" in said and "1 elsewhere" in said


def test_a_page_says_which_card_has_the_focus_and_keeps_it_when_cards_move(board: Board) -> None:
    play(board, made.twelve())
    board.focus("Rosa")
    assert board._places["Rosa"].hasFocus() or not board.isActiveWindow()
    calm = [made.person(one.name, one.number) for one in made.twelve().people]
    play(board, made.snapshot(*calm), seconds=12.0, since=20.0)
    assert set(board._places) == set(board.order)


def test_those_who_belong_together_stand_side_by_side_where_the_neediest_is(board: Board) -> None:
    play(board, grouped(("Tomas", "Rosa"), ("Mara", "Paul")))
    order = board.order
    assert order.index("Rosa") == order.index("Tomas") + 1
    assert order[:2] == ["Mara", "Paul"]  # Mara's signal is lost, and Paul is hers


def test_cards_say_with_whom_and_if_in_step(board: Board) -> None:
    two, three = ("Tomas", "Lea"), ("Emil", "Sara", "Finn")
    play(board, grouped(two, three, pairs=(made.pair("Tomas", "Lea", "beyond the cue"),), state="apart"))
    tomas, emil, rosa = (board.face(name) for name in ("Tomas", "Emil", "Rosa"))
    assert tomas is not None and tomas.bond is not None and tomas.bond.together
    assert tomas.bond.said == "with Lea, in step, beyond the cue"
    assert emil is not None and emil.bond is not None and not emil.bond.together
    assert emil.bond.said == "with Sara, Finn, apart"
    assert rosa is not None and rosa.bond is None
    assert "with Lea, in step" in board._places["Tomas"].accessibleDescription()


def test_what_can_t_be_told_is_not_told_as_apart() -> None:
    assert bonds(grouped(("Tomas", "Lea")))["Lea"].said == "with Tomas, can't tell yet"
    many_together = made.together(*made.NAMES[:6])
    assert bonds(many_together)["Mara"].said == "with 5 others, can't tell yet"
    left = replace(many_together, people=tuple(replace(one, left=one.name != "Mara") for one in many_together.people))
    assert bonds(left) == {}


@given(st.permutations(list("abcdefgh")), st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=2), max_size=1))
def test_being_side_by_side_loses_nobody(order: list[str], groups: list[set[str]]) -> None:
    bond_of = {name: Bond(tuple(sorted(group)), False, "") for group in groups for name in group}
    found = adjacent(order, bond_of)
    assert sorted(found) == sorted(order)
    for group in groups:
        places = sorted(found.index(name) for name in group)
        assert places == list(range(places[0], places[0] + len(group)))

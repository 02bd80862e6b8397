"""What pictures of all views have shown to be off, kept mended: edges, grounds, room at the margins, words where
nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from biosync.gui.theme import HIGH_CONTRAST, SPACE, THEMES, Look, Tokens, style_sheet
from biosync.gui.view import Moment
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.cards import KeysCard, Notice
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.round import Round, RoundFace, Sitter
from biosync.gui.widgets.segments import Segments
from biosync.gui.widgets.written import fitted_px, width_at
from biosync.gui.window import Window
from biosync.preferences import Language
from biosync.snapshot import Snapshot
from docs.screenshots import shown_at, speaking
from tests.gui import made
from tests.gui.fitting import cut_when_painted
from tests.gui.residue import fresh, on_screen

LONG = "ich finde deinen Rhythmus"


class NoActions:
    def __getattr__(self, name: str) -> Callable[..., str | None]:
        return lambda *told: "" if name == "note_about" else None


def coach(look: Look, snapshot: Snapshot | None, *, running: bool = True) -> CoachView:
    view = CoachView(look, NoActions())
    view.resize(900, 600)
    view.show()
    for step in range(3):
        view.advance(Moment(snapshot, made.NOW, step * 0.3, running))
    QApplication.processEvents()
    return view


def said(view: QWidget) -> list[str]:
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible()]


@pytest.mark.parametrize("size", [(320, 200), (440, 270), (900, 600)])
@pytest.mark.parametrize("small", [False, True])
def test_long_words_in_the_cue_are_not_cut_and_leave_nothing_behind(
    look: Look, size: tuple[int, int], small: bool
) -> None:
    cue = DiscCue(look)
    cue.resize(*size)
    cue.make_small(small)
    cue.show()
    cue.show_face(CueFace(LONG, "du hältst den Rhythmus selbst", 1.0))
    QApplication.processEvents()
    assert cut_when_painted(cue) == []
    cue.show_face(CueFace("aus", "", 1.0))
    QApplication.processEvents()
    assert np.abs(on_screen(cue) - fresh(cue)).max() <= 2
    cue.hide()


@pytest.mark.parametrize("people", [2, 3, 8])
def test_long_words_in_the_shared_cue_are_not_cut_and_leave_nothing_behind(look: Look, people: int) -> None:
    ring = Round(look)
    ring.resize(900, 380)
    ring.show()
    face = RoundFace(LONG, "", 1.0, tuple(Sitter(made.NAMES[k], k) for k in range(people)))
    ring.show_face(face)
    QApplication.processEvents()
    assert cut_when_painted(ring) == []
    ring.show_face(replace(face, word="aus"))
    QApplication.processEvents()
    assert np.abs(on_screen(ring) - fresh(ring)).max() <= 2
    ring.hide()


def test_letters_get_smaller_where_there_is_no_room(application: QApplication) -> None:
    assert fitted_px("short", 30.0, 500.0) == 30.0
    size = fitted_px(LONG, 30.0, 200.0)
    assert 10.0 <= size < 30.0 and width_at(LONG, size) <= 200.0
    assert fitted_px("", 30.0, -5.0) == 30.0
    assert fitted_px(LONG, 30.0, 1.0) == 10.0


def test_a_board_without_cards_says_why(look: Look) -> None:
    for snapshot, running, words in (
        (None, True, "as soon as the session has begun"), (Snapshot(0.0, ()), True, "A adds a client"),
        (None, False, "the session is over"),
    ):
        view = coach(look, snapshot, running=running)
        assert any(words in text for text in said(view)), words
        view.hide()
    view = coach(look, made.twelve())
    assert view.board.isVisible() and not any("as soon as" in text for text in said(view))
    view.hide()


def test_the_marker_keeps_off_the_window_s_edge(look: Look) -> None:
    view = coach(look, made.twelve())
    view.mark()
    shown_at(view, look, (900, 600))
    field = view.marker.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.mapTo(view, QPoint(0, field.height())).y() <= view.height() - SPACE
    view.hide()


def test_no_line_runs_through_the_words_of_a_card_without_a_curve(application: QApplication) -> None:
    look = Look(HIGH_CONTRAST)
    board = Board(look)
    board.resize(600, 300)
    board.show()
    for state, lines in (("live", 1), ("hr_only", 0)):
        board.advance(Moment(made.snapshot(made.states()[state]), made.NOW, 0.0, True))
        trace = board._layout.trace.translated(board._rects[0].topLeft())
        within = fresh(board)[trace.top():trace.bottom(), trace.left():trace.right()]
        gray = (within == np.array([0x7A, 0x7A, 0x7A])).all(axis=2).sum(axis=1)
        assert int((gray > trace.width() // 2).sum()) == lines, state
    board.hide()


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_what_is_raised_or_a_badge_is_seen_on_its_ground(tokens: Tokens) -> None:
    look = Look(tokens)
    page = QWidget()
    page.setObjectName("page")
    row, badge = QWidget(page), label("SIMULATED", "badge", page)
    row.setObjectName("row")
    row.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row.setGeometry(10, 10, 120, 40)
    badge.setGeometry(10, 60, 120, 24)
    page.setStyleSheet(style_sheet(look.tokens))
    page.resize(140, 100)
    page.show()
    picture = fresh(page)
    for top, bottom in ((10, 50), (60, 84)):
        inside = picture[top:bottom, 70:71].reshape(-1, 3)
        outside = picture[55, 70]
        assert np.abs(inside - outside).max() >= 8, (tokens.name, top)
        edge = picture[(top + bottom) // 2, 10]
        assert np.abs(edge - outside).max() >= 8, (tokens.name, top)
    page.hide()


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_the_empty_part_of_the_bar_has_an_outline(tokens: Tokens) -> None:
    bar = BarCue(Look(tokens))
    bar.resize(480, 210)
    bar.show_face(CueFace("breathe in", "", 1.0))
    bar.move_to(0.2)
    bar.show()
    row = fresh(bar)[40]
    ground = row[5]
    left = 240 - 3 * SPACE - 1
    assert np.abs(row[left] - ground).max() >= 20
    bar.hide()


def test_what_lies_behind_a_card_steps_back_until_it_is_closed(look: Look) -> None:
    page = QWidget()
    page.setObjectName("page")
    page.setStyleSheet(style_sheet(look.tokens))
    page.resize(900, 600)
    QPushButton("behind", page).setGeometry(10, 10, 200, 60)
    notice = Notice(look, page)
    page.show()
    before = fresh(page)[10:70, 10:210].max()
    notice.show_sentence("One sentence.")
    QApplication.processEvents()
    veiled = fresh(page)
    assert veiled[10:70, 10:210].max() < before * 0.6
    assert veiled[250:350, 300:600].max() > 200  # the card itself does not
    page.resize(1000, 700)
    QApplication.processEvents()
    notice.close_it()
    page.resize(900, 600)
    assert fresh(page)[10:70, 10:210].max() == before
    page.hide()


def test_the_ends_of_a_row_of_segments_are_round(look: Look) -> None:
    for names, ends in ((("a", "b", "c"), ["first", "", "last"]), (("a",), ["both"])):
        segments = Segments("Title", [(name, name) for name in names])
        assert [button.property("end") for button in segments.findChildren(QPushButton)] == ends
    assert 'end="first"' in style_sheet(HIGH_CONTRAST)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("size", [(900, 600), (1440, 900)])
def test_all_keys_are_seen_at_once_where_there_is_room(look: Look, size: tuple[int, int], language: Language) -> None:
    with speaking(language):
        window = Window(look, None, made.outside(made.MadeSession))
        shown_at(window, look, size)
        window.show_keys()
        QApplication.processEvents()
        card = window.findChild(KeysCard)
        assert card is not None and card.isVisible()
        (scroll,) = card.findChildren(QScrollArea)
        assert scroll.verticalScrollBar().maximum() == 0
        focus = window.focusWidget()
        assert isinstance(focus, QPushButton) and card.isAncestorOf(focus)
        window.close()

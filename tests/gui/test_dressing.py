"""Another theme is worn at once by what is seen, and by all else before it is seen; the window never waits for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from biosync.gui.dressing import Dressing
from biosync.gui.review.opened_leaf import OpenedLeaf
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look, Tokens
from biosync.gui.turns import Turns
from biosync.gui.widgets.veil import Veil
from biosync.gui.window import Window
from biosync.store.ledger.kinds import StoredSession
from biosync.store.review.listed import Listed
from tests.gui import made
from tests.gui.conftest import WaitFor


@pytest.fixture
def window(look: Look, wait_for: WaitFor) -> Window:
    opened = Window(look, lambda: made.MadeSession(made.twelve()), made.outside(made.MadeSession), view="coach")
    opened.show()
    wait_for(lambda: bool(opened.stage.people))
    return opened


def wear(part: QWidget, tokens: Tokens) -> bool:
    """Tell if ``part`` is dressed in ``tokens``, and in nothing else."""
    others = {one.quiet for one in (DARK, LIGHT, HIGH_CONTRAST)} - {tokens.quiet}
    return tokens.quiet in part.styleSheet() and not any(quiet in part.styleSheet() for quiet in others)


def test_what_is_seen_changes_at_once_and_the_rest_soon(window: Window, look: Look, wait_for: WaitFor) -> None:
    start, coach = window._pages.start, window.session_view
    look.use(LIGHT)
    assert wear(coach, LIGHT) and wear(start, DARK)
    wait_for(lambda: not window._dressing.undressed)
    assert all(wear(part, LIGHT) for part in window._dressing._parts)


def test_a_page_that_is_shown_before_its_turn_is_dressed_first(window: Window, look: Look) -> None:
    page = window._pages.page("settings")
    look.use(HIGH_CONTRAST)
    assert page in window._dressing.undressed
    window.show_settings()
    assert wear(page, HIGH_CONTRAST) and page not in window._dressing.undressed


def test_every_part_of_the_window_is_dressed(window: Window) -> None:
    window.show_keys()
    window.show_problem("a sentence")
    window._pages.note.say("a sentence")
    window.choose_practice()
    menu = window.practice_menu
    assert menu is not None and wear(menu, DARK)
    for name in ("sessions", "settings", "help"):
        window._pages.page(name)  # type: ignore[arg-type]
    for widget in window.findChildren(QWidget):
        ancestors = [widget]
        while (above := ancestors[-1].parentWidget()) is not None:
            ancestors.append(above)
        bare = widget is window._pages._stack or isinstance(widget, Veil)  # it paints itself
        assert bare or any(wear(one, DARK) for one in ancestors), widget


def test_the_ground_is_that_of_the_theme(window: Window, look: Look) -> None:
    for tokens in (LIGHT, DARK):
        look.use(tokens)
        window._pages._stack.hide()
        ground = window.grab(QRect(QPoint(0, 0), window.size())).toImage().pixelColor(5, 5)
        window._pages._stack.show()
        assert ground == QColor(tokens.surface)


def test_the_shapes_of_an_opened_session_take_the_colours_of_another_theme(look: Look) -> None:
    leaf = OpenedLeaf(look, (), lambda: None)
    session = StoredSession("1", "2026-05-01T10:00:00Z", 60.0, ("Ana", "Ben"), {}, False, True)
    leaf._show_people(Listed(session, None), "Ana")

    def colours() -> list[str]:
        pictures = [face.icon().pixmap(16).toImage() for face in leaf._faces]
        return [picture.pixelColor(picture.rect().center()).name() for picture in pictures]

    assert colours() == list(DARK.people[:2])
    look.use(LIGHT)
    assert colours() == list(LIGHT.people[:2])


def test_what_is_gone_is_forgotten(look: Look, wait_for: WaitFor) -> None:
    window = QWidget()
    dressing, part = Dressing(look, window), QWidget(window)
    dressing.dress(part)
    look.use(LIGHT)
    assert dressing.undressed == (part,)
    part.deleteLater()
    wait_for(lambda: not dressing._parts)
    assert dressing.undressed == ()


def test_turns_come_one_after_the_other_and_are_taken_back(look: Look, wait_for: WaitFor) -> None:
    window, done = QWidget(), list[str]()
    turns = Turns(window)

    def second() -> None:
        done.append("second")
        turns.clear()
        turns.add(lambda: done.append("last"))

    turns.add(lambda: done.append("first"))
    turns.add(second)
    turns.add(lambda: done.append("taken back"))
    assert done == []
    wait_for(lambda: "last" in done)
    assert done == ["first", "second", "last"]

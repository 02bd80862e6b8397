"""Every view and page in every state, by keyboard and by ear: Tab reaches every control, everything has a name."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from biosync.gui.theme import Look
from docs.screenshots import GROUPS, shots, shown_at
from tests.gui.reaching import name_of, paints, wrong_with_focus, wrong_with_names

FIRST = sorted(begins[0] for begins in GROUPS)


@pytest.mark.parametrize("group", FIRST)
def test_every_control_is_reached_by_tab_and_everything_says_what_it_is(look: Look, group: str) -> None:
    wrong, seen, before = [], 0, None
    for name, widget in shots(look, [group]):
        if before is not None and before is not widget:
            before.hide()
        before = widget
        if isinstance(widget, QMenu):
            continue  # its entries are Qt's own, moved through by the arrow keys
        shown_at(widget, look, (1440, 900))
        wrong += [f"{name}: {told}" for told in (*wrong_with_focus(widget), *wrong_with_names(widget))]
        seen += 1
    assert not wrong, "\n".join(wrong)
    assert seen


class Dot(QWidget):
    """A picture without a word."""


Dot.paintEvent = lambda self, event: None  # type: ignore[method-assign]
Dot.paintEvent.__module__ = "biosync.made_up"


def test_what_has_no_name_no_key_or_no_way_is_found(look: Look) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)
    nameless, keyless, shut = QPushButton(), QPushButton("Do it"), QPushButton("Hidden behind")
    for widget in (nameless, keyless, QLabel("words"), Dot()):
        column.addWidget(widget)
    nameless.setToolTip("Does something (D)")
    shut.setParent(whole)
    shut.setGeometry(-200, -200, 50, 20)
    shut.setToolTip("Out of sight (O)")
    shown_at(whole, look, (300, 200))
    assert name_of(keyless) == "Do it" and paints(whole.findChildren(Dot)[0])
    assert list(wrong_with_focus(whole)) == ["Tab leads to QPushButton 'Hidden behind', which is not seen"]
    assert list(wrong_with_names(whole)) == [
        "QPushButton '' has no name", "QPushButton 'Do it' does not say its key: ''",
        "Dot '' is painted and has no name",
    ]  # fmt: skip
    whole.hide()


def test_a_control_that_tab_jumps_over_is_found(look: Look) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)

    class Trap(QPushButton):
        def focusNextPrevChild(self, on: bool) -> bool:
            return False

        def keyPressEvent(self, event: QKeyEvent) -> None:
            event.accept()

    for text in ("One", "Two"):
        column.addWidget(Trap(text))
    shown_at(whole, look, (300, 200))
    assert any("Two" in told for told in wrong_with_focus(whole))
    whole.hide()

"""What somebody without a mouse or without eyes meets in a window: where Tab leads, what Qt tells of each control."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QComboBox, QLabel, QWidget

from biosync.gui.charts.overlay import Overlay
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.labels import FadingLine
from biosync.gui.widgets.tick import Choice, Tick
from biosync.gui.widgets.veil import Veil

_ORDINARY = (QLabel, Tick, Choice, FadingLine, Overlay, Veil)
"""Widgets that biosync paints a little of, and Qt tells of; what lies over a plot is told by the plot, and a veil
dims only."""


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls ``widget``."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # of a list Qt tells on Linux what is chosen; the name goes with it elsewhere
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def told_of(widget: QWidget) -> str:
    """Return what a screen reader says of ``widget`` beside its name: its description, or its value."""
    told = QAccessible.queryAccessibleInterface(widget)
    if told is None:
        return ""
    return told.text(QAccessible.Text.Description) or told.text(QAccessible.Text.Value)


def reachable(whole: QWidget) -> list[QWidget]:
    """Return what Tab has to reach, and nothing else: where a card lies over ``whole``, what is in the card."""
    card = next((one for one in whole.findChildren(Card) if one.isVisibleTo(whole)), None)
    return [one for one in controls(whole) if card is None or card.isAncestorOf(one)]


def controls(whole: QWidget) -> list[QWidget]:
    """Return all that can be seen, used, and take the focus by Tab."""
    return [one for one in whole.findChildren(QWidget)
            if one.isVisibleTo(whole) and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None and one.window() is whole.window()]


def tabbed(whole: QWidget) -> dict[QWidget, bool]:
    """Return all widgets that Tab leads to, in their order, from the first one round to it again; and if each was seen
    when Tab came to it."""
    whole.window().activateWindow()
    assert QTest.qWaitForWindowActive(whole.window()), "the window never became the active one"
    found = reachable(whole)
    if not found:
        return {}
    found[0].setFocus(Qt.FocusReason.TabFocusReason)
    first = here = QApplication.focusWidget()
    seen: dict[QWidget, bool] = {}
    for _ in range(3 * len(found) + 10):
        if here is None:
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is not None:
            seen[here] = not here.visibleRegion().isEmpty()
        if here is first:
            break
    return seen


def wrong_with_focus(whole: QWidget) -> Iterator[str]:
    """Say what Tab does not reach, what it leads to without being seen, and what lies under a card and is reached."""
    seen, wanted = tabbed(whole), reachable(whole)
    if wanted and wanted[0] not in seen:
        yield f"Tab never comes round: {[_called(one) for one in seen]}"
    groups = {one.group() for one in seen if isinstance(one, QAbstractButton) and one.group() is not None}
    for one in wanted:
        within = isinstance(one, QAbstractButton) and one.group() in groups and one.group().exclusive()
        if one not in seen and not within:  # the arrow keys go on within a group
            yield f"Tab does not reach {_called(one)}"
    for one, visible in seen.items():
        if one in controls(whole) and one not in wanted:
            yield f"Tab leads to {_called(one)}, which lies under a card"
        elif not visible:
            yield f"Tab leads to {_called(one)}, which is not seen"


def wrong_with_names(whole: QWidget) -> Iterator[str]:
    """Say which controls have no name, which buttons don't say their key, and which pictures tell nothing."""
    for one in controls(whole):
        if not name_of(one):
            yield f"{_called(one)} has no name"
        if isinstance(one, QAbstractButton | Choice) and not one.toolTip().endswith(")"):
            yield f"{_called(one)} does not say its key: {one.toolTip()!r}"
    for one in whole.findChildren(QWidget):
        if one.isVisibleTo(whole) and paints(one):
            if not name_of(one):
                yield f"{_called(one)} is painted and has no name"
            elif not told_of(one):
                yield f"{_called(one)} is painted and tells nothing"


def paints(widget: QWidget) -> bool:
    """Tell if biosync paints ``widget`` by hand."""
    own = type(widget).paintEvent.__module__ if hasattr(type(widget).paintEvent, "__module__") else ""
    return str(own).startswith("biosync") and not isinstance(widget, (*_ORDINARY, QAbstractScrollArea))


def _called(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {name_of(widget) or text or widget.objectName()!r}"

"""Notes about people, in a session that is opened: read, written anew in their place, taken back, kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biosync.events import Note
from biosync.gui.views.sessions import SessionsPage
from biosync.store.ledger.reader import Ledger
from tests.gui.conftest import WaitFor
from tests.gui.review.scene import Scene, opened

Key = Qt.Key


def noted(home: Path, id: str) -> list[tuple[str, str]]:
    with Ledger.open(home) as ledger:
        return [(note.person, note.text) for note in ledger.notes(id)]


def opened_one(scene: Scene, wait_for: WaitFor, *, oldest: bool = True) -> SessionsPage:
    page = opened(scene, wait_for)
    scene.press(Key.Key_End, *([] if oldest else [Key.Key_Up]), Key.Key_Return)
    wait_for(lambda: page.opened.shown is not None and page.opened.panel is not None)
    return page


def test_a_note_is_written_in_an_opened_session_and_found_by_its_words(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened_one(scene, wait_for)
    scene.press(Key.Key_W)
    text = "called on Monday, 1 r x; she sleeps better since she breathes before she goes to bed"
    scene.type(text)  # letters and digits are no keys of the page here
    assert noted(home, ids[0]) == []
    ctrl_enter(scene)
    wait_for(lambda: noted(home, ids[0]) == [("Ana", text)])
    assert page.opened.note.text == f"Note: {text}", "a note is told wholly, however long"
    assert not page.opened.note._field.isVisible() and page.opened.panel.isAncestorOf(scene.window.focusWidget())
    scene.press(Key.Key_Escape, Key.Key_Slash)
    wait_for(lambda: any("called" in word for one in page.list.shelf.sessions for word in one.noted))
    scene.type("monday")
    assert [line.split(".")[0] for line in page.list.lines] == ["Ana"]


def test_esc_leaves_a_note_as_it_was_and_empty_takes_it_away(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    with Ledger.open(home) as ledger:
        ledger.note(ids[0], Note(1.0, "Ana", "sleeps badly"))
    page = opened_one(scene, wait_for)
    assert "sleeps badly" in page.opened.note.text
    scene.press(Key.Key_W)
    scene.type(" and more")
    scene.press(Key.Key_Escape)
    assert page.leaf is page.opened and page.opened.note.text.endswith("sleeps badly")
    scene.press(Key.Key_W)
    assert page.opened.note._field.toPlainText() == "sleeps badly", "what was taken back is gone"
    page.opened.note._field.clear()
    ctrl_enter(scene)
    wait_for(lambda: noted(home, ids[0]) == [])
    assert page.opened.note.text == ""


@pytest.mark.parametrize("leave", ["tab", "back", "page", "close"])
def test_a_note_is_kept_by_whoever_goes_elsewhere(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor, leave: str
) -> None:
    page = opened_one(scene, wait_for)
    scene.press(Key.Key_W)
    scene.type("half a thou")
    match leave:
        case "tab":
            scene.press(Key.Key_Tab)
        case "back":
            page._show(page.list)
        case "page":
            scene.window.show_help()
        case _:
            scene.window.close()
    wait_for(lambda: noted(home, ids[0]) == [("Ana", "half a thou")])


def test_what_may_not_be_read_may_not_be_written(scene: Scene, home: Path, ids: list[str], wait_for: WaitFor) -> None:
    with Ledger.open(home) as ledger:
        ledger.note(ids[1], Note(1.0, "Ana", "for her alone"))
    page = opened_one(scene, wait_for, oldest=False)
    scene.press(Key.Key_W)
    assert page.opened.note.text == "" and not page.opened.note._field.isVisible()
    scene.press(Key.Key_I)
    wait_for(lambda: "for her alone" in page.opened.note.text)
    scene.press(Key.Key_W)
    scene.type("; and Ben")
    ctrl_enter(scene)
    wait_for(lambda: noted(home, ids[1]) == [("Ana", "for her alone; and Ben")])


def test_a_note_that_cant_be_kept_stays_to_be_written(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened_one(scene, wait_for)
    scene.press(Key.Key_W)
    scene.type("too late")
    with Ledger.open(home) as ledger:
        ledger.delete_session(ids[0])
    ctrl_enter(scene)
    wait_for(lambda: page.opened.said.property("role") == "alert")
    assert ids[0] in page.opened.said.text()
    assert page.opened.note._field.toPlainText() == "too late" and page.opened.note._field.hasFocus()


def ctrl_enter(scene: Scene) -> None:
    QTest.keyClick(scene.window.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

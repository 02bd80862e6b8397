"""One client's charts: opened by click, Enter and number, beside a list of all; markers in words; notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biosync.gui.theme import Look, style_sheet
from biosync.gui.view import Moment
from biosync.gui.views.coach import CoachView
from biosync.gui.window import Window
from biosync.run_problems import SessionProblem
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.made_charts import made_charts
from tests.gui.residue import fresh, on_screen

Open = Callable[[], tuple[Window, CoachView, made.MadeSession]]


@pytest.fixture
def twelve(look: Look, wait_for: WaitFor) -> Open:
    """A window with twelve clients on the coach's board, with its first session: one that was stopped runs no more, so
    what is begun after it is another."""

    def begun() -> made.MadeSession:
        session = made.MadeSession(made.twelve())
        session.charted = lambda person: made_charts(person)
        return session

    def make() -> tuple[Window, CoachView, made.MadeSession]:
        session = begun()
        coming = [session]
        window = Window(look, lambda: coming.pop() if coming else begun(), made.outside(made.MadeSession), view="coach")
        window.resize(1440, 900)
        window.show()
        view = window.session_view
        assert isinstance(view, CoachView)
        wait_for(lambda: len(view.board.order) == 12)
        return window, view, session

    return make


def test_a_click_opens_the_charts_and_esc_goes_back(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    name = view.board.order[2]
    QTest.mouseClick(view.board, Qt.MouseButton.LeftButton, pos=QPoint(view.board.width() // 2 + 40, 40))
    assert view.opened == name and session.asked == []
    wait_for(lambda: view.detail.panel is not None and view.detail.panel.poincare.figures != "")
    assert set(session.asked) == {name}
    assert window._actions.selected == name
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert view.opened is None and window.running
    wait_for(lambda: window._actions.selected is None)
    window.close()


def test_the_charts_are_asked_for_about_once_a_second_and_only_while_they_are_open(
    twelve: Open, wait_for: WaitFor
) -> None:
    window, view, session = twelve()
    view.open_client("Ida")
    window.frame_clock.stop()
    seconds = window.frame_clock.seconds()
    session.asked.clear()
    for frame in range(90):
        view.advance(Moment(session.latest, made.NOW, seconds + 5 + frame / 30, True, "Ida"))
    wait_for(lambda: len(session.asked) >= 3)
    assert 3 <= len(session.asked) <= 4
    view.close_client()
    for frame in range(60):
        view.advance(Moment(session.latest, made.NOW, seconds + 9 + frame / 30, True, None))
    assert len(session.asked) <= 4
    window.close()


def test_numbers_open_and_close_and_arrows_go_through_the_list(twelve: Open, wait_for: WaitFor) -> None:
    window, view, _ = twelve()
    QTest.keyClick(window, Qt.Key.Key_4)
    wait_for(lambda: view.opened == "Tomas")
    order = view.board.everybody
    QTest.keyClick(window, Qt.Key.Key_Down)
    after = order[order.index("Tomas") + 1]
    wait_for(lambda: view.opened == after and window._actions.selected == after)
    QTest.keyClick(window, Qt.Key.Key_Up)
    wait_for(lambda: view.opened == "Tomas" and window._actions.selected == "Tomas")
    QTest.keyClick(window, Qt.Key.Key_4)
    wait_for(lambda: view.opened is None)
    window.close()


def test_cards_are_gone_through_by_keyboard_and_tell_what_they_show(twelve: Open, wait_for: WaitFor) -> None:
    window, view, _ = twelve()
    QTest.keyClick(window, Qt.Key.Key_Down)
    order = view.board.order
    places = view.board._places

    def focus() -> str:
        return next((name for name, place in places.items() if place.hasFocus()), "")

    window.activateWindow()
    wait_for(lambda: focus() == order[0])
    for key, place in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 5), (Qt.Key.Key_Left, 4), (Qt.Key.Key_Up, 0)):
        QTest.keyClick(places[focus()], key)
        assert focus() == order[place]
    wait_for(lambda: view.board._faces[order[0]].selected)
    mara = places["Mara"]
    assert mara.accessibleName() == "Mara" and mara.accessibleDescription().startswith("signal lost 0:")
    asked = QAccessible.queryAccessibleInterface(places["Tomas"])
    assert asked.text(QAccessible.Text.Name) == "Tomas" and asked.state().focusable
    tomas = asked.text(QAccessible.Text.Description)
    assert "heart rate 60 bpm" in tomas and "RMSSD" in tomas and "coherence 46" in tomas
    QTest.keyClick(places["Mara"], Qt.Key.Key_Return)
    assert view.opened == "Mara"
    window.close()


def test_the_list_beside_the_charts_still_shows_who_needs_the_coach(twelve: Open, wait_for: WaitFor) -> None:
    window, view, _ = twelve()
    view.open_client("Rosa")
    told = view.detail.list.accessibleDescription
    wait_for(lambda: "Mara: signal lost" in told())
    assert "Jon: poor signal" in told() and "Ida: heart rate rising" in told()
    row = view.board.everybody.index("Jon")
    QTest.mouseClick(view.detail.list, Qt.MouseButton.LeftButton, pos=QPoint(60, row * 48 + 20))
    assert view.opened == "Jon"
    window.close()


def test_a_marker_is_written_for_who_is_open_at_the_moment_of_the_key(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    view.open_client("Ida")
    wait_for(lambda: window._actions.selected == "Ida")
    QTest.keyClick(window, Qt.Key.Key_M)
    assert not view.marker.isHidden()
    QTest.keyClicks(view.marker._field, "a hard word, 5 + 1")  # keys of the window mean nothing here
    QTest.keyClick(view.marker._field, Qt.Key.Key_Return)
    wait_for(lambda: bool(session.markers))
    (marker,) = session.markers
    assert (marker.person, marker.text, marker.when) == ("Ida", "a hard word, 5 + 1", made.NOW)
    assert view.marker.isHidden() and view.opened == "Ida"
    window.close()


def test_esc_drops_a_marker_and_nothing_else(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    QTest.keyClick(window, Qt.Key.Key_M)
    QTest.keyClicks(view.marker._field, "no")
    QTest.keyClick(view.marker._field, Qt.Key.Key_Escape)
    assert view.marker.isHidden() and window.running and session.markers == []
    QTest.keyClick(window, Qt.Key.Key_M)
    QTest.keyClick(view.marker._field, Qt.Key.Key_Return)
    wait_for(lambda: bool(session.markers))
    assert (session.markers[0].person, session.markers[0].text) == (None, "marker")
    window.close()


def test_a_note_is_kept_when_the_coach_goes_elsewhere(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    view.open_client("Ida")
    QTest.keyClick(window, Qt.Key.Key_W)
    QTest.keyClicks(view.detail.note, "slept badly. m, s, 1")
    QTest.keyClick(view.detail.note, Qt.Key.Key_Escape)
    assert view.opened == "Ida" and window.running
    view.open_client("Jon")
    wait_for(lambda: bool(session.noted))
    assert session.noted == [("Ida", "slept badly. m, s, 1")]
    assert view.detail.note.text == ""
    view.open_client("Ida")
    assert view.detail.note.text == "slept badly. m, s, 1"
    view.close_client()
    assert len(session.noted) == 1
    window.close()


def test_a_note_survives_another_view_of_the_session_but_not_another_session(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    view.open_client("Ida")
    view.detail.note.insertPlainText("slept badly")
    window._life._turn_to("breathe")
    wait_for(lambda: session.noted == [("Ida", "slept badly")])
    window._life._turn_to("coach")
    view.open_client("Ida")
    assert view.detail.note.text == "slept badly"
    window.toggle_session()
    wait_for(lambda: not window.running)
    window.toggle_session()
    wait_for(lambda: window.running and window.stage.bridge is not None)
    view.open_client("Ida")
    assert view.detail.note.text == ""
    window.close()


def test_a_note_that_can_t_be_kept_is_told(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    session.error = SessionProblem("this session is not kept, so what is noted is gone with it")
    view.open_client("Ida")
    view.detail.note.insertPlainText("important")
    view.detail.note.keep()
    wait_for(lambda: any("not kept" in said for said in window.note.said))
    window.close()


def test_who_leaves_stays_open_as_paused(twelve: Open, wait_for: WaitFor) -> None:
    window, view, session = twelve()
    view.open_client("Ida")
    wait_for(lambda: window._actions.selected == "Ida")
    QTest.keyClick(window, Qt.Key.Key_L)
    wait_for(lambda: session.left == ["Ida"])
    face = view.board.face("Ida")
    wait_for(lambda: (face := view.board.face("Ida")) is not None and face.person.left)
    assert face is not None
    assert view.opened == "Ida"
    window.close()


def test_a_session_that_is_over_shows_its_last_charts_as_over(twelve: Open, wait_for: WaitFor) -> None:
    window, view, _ = twelve()
    view.open_client("Tomas")
    panel = lambda: view.detail.panel  # noqa: E731
    wait_for(lambda: panel() is not None and panel().poincare.figures != "")  # type: ignore[union-attr]
    QTest.keyClick(window, Qt.Key.Key_Space)
    wait_for(lambda: panel().poincare.figures == "")  # type: ignore[union-attr]
    assert view.detail.note.isReadOnly()
    window.close()


def test_the_detail_leaves_no_residue(look: Look, wait_for: WaitFor) -> None:
    class Nothing:
        def __getattr__(self, name: str) -> Callable[..., str | None]:
            return lambda *told: "" if name == "note_about" else None

    view = CoachView(look, Nothing())
    view.resize(1000, 700)
    view.show()
    view.setStyleSheet(style_sheet(look.tokens))
    view.open_client("Rosa")
    wait_for(lambda: view.detail.panel is not None)  # it comes in turns: not in the last frame
    for step in range(40):
        now = made.NOW + step / 10
        view.advance(Moment(made.twelve(made.NOW + step // 10), now, step / 10, True, "Rosa"))
        QApplication.processEvents()
    fresh(view)  # the first picture lays out the charts that are still to come
    QApplication.processEvents()
    assert np.abs(on_screen(view) - fresh(view)).max() <= 2
    view.close_work()


def test_charts_of_another_client_are_not_shown(look: Look, wait_for: WaitFor, twelve: Open) -> None:
    window, view, session = twelve()
    view.open_client("Tomas")
    wait_for(lambda: view.detail.panel is not None and view.detail.panel.shown is not None)
    view.take_charts(made_charts("Ida"))
    assert view.detail.panel is not None and view.detail.panel.shown is not None
    assert view.detail.panel.shown.charts.person == "Tomas"
    assert session.latest is not None
    session.latest = replace(session.latest, people=tuple(p for p in session.latest.people if p.name != "Tomas"))
    wait_for(lambda: view.opened is None)
    window.close()

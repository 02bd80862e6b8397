"""The Sessions page in a real window, with a real ledger, by keyboard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from biosync.gui.charts.panel import ChartPanel
from biosync.gui.review.canvas import Canvas
from biosync.gui.theme import Look
from biosync.gui.view import SessionView
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.views.together import TogetherView
from biosync.store.ledger.kinds import StoredSession
from biosync.store.ledger.locking import lock_with_passphrase
from biosync.store.ledger.reader import Ledger
from tests.gui.conftest import WaitFor
from tests.gui.review.scene import Scene, opened
from tests.gui.watchdog import BUSY_MACHINE, Watchdog
from tests.store.ledger.running import Running
from tests.store.review.made import STARTED, keep

Key = Qt.Key


def sessions(home: Path) -> list[StoredSession]:
    with Ledger.open(home) as ledger:
        return ledger.sessions()


def test_the_list_says_who_when_how_long_and_what_is_not_as_usual(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    newest, both, oldest = opened(scene, wait_for).list.lines
    assert newest.startswith("Ben. SIMULATED. cut off.") and "1 min" in newest
    assert both.startswith("Ana, Ben.") and both.endswith("private")
    assert "1 marker: the door bell" in oldest and oldest.endswith("bpm")


def test_no_session_tells_what_to_do(scene: Scene, wait_for: WaitFor) -> None:
    scene.press(Key.Key_S)
    wait_for(lambda: scene.page.list.told == "No session has been kept so far.")
    assert "connects one" in scene.page.list.told_why
    scene.press(Key.Key_Return, Key.Key_R, Key.Key_C, Key.Key_P, Key.Key_X, Key.Key_Delete, Key.Key_G)
    assert scene.page.leaf is scene.page.list
    assert not (scene.page.removing.asking or scene.page.writing.asking)


def test_search_and_person_find_and_esc_takes_back(scene: Scene, ids: list[str], wait_for: WaitFor) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Slash)
    scene.type("bell")
    assert len(page.list.lines) == 1
    scene.type(" nothing like it")
    assert page.list.told == "No session holds all of these words."
    scene.press(Key.Key_Escape)
    assert len(page.list.lines) == 3 and page.list.list.hasFocus()
    QTest.keyClick(page.list.list, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.list.search.hasFocus()
    scene.press(Key.Key_Return)
    page.list.choose_person("Ana")
    wait_for(lambda: len(page.list.lines) == 2)
    assert page.list.lines[0].endswith("bpm"), "her own course is hers to see"


def test_enter_opens_arrows_choose_and_esc_goes_back(scene: Scene, ids: list[str], wait_for: WaitFor) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    wait_for(lambda: page.opened.shown is not None)
    shown = page.opened.shown
    assert shown is not None and shown.session.id == ids[0]
    assert page.leaf is page.opened and "Heart rate 61 bpm" in page.opened.texts
    wait_for(lambda: page.opened.panel is not None and page.opened.panel.drawn)
    panel = page.opened.panel
    assert panel is not None and panel.shown is not None
    assert [one.text for one in panel.shown.charts.markers] == ["the door bell"]
    scene.press(Key.Key_Escape)
    assert page.leaf is page.list and page.list.current is not None and page.list.current.session.id == ids[0]
    scene.press(Key.Key_Escape)
    assert scene.window.view is not page


def test_zooming_shows_the_charts_of_the_span(scene: Scene, ids: list[str], wait_for: WaitFor) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_End, Key.Key_Return)
    wait_for(lambda: page.opened.panel is not None and page.opened.panel.drawn)
    assert page.opened.panel is not None and page.opened.panel.tachogram.hasFocus()
    panel = page.opened.panel
    assert panel is not None and panel.shown is not None
    whole = points(panel)
    scene.press(Key.Key_Plus)
    wait_for(lambda: page.opened.span.startswith("Spectrum, beats and breath of "))
    assert 0 < points(panel) < whole and len(panel.shown.charts.beats) > 140, "the beats can all be moved to"
    scene.press(Key.Key_0)
    wait_for(lambda: page.opened.span == "")
    assert points(panel) == whole


def points(panel: ChartPanel) -> int:
    """Return how many beats the cloud of one after the other is made of."""
    assert panel.shown is not None and panel.shown.charts.cloud is not None
    return len(panel.shown.charts.cloud.before_ms)


def test_what_is_kept_back_is_kept_back_until_it_is_they_who_look(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Down, Key.Key_Return)
    wait_for(lambda: page.opened.shown is not None)
    assert page.opened.texts == []
    assert "Ana did not agree" in page.opened.said.text()
    wait_for(lambda: page.opened.panel is not None and page.opened.panel.drawn)
    panel = page.opened.panel
    assert panel is not None and panel.shown is not None
    assert len(panel.shown.charts.beats) == 0 and panel.shown.charts.cloud is None
    scene.press(Key.Key_2)
    wait_for(lambda: page.opened.shown is not None and page.opened.shown.person == "Ben")
    assert page.opened.texts == []
    scene.press(Key.Key_I)
    wait_for(lambda: page.opened.shown is not None and page.opened.shown.own)
    assert "Heart rate 83 bpm" in page.opened.texts
    scene.press(Key.Key_1)
    wait_for(lambda: page.opened.shown is not None and page.opened.shown.person == "Ana")
    assert page.opened.texts == [], "to be Ben is not to be Ana"


def test_two_sessions_beside_each_other_with_what_consent_allows(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_C)
    assert "beside which one" in page.list.said.text()
    scene.press(Key.Key_Down, Key.Key_C)
    wait_for(lambda: page.compared.shown is not None)
    assert all(row[2] == "private" and row[3] == "" for row in page.compared.rows)
    assert "Two people" in page.compared.said.text()
    scene.press(Key.Key_Escape)
    page.list.choose_person("Ana")
    wait_for(lambda: len(page.list.lines) == 2)
    scene.press(Key.Key_C, Key.Key_Down, Key.Key_C)
    wait_for(lambda: page.compared.shown is not None)
    rate = page.compared.rows[0]
    assert (rate[0], rate[3]) == ("Heart rate", "about the same")
    figures = {one.x() for one in page.compared.findChildren(QLabel) if one.isVisible() and one.text() == rate[2]}
    assert max(one.x() for one in page.compared.findChildren(Canvas)) in figures  # it stands under its own session
    scene.press(Key.Key_Escape, Key.Key_C)
    assert page.list.said.text()
    scene.press(Key.Key_Escape)
    assert page.list.said.text() == "" and scene.window.view is page


def test_trends_of_few_sessions_say_so(scene: Scene, ids: list[str], wait_for: WaitFor) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_End, Key.Key_G)
    wait_for(lambda: bool(page.trend.lines))
    assert page.trend.title == "Ana" and page.trend.badge == ""
    assert any("Can't tell yet: 4 more sessions" in line for line in page.trend.lines)
    assert any("Not found so far" in line for line in page.trend.lines)
    scene.press(Key.Key_Escape, Key.Key_Home, Key.Key_G)
    wait_for(lambda: page.trend.title == "Ben" and bool(page.trend.lines))
    assert page.trend.badge == "", "the made-up heart of that name is somebody else"
    scene.press(Key.Key_V)
    assert page.trend.badge == "SIMULATED"


def test_delete_asks_once_says_what_goes_and_is_not_the_default(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Delete)
    wait_for(lambda: page.removing.asking)
    assert "This takes away: 1 session, " in page.removing.card.text and "can't be undone" in page.removing.card.text
    scene.press(Key.Key_Space)  # the focus is on keeping it
    assert not page.removing.asking and len(sessions(home)) == 3
    scene.press(Key.Key_Delete)
    wait_for(lambda: page.removing.asking)
    scene.press(Key.Key_Escape)
    assert not page.removing.asking and page.leaf is page.list and len(sessions(home)) == 3
    scene.press(Key.Key_Delete)
    wait_for(lambda: page.removing.asking)
    scene.press(Key.Key_Tab, Key.Key_Space)
    wait_for(lambda: len(page.list.lines) == 2)
    assert "Deleted: 1 session" in page.list.said.text()
    assert [one.id for one in sessions(home)] == ids[:2]


def test_a_person_is_deleted_wholly(scene: Scene, home: Path, ids: list[str], wait_for: WaitFor) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_W)
    assert not page.removing.asking, "nobody is chosen"
    page.list.choose_person("Ben")
    wait_for(lambda: len(page.list.lines) == 2)
    scene.press(Key.Key_W)
    wait_for(lambda: page.removing.asking)
    assert "1 session, their part in 1 session with others" in page.removing.card.text
    scene.press(Key.Key_Tab, Key.Key_Space)
    wait_for(lambda: "Deleted" in page.list.said.text() and len(page.list.lines) == 2)
    assert page.list.person is None
    assert all("Ben" not in one.people for one in sessions(home))


def test_a_session_that_runs_is_said_to_run_and_is_not_deleted(
    scene: Scene, home: Path, wait_for: WaitFor
) -> None:
    running = Running(home)
    running.beat()
    wait_for(lambda: bool(sessions(home)))
    try:
        page = opened(scene, wait_for, 1)
        assert "still running" in page.list.lines[0]
        scene.press(Key.Key_Delete)
        wait_for(lambda: "still running" in page.list.said.text())
        assert not page.removing.asking
    finally:
        running.end()


def test_report_and_export_are_written_and_nothing_is_overwritten_unasked(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor, tmp_path: Path
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_End)
    for key, name, begins in ((Key.Key_P, "ana.pdf", b"%PDF"), (Key.Key_X, "ana.csv", b"session,")):
        path = tmp_path / name
        scene.press(key)
        page.writing.card._path.setText(str(path))
        scene.press(Key.Key_Return)
        wait_for(lambda: not page.writing.asking)
        assert path.read_bytes().startswith(begins) and str(path) in page.list.said.text()
    path.write_bytes(b"mine")
    scene.press(Key.Key_X)
    page.writing.card._path.setText(str(path))
    scene.press(Key.Key_Return)
    wait_for(lambda: "already" in page.writing.card.text)
    assert path.read_bytes() == b"mine"
    scene.press(Key.Key_Return)
    wait_for(lambda: not page.writing.asking)
    assert path.read_bytes().startswith(b"session,")


def test_what_cant_be_written_is_said_on_the_card(
    scene: Scene, ids: list[str], wait_for: WaitFor, tmp_path: Path
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_X)
    page.writing.card._path.setText(str(tmp_path / "nowhere" / "x.csv"))
    scene.press(Key.Key_Return)
    wait_for(lambda: "can't be written" in page.writing.card.text)
    scene.press(Key.Key_Escape)
    assert not page.writing.asking


def test_of_those_who_keep_theirs_only_one_alone_can_be_exported(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Down, Key.Key_X)
    people = page.writing.card._person
    assert [people.itemText(row) for row in range(people.count())] == ["Ana alone", "Ben alone"]


def test_replay_runs_it_through_the_live_views_and_leads_back(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Down, Key.Key_R)
    wait_for(lambda: isinstance(scene.window.view, TogetherView))
    wait_for(lambda: scene.window.stage.bridge is not None and scene.window.stage.bridge.duration_s is not None)
    bridge = scene.window.stage.bridge
    assert bridge is not None and bridge.duration_s == pytest.approx(100.0)
    wait_for(lambda: bridge.latest is not None)
    assert bridge.latest is not None and all("heart_rate" in one.hidden for one in bridge.latest.people)
    wait_for(scene.window._pages.transport.isVisible)
    scene.press(Key.Key_Escape, Key.Key_Escape)
    wait_for(lambda: scene.window.view is page and len(page.list.lines) == 3)
    scene.press(Key.Key_Escape)
    assert not isinstance(scene.window.view, SessionsPage | SessionView)


def test_a_live_session_is_not_ended_for_a_replay(look: Look, home: Path, ids: list[str], wait_for: WaitFor) -> None:
    scene = Scene(look, start=False)
    wait_for(lambda: bool(scene.window.stage.people))
    page = opened(scene, wait_for)
    scene.press(Key.Key_R)
    wait_for(lambda: "end it first" in scene.window.notice.text)
    assert scene.window.running and scene.window.view is page
    scene.window.close()


def test_a_ledger_that_gets_damaged_is_told_in_words_and_what_is_left_comes_back(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    opened(scene, wait_for)
    scene.press(Key.Key_Escape)
    for path in home.glob("ledger.sqlite*"):
        path.unlink()
    (home / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    scene.press(Key.Key_S)
    wait_for(lambda: "damaged" in scene.page.list.told)
    assert "Nothing was changed" in scene.page.list.told_why
    scene.press(Key.Key_Return, Key.Key_Delete, Key.Key_Escape, Key.Key_S)
    wait_for(lambda: scene.page.list.told == "No session has been kept so far.")


def test_a_locked_ledger_that_stays_locked_is_told_in_words(
    look: Look, home: Path, ids: list[str], wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock_with_passphrase(home, "a warm place")
    monkeypatch.setattr("biosync.store.ledger.keys._given", {})  # another start of biosync
    scene = Scene(look)
    card = scene.window._overlays.passphrase
    scene.press(Key.Key_S)
    wait_for(card.isVisible)
    card._without.click()
    wait_for(lambda: "locked" in scene.page.list.told)
    scene.window.close()


def test_every_control_has_a_name_a_tooltip_with_its_key_and_a_way_by_keyboard(
    scene: Scene, ids: list[str], wait_for: WaitFor
) -> None:
    page = opened(scene, wait_for)
    scene.press(Key.Key_Down, Key.Key_Return)
    wait_for(lambda: page.opened.shown is not None)
    for leaf in (page.list, page.opened, page.compared, page.trend):
        for button in leaf.findChildren(QAbstractButton):
            assert button.accessibleName() and button.toolTip().endswith(")"), button.text()
            assert button.focusPolicy().value & Qt.FocusPolicy.TabFocus.value


@pytest.mark.parametrize("size", [(640, 480), (900, 600), (2560, 1440)])
def test_every_leaf_fits_every_size(
    scene: Scene, ids: list[str], wait_for: WaitFor, size: tuple[int, int]
) -> None:
    scene.window.resize(*size)
    page = opened(scene, wait_for)
    scene.press(Key.Key_End, Key.Key_Return)
    wait_for(lambda: page.opened.shown is not None)
    assert (scene.window.width(), scene.window.height()) == size
    scene.press(Key.Key_Escape, Key.Key_C, Key.Key_Up, Key.Key_C)
    wait_for(lambda: page.compared.shown is not None)
    assert (scene.window.width(), scene.window.height()) == size
    scene.press(Key.Key_Escape, Key.Key_G)
    wait_for(lambda: bool(page.trend.lines))
    assert (scene.window.width(), scene.window.height()) == size


@BUSY_MACHINE
def test_nothing_that_is_done_here_keeps_the_main_thread_computing(
    scene: Scene, home: Path, ids: list[str], wait_for: WaitFor
) -> None:
    scene.window.resize(1440, 900)
    with Ledger.open(home) as ledger:
        keep(ledger, "Ana", seconds=1200, started=STARTED + timedelta(days=5), seed=4)
    with Watchdog() as dog:
        page = opened(scene, wait_for, 4)
        scene.press(Key.Key_Return)
        wait_for(lambda: page.opened.panel is not None and page.opened.panel.drawn)
        scene.press(Key.Key_Plus)
        wait_for(lambda: page.opened.span != "")
        scene.press(Key.Key_Escape, Key.Key_C, Key.Key_End, Key.Key_C)
        wait_for(lambda: page.compared.shown is not None)
        scene.press(Key.Key_Escape, Key.Key_G)
        wait_for(lambda: bool(page.trend.lines))
        scene.press(Key.Key_Escape, Key.Key_Delete)
        wait_for(lambda: page.removing.asking)
    assert not dog.computed, dog.told

"""The ledger in the window: its passphrase asked for once, calmly; its sentences on a quiet line."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biosync.commands.telling import Telling
from biosync.commands.window_ledger import WindowLedger
from biosync.gui.theme import Look
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.views.start import StartView
from biosync.gui.widgets.note_line import NoteLine, reading_s
from biosync.gui.window import Window
from biosync.store.ledger.locking import lock_with_passphrase
from biosync.store.ledger.reader import Ledger
from biosync.store.recording import Recording
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key
SECRET = "a warm place"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger that holds a session, locked with SECRET."""
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    monkeypatch.delenv("BIOSYNC_PASSPHRASE", raising=False)
    with Ledger.open(tmp_path) as ledger:
        ledger.store_recording(
            Recording("Ana", np.full(50, 800.0), np.zeros(50, bool)), datetime(2026, 11, 23, tzinfo=UTC)
        )
    lock_with_passphrase(tmp_path, SECRET)
    # Another start of biosync: nobody has given the passphrase to it yet.
    monkeypatch.setattr("biosync.store.ledger.keys._given", {})
    return tmp_path


class Scene:
    """A window with the real ledger of ``home``."""

    def __init__(self, look: Look) -> None:
        self.telling = Telling()
        self.ledger = WindowLedger(self.telling)
        self.sessions: list[made.MadeSession] = []
        outside = made.outside(self.make, ledger=self.ledger, listen=self.telling.listen)  # type: ignore[arg-type]
        self.window = Window(look, None, outside)
        self.window.show()

    def make(self) -> made.MadeSession:
        self.sessions.append(made.MadeSession(made.snapshot(made.person())))
        return self.sessions[-1]

    @property
    def card(self):  # type: ignore[no-untyped-def]
        return self.window._overlays.passphrase


@pytest.fixture
def scene(look: Look, home: Path) -> Iterator[Scene]:
    made_scene = Scene(look)
    yield made_scene
    made_scene.window.close()


def test_the_passphrase_is_asked_for_once_at_the_start_of_what_needs_it(
    scene: Scene, home: Path, wait_for: WaitFor
) -> None:
    assert scene.card.isHidden()
    scene.window.connect_strap()
    wait_for(lambda: scene.card.isVisible())
    assert not scene.window._pages.start.choosing
    QTest.keyClicks(scene.card._field, "a guess")
    QTest.keyClick(scene.card._field, Key.Key_Return)
    wait_for(lambda: scene.card.text.startswith("This passphrase does not open the ledger"))
    assert scene.card._field.text() == ""
    QTest.keyClicks(scene.card._field, SECRET)
    QTest.keyClick(scene.card._field, Key.Key_Return)
    wait_for(lambda: scene.window._pages.start.choosing)
    assert scene.card.isHidden()
    assert scene.ledger.keeps
    with Ledger.open(home) as ledger:  # it is remembered in this process
        assert len(ledger.sessions()) == 1
    scene.window.back()
    scene.window.connect_strap()
    assert scene.window._pages.start.choosing


def test_one_may_go_on_without_keeping(scene: Scene, wait_for: WaitFor) -> None:
    scene.window.connect_strap()
    wait_for(lambda: scene.card.isVisible())
    scene.card._without.click()
    assert scene.window._pages.start.choosing
    assert not scene.ledger.keeps


def test_esc_goes_back_and_it_is_asked_again_the_next_time(scene: Scene, wait_for: WaitFor) -> None:
    scene.window.connect_strap()
    wait_for(lambda: scene.card.isVisible())
    QTest.keyClick(scene.card._field, Key.Key_Escape)
    assert scene.card.isHidden()
    assert isinstance(scene.window.view, StartView) and not scene.window._pages.start.choosing
    scene.window.connect_strap()
    wait_for(lambda: scene.card.isVisible())


def test_a_virtual_strap_needs_no_passphrase(scene: Scene, wait_for: WaitFor) -> None:
    scene.window.start_demo()
    wait_for(lambda: len(scene.sessions) == 1)
    assert scene.card.isHidden()


def test_a_session_that_is_kept_asks_before_it_begins(look: Look, home: Path, wait_for: WaitFor) -> None:
    sessions: list[made.MadeSession] = []

    def make() -> made.MadeSession:
        sessions.append(made.MadeSession())
        return sessions[-1]

    ledger = WindowLedger(Telling())
    window = Window(look, make, made.outside(make, ledger=ledger), keeps=True)  # type: ignore[arg-type]
    window.show()
    card = window._overlays.passphrase
    wait_for(lambda: card.isVisible())
    assert sessions == []
    QTest.keyClicks(card._field, SECRET)
    QTest.keyClick(card._field, Key.Key_Return)
    wait_for(lambda: len(sessions) == 1)
    window.close()


def test_a_wrong_passphrase_in_the_environment_is_asked_for_too(
    scene: Scene, wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOSYNC_PASSPHRASE", "an old one")
    scene.window.connect_strap()
    wait_for(lambda: scene.card.isVisible())


def test_what_is_damaged_is_told_and_the_way_goes_on(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_for: WaitFor
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    (tmp_path / "ledger.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    scene = Scene(look)
    scene.window.connect_strap()
    wait_for(lambda: scene.window._pages.start.choosing)
    wait_for(lambda: "ledger" in scene.window.note.text)
    scene.window.close()


def test_a_file_that_is_no_ledger_is_told_and_asks_for_no_passphrase(
    look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait_for: WaitFor
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    monkeypatch.delenv("BIOSYNC_PASSPHRASE", raising=False)
    diary = b"Dear diary, today I breathed slowly. " * 100
    (tmp_path / "ledger.sqlite").write_bytes(diary)
    scene = Scene(look)
    scene.window.show_sessions()
    page = scene.window._pages.page("sessions")
    assert isinstance(page, SessionsPage)
    wait_for(lambda: page.list.told == "No session has been kept so far.")
    assert scene.card.isHidden()
    first, second = scene.window.note.said
    assert "is no ledger of biosync" in first and "locked" not in first
    assert "kept as ledger.damaged-1.sqlite" in second
    assert (tmp_path / "ledger.damaged-1.sqlite").read_bytes() == diary
    scene.window.close()


def test_sentences_from_any_thread_and_from_before_come_to_the_quiet_line(
    look: Look, wait_for: WaitFor, capsys: pytest.CaptureFixture[str]
) -> None:
    telling = Telling()
    telling("session 1 was cut off; what had come until then is kept")
    window = Window(look, made.MadeSession, made.outside(made.MadeSession, listen=telling.listen))
    window.show()
    wait_for(lambda: window.note.text == "Session 1 was cut off; what had come until then is kept.")
    thread = threading.Thread(target=telling, args=("the disk is full: free some space",))
    thread.start()
    thread.join()
    wait_for(lambda: len(window.note.said) == 2)
    assert window.note.text.startswith("Session 1")
    window.note._close.click()
    assert window.note.text == "The disk is full: free some space."
    window.note._close.click()
    assert window.note.text == ""
    QTest.keyClick(window.view, Key.Key_N)
    assert "Session 1 was cut off" in window._overlays.notes.text
    assert "free some space" in window._overlays.notes.text
    QTest.keyClick(window.view, Key.Key_Escape)
    assert window._overlays.notes.isHidden()
    assert window.running
    assert "the disk is full" in capsys.readouterr().err
    window.close()


def test_a_sentence_stays_long_enough_to_be_read_slowly(look: Look) -> None:
    line = NoteLine()
    line.say("Short.")
    assert line._timer.remainingTime() > 19_000
    assert reading_s("word " * 40) > 30

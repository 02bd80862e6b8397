"""The tones in the window: heard while a session with a shown cue runs and they are wanted; silence is no error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biosync.gui.preferring import Preferring
from biosync.gui.theme import Look
from biosync.gui.window import Window
from biosync.preferences import Preferences
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.sound.card import Card


class Scene:
    """A window with a loudspeaker whose clock the test turns."""

    def __init__(self, look: Look, shown: Snapshot, preferences: Preferences) -> None:
        self.cards: list[Card] = []
        self.session = made.MadeSession(shown)
        self.preferring = Preferring(preferences, lambda now: "")
        outside = made.outside(made.MadeSession, preferring=self.preferring, open_speaker=self.open)
        self.window = Window(look, lambda: self.session, outside)
        self.window.show()

    def open(self) -> Card:
        self.cards.append(Card())
        return self.cards[-1]

    def loudest(self, seconds: float = 3.0) -> float:
        return max(float(np.abs(self.cards[-1].ask(2048)).max()) for _ in range(round(seconds * 48000 / 2048)))

    @property
    def started(self) -> bool:
        return bool(self.cards) and self.cards[-1].started.is_set()


@pytest.fixture
def scene(look: Look, wait_for: WaitFor) -> Iterator[Scene]:
    made_scene = Scene(look, made.snapshot(made.person()), Preferences(tones=True, volume=1.0))
    wait_for(lambda: made_scene.started and bool(made_scene.window.stage.people))
    yield made_scene
    made_scene.window.close()


def test_the_tones_of_a_session_are_heard_until_it_stops_and_fade_then(scene: Scene, wait_for: WaitFor) -> None:
    # The made session's time stands still in the out-breath: what is heard is a jump to it again and again.
    scene.session.now = Moving(scene)  # type: ignore[method-assign]
    assert scene.loudest() > 0.05
    QTest.keyClick(scene.window, Qt.Key.Key_Escape)
    assert not scene.window._sounding.plays
    scene.loudest(2.0)
    assert scene.loudest(0.2) == 0.0
    assert scene.cards[-1].closed.wait(5)


class Moving:
    """A session's clock that goes on with the buffers that were asked for."""

    def __init__(self, scene: Scene) -> None:
        self._card = scene.cards[-1]

    def __call__(self) -> float:
        return made.NOW + self._card.asked_s


def test_t_and_the_cue_turn_them_off_and_on(scene: Scene, wait_for: WaitFor) -> None:
    for key in (Qt.Key.Key_T, Qt.Key.Key_B):
        assert scene.window._sounding.plays
        QTest.keyClick(scene.window, key)
        assert not scene.window._sounding.plays
        scene.cards[-1].ask(96_000)
        assert scene.cards[-1].closed.wait(5)
        QTest.keyClick(scene.window, key)
        wait_for(lambda: scene.started)


def test_a_cue_of_each_is_silence_and_one_for_all_is_heard(look: Look, wait_for: WaitFor) -> None:
    two = [made.person("Ana", 0), made.person("Ben", 1)]
    for shown, heard in ((made.snapshot(*two), False), (made.together("Ana", "Ben"), True),
                         (made.snapshot(two[0], replace(two[1], left=True)), True)):
        scene = Scene(look, shown, Preferences(tones=True, volume=1.0))
        wait_for(lambda scene=scene: scene.started and bool(scene.window.stage.people))  # type: ignore[misc]
        scene.session.now = Moving(scene)  # type: ignore[method-assign]
        assert (scene.loudest() > 0.05) is heard
        scene.window.close()


def test_a_replay_that_stands_still_is_silent(scene: Scene) -> None:
    scene.session.now = Moving(scene)  # type: ignore[method-assign]
    scene.session.paused = True
    scene.loudest(2.0)
    assert scene.loudest(0.3) == 0.0


def test_without_a_loudspeaker_one_quiet_note_is_all(look: Look, wait_for: WaitFor) -> None:
    preferring = Preferring(Preferences(tones=True), lambda now: "")
    session = made.MadeSession(made.snapshot(made.person()))
    window = Window(look, lambda: session, made.outside(made.MadeSession, preferring=preferring))
    window.show()
    wait_for(lambda: bool(window.note.said))
    assert window.note.said == ["No sound: there is nothing to play on."]
    assert window.running
    assert window.notice.isHidden()
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_T)
        QTest.keyClick(window, Qt.Key.Key_T)
    QTest.qWait(50)
    assert len(window.note.said) == 1
    window.close()

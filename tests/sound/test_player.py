"""The player: a device that asks for buffers, one that is missing, and an end that fades."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from biosync.events import Cue
from biosync.sound.player import Device, Heard, NoSound, Player, Render
from biosync.sound.tones import RATE_HZ
from biosync.types import FloatArray
from tests.sound.card import Card

CUE = Cue(0.0, ("Ana",), 6.0, 0.1, 0.4, "lead", 1.0, "")


class Scene:
    """A player with a card, and a session whose time stands where the test puts it."""

    def __init__(self) -> None:
        self.now, self.volume = 0.0, 1.0
        self.told: list[str] = []
        self.card = Card()
        self.player = Player(lambda: Heard([CUE], self.now, self.volume), lambda: self.card, self.told.append)
        self.player.start()
        assert self.card.started.wait(5)

    def hear(self, seconds: float) -> FloatArray:
        pieces = []
        for _ in range(round(seconds / 0.04)):
            pieces.append(self.card.ask(round(0.04 * RATE_HZ)))
            self.now += 0.04
        return np.concatenate(pieces)


def test_a_device_hears_the_tones_until_they_have_faded() -> None:
    scene = Scene()
    assert np.abs(scene.hear(2.0)).max() > 0.1
    scene.player.end()
    assert not scene.card.closed.is_set()
    faded = scene.hear(1.5)
    assert np.abs(faded[:2000]).max() > 0.05
    assert np.abs(faded[-2000:]).max() == 0.0
    assert scene.card.closed.wait(5)
    assert scene.told == []


def test_the_buffer_is_made_for_the_moment_at_which_it_is_heard() -> None:
    early, late = Scene(), Scene()
    late.now = 0.5
    assert np.allclose(early.card.ask(4000, 0.6), late.card.ask(4000, 0.1))
    for scene in (early, late):
        scene.player.close()
        assert scene.card.closed.wait(5)


def test_an_output_that_is_taken_away_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("biosync.sound.player.LOOK_S", 0.01)
    scene = Scene()
    assert scene.told == []
    scene.card.playing = False
    assert scene.card.closed.wait(5)
    assert [told.split(":")[0] for told in scene.told] == ["No sound any more"]


def _missing() -> Device:
    raise NoSound("No sound: nothing to play on.")


class Broken(Card):
    """A card that can be opened and not started."""

    def start(self, render: Render) -> None:
        raise NoSound("No sound: the output is in use.")


@pytest.mark.parametrize(
    "open_device, said",
    [
        (_missing, "No sound: nothing to play on."),
        (Broken, "No sound: the output is in use."),
    ],
)
def test_no_device_is_one_sentence_and_silence(open_device: Callable[[], Device], said: str) -> None:
    told: list[str] = []
    player = Player(lambda: Heard([CUE], 0.0, 1.0), open_device, told.append)
    player.start()
    player.close(5)
    assert told == [said]

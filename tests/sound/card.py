"""A sound card whose clock the test turns."""

from __future__ import annotations

import threading

from biosync.sound.player import Render
from biosync.sound.tones import RATE_HZ
from biosync.types import FloatArray


class Card:
    """Asks for a buffer whenever the test does; ``asked_s`` is how much sound it got so far."""

    rate_hz = RATE_HZ

    def __init__(self) -> None:
        self.started, self.closed = threading.Event(), threading.Event()
        self.asked_s = 0.0
        self.playing = True
        self.render: Render | None = None

    def start(self, render: Render) -> None:
        self.render = render
        self.started.set()

    def close(self) -> None:
        self.closed.set()

    def ask(self, frames: int, delay_s: float = 0.1) -> FloatArray:
        assert self.render is not None
        samples = self.render(frames, delay_s)
        self.asked_s += frames / RATE_HZ
        return samples

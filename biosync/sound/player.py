"""Plays the tones of a session: a thread opens the device, the device asks for buffers, and a fade ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from biosync.events import Cue
from biosync.sound.follower import Follower
from biosync.sound.tones import Tones
from biosync.types import FloatArray

FADED_S = 2.0
"""After so long at most what fades is gone."""

LOOK_S = 1.0
"""So often it is looked if the output is still there."""

Render = Callable[[int, float], FloatArray]
"""Returns so many samples, the first of which is heard so many seconds from now."""


class NoSound(Exception):
    """Nothing can be played here; the message says why, in one sentence."""


class Device(Protocol):
    """An open way to the loudspeaker: it asks for buffers until it is closed."""

    rate_hz: int

    @property
    def playing(self) -> bool:
        """False once it asks no more though nobody closed it: the output was taken away."""
        ...

    def start(self, render: Render) -> None:
        """Ask ``render`` for buffers, in a thread of the device's own; NoSound if that is impossible."""

    def close(self) -> None:
        """Ask no more."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What is to be heard at session time ``now`` (s): the plans ``cues``, none for silence, at ``volume`` (0 to 1)."""

    cues: Sequence[Cue]
    now: float
    volume: float


class Player:
    """Plays what ``listen`` says; it is asked from the device's thread. ``open_device`` may take a while, so a thread
    does it; where it raises NoSound, ``tell`` gets the sentence, in that thread, and nothing is played."""

    def __init__(
        self, listen: Callable[[], Heard], open_device: Callable[[], Device], tell: Callable[[str], None]
    ) -> None:
        self._listen, self._open_device, self._tell = listen, open_device, tell
        self._follower = Follower()
        self._ending = threading.Event()
        self._faded = threading.Event()
        self._tones: Tones | None = None
        self._thread = threading.Thread(target=self._work, name="sound", daemon=True)

    def start(self) -> None:
        """Open the device and play."""
        self._thread.start()

    def end(self) -> None:
        """Fade out and close the device, in a moment; returns at once."""
        self._ending.set()

    def close(self, seconds: float = 0.5) -> None:
        """End at once, within ``seconds``: the window closes."""
        self._ending.set()
        self._faded.set()
        self._thread.join(seconds)

    def _work(self) -> None:
        try:
            device = self._open_device()
        except NoSound as why:
            self._tell(str(why))
            return
        try:
            self._tones = Tones(device.rate_hz)
            device.start(self._render)
            while not self._ending.wait(LOOK_S):
                if not device.playing:
                    raise NoSound("No sound any more: the output was taken away; T turns the tones off, and on again.")
            self._faded.wait(FADED_S)
        except NoSound as why:
            self._tell(str(why))
        finally:
            device.close()

    def _render(self, frames: int, delay_s: float) -> FloatArray:
        assert self._tones is not None
        heard = self._listen()
        ending = self._ending.is_set()
        begin_t = self._follower.begin_t(heard.now + delay_s, frames / self._tones.rate_hz)
        samples = self._tones.render(() if ending else heard.cues, begin_t, frames, heard.volume)
        if ending and self._tones.silent:
            self._faded.set()
        return samples

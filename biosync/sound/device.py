"""The loudspeaker, by PortAudio (the package sounddevice): there where it is installed, silence where it is not."""

from __future__ import annotations

from typing import Any

import numpy as np

from biosync.sound.player import NoSound, Render
from biosync.sound.tones import RATE_HZ

LATENCY_S = 0.3
"""How far ahead buffers are made: enough that a busy computer does not stutter; the tones are made for then."""


class Speaker:
    """The system's usual output at ``rate_hz``; NoSound where there is none."""

    def __init__(self) -> None:
        self.rate_hz = RATE_HZ
        self._library = _portaudio()
        self._stream: Any = None

    @property
    def playing(self) -> bool:
        """True while PortAudio asks for buffers."""
        return self._stream is not None and bool(self._stream.active)

    def start(self, render: Render) -> None:
        """Ask ``render`` for buffers, in PortAudio's thread."""

        def fill(out: Any, frames: int, time: Any, status: Any) -> None:
            ahead_s = time.outputBufferDacTime - time.currentTime
            delay_s = ahead_s if 0 < ahead_s < 1 else self._stream.latency  # some systems tell no time
            out[:] = np.repeat(render(frames, delay_s)[:, np.newaxis], out.shape[1], axis=1)

        try:
            self._stream = self._library.OutputStream(
                samplerate=self.rate_hz, channels=2, dtype="float32", latency=LATENCY_S, callback=fill
            )
            self._stream.start()
        except self._library.PortAudioError as error:
            raise NoSound(f"No sound: this computer has no output that can be used ({_words(error)}).") from None

    def close(self) -> None:
        """Ask no more, and let the output go."""
        if self._stream is not None:
            self._stream.close(ignore_errors=True)


def _portaudio() -> Any:
    """Return the package; NoSound where it, or PortAudio, is missing."""
    try:
        import sounddevice
    except ImportError:
        raise NoSound("No sound: the package sounddevice is missing; pip install sounddevice brings it.") from None
    except OSError:
        raise NoSound("No sound: PortAudio is missing; on Debian the package libportaudio2 brings it.") from None
    return sounddevice


def _words(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__


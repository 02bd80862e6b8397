"""The keys that a person presses in the terminal, one at a time, without Enter and without echo."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator

ESCAPE_S = 0.05
"""Nothing more for so long after an Esc: it was the key, and no arrow's first byte."""
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left"}
_ESC = "\x1b"


class KeyDecoder:
    """From the bytes of a terminal to names of keys: "left", "right", "up", "down", "esc", else the character."""

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8")("ignore")
        self._open = ""

    @property
    def open(self) -> bool:
        """True while it is not known yet what an Esc means."""
        return bool(self._open)

    def feed(self, data: bytes) -> list[str]:
        """Take bytes as they come; return the keys that are known now."""
        keys: list[str] = []
        for character in self._text.decode(data):
            keys += self._take(character)
        return keys

    def close(self) -> list[str]:
        """Return what an Esc means if nothing more comes."""
        was, self._open = self._open, ""
        return ["esc"] if was == _ESC else []

    def _take(self, character: str) -> list[str]:
        if character == _ESC:
            before = self.close()
            self._open = _ESC
            return before
        if not self._open:
            return [character]
        if self._open == _ESC and character not in "[O":
            self._open = ""  # Alt and a key: none of ours
            return []
        self._open += character
        if len(self._open) > 2 and "@" <= character <= "~":
            self._open = ""
            return [_ARROWS[character]] if character in _ARROWS else []
        return []


@contextlib.contextmanager
def listening(on_key: Callable[[str], None]) -> Iterator[bool]:
    """Call ``on_key`` in the running loop for each key while the context lasts; True if there are keys to hear.

    There are none where standard input is closed, no terminal, or another job's. Afterwards the terminal is as before.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        yield False
        return
    with _keys(on_key) as heard:
        yield heard


if sys.platform == "win32":
    import msvcrt

    _LOOK_S = 0.05
    _WINDOWS_ARROWS = {"H": "up", "P": "down", "M": "right", "K": "left"}

    @contextlib.contextmanager
    def _keys(on_key: Callable[[str], None]) -> Iterator[bool]:
        loop, over = asyncio.get_running_loop(), threading.Event()

        def listen() -> None:
            while not over.wait(_LOOK_S):
                while msvcrt.kbhit():
                    key = msvcrt.getwch()
                    if key in "\0\xe0":
                        key = _WINDOWS_ARROWS.get(msvcrt.getwch(), "")
                    loop.call_soon_threadsafe(on_key, "esc" if key == _ESC else key)

        thread = threading.Thread(target=listen, name="keys", daemon=True)
        thread.start()
        try:
            yield True
        finally:
            over.set()
            thread.join()

else:
    import termios
    import tty

    @contextlib.contextmanager
    def _keys(on_key: Callable[[str], None]) -> Iterator[bool]:
        number = sys.stdin.fileno()
        try:
            if os.tcgetpgrp(number) != os.getpgrp():  # in the background the terminal is not ours to change
                yield False
                return
            before = termios.tcgetattr(number)
            tty.setcbreak(number, termios.TCSANOW)
        except (OSError, termios.error):  # not the terminal of this session: no keys from here
            yield False
            return
        reader = _Reader(number, on_key)
        try:
            yield True
        finally:
            reader.close()
            with contextlib.suppress(termios.error):  # the terminal itself may be gone
                termios.tcflush(number, termios.TCIFLUSH)
                termios.tcsetattr(number, termios.TCSANOW, before)

    class _Reader:
        """Reads the terminal ``number`` whenever something is there."""

        def __init__(self, number: int, on_key: Callable[[str], None]) -> None:
            self._number = number
            self._on_key = on_key
            self._decoder = KeyDecoder()
            self._loop = asyncio.get_running_loop()
            self._later: asyncio.TimerHandle | None = None
            self._loop.add_reader(number, self._read)

        def close(self) -> None:
            """Read no more."""
            self._loop.remove_reader(self._number)
            if self._later is not None:
                self._later.cancel()

        def _read(self) -> None:
            try:
                data = os.read(self._number, 1024)
            except OSError:
                data = b""
            if not data:  # hung up
                self.close()
                return
            if self._later is not None:
                self._later.cancel()
            self._hand_on(self._decoder.feed(data))
            if self._decoder.open:
                self._later = self._loop.call_later(ESCAPE_S, self._settle)

        def _settle(self) -> None:
            self._hand_on(self._decoder.close())

        def _hand_on(self, keys: list[str]) -> None:
            for key in keys:
                self._on_key(key)

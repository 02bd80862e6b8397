"""Sentences that biosync has to say beside a session: on standard error, and in the window once it listens."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable


class Telling:
    """Called with a sentence, from any thread, it says it; ``listen`` hands it on as well."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._early: list[str] = []
        self._listener: Callable[[str], None] | None = None

    def __call__(self, sentence: str) -> None:
        """Say ``sentence``."""
        if sys.stderr is not None:  # a program without a console has none
            print(sentence, file=sys.stderr, flush=True)
        with self._lock:
            if self._listener is None:
                self._early.append(sentence)
            else:
                self._listener(sentence)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Hand on to ``listener`` what was said so far, and from now on everything."""
        with self._lock:
            self._listener = listener
            for sentence in self._early:
                listener(sentence)
            self._early.clear()

"""Tells when the window stood still: a beat that comes late shows that Qt's loop did not come round."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

from biosync.gui import words
from biosync.gui.preferring import Preferring

STALL_MS = 50.0
"""A stall is longer than this; three frames of the cue are lost by then."""
_BEAT_MS = 8
_TELL_EVERY_MS = 10_000.0
_ASLEEP_MS = 60_000.0
"""What is longer was a computer that slept."""


class StallWatch(QObject):
    """Watches while ``preferring`` says so. ``told`` carries one sentence on the stalls of the last ten seconds."""

    told = Signal(str)

    def __init__(self, preferring: Preferring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferring = preferring
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._last_ms: float | None = None
        self._told_ms = float("-inf")
        self._stalls: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self.beat(self._elapsed.nsecsElapsed() / 1e6))
        preferring.changed.connect(self._follow)
        self._follow()

    @property
    def watching(self) -> bool:
        """True while it watches."""
        return self._timer.isActive()

    def beat(self, now_ms: float) -> None:
        """Note that the loop came round at ``now_ms``."""
        if self._last_ms is not None:
            late_ms = now_ms - self._last_ms - _BEAT_MS
            if STALL_MS < late_ms < _ASLEEP_MS:
                self._stalls.append(late_ms)
        self._last_ms = now_ms
        if self._stalls and now_ms - self._told_ms >= _TELL_EVERY_MS:
            self._told_ms = now_ms
            self._tell()

    def _tell(self) -> None:
        longest = words.number(max(self._stalls))
        if len(self._stalls) == 1:
            said = words.tr("The window stood still for {ms} ms.").format(ms=longest)
        else:
            said = words.tr("The window stood still {count} times, for up to {ms} ms.").format(
                count=len(self._stalls), ms=longest)
        self._stalls.clear()
        self.told.emit(said)

    def _follow(self) -> None:
        if self._preferring.now.watch_stalls == self.watching:
            return
        self._last_ms = None
        if self.watching:
            self._timer.stop()
        else:
            self._timer.start(_BEAT_MS)

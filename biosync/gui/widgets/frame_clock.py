"""The beat of the screen: a precise timer aimed at absolute deadlines, so that being late once never adds up."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

_NS = 1_000_000_000


class FrameClock(QObject):
    """Emits ``tick`` with the real seconds since it was made, ``fps`` times a second while it runs."""

    tick = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._elapsed = QElapsedTimer()
        self._elapsed.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._fire)
        self._period_ns = _NS // 60
        self._deadline_ns = 0

    @property
    def running(self) -> bool:
        """True between start and stop."""
        return self._timer.isActive()

    def start(self, fps: float) -> None:
        """Tick ``fps`` times a second from now on."""
        self._period_ns = round(_NS / fps)
        self._deadline_ns = self._elapsed.nsecsElapsed()
        self._arm()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def seconds(self) -> float:
        """Return the real seconds since the clock was made."""
        return self._elapsed.nsecsElapsed() / _NS

    def _fire(self) -> None:
        self._arm()
        self.tick.emit(self.seconds())

    def _arm(self) -> None:
        now = self._elapsed.nsecsElapsed()
        missed = max(0, now - self._deadline_ns) // self._period_ns
        self._deadline_ns += (missed + 1) * self._period_ns
        self._timer.start(round((self._deadline_ns - now) / 1_000_000))

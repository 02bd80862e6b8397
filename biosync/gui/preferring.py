"""What was set, as the window holds it: one value, told to everybody when it changes, kept at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from biosync.preferences import Motion, Preferences


class Preferring(QObject):
    """``changed`` tells that ``now`` is another one; ``told`` carries a sentence where it could not be kept."""

    changed = Signal()
    told = Signal(str)

    def __init__(self, now: Preferences, keep: Callable[[Preferences], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now, self._keep = now, keep

    @property
    def now(self) -> Preferences:
        """What is set."""
        return self._now

    def change(self, **values: Any) -> None:
        """Set ``values`` by the names of Preferences, tell everybody, and keep them."""
        wanted = replace(self._now, **values)
        if wanted == self._now:
            return
        self._now = wanted
        self.changed.emit()
        problem = self._keep(wanted)
        if problem:
            self.told.emit(problem)


def less_motion(motion: Motion) -> bool:
    """Tell if motion is to be reduced: as it was set, or as the system asks, where Qt tells it (no Qt up to 6.11
    does)."""
    if motion != "system":
        return motion == "reduced"
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    wish = getattr(accessibility(), "motionPreference", None) if accessibility is not None else None
    return wish is not None and getattr(wish(), "name", "") == "ReducedMotion"

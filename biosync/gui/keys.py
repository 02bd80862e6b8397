"""The keys of the window: one table for what they do and for the list that ? shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from biosync.gui.words import tr


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its codes, its name on the screen, the window's method that it calls, and what that does."""

    codes: tuple[Qt.Key, ...]
    name: str
    method: str
    does: str
    ctrl: bool = False

    def hit(self, code: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Tell whether a press of ``code`` with ``modifiers`` means this key."""
        held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        wanted = Qt.KeyboardModifier.ControlModifier if self.ctrl else Qt.KeyboardModifier.NoModifier
        return code in self.codes and held == wanted


def keys() -> tuple[Key, ...]:
    """Return every key of the window, in the order in which they are listed."""
    k = Qt.Key
    return (
        Key((k.Key_Space,), tr("Space"), "toggle_session", tr("start, or stop")),
        Key((k.Key_Escape,), "Esc", "back", tr("leave full screen; else stop; else go back")),
        Key((k.Key_F, k.Key_F11), "F", "toggle_full_screen", tr("full screen")),
        Key((k.Key_Plus, k.Key_Equal), "+", "too_slow", tr("the cue is too slow")),
        Key((k.Key_Minus,), "−", "too_fast", tr("the cue is too fast")),
        Key((k.Key_M,), "M", "mark", tr("mark this moment")),
        Key((k.Key_R,), "R", "toggle_motion", tr("reduced motion: a bar in place of the disc")),
        Key((k.Key_D,), "D", "start_demo", tr("on the first page: a virtual strap")),
        Key((k.Key_C,), "C", "connect_strap", tr("on the first page: connect a strap")),
        Key((k.Key_Question, k.Key_F1), "?", "show_keys", tr("show or hide these keys")),
        Key((k.Key_Q,), tr("Ctrl Q"), "close", tr("close biosync"), ctrl=True),
    )

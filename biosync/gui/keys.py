"""The keys of the window: one table for what they do and for the list that ? shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from biosync.gui.words import tr


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its codes, its name on the screen, the window's method that it calls, and what that does. With
    ``numbered`` the method is given the place of the code among the codes; one that is ``everywhere`` also means
    something on the pages beside the session."""

    codes: tuple[Qt.Key, ...]
    name: str
    method: str
    does: str
    ctrl: bool = False
    numbered: bool = False
    everywhere: bool = False

    def hit(self, code: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Tell whether a press of ``code`` with ``modifiers`` means this key."""
        held = modifiers & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        wanted = Qt.KeyboardModifier.ControlModifier if self.ctrl else Qt.KeyboardModifier.NoModifier
        return code in self.codes and held == wanted


def keys() -> tuple[Key, ...]:
    """Return every key of the window, in the order in which they are listed."""
    k = Qt.Key
    people = (k.Key_1, k.Key_2, k.Key_3, k.Key_4, k.Key_5, k.Key_6, k.Key_7, k.Key_8)
    return (
        Key((k.Key_Space,), tr("Space"), "toggle_session", tr("start, or stop; a replay: pause, or go on")),
        Key((k.Key_Escape,), "Esc", "back", tr("leave full screen; else stop; else go back"), everywhere=True),
        Key((k.Key_F, k.Key_F11), "F", "toggle_full_screen", tr("full screen"), everywhere=True),
        Key((k.Key_V,), "V", "next_view", tr("the next view: breathe, together, coach")),
        Key((k.Key_Plus, k.Key_Equal), "+", "too_slow", tr("the cue is too slow")),
        Key((k.Key_Minus,), "−", "too_fast", tr("the cue is too fast")),
        Key((k.Key_M,), "M", "mark", tr("mark this moment; on the coach's board in your own words")),
        Key(people, "1–8", "select_number", tr("choose a person; once more, nobody"), numbered=True),
        Key((k.Key_L,), "L", "leave_person", tr("the chosen person leaves; the others go on")),
        Key((k.Key_Up, k.Key_Down, k.Key_Return, k.Key_Enter), tr("↑ ↓ Enter"), "go_to_card",
            tr("on the coach's board: go to a client, and open the charts"), numbered=True),
        Key((k.Key_PageUp, k.Key_PageDown), tr("Page ↑ ↓"), "turn_page",
            tr("on the coach's board: another page of clients"), numbered=True),
        Key((k.Key_W,), "W", "write_note", tr("beside a client's charts: a note about them")),
        Key((k.Key_A,), "A", "add_client", tr("on the coach's board: add a client")),
        Key((k.Key_Left,), "←", "skip_back", tr("a replay: 30 s back")),
        Key((k.Key_Right,), "→", "skip_forward", tr("a replay: 30 s forward")),
        Key((k.Key_R,), "R", "toggle_motion", tr("reduced motion: a bar in place of the disc"), everywhere=True),
        Key((k.Key_D,), "D", "start_demo", tr("on the first page, or to add: a virtual strap")),
        Key((k.Key_C,), "C", "connect_strap",
            tr("connect straps, or look again; on the coach's board: the clients' screen")),
        Key((k.Key_S,), "S", "show_sessions", tr("the stored sessions; once more, back"), everywhere=True),
        Key((k.Key_Comma,), ",", "show_settings", tr("settings; once more, back"), everywhere=True),
        Key((k.Key_H,), "H", "show_help", tr("help: I need a person; once more, back"), everywhere=True),
        Key((k.Key_N,), "N", "show_notes", tr("show or hide the notes of this run"), everywhere=True),
        Key((k.Key_Question, k.Key_F1), "?", "show_keys", tr("show or hide these keys"), everywhere=True),
        Key((k.Key_Q,), tr("Ctrl Q"), "close", tr("close biosync"), ctrl=True, everywhere=True),
    )

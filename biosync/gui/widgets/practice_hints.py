"""The controls in the header of Breathe and Together for what the session is like: program or role, and tones."""

from __future__ import annotations

from biosync.gui import words
from biosync.gui.view import Actions
from biosync.gui.widgets.header import WIDE, Hint
from biosync.preferences import Preferences


def practice_hints(actions: Actions) -> tuple[Hint, Hint]:
    """Return the control of the practice, and of the tones."""
    practice = words.tr("Another program, or another one who leads")
    tones = words.tr("Tones that tell in from out, on or off")
    return (
        Hint(words.tr("Program"), "P", practice, actions.choose_practice),
        Hint(words.tr("Sound off"), "T", tones, actions.toggle_tones, from_px=WIDE),
    )


def tones_words(preferences: Preferences) -> str:
    """Return what the control of the tones says, with its key."""
    return words.tr("Sound on  T") if preferences.tones else words.tr("Sound off  T")

"""The stories that virtual people live through, in words: to try what belonging together looks like, alone."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.gui import words
from devices.coupling import SCENARIOS


@dataclass(frozen=True, slots=True)
class Story:
    """``scenario`` is its name for ``biosync demo --scenario``, ``title`` its name on the screen."""

    scenario: str
    title: str
    means: str


def stories() -> tuple[Story, ...]:
    """Return every scenario there is, in words."""
    told = {
        "mutual": (words.tr("In step"), words.tr("two whose hearts answer each other, beyond the cue")),
        "strangers": (words.tr("Strangers"), words.tr("two who share nothing but the cue")),
        "calmer": (words.tr("One calms the other"), words.tr("one of two is calm, and the other's heart follows")),
        "repair": (words.tr("Apart and together again"), words.tr("two who lose the step at times, and find it again")),
        "escalation": (words.tr("Rising together"), words.tr("two whose hearts rise together; the cue slows down")),
        "group_sit": (words.tr("A group"), words.tr("five who sit together, one of them apart")),
    }
    known = [name for name in told if name in SCENARIOS]
    new = [name for name in SCENARIOS if name not in told]
    return tuple(Story(name, *told.get(name, (name, ""))) for name in (*known, *new))

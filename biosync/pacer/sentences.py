"""What the cue says of itself, where more than one place says it, or where two sentences stand for each other."""

from __future__ import annotations

from biosync.events import Stage

LOST, AGAIN = "lost: the cue waits a moment for you", "finding your breath again"
"""Who was led and is lost; who was not led for sure, or could not be read for a while."""
LOOKING = "lost: looking for your own breath"
"""Who is lost, where no breath of their own is known to go back to."""
SLOWER, TRIAL = "slowing a little: you are with the cue", "a little slower, to see if you are with the cue"
STAYING, SEEMS = "staying a few breaths: you are with the cue", "staying a few breaths: you seem to be with the cue"
"""Each first where they are known to follow, or did before, then where they are being tried for the first time."""
JOINED = "meeting the one who joined: the cue stays until their breath is known"
GOING_ON = "going on: you are with the cue"
WAITING = "waiting: the cue stays until you are with it"
UNREAD = "some beats were missed just now: the cue stays as it is"
SEARCHING = ("finding the pace at which your heart swings most", "finding the pace at which your hearts swing most")
"""Of one, and of several."""
AS_NEAR = 0.02
"""The cue is at their breath where it is no farther from it than this share."""
SEEN_CHANGE = 1.001
"""A period that changes by less than this factor stays the same, in words."""


def leading_words(factor: float, *, trying: bool) -> str:
    """Return that the next breath is longer by ``factor``, or stays; ``trying``: it is not sure that they ever
    followed."""
    slower = factor > SEEN_CHANGE
    if trying:
        return TRIAL if slower else SEEMS
    return SLOWER if slower else STAYING


def meeting_words(own: float, goal: float, lost: bool) -> str:
    """Return that the cue meets their ``own`` breath, or goes as near to it as ``goal`` (both a minute)."""
    meeting = "lost: back to your own breath" if lost else "meeting your breath"
    if abs(goal / own - 1) <= AS_NEAR:
        return f"{meeting}, {own:.1f} a minute"
    return f"{meeting}, {own:.1f} a minute: the cue goes no nearer to it than {goal:.1f}"


def holding_words(rate_bpm: float, *, best: bool = False, several: bool = False) -> str:
    """Return that the cue stays at ``rate_bpm``; ``best``: it was found to be the pace of the largest swing, of one
    heart or of ``several``."""
    if best and several:
        return f"holding {rate_bpm:.1f} a minute: here your hearts swing most"
    if best:
        return f"holding {rate_bpm:.1f} a minute: here your heart swings most"
    return f"holding {rate_bpm:.1f} a minute: breathe easily"


def stop_words(several: bool) -> str:
    """Return why the cue rests once somebody has asked for that."""
    return "resting: one of you asked to stop" if several else "resting: you asked to stop"


def wish_words(slower: bool) -> str:
    """Return that the cue has done what was asked for."""
    return "slower, as you asked" if slower else "faster, as you asked"


def without_note(why: str) -> str:
    """Return why the cue rests, without what was done meanwhile."""
    return why.partition("; ")[0]


def told(stage: Stage, before: str, why: str) -> str:
    """Return ``why``; who was lost ``before`` hears that as well, until they are met, and so does who rests why."""
    if stage == "rest":
        why, note = without_note(before), why
        return f"{why}; {note}"
    return f"lost: {why}" if stage == "meet" and before.startswith("lost") else why

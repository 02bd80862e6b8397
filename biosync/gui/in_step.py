"""What may be said of people who breathe together: the state in words, and the course of the session.

Only what the snapshot holds is said; what is not for this screen to know has been left out of it before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from biosync.events import InStep
from biosync.gui import words
from biosync.gui.state import signal_state
from biosync.snapshot import PairView, Snapshot

LOOK_S = 60.0
"""A look needs at least a minute of both hearts: before it nothing can be told."""


@dataclass(frozen=True, slots=True)
class Said:
    """``state`` in a word or two, and ``detail`` under it."""

    state: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``begin_t`` to ``end_t`` (s) this ``share`` (above 0, up to 1) of the pairs was in step."""

    begin_t: float
    end_t: float
    share: float


def shared(snapshot: Snapshot | None) -> bool:
    """Tell whether several people, and nobody beside them, have one cue."""
    if snapshot is None or len(snapshot.people) < 2:
        return False
    cue = snapshot.people[0].cue
    return cue is not None and {person.name for person in snapshot.people if not person.left} <= set(cue.people)


def said(snapshot: Snapshot | None, now: float, *, running: bool) -> Said:
    """Return how those of ``snapshot`` go together at time ``now`` (s)."""
    if snapshot is None or not snapshot.people:
        return Said(words.tr("starting") if running else "")
    if not running:
        return Said(words.tr("ended"), words.tr("Space starts again"))
    here = [person for person in snapshot.people if not person.left]
    if len(here) < 2:
        return Said(words.tr("breathing alone"), words.tr("the others are paused"))
    silent = [person.name for person in here if signal_state(person, now) in ("lost", "held", "waiting", "hr_only")]
    if len(here) - len(silent) < 2:
        return Said(words.tr("can't tell"), words.tr("waiting for {names}").format(names=", ".join(silent)))
    if len(here) > 2:
        return _said_of_group(snapshot, now)
    pair = next((pair for pair in snapshot.pairs if set(pair.people) == {person.name for person in here}), None)
    return _said_of_pair(pair, now) if pair is not None else _not_yet(now)


def pair_words(pair: PairView) -> str:
    """Return the state of two people in words."""
    state = pair.now.in_step
    if state is None:
        return words.tr("can't tell yet")
    if state == "apart":
        return words.tr("settling") if pair.now.beyond_chance else words.tr("apart")
    return words.tr("in step, one up while the other is down") if pair.opposite else state_words(state)


def state_words(state: InStep) -> str:
    """Return the state of a band in words."""
    return {
        "apart": words.tr("apart"), "in step": words.tr("in step"),
        "beyond the cue": words.tr("in step, beyond the cue"),
    }[state]


def lasting(seconds: float) -> str:
    """Return a duration as 12 s, 2 min, or 2 min 10 s."""
    minutes, left = divmod(max(0, round(seconds)), 60)
    parts = [words.tr("{minutes} min").format(minutes=minutes)] if minutes else []
    if left or not minutes:
        parts.append(words.tr("{seconds} s").format(seconds=left))
    return " ".join(parts)


def pieces(pairs: Sequence[PairView], now: float) -> tuple[Piece, ...]:
    """Return when some of ``pairs`` were in step, up to ``now`` (s), oldest first; times with nobody are left out."""
    spans = [
        (episode.begin_t, now if episode.end_t is None else episode.end_t)
        for pair in pairs for episode in pair.episodes
    ]
    edges = sorted({edge for span in spans for edge in span})
    found = []
    for begin, end in pairwise(edges):
        count = sum(first <= begin and end <= last for first, last in spans)
        if count:
            found.append(Piece(begin, end, count / len(pairs)))
    return tuple(found)


def _not_yet(now: float) -> Said:
    left = round(LOOK_S - now)
    return Said(words.tr("can't tell yet"), words.tr("{left} s more").format(left=left) if left > 0 else "")


def _said_of_pair(pair: PairView, now: float) -> Said:
    if pair.now.in_step is None:
        return _not_yet(now)
    latest = pair.episodes[-1] if pair.episodes else None
    detail = ""
    if pair.now.in_step != "apart" and latest is not None and latest.end_t is None:
        detail = words.tr("for {time}").format(time=lasting(now - latest.begin_t))
    return Said(pair_words(pair), detail)


def _said_of_group(snapshot: Snapshot, now: float) -> Said:
    state = snapshot.groups[0].in_step if snapshot.groups else None
    known = [pair for pair in snapshot.pairs if pair.now.in_step is not None]
    if state is None and not known:
        return _not_yet(now)
    together = sum(pair.now.in_step != "apart" for pair in known)
    detail = words.tr("{count} of {all} pairs in step").format(count=together, all=len(snapshot.pairs))
    if state is None:
        return Said(words.tr("can't tell yet"), detail)
    return Said(state_words(state), detail)

"""What came of a stored session of two or more: the same engine hears it again, and tells the same as it did live."""

from __future__ import annotations

from dataclasses import asdict
from importlib import metadata
from typing import TYPE_CHECKING, Any

from biosync.engine import Engine, Member
from biosync.events import Turn
from biosync.in_step.agreed import Agreed
from biosync.snapshot import Episode, Rupture
from biosync.store.ledger.kinds import StoredSession
from biosync.together.course_summary import Led, PairStory, Summary

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

KIND, COURSES = "shared course", 1
"""``COURSES`` is raised whenever a course comes out otherwise: what was kept before is then made again."""
_STATED = ("people", "known_s", "in_step_s", "beyond_cue_s", "verdict")


def shared_course(ledger: Ledger, session: StoredSession, own: str | None = None) -> Summary | None:
    """Return what came of ``session``, as far as its people let it be told, and all of ``own`` heart's; None for one
    alone. Kept in the ledger, since it takes some seconds to make. LedgerError where it can't be read."""
    if len(session.people) < 2:
        return None
    key, version = (session.id, own), f"{metadata.version('biosync')}/{COURSES}"
    kept = _read(ledger.derived(KIND, version).get(key))
    if kept is not None:
        return kept
    made = _live_through(ledger, session, own)
    ledger.keep_derived(KIND, version, {key: as_json(made)})
    return made


def as_json(summary: Summary) -> dict[str, Any]:
    """Return it as a JSON object, times in seconds since the session's start."""
    return {
        "pairs": [_pair(story) for story in summary.pairs.values()],
        "rising_together": [asdict(turn) for turn in summary.rising_together],
        "settled": [asdict(turn) for turn in summary.settled],
    }


def _live_through(ledger: Ledger, session: StoredSession, own: str | None) -> Summary:
    agreed, summary = Agreed(ledger.consents(session.id)), Summary()
    engine = Engine(ledger.members(session.id), ledger.groups(session.id), ledger.settings(session.id))
    for event in ledger.raw_events(session.id):
        if isinstance(event, Member):
            engine.wears(event)
            continue
        for found in engine.feed(event):
            told = agreed.told(found, alone=isinstance(found, Turn) and found.people == (own,))
            if told is not None:
                summary.feed(told)
    return summary


def _pair(story: PairStory) -> dict[str, Any]:
    return {
        **{name: getattr(story, name) for name in _STATED},
        "share_in_step": story.share_in_step,
        "share_beyond_cue": story.share_beyond_cue,
        "median_repair_s": story.median_repair_s,
        "episodes": [asdict(one) for one in story.episodes],
        "ruptures": [asdict(one) for one in story.ruptures],
        "led": [asdict(one) for one in story.led],
    }


def _read(kept: object) -> Summary | None:
    """Return the summary of which ``kept`` is the JSON object; None where it is none, or damaged."""
    if not isinstance(kept, dict):
        return None
    summary = Summary()
    try:
        for one in kept["pairs"]:
            stated = {name: one[name] for name in _STATED if name != "people"}
            story = PairStory((one["people"][0], one["people"][1]), **stated)
            story.episodes = [Episode(**episode) for episode in one["episodes"]]
            story.ruptures = [Rupture(**{**rupture, "who": tuple(rupture["who"])}) for rupture in one["ruptures"]]
            story.led = [Led(**led) for led in one["led"]]
            summary.pairs[story.people] = story
        summary.rising_together = [_turn(turn) for turn in kept["rising_together"]]
        summary.settled = [_turn(turn) for turn in kept["settled"]]
    except (LookupError, TypeError):
        return None
    return summary


def _turn(stated: dict[str, Any]) -> Turn:
    return Turn(**{**stated, "people": tuple(stated["people"]), "who": tuple(stated["who"])})

"""Being in step, in plain words: never more than is known, and of the body alone."""

from __future__ import annotations

from collections.abc import Sequence

from biosync.events import Group, Synchrony, Turn
from biosync.together.course_summary import PairStory, Summary
from devices.straps import in_a_line

MOST_PAIRS = 3
"""Of more pairs than this the summary tells the group, and who was most often in step, not every pair."""


def state_in_words(now: Synchrony | Group) -> str:
    """Return how two, or all, go together by now."""
    if now.in_step is None:
        return "gathering"
    if now.in_step == "apart":
        return "apart"
    opposite = isinstance(now, Synchrony) and now.synchrony is not None and now.synchrony < 0
    words = "in step beyond the cue" if now.in_step == "beyond the cue" else "in step"
    return f"{words}, in opposite directions" if opposite else words


def leader_in_words(now: Synchrony) -> str:
    """Return who leads by how much, to follow the state; empty where that is not known."""
    if now.leader is None or now.lag_s is None:
        return ""
    return f"; {in_a_line(now.leader)} leads by {abs(now.lag_s):.1f} s"


def turn_in_words(turn: Turn) -> str:
    """Return a turn of the session as one line."""
    names, who = joined(turn.people), joined(turn.who)
    match turn.turn:
        case "apart":
            return f"{names}: apart" + (f"; heart rate rising: {who}" if who else "")
        case "rising together":
            return "two hearts rise together: the cue slows" + (f" ({who})" if who else "")
        case "settled":
            beside = ", in step with another" if turn.together else ""
            return f"{who}: heart rate half-way back after {turn.took_s:.0f} s{beside}"
        case "together again":
            return f"{names}: together again after {turn.took_s:.0f} s"
        case _:
            return f"{names}: {turn.turn}"


def summary_in_words(summary: Summary) -> list[str]:
    """Return what came of a session of two or more, line by line; empty for one alone."""
    stories = [one for one in summary.pairs.values() if one.known_s]
    lines = [line for one in stories for line in _pair(one)] if len(stories) <= MOST_PAIRS else _many(stories)
    if summary.rising_together:
        lines.append(f"Hearts rose together {_times(len(summary.rising_together))}; the cue slowed.")
    return lines


def joined(names: Sequence[str]) -> str:
    """Return names as people list them."""
    shown = [in_a_line(name) for name in names]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _pair(story: PairStory) -> list[str]:
    lines = [f"{joined(story.people)}: {_shares(story)}; {_VERDICTS.get(story.verdict or '', 'too short to tell')}."]
    if story.ruptures:
        lines.append(f"{joined(story.people)}: apart {_times(len(story.ruptures))}{_repairs(story)}.")
    led: dict[str, float] = {}
    for one in story.led:
        led[one.person] = led.get(one.person, 0.0) + one.end_t - one.begin_t
    lines += [f"{in_a_line(name)} led for {_lasting(seconds)}." for name, seconds in led.items()]
    return lines


_VERDICTS = {
    "beyond the cue": "the whole session shows them in step beyond what chance and the cue explain",
    "in step": "the whole session shows them in step beyond chance; the cue may explain it",
    "not shown": "the whole session shows no more than chance could make",
}


def _shares(story: PairStory) -> str:
    if story.only_as_a_whole:
        return "at no moment in step for long enough to be shown then"
    in_step, beyond = story.share_in_step or 0.0, story.share_beyond_cue or 0.0
    return f"in step {in_step:.0%} of the time, beyond the cue {beyond:.0%}"


def _repairs(story: PairStory) -> str:
    middle = story.median_repair_s
    if middle is None:
        return ""
    return f", together again {_times(len(story.repairs_s))}, half of these within {middle:.0f} s"


def _many(stories: Sequence[PairStory]) -> list[str]:
    known = sum(one.known_s for one in stories)
    in_step, beyond = sum(one.in_step_s for one in stories), sum(one.beyond_cue_s for one in stories)
    shown = sum(one.verdict == "beyond the cue" for one in stories)
    return [
        f"Two by two: in step {in_step / known:.0%} of the time, beyond the cue {beyond / known:.0%}.",
        f"{shown} of {len(stories)} pairs were in step beyond what chance or the cue explains.",
    ]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _lasting(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 120 else f"{seconds:.0f} s"

"""How two or more went together in a session that is over, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from biosync.gui import words
from biosync.gui.in_step import lasting
from biosync.together.course_summary import PairStory, Summary
from devices.straps import in_a_line

MOST_PAIRS = 3


def sentences(summary: Summary | None, person: str | None = None) -> list[str]:
    """Return what came of a session of two or more, of ``person``'s pairs where one is named; empty for one alone."""
    if summary is None:
        return []
    stories = [one for one in summary.pairs.values() if one.known_s and person in (None, *one.people)]
    told = [line for one in stories for line in _pair(one)] if len(stories) <= MOST_PAIRS else [_many(stories)]
    if summary.rising_together:
        once = words.tr("Hearts rose together once; the cue slowed.")
        often = words.tr("Hearts rose together {count} times; the cue slowed.")
        count = len(summary.rising_together)
        told.append(once if count == 1 else often.format(count=count))
    return told


def _pair(story: PairStory) -> list[str]:
    first, second = map(in_a_line, story.people)
    went = words.tr("{first} and {second}: in step {share} % of the time, beyond the cue {beyond} %; {verdict}.")
    if story.only_as_a_whole:
        went = words.tr("{first} and {second}: at no moment in step for long enough to be shown then; {verdict}.")
    told = [went.format(
        first=first, second=second, share=words.number(100 * (story.share_in_step or 0.0)),
        beyond=words.number(100 * (story.share_beyond_cue or 0.0)), verdict=_verdict(story))]
    if story.ruptures:
        told.append(_ruptures(story))
    led: dict[str, float] = {}
    for one in story.led:
        led[one.person] = led.get(one.person, 0.0) + one.end_t - one.begin_t
    said = words.tr("{name} led for {time}.")
    return told + [said.format(name=in_a_line(name), time=lasting(seconds)) for name, seconds in led.items()]


def _verdict(story: PairStory) -> str:
    return {
        "beyond the cue": words.tr("the whole session shows them in step beyond what chance and the cue explain"),
        "in step": words.tr("the whole session shows them in step beyond chance; the cue may explain it"),
        "not shown": words.tr("the whole session shows no more than chance could make"),
    }.get(story.verdict or "", words.tr("too short to tell"))


def _ruptures(story: PairStory) -> str:
    first, second = map(in_a_line, story.people)
    middle = story.median_repair_s
    if len(story.ruptures) == 1:
        once = words.tr("{first} and {second}: apart once.")
        mended = words.tr("{first} and {second}: apart once, together again after {time}.")
        said = once if middle is None else mended
        return said.format(first=first, second=second, time=lasting(middle or 0.0))
    if middle is None:
        return words.tr("{first} and {second}: apart {count} times.").format(
            first=first, second=second, count=len(story.ruptures))
    return words.tr(
        "{first} and {second}: apart {count} times, together again {again} times, half of these within {time}."
    ).format(first=first, second=second, count=len(story.ruptures), again=len(story.repairs_s), time=lasting(middle))


def _many(stories: Sequence[PairStory]) -> str:
    known = sum(one.known_s for one in stories)
    return words.tr("Two by two: in step {share} % of the time, beyond the cue {beyond} %; beyond what chance or the "
                    "cue explains: {shown} of {all} pairs.").format(
        share=words.number(100 * sum(one.in_step_s for one in stories) / known),
        beyond=words.number(100 * sum(one.beyond_cue_s for one in stories) / known),
        shown=sum(one.verdict == "beyond the cue" for one in stories), all=len(stories))

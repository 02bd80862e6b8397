"""The course of a session from its events: times in step, ruptures, repairs, hearts that rise together, recovery."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import Activation, Cue, Event, InStep, Marker, Metrics, Synchrony, Turn
from biosync.together.course import Course, course, marks_stress
from biosync.together.course_summary import Summary, summary

PAIR = ("Ana", "Ben")


def look(t: float, state: InStep | None, leader: str | None = None) -> Synchrony:
    return Synchrony(t, PAIR, 0.4, 0.01, True, None, leader, None, None, state, "in step")


def now(t: float, person: str, activation: Activation | None = "calm", heart_rate_bpm: float | None = 70.0) -> Metrics:
    return Metrics(t, person, heart_rate_bpm, *[None] * 8, "good", activation, "")


def session(
    seconds: int,
    apart: tuple[int, int] = (0, 0),
    unknown: tuple[int, int] = (0, 0),
    raised: dict[str, tuple[int, int]] | None = None,
) -> Iterator[Event]:
    """Two people, in step from 100 s on but for these times; ``raised``: since when until when whose heart rate is."""
    yield Cue(1.0, PAIR, 6.0, 0.0, 0.4, "hold", 1.0, "")
    for t in range(1, seconds):
        for name in PAIR:
            begin, end = (raised or {}).get(name, (0, 0))
            up = begin + 15 <= t < end  # it takes 15 s to be called so
            yield now(float(t), name, "raised" if up else "calm", 90.0 if begin <= t < end else 70.0)
        if t % 5 == 0:
            state: InStep = "beyond the cue" if t >= 100 and not apart[0] <= t < apart[1] else "apart"
            yield look(float(t), None if unknown[0] <= t < unknown[1] else state)


def told(events: Iterator[Event], *kinds: str) -> list[Turn]:
    return [turn for turn in course(events) if turn.turn in kinds]


def test_a_lost_step_is_a_rupture_and_the_next_time_in_step_its_repair() -> None:
    turns = course(session(400, apart=(200, 260)))
    assert [(one.turn, one.at_t, one.took_s) for one in turns] == [
        ("in step", 100.0, None), ("apart", 200.0, None), ("together again", 260.0, 60.0)
    ]  # fmt: skip
    assert all(one.people == PAIR and one.who == () for one in turns)


def test_one_heart_that_rises_is_a_rupture_from_when_it_began_until_it_settles() -> None:
    broken, mended = told(session(500, raised={"Ben": (200, 280)}), "apart", "together again")
    assert (broken.at_t, broken.who, broken.t) == (200.0, ("Ben",), 215.0)
    assert (mended.at_t, mended.took_s) == (279.0, 79.0)  # when it was last seen raised
    assert mended.t == 289.0  # known ten seconds later: the breath alone makes it dip


def test_a_short_dip_while_it_is_raised_mends_nothing() -> None:
    events = [
        now(one.t, "Ben", "usual", 80.0) if isinstance(one, Metrics) and one.person == "Ben" and 240 <= one.t < 248
        else one for one in session(500, raised={"Ben": (200, 280)})
    ]  # fmt: skip
    assert len([one for one in course(events) if one.turn == "together again"]) == 1


def test_a_rise_while_they_are_apart_breaks_nothing() -> None:
    assert told(session(90, raised={"Ben": (20, 60)}), "apart", "together again") == []


def test_the_repair_waits_for_both_the_step_and_the_heart() -> None:
    turns = told(session(500, apart=(220, 330), raised={"Ana": (200, 280)}), "apart", "together again")
    assert [(one.turn, one.at_t) for one in turns] == [("apart", 200.0), ("together again", 330.0)]


def test_where_nothing_is_known_nothing_breaks_and_nothing_is_mended() -> None:
    turns = course(session(400, unknown=(200, 260)))
    assert [(one.turn, one.at_t) for one in turns] == [("in step", 100.0), ("in step", 260.0)]
    open_ = summary([*_with_turns(session(400, apart=(180, 200), unknown=(190, 260)))]).pairs[PAIR]
    assert [one.repaired_t for one in open_.ruptures] == [None]


@pytest.mark.parametrize(("gap_s", "together"), [(0, True), (29, True), (31, False)])
def test_two_who_rise_within_half_a_minute_rise_together(gap_s: int, together: bool) -> None:
    turns = told(session(500, raised={"Ana": (200, 300), "Ben": (200 + gap_s, 300)}), "rising together")
    assert [(one.people, one.who, one.at_t) for one in turns] == ([(PAIR, PAIR, 200.0 + gap_s)] if together else [])


def test_those_who_do_not_belong_together_do_not_rise_together() -> None:
    events = [one for one in session(500, raised={"Ana": (200, 300), "Ben": (200, 300)}) if not isinstance(one, Cue)]
    alone = [Cue(1.0, (name,), 6.0, 0.0, 0.4, "hold", 1.0, "") for name in PAIR]
    assert [one for one in course([*alone, *events]) if one.turn == "rising together"] == []


# --- recovery ---


def heart(rises_t: float, falls_t: float, seconds: int = 500, person: str = "Ana") -> Iterator[Metrics]:
    """A heart at 70 that goes up to 90 at once, and comes back by 0.5 bpm a second: half-way back after 20 s."""
    for t in range(1, seconds):
        rate = 70.0 if t < rises_t else 90.0 if t < falls_t else max(70.0, 90 - 0.5 * (t - falls_t))
        yield now(float(t), person, "raised" if rate > 76 and t >= rises_t + 15 else "calm", rate)


def test_after_a_marked_stress_recovery_counts_from_the_mark() -> None:
    events = [Marker(200.0, "Ana", "Stress test"), *heart(200, 230)]
    (turn,) = course(sorted(events, key=lambda one: one.t))
    assert (turn.turn, turn.who, turn.at_t, turn.took_s, turn.together) == ("settled", ("Ana",), 250.0, 50.0, False)


def test_without_a_mark_it_counts_from_the_peak() -> None:
    (turn,) = course(heart(200, 230))
    assert turn.at_t == 250.0
    assert turn.took_s == pytest.approx(50.0, abs=1)  # the peak is the first moment at 90


def test_a_mark_for_all_is_everybodys_and_a_mark_without_a_rise_is_nobodys() -> None:
    both = [Marker(200.0, None, "a stressful call"), *heart(200, 230), *heart(900, 901, person="Ben")]
    turns = course(sorted(both, key=lambda one: one.t))
    assert [one.who for one in turns] == [("Ana",)]


def test_recovery_in_step_is_told_apart_from_recovery_alone() -> None:
    looks = [look(float(t), "in step") for t in range(100, 400, 5)]
    turns = course(sorted([*looks, *heart(200, 230)], key=lambda one: one.t))
    assert [one.together for one in turns if one.turn == "settled"] == [True]


@pytest.mark.parametrize(("text", "is_one"), [("Stress", True), ("end of stress", True), ("distress signal", False)])
def test_a_mark_is_of_a_stress_where_it_says_so(text: str, is_one: bool) -> None:
    assert marks_stress(Marker(1.0, None, text)) == is_one


# --- the summary ---


def _with_turns(events: Iterator[Event]) -> Iterator[Event]:
    made = Course()
    for event in events:
        yield event
        yield from made.feed(event)


def test_the_summary_tells_shares_repairs_and_who_led_when() -> None:
    looks = [look(t, state, "Ben" if 120 <= t < 160 else None) for t, state in _states()]
    story = summary(_with_turns(iter(looks))).pairs[PAIR]
    assert story.known_s == 190 and story.in_step_s == 90 and story.beyond_cue_s == 60
    assert story.share_in_step == pytest.approx(90 / 190) and story.share_beyond_cue == pytest.approx(60 / 190)
    assert [(one.person, one.begin_t, one.end_t) for one in story.led] == [("Ben", 120.0, 160.0)]
    assert [(one.begin_t, one.end_t) for one in story.episodes] == [(60.0, 120.0), (150.0, 180.0)]
    assert story.median_repair_s == 30.0 and story.verdict == "in step"


def _states() -> Iterator[tuple[float, InStep | None]]:
    for t in range(0, 205, 5):
        if t < 10:
            yield float(t), None
        elif 60 <= t < 120:
            yield float(t), "beyond the cue"
        else:
            yield float(t), "in step" if 150 <= t < 180 else "apart"


def test_a_pause_between_looks_counts_for_no_more_than_a_quarter_minute() -> None:
    made = Summary()
    for t in (0.0, 5.0, 300.0):
        made.feed(look(t, "in step"))
    assert made.pairs[PAIR].in_step_s == 20.0


@given(st.lists(st.tuples(st.sampled_from([None, "apart", "in step", "beyond the cue"]), st.booleans()), max_size=60))
def test_ruptures_and_repairs_take_turns_whatever_happens(steps: list[tuple[InStep | None, bool]]) -> None:
    events: list[Event] = []
    for i, (state, raised) in enumerate(steps):
        events += [now(5.0 * i, "Ana", "raised" if raised else "calm"), look(5.0 * i, state)]
    made = summary(_with_turns(iter(events))).pairs
    for story in made.values():
        times = [t for one in story.ruptures for t in (one.t, one.repaired_t) if t is not None]
        assert times == sorted(times)
        assert all(took >= 0 for took in story.repairs_s)
        assert story.in_step_s <= story.known_s and story.beyond_cue_s <= story.in_step_s

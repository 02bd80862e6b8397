"""What snapshot, terminal and plain lines show of people together."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace

import pytest
from rich.console import Console

from biosync.commands.demo import scenario_scene, scene_cast
from biosync.consent import Consent, Sharing
from biosync.events import Group, Leave, Synchrony, Turn
from biosync.gui.story import sentences
from biosync.in_step import words
from biosync.run import LiveSession
from biosync.snapshot import PairView, Snapshot
from biosync.snapshots import Snapshots
from biosync.streams import PlainLines
from biosync.terminal import picture
from biosync.together.course_summary import PairStory, Summary

TWO = Synchrony(200.0, ("Ana", "Ben"), 0.4, 0.01, True, None, "Ana", 1.5, (1.0, 2.0), "beyond the cue", "in step")
ALL = Group(200.0, ("Ana", "Ben", "Cem", "Dora"), 0.4, 0.01, 0.2, "in step", None)


def session(scenario: str, people: int, seconds: float, sharing: Sharing | None = None) -> tuple[LiveSession, str]:
    cast, out = scene_cast(scenario_scene(scenario, people, 1)), io.StringIO()
    consents = tuple(Consent(one.name, sharing, "") for one in cast.members if sharing)
    lived = LiveSession(
        replace(cast, consents=consents), seconds=seconds, speed=None, sinks=[PlainLines(out)], snapshots=True
    )
    asyncio.run(lived.run())
    return lived, out.getvalue()


def drawn(snapshot: Snapshot) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(picture(snapshot, snapshot.t))
    return out.getvalue()


def test_the_snapshot_holds_the_pair_with_its_episodes_and_the_plain_lines_sum_up() -> None:
    lived, text = session("mutual", 2, 200)
    assert lived.latest is not None
    (pair,) = lived.latest.pairs
    assert pair.people == ("Ana", "Ben") and pair.now.in_step == "beyond the cue" and not pair.opposite
    assert pair.episodes[-1].end_t is None and lived.latest.groups == ()
    assert "Ana and Ben: in step beyond the cue" in drawn(lived.latest)
    assert f"{pair.episodes[0].begin_t:5.0f} s  Ana and Ben: in step\n" in text
    assert "Ana and Ben: in step" in text.splitlines()[-2] and text.splitlines()[-1] == "Nothing was kept."


def test_of_a_group_pairs_are_there_and_the_terminal_tells_them_all_in_one_line() -> None:
    lived, text = session("group_sit", 5, 120)
    assert lived.latest is not None
    assert len(lived.latest.pairs) == 10
    (group,) = lived.latest.groups
    assert len(group.people) == 5
    lines = drawn(lived.latest)
    assert "all 5: " in lines and " and " not in lines
    assert "Two by two: in step" in text


def test_who_left_is_no_longer_half_of_a_pair() -> None:
    engine = session("mutual", 2, 10)[0].engine
    snapshots = Snapshots(engine)
    snapshots.note(TWO)
    assert len(snapshots.take(10.0).pairs) == 1
    engine.feed(Leave(11.0, "Ben"))
    assert snapshots.take(11.0).pairs == ()


@pytest.mark.parametrize(("sharing", "named"), [("rhythm", False), ("own", True)])
def test_the_arrow_is_there_only_where_it_was_agreed(sharing: Sharing, named: bool) -> None:
    lived, text = session("calmer", 2, 300, sharing)
    assert lived.latest is not None
    (pair,) = lived.latest.pairs
    assert (pair.now.leader is not None) == named
    assert ("leads by" in drawn(lived.latest)) == named and ("led for" in text) == named


@pytest.mark.parametrize(
    ("state", "synchrony", "said"),
    [
        (None, 0.3, "gathering"),
        ("apart", 0.3, "apart"),
        ("in step", 0.3, "in step"),
        ("beyond the cue", -0.3, "in step beyond the cue, in opposite directions"),
    ],
)
def test_states_are_told_in_plain_words(state: None, synchrony: float, said: str) -> None:
    assert words.state_in_words(replace(TWO, in_step=state, synchrony=synchrony)) == said


def test_the_terminal_names_the_leader_and_the_lag() -> None:
    snapshot = Snapshot(200.0, (), True, (PairView(TWO),))
    assert "Ana and Ben: in step beyond the cue; Ana leads by 1.5 s" in drawn(snapshot)
    crowd = Snapshot(200.0, (), True, (PairView(TWO),), (ALL,))
    assert "Ana and Ben" not in drawn(crowd) and "all 4: in step" in drawn(crowd)


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (Turn(9.0, ("Ana", "Ben"), "in step", 8.0), "Ana and Ben: in step"),
        (Turn(9.0, ("Ana", "Ben"), "apart", 8.0), "Ana and Ben: apart"),
        (Turn(9.0, ("Ana", "Ben"), "apart", 8.0, ("Ana",)), "Ana and Ben: apart; heart rate rising: Ana"),
        (Turn(9.0, ("Ana", "Ben"), "together again", 8.0, (), 42.0), "Ana and Ben: together again after 42 s"),
        (Turn(9.0, ("Ana", "Ben"), "rising together", 8.0), "two hearts rise together: the cue slows"),
        (Turn(9.0, ("Ana",), "settled", 8.0, ("Ana",), 30.0, False), "Ana: heart rate half-way back after 30 s"),
    ],
)
def test_turns_are_told_in_plain_words(turn: Turn, said: str) -> None:
    assert words.turn_in_words(turn) == said


def test_one_alone_has_nothing_to_sum_up() -> None:
    assert words.summary_in_words(Summary()) == []


def test_names_that_steer_a_terminal_are_shown_safely() -> None:
    assert "\x1b" not in words.joined(["A\x1b[31mna", "Ben"])


def test_two_whom_only_the_whole_session_shows_in_step_are_not_told_as_in_step_for_none_of_it() -> None:
    summary = Summary()
    story = summary.pairs["Ana", "Ben"] = PairStory(("Ana", "Ben"), 900.0, 2.0, verdict="in step")
    (line,) = words.summary_in_words(summary)
    assert line == (
        "Ana and Ben: at no moment in step for long enough to be shown then; "
        "the whole session shows them in step beyond chance; the cue may explain it."
    )
    assert sentences(summary) == [line]
    story.in_step_s = 90.0
    assert "in step 10% of the time" in words.summary_in_words(summary)[0]

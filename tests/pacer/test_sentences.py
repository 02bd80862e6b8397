"""What the cue says of itself is true while it is said."""

from __future__ import annotations

import pytest

from biosync.events import Stage
from biosync.pacer.pacer import Pacer
from biosync.pacer.sentences import LOOKING, LOST, meeting_words, told
from biosync.pacer.settings import Settings, first_words
from tests.pacer.following import Heart, at, live, resonant, until, with_the_cue

STOPPED = "resting: you asked to stop"


@pytest.mark.parametrize(
    ("own", "goal", "lost", "words"),
    [
        (13.3, 13.3, False, "meeting your breath, 13.3 a minute"),
        (13.3, 13.3, True, "lost: back to your own breath, 13.3 a minute"),
        (25.0, 20.0, False, "meeting your breath, 25.0 a minute: the cue goes no nearer to it than 20.0"),
    ],
)
def test_a_breath_is_named_as_it_is_and_not_as_the_limit_of_the_cue(
    own: float, goal: float, lost: bool, words: str
) -> None:
    assert meeting_words(own, goal, lost) == words


@pytest.mark.parametrize(
    ("stage", "before", "words"),
    [
        ("meet", "finding your breath", "slower, as you asked"),
        ("meet", LOST, "lost: slower, as you asked"),
        ("rest", STOPPED, f"{STOPPED}; slower, as you asked"),
        ("rest", f"{STOPPED}; faster, as you asked", f"{STOPPED}; slower, as you asked"),
    ],
)
def test_a_wish_does_not_hide_that_they_are_lost_or_why_the_cue_rests(stage: Stage, before: str, words: str) -> None:
    assert told(stage, before, "slower, as you asked") == words


@pytest.mark.parametrize(
    ("settings", "promised"),
    [
        (Settings(resonance_bpm=5.2), True),
        (Settings(), False),
        (Settings(resonance_bpm=5.2, slowest_bpm=6.0), False),
        (Settings(resonance_bpm=15.0), False),
        (Settings(resonance_bpm=5.0, search_slowest_bpm=6.0, search_fastest_bpm=10.0), False),
        (Settings(resonance_bpm=5.2, mode="turns"), False),
    ],
)
def test_no_pace_is_promised_that_the_cue_does_not_go_to(settings: Settings, promised: bool) -> None:
    assert ("what was found last time" in first_words(settings)) == promised


def test_a_wish_is_told_for_a_breath_and_then_that_the_pace_is_held() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=7.0, program="settle"))
    live(pacer, 0, 300, Heart())
    pacer.say("too_slow")
    whys = [cue.why for cue in live(pacer, 300, 400, Heart())]
    assert "faster, as you asked" in whys
    assert all(why.startswith("holding") for why in whys[30:])


def test_who_is_lost_with_no_breath_of_their_own_in_sight_hears_that_it_is_looked_for() -> None:
    pacer = Pacer(("Ana",), 0.0)
    quiet = Heart(until(250, with_the_cue, at(60.0)), swing=lambda pace: 6.0)
    told_so = [cue.why for cue in live(pacer, 0, 300, quiet)]
    lost = [why for why in told_so if why.startswith("lost")]
    assert lost[0] == LOST  # and waits
    assert LOOKING in lost


def test_the_stop_of_one_of_several_is_not_told_as_everybodys() -> None:
    pair, alone = Pacer(("Ana", "Ben"), 0.0), Pacer(("Ana",), 0.0)
    for pacer in (pair, alone):
        pacer.say("stop", "Ana")
    assert pair.update(1.0, {}).why == "resting: one of you asked to stop"
    assert alone.update(1.0, {}).why == STOPPED



def test_of_two_hearts_it_says_hearts_also_where_they_swing_most() -> None:
    pacer = Pacer(("Ana", "Ben"), 0.0)
    hearts = {name: Heart(swing=resonant(5.4)) for name in pacer.people}
    said = {cue.why.split(": ")[-1] for cue in live(pacer, 0, 700, hearts)}
    assert {"finding the pace at which your hearts swing most", "here your hearts swing most"} <= said
    assert not [why for why in said if "heart swings" in why]

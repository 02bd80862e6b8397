"""While it is in doubt that somebody is there the cue waits: at once, where it is, at little cost to who is there."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from biosync.events import Cue
from biosync.pacer import sentences
from biosync.pacer.doubt import LOST_S
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import CHOSEN, Settings
from tests.pacer.following import Heart, at, live, until, with_the_cue, without

SETTLE = Settings(program="settle")


def still_for_a_moment(begin: float, seconds: float) -> Heart:
    """Return a heart that shows nothing for so long from ``begin`` (s) on: they may have left."""
    still = until(begin + seconds, lambda pacer, t_s: np.zeros(len(t_s)), with_the_cue)
    return Heart(until(begin, with_the_cue, still))


def leaving(left_t: float) -> Heart:
    """Return the heart of somebody who breathes on alone from ``left_t`` (s) on."""
    return Heart(until(left_t, with_the_cue, at(14.0)), breath_bpm=14.0)


def waited(cues: list[Cue]) -> list[Cue]:
    return [cue for cue in cues if cue.stage == "meet" and cue.why == sentences.LOST]


@pytest.mark.parametrize(("left_t", "seconds", "stage"), [(150.0, 8.0, "lead"), (400.0, 12.0, "hold")])
def test_who_may_have_left_for_a_moment_is_waited_for_and_goes_on_where_they_were(
    left_t: float, seconds: float, stage: str
) -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), still_for_a_moment(left_t, seconds)
    assert live(pacer, 0, left_t, heart)[-1].stage == stage
    cues = live(pacer, left_t, left_t + 60, heart)
    waits = waited(cues)
    assert waits
    assert waits[0].t - left_t <= 20
    assert {cue.rate_bpm for cue in waits} == {waits[0].rate_bpm}, "the cue goes neither on nor back"
    assert [stage for stage, _ in itertools.groupby(cue.stage for cue in cues)] == [stage, "meet", stage]


def test_who_was_there_all_the_time_is_told_that_it_goes_on() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), still_for_a_moment(400.0, 12.0)
    cues = live(pacer, 0, 460, heart)
    after = cues[cues.index(waited(cues)[-1]) + 1]
    assert (after.stage, after.why) == ("hold", sentences.GOING_ON)


def test_who_has_left_goes_back_to_their_own_breath_without_a_second_wait() -> None:
    pacer = Pacer(("Ana",), 0.0, SETTLE)
    heart = leaving(400.0)
    live(pacer, 0, 400, heart)
    cues = live(pacer, 400, 480, heart)
    waits = waited(cues)
    assert waits[-1].t - waits[0].t <= 25
    assert next(cue for cue in cues if cue.rate_bpm > waits[0].rate_bpm).t - waits[0].t <= 25 + 10


def in_doubt(pacer: Pacer, hearts: dict[str, Heart], begin: int = 400) -> int:
    """Let them be led until ``begin`` (s), and on until somebody is doubted; return when that is."""
    live(pacer, 0, begin, hearts)
    t = begin
    while pacer.update(t, {name: heart.reading(pacer, t) for name, heart in hearts.items()}).stage != "meet":
        t += 1
    return t


def test_a_wish_is_heard_while_the_cue_waits() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), leaving(400.0)
    t = in_doubt(pacer, {"Ana": heart})
    before = pacer.wave.rate_bpm
    pacer.say("too_slow")
    asked = live(pacer, t, t + 12, heart)
    assert asked[-1].rate_bpm > 1.05 * before
    assert sentences.wish_words(slower=False) in " ".join(cue.why for cue in asked)
    assert all(cue.why.startswith("lost") for cue in asked if cue.stage == "meet")


def test_stop_while_the_cue_waits_rests() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), leaving(400.0)
    t = in_doubt(pacer, {"Ana": heart})
    pacer.say("stop")
    assert {cue.stage for cue in live(pacer, t, t + 30, heart)} == {"rest"}


def test_who_leaves_the_group_is_waited_for_no_more() -> None:
    pacer = Pacer(("Ana", "Ben"), 0.0, SETTLE)
    hearts = {"Ana": Heart(breath_bpm=14.0), "Ben": leaving(400.0)}
    t = in_doubt(pacer, hearts)
    pacer.leave("Ben")
    (cue,) = live(pacer, t, t + 1, hearts)
    assert (cue.stage, cue.why) == ("hold", sentences.GOING_ON)


def test_a_doubt_ends_though_another_is_not_read_meanwhile_and_the_cue_says_why_it_stays() -> None:
    pacer, ana, ben = Pacer(("Ana", "Ben"), 0.0, SETTLE), still_for_a_moment(400.0, 12.0), Heart()
    live(pacer, 0, 400, {"Ana": ana, "Ben": ben})
    told = []
    for t in range(401, 440):
        unread = without(ben.reading(pacer, t), 402.0, t)
        told.append(pacer.update(t, {"Ana": ana.reading(pacer, t), "Ben": unread}))
    assert waited(told)
    assert (told[-1].stage, told[-1].why) == ("hold", sentences.UNREAD)


def test_among_several_one_in_doubt_is_waited_for() -> None:
    pacer = Pacer(("Ana", "Ben"), 0.0, SETTLE)
    hearts = {"Ana": Heart(breath_bpm=14.0), "Ben": still_for_a_moment(400.0, 12.0)}
    assert live(pacer, 0, 400, hearts)[-1].stage == "hold"
    assert waited(live(pacer, 400, 460, hearts))


def test_a_weak_heart_that_never_leaves_may_be_waited_for_long_but_is_not_lost_for_that() -> None:
    """No single breath shows the cue in it: a loss would cost the whole way down, for next to no evidence."""
    cues = live(Pacer(("Ana",), 0.0), 0, 900, Heart(swing=4.0, noise_bpm=3.0))
    waits = [len(list(each)) for doubt, each in itertools.groupby(cues, lambda cue: cue.why == sentences.LOST) if doubt]
    assert max(waits) >= LOST_S
    assert not [cue for cue in cues if cue.why.startswith(sentences.LOOKING)]


def test_a_program_that_is_chosen_while_the_cue_waits_begins_once_they_are_there() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), still_for_a_moment(399.0, 12.0)
    t = in_doubt(pacer, {"Ana": heart}, 399)
    pacer.say("find")
    cues = live(pacer, t, t + 60, heart)
    waits = list(itertools.takewhile(lambda cue: cue.why == sentences.LOST, cues))
    assert len(waits) > 1
    assert cues[len(waits)].why == CHOSEN["find"]
    assert cues[-1].stage == "search"


@pytest.mark.parametrize("program", ["find", "without"])
def test_who_is_lost_at_a_pace_that_was_held_was_not_led_too_far_whatever_is_chosen_meanwhile(program: str) -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), leaving(400.0)
    t = in_doubt(pacer, {"Ana": heart})
    reach = pacer._lead.comfort.reach_bpm
    pacer.say(program)
    cues = live(pacer, t, t + 60, heart)
    assert {cue.stage for cue in cues} == {"meet"}
    assert {cue.strength for cue in cues} == {1.0}
    assert cues[-1].why.startswith("lost: back to your own breath")
    assert pacer._lead.comfort.reach_bpm == reach


def test_what_is_chosen_while_the_cue_waits_does_not_begin_where_nothing_is_read() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, SETTLE), leaving(400.0)
    t = in_doubt(pacer, {"Ana": heart})
    pacer.say("find")
    cues = [pacer.update(t + k, {"Ana": without(heart.reading(pacer, t + k), t - 1.5, t + 9)}) for k in range(1, 11)]
    assert sentences.UNREAD in {cue.why for cue in cues}
    assert {cue.stage for cue in cues} <= {"meet", "hold"}


def test_hearts_that_rise_together_move_no_cue_that_waits() -> None:
    pacer = Pacer(("Ana", "Ben"), 0.0, SETTLE)
    hearts = {"Ana": still_for_a_moment(399.0, 12.0), "Ben": Heart()}
    t = in_doubt(pacer, hearts, 399)
    before = pacer.wave.rate_bpm
    rising = {name: heart.but(activation="raised") for name, heart in hearts.items()}
    waits = list(itertools.takewhile(lambda cue: cue.why == sentences.LOST, live(pacer, t, t + 20, rising)))
    assert any(b.phase < a.phase for a, b in itertools.pairwise(waits)), "a breath began meanwhile"
    assert {cue.rate_bpm for cue in waits} == {before}

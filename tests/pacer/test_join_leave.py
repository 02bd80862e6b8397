"""Somebody joins a group that is led already, or leaves it: the cue never jumps, who joins is met like anybody."""

from __future__ import annotations

import itertools

import pytest

from biosync.events import Cue
from biosync.pacer import sentences
from biosync.pacer.lead import STEADY_BREATHS
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from tests.pacer.following import Heart, at, breathe, live, reading, until, with_the_cue

SETTLE = Settings(program="settle")


def led() -> tuple[Pacer, list[Cue]]:
    pacer = Pacer(("ana",), 0.0, SETTLE)
    cues = breathe(pacer, 0, 60, at(12), 12.0)
    cues += breathe(pacer, 60, 330, with_the_cue, 12.0)
    assert cues[-1].stage in ("lead", "hold")
    assert cues[-1].rate_bpm < 9
    return pacer, cues


def test_the_cue_stays_until_the_newcomers_breath_is_known_and_then_meets_all() -> None:
    pacer, cues = led()
    before = cues[-1]
    pacer.join("mara")
    unknown = breathe_both(pacer, 330, 350, None)
    assert unknown[0].stage == "meet"
    assert unknown[0].people == ("ana", "mara")
    assert {cue.rate_bpm for cue in unknown} == {before.rate_bpm}
    met = breathe_both(pacer, 350, 460, 15.0)
    assert met[-1].stage == "meet"
    assert met[-1].rate_bpm > before.rate_bpm + 1
    for a, b in itertools.pairwise([before, *unknown, *met]):
        assert abs((a.phase_at(b.t) - b.phase + 0.5) % 1 - 0.5) < 1e-9


def test_with_a_newcomer_who_is_with_the_cue_the_lead_goes_on() -> None:
    pacer, _ = led()
    pacer.join("mara")
    cues = breathe(pacer, 330, 460, with_the_cue)
    assert cues[0].stage == "meet"
    assert cues[-1].stage in ("lead", "hold")
    assert not pacer._lead.followed or pacer._lead.sure  # what the first had shown says nothing of the newcomer


def test_what_the_others_have_shown_says_nothing_of_a_newcomer_who_is_tried_first() -> None:
    pacer, cues = led()
    pacer.join("mara")
    met = list(itertools.takewhile(lambda cue: cue.stage == "meet", breathe(pacer, 330, 460, with_the_cue)))
    assert met[-1].why in (sentences.SEEMS, sentences.TRIAL)
    assert {cue.rate_bpm for cue in met} == {cues[-1].rate_bpm}
    steady_s = (STEADY_BREATHS - 1) * 60 / cues[-1].rate_bpm
    assert next(cue.t for cue in met if cue.why == sentences.SEEMS) - 330 >= steady_s


def test_a_newcomer_is_met_though_the_first_never_breathed_alone() -> None:
    """Nobody knows how the first breathes without the cue: as they were met, about."""
    pacer = Pacer(("ana",), 0.0, SETTLE)
    before = breathe(pacer, 0, 330, with_the_cue)[-1]
    assert before.stage in ("lead", "hold")
    pacer.join("mara")
    met = breathe_both(pacer, 330, 520, 15.0)[-1]
    assert met.stage == "meet"
    assert met.rate_bpm == pytest.approx((12 + 15) / 2, abs=0.2)


def test_a_newcomer_while_all_are_met_changes_nothing_at_once() -> None:
    pacer = Pacer(("ana",), 0.0)
    (*_, before) = breathe(pacer, 0, 12, at(12), 12.0)
    assert before.stage == "meet"
    pacer.join("mara")
    (after,) = breathe_both(pacer, 12, 13, None)
    assert (after.stage, after.rate_bpm, after.why) == (before.stage, before.rate_bpm, before.why)


@pytest.mark.parametrize("joins", [5, 20])
def test_however_soon_somebody_joins_nobody_stands_still_for_ever(joins: int) -> None:
    pacer = Pacer(("ana",), 0.0, SETTLE)
    breathe(pacer, 0, joins, with_the_cue)
    pacer.join("mara")
    assert breathe_both(pacer, joins, joins + 190, 15.0)[-1].rate_bpm == pytest.approx((12 + 15) / 2, abs=0.2)


def test_who_joins_and_is_never_read_keeps_nobody_from_being_met() -> None:
    pacer, cues = led()
    pacer.join("mara")
    stays = live(pacer, 330, 350, {"ana": Heart(), "mara": Heart(quality="none")})
    assert {cue.rate_bpm for cue in stays} == {cues[-1].rate_bpm}
    gone = {"ana": Heart(until(350, with_the_cue, at(14.0))), "mara": Heart(quality="none")}
    assert live(pacer, 350, 520, gone)[-1].rate_bpm == pytest.approx(14.0, abs=0.3)


def test_who_goes_along_at_once_is_taken_to_breathe_by_themselves_as_the_others_were_met() -> None:
    pacer, _ = led()
    met_bpm = pacer._lead.met_bpm
    pacer.join("mara")
    assert breathe(pacer, 330, 460, with_the_cue)[-1].stage in ("lead", "hold")
    assert pacer._lead.met_bpm == pytest.approx(met_bpm, abs=0.3)


def test_who_joins_and_leaves_at_once_keeps_nobody_waiting() -> None:
    pacer, cues = led()
    pacer.join("mara")
    breathe_both(pacer, 330, 332, None)
    pacer.leave("mara")
    after = breathe(pacer, 332, 400, with_the_cue)
    assert after[-1].stage in ("lead", "hold")
    assert max(cue.rate_bpm for cue in after) <= cues[-1].rate_bpm
    assert sentences.JOINED not in {cue.why for cue in after[10:]}


def test_a_newcomer_is_still_waited_for_when_one_of_the_others_leaves() -> None:
    pacer = Pacer(("ana", "ben"), 0.0, SETTLE)
    breathe(pacer, 0, 60, at(12), 12.0)
    before = breathe(pacer, 60, 330, with_the_cue)[-1]
    assert before.stage in ("lead", "hold")
    pacer.join("mara")
    pacer.leave("ben")
    stays = breathe_both(pacer, 330, 350, None)
    assert {(cue.rate_bpm, cue.why) for cue in stays} == {(before.rate_bpm, sentences.JOINED)}


def test_who_joins_one_who_leads_is_not_waited_for() -> None:
    pacer = Pacer(("ana", "ben"), 0.0, Settings(mode="one_leads", leader="ana"))
    cues = breathe(pacer, 0, 120, at(8.0), 8.0)
    assert cues[-1].stage == "hold"
    pacer.join("cem")
    assert live(pacer, 120, 121, Heart(at(8.0), breath_bpm=8.0))[0].why == cues[-1].why


def test_who_leaves_takes_nothing_with_them() -> None:
    pacer = Pacer(("ana", "ben"), 0.0, SETTLE)
    breathe(pacer, 0, 60, at(12), 12.0)
    cues = breathe(pacer, 60, 240, with_the_cue, 12.0)
    assert cues[-1].stage in ("lead", "hold")
    pacer.leave("ana")
    after = breathe(pacer, 240, 260, with_the_cue)
    assert after[0].people == ("ben",)
    assert after[0].stage == cues[-1].stage
    assert abs((cues[-1].phase_at(241.0) - after[0].phase + 0.5) % 1 - 0.5) < 1e-9
    assert pacer.is_with("ben")


def test_one_who_was_not_with_the_cue_holds_up_nobody_after_leaving() -> None:
    pacer = Pacer(("ana", "ben"), 0.0, SETTLE)
    for second in range(1, 150):
        pacer.update(float(second), {"ana": reading(pacer, second, with_the_cue, 12.0),
                                     "ben": reading(pacer, second, at(17), 17.0)})  # fmt: skip
    pacer.leave("ben")
    cues = breathe(pacer, 150, 300, with_the_cue, 12.0)
    assert cues[-1].stage in ("lead", "hold")


def breathe_both(pacer: Pacer, begin: int, end: int, mara_bpm: float | None) -> list[Cue]:
    """Return the cues of every second: ana is with the cue, mara breathes at a pace of her own, measured or not."""
    cues = []
    for second in range(begin + 1, end + 1):
        ana = reading(pacer, second, with_the_cue, pacer.wave.rate_bpm)
        mara = Heart(at(15.0), swing=6.0 if mara_bpm else 0.0, breath_bpm=mara_bpm).reading(pacer, second)
        cues.append(pacer.update(float(second), {"ana": ana, "mara": mara}))
    return cues

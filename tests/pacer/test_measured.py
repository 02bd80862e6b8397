"""What a search has measured by itself, apart from what was known before; and whose it is."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.pacer import Pacer
from biosync.pacer.search import LEAST_BREATHS, MOST_BREATHS, MOST_MEASURED, UNKNOWN_SD_BPM, Search, search_for
from biosync.pacer.settings import Settings
from tests.pacer.following import Heart, breathe, live, resonant, with_the_cue

PACES = np.linspace(7.0, 4.5, 30)


def swept(settings: Settings, breaths: int = len(PACES), top_bpm: float = 5.5, error_bpm: float = 0.2) -> Search:
    """Return a search that measured so many breaths of a heart that swings most at ``top_bpm``."""
    search = search_for(settings)
    for pace in PACES[:breaths]:
        search.note(float(pace), 6.0 / (1 + (np.log(pace / top_bpm) / 0.15) ** 2), error_bpm)
    return search


def test_what_was_known_is_no_measurement() -> None:
    search = swept(Settings(resonance_bpm=6.2, resonance_sd_bpm=0.2), LEAST_BREATHS - 1)
    known = search.found()
    assert known is not None and (known.bpm, known.sd_bpm) == (6.2, 0.2)
    assert search.measured() is None


def test_a_measurement_does_not_hear_what_was_known() -> None:
    alone, told = (
        swept(each, error_bpm=0.8) for each in (Settings(), Settings(resonance_bpm=6.2, resonance_sd_bpm=0.2))
    )
    assert alone.measured() == alone.found() == told.measured()
    measured, found = told.measured(), told.found()
    assert measured is not None and found is not None
    assert measured.bpm == pytest.approx(5.5, abs=0.3)
    assert measured.bpm < found.bpm, "and what is believed does"


def test_one_more_breath_is_one_more_in_the_measurement() -> None:
    search = swept(Settings(resonance_bpm=6.2), 15)
    before = search.measured()
    search.note(5.4, 9.0, 0.2)
    assert search.measured() != before


def test_without_a_spread_a_usual_one_is_meant() -> None:
    known = search_for(Settings(resonance_bpm=5.2)).found()
    assert known is not None and known.sd_bpm == UNKNOWN_SD_BPM
    assert search_for(Settings()).found() is None


def test_the_first_words_say_what_it_starts_from_until_there_is_more_to_say() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(resonance_bpm=5.63, resonance_sd_bpm=0.2))
    cues = breathe(pacer, 0, 60, with_the_cue)
    assert cues[0].why == cues[15].why == "finding your breath; from there to what was found last time, 5.6 a minute"
    assert (cues[0].resonance_bpm, cues[0].resonance_sd_bpm) == (5.63, 0.2)
    assert "last time" not in cues[-1].why


def test_where_several_hearts_swung_to_one_cue_nothing_is_told_of_the_one_who_stays() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(resonance_bpm=5.6))
    assert pacer.resonance is not None
    pacer.join("Ben")
    assert (pacer.resonance, pacer.measured) == (None, None)
    pacer.leave("Ben")
    assert (pacer.resonance, pacer.measured) == (None, None)


def test_what_is_held_goes_on_to_be_measured_of_one_alone_for_so_many_breaths() -> None:
    pacer, heart = Pacer(("Ana",), 0.0, Settings(start_bpm=8.0)), Heart(swing=resonant(5.5))
    assert live(pacer, 0, 600, heart)[-1].stage == "hold"
    first = pacer.measured
    assert live(pacer, 600, 700, heart)[-1].stage == "hold"
    assert pacer.measured != first
    live(pacer, 700, 2600, heart)
    enough = pacer.measured
    live(pacer, 2600, 2700, heart)
    assert pacer.measured == enough, f"after {MOST_MEASURED} breaths there is no more to learn"


def test_a_pace_held_by_two_stays_when_one_leaves_however_differently_their_hearts_swing() -> None:
    pacer = Pacer(("Ana", "Ben"), 0.0, Settings(start_bpm=8.0))
    hearts = {name: Heart(swing=resonant(5.5, most_bpm=most)) for name, most in (("Ana", 10.0), ("Ben", 3.0))}
    before = live(pacer, 0, 900, hearts)[-1]
    pacer.leave("Ben")
    after = live(pacer, 900, 1200, hearts)
    assert before.stage == "hold" and {cue.stage for cue in after} == {"hold"}
    assert max(abs(cue.rate_bpm - before.rate_bpm) for cue in after) < 0.1


@pytest.mark.parametrize("swings", [[0.0], [0.0, 0.0, 4.0], [-1.0, -2.0]])
def test_hearts_that_do_not_swing_are_measured_too(swings: list[float]) -> None:
    search = search_for(Settings())
    for k, pace in enumerate(PACES):
        search.note(float(pace), swings[k % len(swings)], 0.0)
    found = search.found()
    assert found is not None and 4.5 <= found.low_bpm <= found.bpm <= found.high_bpm <= 7.0


def test_a_search_whose_limit_was_raised_asks_for_nothing_below_it() -> None:
    search, pace = search_for(Settings()), 7.0
    for breath in range(MOST_BREATHS):
        search.note(pace, 5.0, 0.5)
        if breath == 20:
            search.slowest_bpm = 6.0
        before, pace = pace, search.next_bpm(pace, 0.05)
        assert breath <= 20 or pace >= min(6.0, before)
    assert pace >= 6.0

"""Whole sessions with virtual people of both families, driven by ``biosync pace``'s lines: what always holds.

The scores of whole populations are the bench's: ``python -m tests.bench.cue``.
"""

from __future__ import annotations

from functools import cache
from itertools import product

import numpy as np
import pytest

from tests.bench.cue import judge
from tests.bench.cue.people import FAMILIES, Family, Kind, life
from tests.bench.cue.session import Ours, Trace, play

NUMBERS = (902, 905)
SAID_S = 15  # more than a breath


@cache
def session(kind: Kind, family: Family, number: int) -> Trace:
    return play(life(kind, family, number), Ours())


def changes(trace: Trace) -> np.ndarray:
    """Return by which share the breath was lengthened (or shortened) at each second."""
    rate = np.array(trace.rate_bpm)
    return rate[:-1] / rate[1:] - 1


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("number", NUMBERS)
def test_an_ordinary_person_follows(family: Family, number: int) -> None:
    trace = session("ordinary", family, number)
    assert judge.followed_share(trace) >= 0.9
    assert {"meet", "lead", "search"} <= set(trace.stage)
    assert min(trace.rate_bpm) >= 4.5


def test_ordinary_people_are_led_where_the_heart_swings() -> None:
    """All of them: one of the four hardly swings between 8 and 9 a minute, and must be led past that."""
    errors = []
    for number, family in product(NUMBERS, FAMILIES):
        trace = session("ordinary", family, number)
        assert judge.expected_share(trace) >= 0.8
        assert trace.found is not None
        errors.append(abs(trace.found[0] - life("ordinary", family, number).best_pace()))
    assert np.median(errors) <= 0.5


@pytest.mark.parametrize("family", FAMILIES)
def test_artefacts_do_not_change_that(family: Family) -> None:
    trace = session("artefacts", family, NUMBERS[0])
    assert judge.followed_share(trace) >= 0.85
    for begin, end in trace.life.silences:
        inside = changes(trace)[int(begin) + 7 : int(end)]
        assert np.all(inside <= 1e-9)  # while nothing comes, nothing gets slower


@pytest.mark.parametrize("family", FAMILIES)
def test_who_does_not_follow_is_in_the_end_not_led(family: Family) -> None:
    trace = session("alone", family, NUMBERS[0])
    assert np.median(np.array(trace.own_bpm[-120:]) - np.array(trace.rate_bpm[-120:])) <= 1.0
    assert {"search", "hold"}.isdisjoint(trace.stage)


def test_who_lapses_is_noticed() -> None:
    noticed = [
        s for family, number in product(FAMILIES, NUMBERS) for s in judge.losses(session("lapses", family, number))[0]
    ]
    assert len(noticed) >= 6
    assert np.median(noticed) <= 30


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["ordinary", "artefacts", "alone", "lapses"])
def test_whoever_it_is_the_cue_is_gentle_and_between_its_limits(kind: Kind, family: Family) -> None:
    trace = session(kind, family, NUMBERS[kind == "lapses"])
    assert np.max(np.abs(changes(trace))) <= 0.05 + 1e-9
    assert 4.0 <= min(trace.rate_bpm) <= max(trace.rate_bpm) <= 20.0
    assert all(trace.why)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("kind", ["ordinary", "lapses"])
def test_it_never_says_for_long_that_it_slows_while_it_stands(family: Family, kind: Kind) -> None:
    for number in NUMBERS:
        trace = session(kind, family, number)
        says = [why.startswith(("slowing", "a little slower")) for why in trace.why]
        at = [k for k in range(SAID_S, len(says)) if all(says[k - SAID_S : k + 1])]
        assert at
        assert not [k for k in at if trace.rate_bpm[k] > 0.999 * trace.rate_bpm[k - SAID_S]]

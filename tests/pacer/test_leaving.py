"""All signs together: who has left, and who has not."""

from __future__ import annotations

import math
from collections import deque

import pytest

from biosync.pacer.leaving import GONE_S, Leaving, Signs, values_of
from biosync.pacer.leaving_curves import CURVES

WITH = Signs(own_wave=-4.0, brief_part=1.0, brief_error=0.1, part=1.0, scatter=0.25)
AWAY = Signs(own_wave=12.0, brief_part=-0.1, brief_error=0.6, part=0.0, scatter=0.25, grown=1.0)


def after(*signs: Signs, shown: bool = True) -> Leaving:
    leaving = Leaving()
    for each in signs:
        leaving.look(each, 1.0, shown)
    return leaving


def test_who_shows_the_usual_swing_has_not_left() -> None:
    leaving = after(*[WITH] * 60)
    assert leaving.log_odds < -3
    assert leaving.for_s == 0


def test_who_breathes_a_breath_of_their_own_has() -> None:
    leaving = after(*[WITH] * 20, *[AWAY] * 8)
    assert leaving.seems_so
    assert leaving.for_s >= GONE_S


def test_a_moment_is_not_enough() -> None:
    assert after(*[WITH] * 20, AWAY).for_s < GONE_S
    assert after(*[WITH] * 20, *[AWAY] * 8, WITH, *[WITH] * 12).for_s == 0


def test_a_heart_that_hardly_shows_the_cue_tells_nothing() -> None:
    assert not after(*[WITH] * 20, *[AWAY] * 20, shown=False).seems_so


def test_what_is_over_counts_no_more() -> None:
    leaving = after(*[AWAY] * 20)
    leaving.begin()
    assert leaving.for_s == 0


def test_the_looks_before_count_too() -> None:
    past = deque(Signs(own_wave=float(k), brief_part=float(100 + k)) for k in range(13))
    values = values_of(past)
    assert (values["own_wave"], values["own_wave_before"]) == (12, 8)
    before = [values[f"brief_part{name}_before"] for name in ("", "_long", "_longest")]
    assert [values["brief_part"], *before] == [112, 108, 104, 100]
    assert values_of(deque([Signs(brief_part=0.3)]))["brief_part_longest_before"] == 0.3


def test_every_sign_has_a_curve() -> None:
    assert list(CURVES) == list(values_of(deque([Signs()])))
    for at, adds in CURVES.values():
        assert len(at) == len(adds) >= 2
        assert list(at) == sorted(set(at))
        assert all(map(math.isfinite, (*at, *adds)))


@pytest.mark.parametrize("sign", ["part", "brief_part_before"])
def test_less_of_the_usual_swing_speaks_for_leaving(sign: str) -> None:
    at, adds = CURVES[sign]
    near_none, near_all = (adds[min(range(len(at)), key=lambda k: abs(at[k] - part))] for part in (0.0, 1.0))
    assert near_none > near_all

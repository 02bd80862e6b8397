"""Hearts that rise together, for however short a moment of a breath, keep the cue from getting faster in it."""

from __future__ import annotations

from typing import get_args

import pytest

from biosync.events import Activation
from biosync.pacer.pacer import Pacer
from biosync.pacer.rising import MOST_SLOWER, Rising
from tests.pacer.following import Heart

CALM, RAISED = Heart(activation="calm"), Heart(activation="raised")


def look(rising: Rising, *hearts: Heart) -> None:
    pacer = Pacer(("a", "b", "c"), 0.0)
    each = {name: heart.reading(pacer, 60.0) for name, heart in zip("abc", hearts, strict=False)}
    rising.look(8.0, each)


@pytest.mark.parametrize("other", [one for one in (*get_args(Activation), None) if one != "raised"])
def test_one_alone_does_not_rise_together(other: Activation | None) -> None:
    rising = Rising(8.0)
    look(rising, RAISED, Heart(activation=other))
    assert (rising.count, rising.together) == (1, False)


def test_a_moment_counts_until_the_breath_is_over() -> None:
    rising = Rising(8.0)
    look(rising, RAISED, RAISED, CALM)
    assert rising.together
    look(rising, RAISED, CALM, CALM)
    assert rising.together and rising.slowest_bpm == pytest.approx(8.0 * (1 - MOST_SLOWER))
    rising.breath()
    assert not rising.together


def test_while_it_lasts_the_next_breath_knows_it_too() -> None:
    rising = Rising(8.0)
    look(rising, RAISED, RAISED)
    rising.breath()
    assert rising.together

"""Where the top of a heart's curve of swings may lie: as sure as the measured breaths allow, and no surer."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.curve import Curve, Tops
from tests.pacer.following import resonant

PACES = np.concatenate([np.linspace(7.0, 4.5, 20), np.linspace(4.5, 6.5, 15)])
SWING = resonant(5.6, most_bpm=8.0)


def measured(scatter_bpm: float, seed: int = 1) -> Curve:
    """Return the curve of a heart whose single breaths differ by so much."""
    dice, curve = np.random.default_rng(seed), Curve()
    for pace in PACES:
        curve.note(float(pace), float(SWING(pace)) + dice.normal(0, scatter_bpm), 0.1)
    return curve


def sure_bpm(curve: Curve) -> float:
    """Return the standard deviation of its tops."""
    return curve.tops(4.5, 7.0).sd_bpm


def test_what_breaths_differ_by_is_learned_from_them() -> None:
    steady, scattered = ([sure_bpm(measured(each, seed)) for seed in range(10)] for each in (0.1, 1.5))
    assert max(steady) < min(0.3, min(scattered))


def test_the_top_is_about_where_it_is() -> None:
    (middle,) = measured(0.3).tops(4.5, 7.0).quantiles(0.5)
    assert middle == pytest.approx(5.6, abs=0.2)


def test_a_heart_that_calms_while_a_pace_is_held_is_no_reason_to_leave_it() -> None:
    """Forty breaths at the pace found, and they swing by half as much again, or by a third less."""
    for level in (1.5, 0.65):
        curve = measured(0.3)
        for _ in range(40):
            curve.note(5.6, level * float(SWING(np.array(5.6))), 0.1, held=True)
        (middle,) = curve.tops(4.5, 7.0).quantiles(0.5)
        assert middle == pytest.approx(5.6, abs=0.3)


def test_nothing_is_told_of_nothing() -> None:
    with pytest.raises(ValueError, match="No breath"):
        Curve().tops(4.5, 7.0)


def test_what_was_known_before_weighs() -> None:
    tops = Tops(np.array([5.0, 5.5, 6.0]), np.full(3, 1 / 3), 0.1)
    (middle,) = tops.known(6.0, 0.2).quantiles(0.5)
    assert middle == 6.0
    assert tops.known(6.0, 0.2).weight.sum() == pytest.approx(1.0)
    assert tops.below(5.6) == pytest.approx(2 / 3)

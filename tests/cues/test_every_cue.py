"""Every cue there is: a pure, continuous function of phase between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync import catalog
from biosync.cues import bar, disc

Level = Callable[[float, float], float]
CUES: dict[str, Level] = {module.__name__: module.level for module in catalog.modules("biosync.cues")}
FRACTIONS = (0.2, 0.4, 0.5, 0.7)
GRID = [step / 4000 for step in range(4001)]


@pytest.fixture(params=sorted(CUES))
def level(request: pytest.FixtureRequest) -> Level:
    return CUES[request.param]


def test_every_file_in_the_room_is_a_cue() -> None:
    assert len(CUES) >= 2


@pytest.mark.parametrize("inhale", FRACTIONS)
def test_continuous_and_between_0_and_1(level: Level, inhale: float) -> None:
    values = np.array([level(phase, inhale) for phase in GRID])
    assert values.min() >= 0.0
    assert values.max() <= 1.0
    assert np.abs(np.diff(values)).max() < 0.005


@pytest.mark.parametrize("inhale", FRACTIONS)
def test_wraps_without_a_jump(level: Level, inhale: float) -> None:
    assert level(1.0, inhale) == pytest.approx(level(0.0, inhale))
    assert level(1.3, inhale) == pytest.approx(level(0.3, inhale))
    assert level(-0.2, inhale) == pytest.approx(level(0.8, inhale))


@pytest.mark.parametrize("inhale", FRACTIONS)
def test_rises_through_the_in_breath_and_falls_through_the_out_breath(level: Level, inhale: float) -> None:
    values = np.array([level(phase, inhale) for phase in GRID])
    top = round(inhale * 4000)
    assert (np.diff(values[: top + 1]) >= 0).all()
    assert (np.diff(values[top:]) <= 0).all()
    assert level(0.0, inhale) == pytest.approx(0.0)
    assert level(inhale, inhale) == pytest.approx(1.0)


def test_in_and_out_differ_in_shape(level: Level) -> None:
    share = np.linspace(0, 1, 101)
    breath_in = np.array([level(s * 0.4, 0.4) for s in share])
    breath_out = np.array([1 - level(0.4 + s * 0.6, 0.4) for s in share])
    assert np.abs(breath_in[:-1] - breath_out[:-1]).max() > 0.1


@given(st.floats(-1e6, 1e6), st.floats(0.01, 0.99))
def test_any_phase_gives_a_level(phase: float, inhale: float) -> None:
    for name, level in CUES.items():
        assert 0.0 <= level(phase, inhale) <= 1.0, name


@pytest.mark.parametrize("inhale", [0.0, 1.0, -0.1, float("nan")])
def test_a_breath_without_an_in_or_out_is_refused(level: Level, inhale: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        level(0.5, inhale)


def test_the_disc_comes_to_rest_at_both_turns() -> None:
    for turn in (0.0, 0.4):
        assert abs(disc.level(turn + 1e-4, 0.4) - disc.level(turn - 1e-4, 0.4)) < 1e-6


def test_the_bar_fills_evenly() -> None:
    assert bar.level(0.1, 0.4) == pytest.approx(0.25)
    assert bar.level(0.3, 0.4) == pytest.approx(0.75)

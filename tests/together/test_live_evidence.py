"""What is told while a session runs: a lamp that no single look lights, and a verdict that many looks do not spoil."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from biosync.together.lamp import LampState
from biosync.together.session_evidence import SPREAD, SessionEvidence


def test_one_look_never_lights_the_lamp() -> None:
    lamp = LampState()
    assert not lamp.look(0.0, 1e-9)
    assert not lamp.look(29.0, 0.5)
    assert not lamp.look(31.0, 1e-9)


def test_half_a_minute_lights_it_and_only_a_clear_end_puts_it_out() -> None:
    lamp = LampState()
    lit = [lamp.look(float(t), 0.005) for t in range(0, 60, 5)]
    assert lit == [False] * 6 + [True] * 6
    assert lamp.look(60.0, 0.09)
    assert not lamp.look(65.0, 0.11)
    assert not lamp.look(70.0, 0.005)


def test_a_pause_between_looks_is_no_while() -> None:
    lamp = LampState()
    lamp.look(0.0, 0.001)
    assert not lamp.look(40.0, 0.001)
    assert [lamp.look(40.0 + t, 0.001) for t in (10, 20, 30)] == [False, False, True]


def test_what_is_unknown_puts_it_out() -> None:
    lamp = LampState()
    for t in range(0, 45, 5):
        lamp.look(float(t), 0.001)
    assert lamp.lit
    assert not lamp.look(45.0, None)
    assert not lamp.look(50.0, 0.001)


def after(zs: Iterable[float]) -> SessionEvidence:
    found = SessionEvidence()
    for z in zs:
        found.add(z)
    return found


def test_a_session_of_strangers_is_seldom_called_in_step() -> None:
    dice = np.random.default_rng(1)
    assert sum(after(dice.normal(0.0, SPREAD, 20)).in_step for _ in range(400)) <= 20  # one session of 20


def test_a_session_in_step_is_found_and_stays_found() -> None:
    found = after([1.8] * 10)
    assert found.in_step
    found.add(-4.0)
    assert found.in_step and found.e < found.most


@pytest.mark.parametrize("z", [-50.0, 0.0, 50.0])
def test_no_single_block_decides(z: float) -> None:
    found = SessionEvidence()
    found.add(z)
    assert np.isfinite(found.e)
    assert not found.in_step or z > 4.0

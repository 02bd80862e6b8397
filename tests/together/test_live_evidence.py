"""What is told while a session runs: a lamp that no single look lights, and a verdict that many looks do not spoil."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.together.lamp import LampState
from biosync.together.session_evidence import BLOCK_S, SessionEvidence, evidence_block
from tests.together.people import Pair, pair


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


def course(made: Pair, seconds: int) -> SessionEvidence:
    found = SessionEvidence()
    for end in range(90, seconds + 1, BLOCK_S):
        z = evidence_block(made.first, made.second, float(end), made.cues)
        if z is not None:
            found.add(z)
    return found


def test_a_session_of_strangers_is_seldom_called_in_step() -> None:
    assert sum(course(pair(seed, 480.0, cue="moving"), 480).in_step for seed in range(40)) <= 6


def test_a_session_in_step_is_found_and_stays_found() -> None:
    found = course(pair(1, 480.0, cue="moving", shared_bpm=2.5), 480)
    assert found.in_step
    found.add(-4.0)
    assert found.in_step and found.e < found.most


@pytest.mark.parametrize("z", [-50.0, 0.0, 50.0])
def test_no_single_block_decides(z: float) -> None:
    found = SessionEvidence()
    found.add(z)
    assert np.isfinite(found.e)
    assert not found.in_step or z > 4.0


def test_where_too_little_is_known_there_is_no_block() -> None:
    made = pair(2)
    assert evidence_block(made.first.between(0.0, 30.0), made.second, 30.0) is None
    assert evidence_block(made.first.between(0.0, 0.0), made.second, 100.0) is None
    assert evidence_block(made.first.between(0.0, 100.0), made.second, 140.0) is None

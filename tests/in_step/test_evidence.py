"""The session's own evidence: honest under many looks, and it sees who is a little behind."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.in_step.evidence import PairEvidence
from biosync.together.session_evidence import BLOCK_S, FITTED_S
from biosync.together.whitening import White
from biosync.types import FloatArray

BLOCKS = 40
"""Twenty minutes."""


def white(u: FloatArray, known: bool = True) -> White:
    return White(u, np.full(len(u), known), np.ones(1), 1, np.empty(0))


def session(seed: int, strength: float = 0.0, lag_s: int = 0) -> PairEvidence:
    """Return the evidence of two white hearts who share ``strength`` of their spread, the second ``lag_s`` behind."""
    dice = np.random.default_rng(seed)
    n = FITTED_S + BLOCKS * BLOCK_S
    shared, own = dice.normal(size=n), dice.normal(size=(2, n))
    a = strength * shared + np.sqrt(1 - strength**2) * own[0]
    b = strength * np.roll(shared, lag_s) + np.sqrt(1 - strength**2) * own[1]
    evidence = PairEvidence()
    for end in range(FITTED_S, n + 1, BLOCK_S):
        evidence.add(white(a[end - FITTED_S : end]), white(b[end - FITTED_S : end]))
    return evidence


def test_independent_hearts_are_seldom_called_in_step_however_often_one_looks() -> None:
    assert sum(session(seed).in_step for seed in range(200)) <= 10  # at most one session of 20


@pytest.mark.parametrize("lag_s", [0, 1, 2, -2, 3])
def test_a_shared_rhythm_is_found_at_once_or_a_little_behind(lag_s: int) -> None:
    assert sum(session(seed, 0.6, lag_s).in_step for seed in range(20)) >= 19


def test_one_up_while_the_other_is_down_is_found_too() -> None:
    evidence, n = PairEvidence(), FITTED_S + BLOCKS * BLOCK_S
    x = np.random.default_rng(1).normal(size=n)
    for end in range(FITTED_S, n + 1, BLOCK_S):
        evidence.add(white(x[end - FITTED_S : end]), white(-x[end - FITTED_S : end]))
    assert evidence.in_step


def test_of_what_is_not_known_nothing_is_made() -> None:
    evidence = PairEvidence()
    evidence.add(white(np.zeros(FITTED_S)), white(np.ones(FITTED_S)))
    evidence.add(white(np.ones(FITTED_S), known=False), white(np.ones(FITTED_S)))
    assert not evidence.begun and not evidence.in_step

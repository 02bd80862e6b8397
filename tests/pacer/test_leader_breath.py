"""The breath of one who leads: believed once it is sure, however slow it is."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.leader_breath import READINGS, LeaderBreath
from biosync.pacer.reading import Reading


def told(bpm: float | None, confidence: float = 0.9) -> Reading:
    empty = np.zeros(0)
    return Reading(empty, empty, np.zeros(0, dtype=bool), "good", bpm, confidence)


def take(breath: LeaderBreath, bpm: list[float | None], confidence: float = 0.9) -> float | None:
    for each in bpm:
        breath.take(told(each, confidence))
    return breath.bpm


def test_counts_once_a_row_agrees() -> None:
    breath = LeaderBreath()
    assert take(breath, [14.0] * (READINGS - 1)) is None
    assert take(breath, [14.4]) == pytest.approx(14.0)


def test_a_row_that_is_broken_begins_anew() -> None:
    assert take(LeaderBreath(), [14.0] * (READINGS - 1) + [None] + [14.0] * (READINGS - 1)) is None


def test_what_scatters_does_not_count() -> None:
    assert take(LeaderBreath(), [12.0, 14.0] * 20) is None


def test_a_slow_breath_must_be_surer() -> None:
    assert take(LeaderBreath(), [12.0] * 12, confidence=0.5) == 12.0
    assert take(LeaderBreath(), [8.0] * 12, confidence=0.5) is None
    assert take(LeaderBreath(), [6.0] * 12, confidence=0.8) == 6.0

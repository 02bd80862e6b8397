"""RSA per breath of the cue."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.metrics.rsa import rsa_bpm
from tests.metrics.series import joined, wave

CYCLES = [2.0 + 10 * k for k in range(7)]


def test_is_the_swing_within_a_cycle() -> None:
    x = wave(6, 100, mean_ms=900, swing_ms=60)
    assert rsa_bpm(x, CYCLES) == pytest.approx(60000 / 840 - 60000 / 960, rel=0.05)


def test_is_the_median_of_the_last_five() -> None:
    x = wave(6, 100)
    x.rr_ms[(x.t_s > 2) & (x.t_s < 12)] = 400
    quiet = (x.t_s > 52) & (x.t_s < 62)
    x.rr_ms[quiet] = 900
    assert rsa_bpm(x, CYCLES) == pytest.approx(60000 / 840 - 60000 / 960, rel=0.05)


def test_needs_three_whole_cycles() -> None:
    x = wave(6, 100)
    assert rsa_bpm(x, CYCLES[:4]) is not None
    assert rsa_bpm(x, CYCLES[:3]) is None
    assert rsa_bpm(x, []) is None


def test_a_cycle_with_a_gap_or_not_yet_over_does_not_count() -> None:
    whole = wave(6, 33).rr_ms
    x = joined(whole, whole, pause_s=4)
    assert rsa_bpm(x, [2, 12, 22, 32]) is not None
    assert rsa_bpm(x, [12, 22, 32, 42]) is None
    assert rsa_bpm(x, [50, 60, 70, 80]) is None


def test_no_beats_no_swing() -> None:
    assert rsa_bpm(wave(6, 30).where(np.zeros(34, dtype=bool)[: len(wave(6, 30))]), CYCLES) is None

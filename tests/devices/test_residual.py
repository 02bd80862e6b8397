"""The residual that begins in a virtual person: its spread and its band are those that are stated."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import welch

from devices.coupling import RESIDUAL_HZ
from devices.person import STEP_S
from devices.residual import Residual


def values(seed: int, seconds: float) -> NDArray[np.float64]:
    residual = Residual(Random(seed))
    return np.array([residual.step() for _ in range(round(seconds / STEP_S))])


def test_its_spread_is_one_from_the_first_second_on() -> None:
    at_once = np.array([Residual(Random(seed)).step() for seed in range(300)])
    assert at_once.std() == pytest.approx(1.0, abs=0.15)
    assert values(1, 6000).std() == pytest.approx(1.0, abs=0.05)
    assert values(1, 6000).mean() == pytest.approx(0.0, abs=0.05)


def test_it_lies_within_its_band() -> None:
    hz, power = welch(values(2, 6000), 1 / STEP_S, nperseg=8000)
    low, high = RESIDUAL_HZ
    assert power[(hz >= low) & (hz <= high)].sum() / power.sum() == pytest.approx(0.955, abs=0.02)


def test_another_seed_is_another_residual_and_the_same_one_is_the_same() -> None:
    assert np.array_equal(values(3, 60), values(3, 60))
    assert abs(np.corrcoef(values(3, 3000), values(4, 3000))[0, 1]) < 0.15

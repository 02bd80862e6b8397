"""Scenes of the demo's virtual people, and what their beats and residuals show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfiltfilt

from devices.coupling import SCENARIOS
from devices.person import TrueBeat, born
from devices.room import Room
from devices.scenario import Scene, scene

NAMES = (
    "Ana", "Ben", "Mara", "Jon", "Ida", "Tomas", "Lea", "Noor", "Emil", "Sara", "Finn", "Aya", "Paul", "Rosa", "Kim",
    "Zoe",
)  # fmt: skip
GRID_S = 0.25

Series = NDArray[np.float64]


def made(scenario: str, seed: int, people: int | None = None) -> Scene:
    """Return a scene of so many people, or of as many as it usually has."""
    count = SCENARIOS[scenario].usual if people is None else people
    return scene(scenario, {name: born(1000 * seed + k) for k, name in enumerate(NAMES[:count])}, seed)


@dataclass(frozen=True)
class Lived:
    """What people lived through: everybody's beats, and their residuals (bpm) at ``t_s``."""

    beats: dict[str, list[TrueBeat]]
    t_s: Series
    residuals: dict[str, Series]

    def heart_rate(self, name: str) -> Series:
        """Return the heart rate (bpm) at ``t_s``, from the beats."""
        beats = self.beats[name]
        return np.interp(self.t_s, [b.t - b.rr_s / 2 for b in beats], [60 / b.rr_s for b in beats])

    def slow(self, name: str) -> Series:
        """Return the heart rate's part of 0.04 to 0.15 Hz: slower than free breathing, faster than drift."""
        band = butter(3, [0.04, 0.15], "band", fs=1 / GRID_S, output="sos")
        return np.asarray(sosfiltfilt(band, self.heart_rate(name)))


def lived(one: Scene, seconds: float) -> Lived:
    """Let the people of a scene live without a cue."""
    room = Room(one.truth, one.traits)
    t_s = np.array([GRID_S * k for k in range(1, int(seconds / GRID_S) + 1)])
    beats: dict[str, list[TrueBeat]] = {name: [] for name in one.truth.people}
    residuals: dict[str, list[float]] = {name: [] for name in one.truth.people}
    for t in t_s:
        for guest in room.guests:
            beats[guest.name] += guest.live_until(float(t))
            residuals[guest.name].append(room.residual_bpm[guest.name])
    return Lived(beats, t_s, {name: np.array(values) for name, values in residuals.items()})


def correlation(a: Series, b: Series, lag_s: float = 0.0) -> float:
    """Return how well ``b`` repeats ``a`` so much later."""
    k = round(lag_s / GRID_S)
    if k < 0:
        return correlation(b, a, -lag_s)
    return float(np.corrcoef(a[: len(a) - k], b[k:])[0, 1])


def best_lag_s(a: Series, b: Series) -> float:
    """Return the lag within 5 s at which ``b`` repeats ``a`` best; positive where ``a`` is first."""
    lags = [GRID_S * k for k in range(-20, 21)]
    return max(lags, key=lambda lag_s: correlation(a, b, lag_s))

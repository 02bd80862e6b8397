"""A simulated radio with known truth: beats of a steady heart, packed into notifications that are late or lost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.heart.beats import BeatClock, PlacedBeat


@dataclass(frozen=True)
class Radio:
    """What happens between strap and computer. ``jitter_s``: every arrival is up to this late; ``loss``: share of
    notifications lost; ``drift``: how much faster the strap's clock runs; ``hold``: share of notifications in which
    the strap keeps its intervals for later; ``drops``: (start, end) times of a link that is gone."""

    jitter_s: float = 0.0
    loss: float = 0.0
    drift: float = 0.0
    hold: float = 0.0
    drops: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Received:
    """Beats placed by the clock, their true times, and after which of them something was really lost."""

    placed: list[PlacedBeat]
    true_t: np.ndarray
    lost_before: np.ndarray

    @property
    def error(self) -> np.ndarray:
        return np.array([beat.beat_t for beat in self.placed]) - self.true_t

    @property
    def uncertainty(self) -> np.ndarray:
        return np.array([beat.t_uncertainty_s for beat in self.placed])

    @property
    def gaps(self) -> np.ndarray:
        return np.flatnonzero([beat.gap for beat in self.placed])


def receive(radio: Radio, seed: int, seconds: float = 600.0, heart_rate: float = 65.0) -> Received:
    """Return what the beat clock makes of ``seconds`` of a heart behind ``radio``."""
    dice = np.random.default_rng(seed)
    true_t, rr_ms = _heart(dice, seconds, heart_rate)
    clock, placed, fed = BeatClock(), [], []
    sent_t, upcoming, kept = dice.uniform(0, 1), 0, []
    while sent_t < seconds:
        while upcoming < len(true_t) and true_t[upcoming] <= sent_t:
            kept.append(upcoming)
            upcoming += 1
        now, kept = ([], kept) if dice.random() < radio.hold and len(kept) < 4 else (kept, [])
        gone = any(a <= sent_t <= b for a, b in radio.drops)
        if not gone and dice.random() >= radio.loss:
            arrival = sent_t + dice.uniform(0, radio.jitter_s)
            placed += clock.feed(arrival, [rr_ms[k] * (1 + radio.drift) for k in now])
            fed += now
        sent_t += 1.0
    placed += clock.flush()
    return Received(placed, true_t[fed], np.flatnonzero(np.diff(fed) > 1) + 1)


def _heart(dice: np.random.Generator, seconds: float, heart_rate: float) -> tuple[np.ndarray, list[float]]:
    times, t = [], 0.0
    while t < seconds:
        t += 60 / heart_rate * (1 + 0.05 * np.sin(2 * np.pi * 0.1 * t) + 0.02 * dice.standard_normal())
        times.append(t)
    return np.array(times), [float(1000 * rr) for rr in np.diff(times, prepend=0.0)]

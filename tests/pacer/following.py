"""A made-up heart for the pacer's tests: swings with the cue, with a breath of its own, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from biosync.events import Activation, Cue, Quality
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading

RR_S, LATE_S, SPAN_S = 0.85, 2.0, 130.0
NOISE = np.random.default_rng(1).normal(0, 1, 20_000)
Phase = Callable[[Pacer, np.ndarray], np.ndarray]
Swing = Callable[[np.ndarray], np.ndarray]


def with_the_cue(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
    return pacer.wave.cycles_at(t_s)


def at(rate_bpm: float) -> Phase:
    return lambda pacer, t_s: t_s * rate_bpm / 60


def until(end: float, first: Phase, then: Phase) -> Phase:
    """Return a breath that goes one way until ``end`` (s) and another way from there."""
    return lambda pacer, t_s: np.where(t_s < end, first(pacer, t_s), then(pacer, t_s))


def resonant(best_bpm: float, damping: float = 0.25, most_bpm: float = 8.0) -> Swing:
    """Return a swing (bpm, highest minus lowest) at each pace that is largest at ``best_bpm``: a band pass."""

    def swing(pace_bpm: np.ndarray) -> np.ndarray:
        off = np.asarray(pace_bpm) / best_bpm
        return np.asarray(most_bpm * 2 * damping * off / np.hypot(1 - off**2, 2 * damping * off))

    return swing


@dataclass(frozen=True, slots=True)
class Heart:
    """``phase``: whose breath it swings with; ``swing``: how far in bpm, or how far at each pace; ``noise_bpm``: the SD
    of each beat; ``breath_bpm``: the breath that is measured; ``early``: the time (s) of each early beat."""

    phase: Phase = with_the_cue
    swing: float | Swing = 6.0
    noise_bpm: float = 0.7
    breath_bpm: float | None = None
    confidence: float = 0.9
    quality: Quality = "good"
    activation: Activation | None = None
    early: tuple[float, ...] = ()

    def reading(self, pacer: Pacer, t: float) -> Reading:
        """Return what is known at time ``t``: beats up to 2 s ago."""
        t_s = RR_S * np.arange(np.ceil(max(0.0, t - SPAN_S) / RR_S), np.floor((t - LATE_S) / RR_S) + 1)
        cycles = self.phase(pacer, t_s)
        swing = self.swing
        if callable(swing):
            swing = swing(60 * np.gradient(cycles, t_s) if len(t_s) > 1 else np.full(len(t_s), 12.0))
        rates = 66 + swing / 2 * np.cos(2 * np.pi * cycles) + self.noise_bpm * NOISE[np.round(t_s / RR_S).astype(int)]
        normal = np.ones(len(t_s), dtype=bool)
        for each in self.early:
            near = np.abs(t_s - each) < RR_S
            rates, normal = np.where(near, 68.0, rates), normal & ~near
        confidence = self.confidence if self.breath_bpm else 0.0
        return Reading(t_s, rates, normal, self.quality, self.breath_bpm, confidence, self.activation)

    def but(self, **changes: object) -> Heart:
        """Return the same heart but for ``changes``."""
        return replace(self, **changes)  # type: ignore[arg-type]


def without(reading: Reading, begin: float, end: float) -> Reading:
    """Return the same reading without the beats between two times."""
    there = (reading.t_s < begin) | (reading.t_s > end)
    rates, normal = reading.heart_rate_bpm[there], reading.normal[there]
    return replace(reading, t_s=reading.t_s[there], heart_rate_bpm=rates, normal=normal)


def live(pacer: Pacer, begin: float, end: float, hearts: Mapping[str, Heart] | Heart) -> list[Cue]:
    """Return the cues of every second after ``begin`` up to ``end``."""
    cues = []
    for t in np.arange(begin + 1, end + 0.5):
        each = {name: hearts for name in pacer.people} if isinstance(hearts, Heart) else hearts
        cues.append(pacer.update(float(t), {name: each[name].reading(pacer, float(t)) for name in pacer.people}))
    return cues


def reading(pacer: Pacer, t: float, phase: Phase, breath_bpm: float | None, quality: Quality = "good") -> Reading:
    """Return what is known of a heart that swings by 6 bpm with ``phase``."""
    return Heart(phase, breath_bpm=breath_bpm, quality=quality).reading(pacer, t)


def breathe(
    pacer: Pacer, begin: float, end: float, phase: Phase, breath_bpm: float | None = None, quality: Quality = "good"
) -> list[Cue]:
    """Return the cues of every second with everybody's heart at ``phase``."""
    return live(pacer, begin, end, Heart(phase, breath_bpm=breath_bpm, quality=quality))

"""Made-up hearts for looks at two and more: each breathes with one cue, and takes in a slow residual of the first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.events import Cue, Group, Synchrony
from biosync.heart.intervals import Beats
from biosync.in_step.circle import Circle
from biosync.in_step.hearts import Heart
from biosync.types import FloatArray

CUE_BPM = 6.0
STEP_S = 0.1
KNOWN_LATER_S = 3.0
"""Beats are labelled, and known, so much later than they are."""


@dataclass(frozen=True)
class Person:
    """``shared_bpm`` SD of the residual that all share, heard ``lag_s`` late; ``own_bpm`` SD of their own."""

    name: str
    shared_bpm: float = 0.0
    lag_s: float = 0.0
    own_bpm: float = 1.2
    uncertainty_s: float = 0.05


def slow_noise(seconds: float, seed: int) -> FloatArray:
    """Return noise of SD 1 at 0.03 to 0.3 Hz, every ``STEP_S``."""
    n = int(seconds / STEP_S) + 1
    f = np.fft.rfftfreq(n, STEP_S)
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=n)) * ((f > 0.03) & (f < 0.3))
    x = np.fft.irfft(spectrum, n)
    return np.asarray(x / x.std())


def heart_of(person: Person, seconds: float, seed: int, number: int) -> Beats:
    """Return the person's beats over ``seconds``; the same ``seed`` shares the same residual."""
    t = np.arange(int(seconds / STEP_S) + 1) * STEP_S
    shared = np.interp(t - person.lag_s, t, slow_noise(seconds, seed))
    rate = 70 + 5 * np.sin(2 * np.pi * CUE_BPM / 60 * t + number) + person.shared_bpm * shared
    rate += person.own_bpm * slow_noise(seconds, 1000 * seed + number + 1)
    cycles = np.cumsum(rate / 60 * STEP_S)
    ends = np.interp(np.arange(1, int(cycles[-1])), cycles, t)
    rr_ms = np.diff(ends) * 1000
    return Beats(ends[1:], rr_ms, np.zeros(len(rr_ms), dtype=np.int8), np.zeros(len(rr_ms), dtype=bool))


def looked_at(
    people: list[Person], seconds: float, seed: int = 1, without: tuple[float, float] | None = None
) -> list[Synchrony | Group]:
    """Return all that a circle of ``people`` tells; ``without``: from when to when (s) the first has no strap."""
    beats = [heart_of(one, seconds, seed, number) for number, one in enumerate(people)]
    names = tuple(one.name for one in people)
    circle, told = Circle(), []
    for second in range(1, int(seconds)):
        t = float(second)
        circle.plan(Cue(t, names, CUE_BPM, t * CUE_BPM / 60 % 1.0, 0.4, "lead", 1.0, ""))

        def hearts(t: float = t) -> list[Heart]:
            gone = [without, *[None] * len(people)]
            return [_known(one, x, t, away) for one, x, away in zip(people, beats, gone, strict=False)]

        told += circle.tick(t, names, hearts)
    return told


def _known(person: Person, beats: Beats, t: float, without: tuple[float, float] | None) -> Heart:
    there = (beats.t_s > t - 330) & (beats.t_s <= t - KNOWN_LATER_S)
    if without is not None:
        there &= (beats.t_s < without[0]) | (beats.t_s > without[1])
    known = Beats(beats.t_s[there], beats.rr_ms[there], beats.label[there], beats.gap[there])
    return Heart(person.name, known, np.full(len(known), person.uncertainty_s), -np.inf)

"""``python -m tests.bench.cue.own [PEOPLE]``: how soon, and how well, a breath of their own is known from the heart
alone; and how often something that is none is taken for one. The figures are those of docs/pacer.md.

``PEOPLE`` (default 40) of each family, who breathe as they like for four minutes; hearts of noise alone, white or
falling with frequency; and hearts with nothing but a strong wave of the blood pressure.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product

import numpy as np
from scipy.signal import lfilter

from biosync.pacer.own import OwnBreath
from biosync.types import FloatArray
from tests.bench.cue.breathing import Cue
from tests.bench.cue.people import FAMILIES, Family, Person, life
from tests.bench.cue.readings import MOST_BEATS, of_beats, of_rates

SECONDS, SETTLED_S, OFF_BPM = 240, 30, 1.2
NOISES, PRESSURES = 24, 12
RR_S, NOISE_BPM = 0.85, 1.5
PRESSURE_BPM, PRESSURE_SWING = (5.0, 6.5), (5.0, 10.0)
Heart = Callable[[int], tuple[FloatArray, FloatArray]]
"""Gives beats: times in s and heart rates in bpm."""


def main() -> None:
    """Print the figures."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(known_of, *zip(*product(FAMILIES, range(people)), strict=True)))
        noises = list(pool.map(partial(believed, noise), range(NOISES)))
        pressures = list(pool.map(partial(believed, pressure), range(PRESSURES)))
    after = [known_s for known_s, _ in found if known_s is not None]
    off = float(np.mean(np.concatenate([each for _, each in found]) > OFF_BPM))
    median_s, most_s = np.percentile(after, (50, 90))
    print(f"{len(found)} people: known after {median_s:.0f} s, nine in ten after {most_s:.0f},")
    print(f"  not within {SECONDS} s in {len(found) - len(after)}; then off by more than {OFF_BPM}: {off:.0%}")
    print(f"noise without a breath: one was believed within {SECONDS} s in {sum(noises)} of {NOISES}")
    print(f"a wave of the pressure alone: one was believed in {sum(pressures)} of {PRESSURES}")


def known_of(family: Family, number: int) -> tuple[float | None, FloatArray]:
    """Return after how long (s) the breath of somebody who follows nobody was known, None if never, and how far (bpm)
    it was off the mean of their last half minute at each second since."""
    person, own = Person(life("alone", family, number)), OwnBreath()
    person.cue = Cue()
    beats: list[tuple[float, float]] = []
    rates: list[float] = []
    known_s, off = None, []
    for second in range(1, SECONDS + 1):
        beats += person.live_until(float(second))
        rates.append(person.breath.rate_hz * 60)
        if beats:
            own.take(of_beats(beats))
        if own.bpm is not None:
            known_s = known_s or float(second)
            off.append(abs(own.bpm - float(np.mean(rates[-SETTLED_S:]))))
    return known_s, np.array(off)


def believed(heart: Heart, number: int) -> bool:
    """Tell if a breath was ever believed in a heart that shows none."""
    t, rates = heart(number)
    own = OwnBreath()
    return any(_takes(own, t[t <= second], rates[t <= second]) for second in range(1, SECONDS + 1))


def _takes(own: OwnBreath, t: FloatArray, rates: FloatArray) -> bool:
    own.take(of_rates(t[-MOST_BEATS:], rates[-MOST_BEATS:]))
    return own.bpm is not None


def noise(number: int) -> tuple[FloatArray, FloatArray]:
    """Return beats (time in s, heart rate in bpm) of noise: one is white, the next one falls with frequency."""
    dice = np.random.default_rng(number)
    t = RR_S * np.arange(int(SECONDS / RR_S))
    white = dice.normal(0.0, NOISE_BPM, len(t))
    return t, 70 + (white if number % 2 else falling(white))


def falling(white: FloatArray) -> FloatArray:
    """Return noise whose power falls with frequency (an autoregression of the first order, 0.8), as strong."""
    return np.asarray(lfilter([0.6], [1.0, -0.8], white))


def pressure(number: int) -> tuple[FloatArray, FloatArray]:
    """Return beats of a wave of the blood pressure that wanders, in little noise."""
    dice = np.random.default_rng(number)
    t, noisy = noise(number)
    pace = dice.uniform(*PRESSURE_BPM) * np.exp(0.1 * falling(dice.normal(0.0, 1.0, len(t))))
    wave = dice.uniform(*PRESSURE_SWING) / 2 * np.cos(2 * np.pi * np.cumsum(pace / 60 * RR_S))
    return t, 70 + (noisy - 70) / 3 + wave


if __name__ == "__main__":
    main()

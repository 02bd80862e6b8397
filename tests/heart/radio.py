"""A simulated radio with known truth: beats of a heart, packed into notifications that are late, lost or wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from biosync.heart.beats import BeatClock, PlacedBeat
from biosync.types import BoolArray, FloatArray, IntArray

LONGEST_LATE_S = 4.0


@dataclass(frozen=True)
class Radio:
    """What happens between strap and computer.

    ``jitter_s``: every arrival is up to this late; ``loss``: share of notifications lost; ``drift``: how much faster
    the strap's clock runs; ``drops``: (start, end) times of a link that is gone; ``overhang_s``: a beat may be sent
    up to this much later than it could be; ``repeat``: share of notifications that bring the last interval of the
    one before again. Late intervals, as shares of notifications with which it begins: ``hold``: this one notification
    is empty, its intervals come later (up to four times in a row); ``stall``: for up to 4 s nothing arrives, then all
    at once; ``lag``: for up to 4 s every interval is sent that much late, then the strap catches up. ``silent``:
    notifications without intervals are seen.
    """

    jitter_s: float = 0.0
    loss: float = 0.0
    drift: float = 0.0
    drops: tuple[tuple[float, float], ...] = ()
    overhang_s: float = 0.0
    repeat: float = 0.0
    hold: float = 0.0
    stall: float = 0.0
    lag: float = 0.0
    silent: bool = True


@dataclass(frozen=True)
class Heart:
    """A steady heart: beats per minute, and how far its intervals swing with ten-second waves and at random."""

    heart_rate: float = 65.0
    swing: float = 0.05
    noise: float = 0.02

    def beats(self, dice: np.random.Generator, seconds: float) -> tuple[FloatArray, FloatArray]:
        """Return the times at which beats end (s), and their intervals (ms)."""
        times, t = [], 0.0
        while t < seconds:
            wave = self.swing * np.sin(2 * np.pi * 0.1 * t)
            t += 60 / self.heart_rate * (1 + wave + self.noise * dice.standard_normal())
            times.append(t)
        return np.array(times), 1000 * np.diff(times, prepend=0.0)


@dataclass(frozen=True)
class Arrival:
    """One notification: when it arrived, and which beats it brought (numbers, oldest first)."""

    at: float
    beats: tuple[int, ...]


@dataclass(frozen=True)
class Received:
    """Beats placed by the clock (n), their true times (n,), which of them (n,) came a second time, after which of
    them beats were really lost, and how long each was held."""

    placed: list[PlacedBeat]
    true_t: FloatArray
    again: BoolArray
    lost_before: IntArray
    held_s: FloatArray

    @property
    def error(self) -> FloatArray:
        """How late (s) each beat is placed; an interval that came twice counts once."""
        return (np.array([beat.beat_t for beat in self.placed]) - self.true_t)[~self.again]

    @property
    def uncertainty(self) -> FloatArray:
        return np.array([beat.t_uncertainty_s for beat in self.placed])[~self.again]

    @property
    def inside(self) -> float:
        """The share of beats whose stated uncertainty holds the truth."""
        return float(np.mean(np.abs(self.error) <= self.uncertainty))

    @property
    def gaps(self) -> IntArray:
        return np.flatnonzero([beat.gap for beat in self.placed])

    def found(self, within: int = 8) -> IntArray:
        """Return those of ``lost_before`` that have a gap at most ``within`` beats later, or one before."""
        after = [np.any((self.gaps >= lost - 1) & (self.gaps <= lost + within)) for lost in self.lost_before]
        return self.lost_before[np.array(after, dtype=bool)]

    def false_gaps(self, within: int = 8) -> IntArray:
        """Return the gaps without a loss at most ``within`` beats before them, or one after, or a repeated beat."""
        causes = np.concatenate([self.lost_before, np.flatnonzero(self.again)])
        return np.array([g for g in self.gaps if not np.any((causes <= g + 1) & (g <= causes + within))], dtype=int)


def receive(radio: Radio, seed: int, heart: Heart | None = None, seconds: float = 600.0) -> Received:
    """Return what the beat clock makes of ``seconds`` of a heart behind ``radio``."""
    dice = np.random.default_rng(seed)
    true_t, rr_ms = (heart or Heart()).beats(dice, seconds)
    clock = BeatClock()
    placed: list[PlacedBeat] = []
    fed: list[int] = []
    out_at: list[float] = []
    in_at: list[float] = []
    for arrival in arrivals(radio, true_t, dice, seconds):
        if arrival.beats or radio.silent:
            placed += clock.feed(
                arrival.at, [rr_ms[k] * (1 + radio.drift) for k in arrival.beats], sees_empty=radio.silent
            )
        fed += arrival.beats
        in_at += [arrival.at] * len(arrival.beats)
        out_at += [arrival.at] * (len(placed) - len(out_at))
    placed += clock.flush()
    out_at += in_at[len(out_at) :]
    steps = np.diff(fed, prepend=-1)
    held_s = np.array(out_at) - np.array(in_at)
    return Received(placed, true_t[fed], steps < 1, np.flatnonzero(steps[1:] > 1) + 1, held_s)


def arrivals(radio: Radio, true_t: FloatArray, dice: np.random.Generator, seconds: float) -> Iterator[Arrival]:
    """Give what reaches the computer, in order."""
    stalled_until, last = -1.0, -1
    for sent, beats in _sent(radio, true_t, dice, seconds):
        gone = any(a <= sent <= b for a, b in radio.drops)
        if gone or dice.random() < radio.loss:
            continue
        at = sent + dice.uniform(0, radio.jitter_s)
        if at > stalled_until and dice.random() < radio.stall:
            stalled_until = at + dice.uniform(1, LONGEST_LATE_S)
        again = (last,) if last >= 0 and dice.random() < radio.repeat else ()
        last = beats[-1] if beats else last
        yield Arrival(max(at, stalled_until), again + beats)


def _sent(
    radio: Radio, true_t: FloatArray, dice: np.random.Generator, seconds: float
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Give when each notification is sent, once a second, and the beats in it."""
    ready = np.maximum.accumulate(true_t + dice.uniform(0, 1, len(true_t)) * radio.overhang_s)
    sent, first, holds, lag_s, lag_until = dice.uniform(0, 1), 0, 0, 0.0, -1.0
    while sent < seconds:
        if sent > lag_until:
            lag_s = 0.0
            if dice.random() < radio.lag:
                lag_s, lag_until = dice.uniform(0.5, LONGEST_LATE_S), sent + dice.uniform(1, LONGEST_LATE_S)
        upto = max(first, int(np.searchsorted(ready, sent - lag_s, side="right")))
        holds = holds + 1 if holds < LONGEST_LATE_S and dice.random() < radio.hold else 0
        yield sent, () if holds else tuple(range(first, upto))
        first = first if holds else upto
        sent += 1.0

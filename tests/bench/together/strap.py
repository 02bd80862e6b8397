"""What a strap and the radio make of a heart: notifications, losses and lateness, then our own beat clock."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.heart.beats import BeatClock, PlacedBeat
from biosync.types import BoolArray, FloatArray

_TICKS = 1024.0


@dataclass(frozen=True, slots=True)
class Strap:
    """``delay_s``: how long it really holds every beat back; what is known of that: ``told_delay_s`` give or take
    ``told_uncertainty_s``. Arrivals are up to ``jitter_s`` late. ``lost``: beats lost with notifications, at most;
    ``drop``: begin (s) and length (s) of a link that is gone; ``ectopics``: share of beats that come early."""

    delay_s: float = 0.0
    told_delay_s: float = 0.0
    told_uncertainty_s: float = 0.0
    jitter_s: float = 0.1
    lost: int = 0
    drop: tuple[float, float] | None = None
    ectopics: float = 0.0


@dataclass(frozen=True, slots=True)
class Heard:
    """One person as biosync has them: n beats, ``t_s`` (n,) on the host's clock give or take ``uncertainty_s`` (n,),
    ``rr_ms`` (n,), ``gap`` (n,) where beats were lost before, ``known_at`` (n,) when each was placed."""

    t_s: FloatArray
    rr_ms: FloatArray
    uncertainty_s: FloatArray
    gap: BoolArray
    known_at: FloatArray


def wear(strap: Strap, beats: FloatArray, seconds: float, dice: np.random.Generator) -> Heard:
    """Return what is heard of ``beats`` (true times in s) from 0 to ``seconds``."""
    felt = _with_ectopics(beats, strap.ectopics, dice)
    ticks = np.floor(felt * _TICKS)
    t, rr_ms = np.asarray(ticks[1:] / _TICKS), np.asarray(np.diff(ticks) * 1000 / _TICKS)
    return _listen(strap, _sent(strap, t, seconds, dice), rr_ms, dice)


def _with_ectopics(beats: FloatArray, share: float, dice: np.random.Generator) -> FloatArray:
    """Return the beats with some early by a quarter to nearly half, and a full pause after each."""
    early = np.flatnonzero(dice.random(len(beats) - 2) < share) + 1
    early = early[np.diff(early, prepend=-9) > 2]
    moved = beats.copy()
    moved[early] -= dice.uniform(0.25, 0.45, len(early)) * (beats[early] - beats[early - 1])
    return moved


def _sent(strap: Strap, t: FloatArray, seconds: float, dice: np.random.Generator) -> list[tuple[float, range]]:
    """Return when each notification that gets through is sent, once a second, and which beats it brings."""
    at = np.arange(dice.random(), seconds, 1.0)
    upto = np.searchsorted(t + strap.delay_s, at, side="right")
    begin = int(np.searchsorted(t + strap.delay_s, 0.0))
    brings = [range(max(a, begin), b) for a, b in zip(np.append(begin, upto[:-1]), upto, strict=True)]
    lost = _lost(strap, [len(beats) for beats in brings], dice)
    if strap.drop is not None:
        lost |= (at >= strap.drop[0]) & (at < sum(strap.drop))
    return [(float(s), beats) for s, beats, gone in zip(at, brings, lost, strict=True) if not gone]


def _lost(strap: Strap, brings: list[int], dice: np.random.Generator) -> BoolArray:
    """Return which notifications are lost: single ones, until no more than ``lost`` beats would be gone."""
    lost = np.zeros(len(brings), dtype=bool)
    left = int(dice.integers(0, strap.lost + 1))
    while left > 0:
        k = int(dice.integers(5, len(brings) - 5))
        if lost[k] or brings[k] > left:
            left -= 1  # an unlucky draw costs one, so that this ends
            continue
        lost[k] = True
        left -= max(1, brings[k])
    return lost


def _listen(strap: Strap, sent: list[tuple[float, range]], rr_ms: FloatArray, dice: np.random.Generator) -> Heard:
    clock = BeatClock(strap.told_delay_s, strap.told_uncertainty_s)
    placed: list[PlacedBeat] = []
    known: list[float] = []
    at = 0.0
    for when, beats in sent:
        at = max(at, when + dice.uniform(0.0, strap.jitter_s))
        placed += clock.feed(at, [float(rr_ms[k]) for k in beats], sees_empty=True)
        known += [at] * (len(placed) - len(known))
    placed += clock.flush()
    known += [at] * (len(placed) - len(known))
    columns = np.array([(b.beat_t, b.rr_ms, b.t_uncertainty_s, b.gap) for b in placed]).T
    return Heard(columns[0], columns[1], columns[2], columns[3].astype(bool), np.array(known))

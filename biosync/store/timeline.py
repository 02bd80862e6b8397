"""A recording on one timeline: every beat gets the end of its interval, lost beats stay gaps."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from biosync.heart.beats import BeatClock, PlacedBeat
from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.store.ordering import coarse_step
from biosync.store.recording import GAP_MS, Recording
from biosync.types import BoolArray, FloatArray

TOLERANCE_S = 0.15
"""Times may disagree with the intervals by this much without a gap: half of the shortest beat that can be lost."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """``t_s`` (n,) ends of the beats in seconds on the file's own clock, ``rr_ms`` (n,), ``gap`` (n,) True where
    beats were lost just before, ``t_uncertainty_s`` (n,): how far the times may be off on that clock."""

    t_s: FloatArray
    rr_ms: FloatArray
    gap: BoolArray
    t_uncertainty_s: FloatArray

    def __len__(self) -> int:
        return len(self.rr_ms)


@dataclass(frozen=True, slots=True)
class Packet:
    """Intervals ``rr_ms`` (may be none) that reached the computer together at ``t_s``; ``gap``: beats were lost
    before them."""

    t_s: float
    rr_ms: tuple[float, ...]
    gap: bool


def timeline(recording: Recording) -> Timeline:
    """Return when the beats of ``recording`` happened: from its times, its arrivals, or the running sum of RR.

    An interval above ``GAP_MS`` is no beat: it becomes the gap before the next one.
    """
    if recording.t_s is not None:
        return _from_times(recording, recording.t_s)
    if recording.arrival_s is not None:
        return _from_arrivals(recording, recording.arrival_s)
    t_s = np.asarray(np.cumsum(recording.rr_ms) / 1000, dtype=np.float64)
    return _beats_only(t_s, recording.rr_ms, recording.lost, np.zeros(len(t_s)))


def beats(recording: Recording) -> Beats:
    """Return the labelled beats of ``recording``."""
    return labelled(timeline(recording))


def labelled(line: Timeline) -> Beats:
    """Return the beats of ``line`` with what each is taken for."""
    return Beats(line.t_s, line.rr_ms, label(line.rr_ms, line.gap), line.gap)


def packets(recording: Recording, arrival_s: FloatArray) -> Iterator[Packet]:
    """Give the intervals as they arrived at ``arrival_s`` (n,), oldest first, and the arrivals that brought none; a
    packet with a loss in it is split."""
    silent = recording.silent_s if recording.silent_s is not None else ()
    without = (Packet(float(t_s), (), False) for t_s in silent)
    yield from heapq.merge(_full_packets(recording, arrival_s), without, key=lambda packet: packet.t_s)


def _full_packets(recording: Recording, arrival_s: FloatArray) -> Iterator[Packet]:
    pause = recording.rr_ms > GAP_MS
    gap = _gaps_after(pause, recording.lost)
    kept = np.flatnonzero(~pause)
    new = np.diff(arrival_s[kept], prepend=-np.inf) > 0
    starts = np.flatnonzero(new | gap[kept])
    for run in np.split(kept, starts[1:]) if len(kept) else ():
        rr_ms = tuple(float(rr) for rr in recording.rr_ms[run])
        yield Packet(float(arrival_s[run[0]]), rr_ms, bool(gap[run[0]]))


def _from_times(recording: Recording, t_s: FloatArray) -> Timeline:
    step = coarse_step(t_s, recording.rr_ms)
    breaks = recording.lost.copy()
    if not recording.gaps_stated:
        breaks[1:] |= np.abs(np.diff(t_s) - recording.rr_ms[1:] / 1000) > TOLERANCE_S + step
    if step:
        t_s = _smoothed(t_s, recording.rr_ms, breaks)
    uncertainty = recording.t_uncertainty_s
    return _beats_only(t_s, recording.rr_ms, breaks, np.full(len(t_s), step) if uncertainty is None else uncertainty)


def _smoothed(t_s: FloatArray, rr_ms: FloatArray, breaks: BoolArray) -> FloatArray:
    """Return times too coarse for a rhythm with the intervals' own: per run, their sum and the line that fits best."""
    smooth = np.empty_like(t_s)
    for run in np.split(np.arange(len(t_s)), np.flatnonzero(breaks)):
        chain = np.cumsum(rr_ms[run]) / 1000
        off = t_s[run] - chain
        if len(run) > 60:  # long enough that the two clocks' drift shows
            slope, start = np.polyfit(chain, off, 1)
            smooth[run] = chain + start + slope * chain
        elif len(run):
            smooth[run] = chain + off.mean()
    return smooth


def _from_arrivals(recording: Recording, arrival_s: FloatArray) -> Timeline:
    clock = BeatClock()
    placed: list[PlacedBeat] = []
    for packet in packets(recording, arrival_s):
        placed += clock.feed(packet.t_s, packet.rr_ms, packet.gap)
    placed += clock.flush()
    columns = np.array([(beat.beat_t, beat.rr_ms, beat.t_uncertainty_s) for beat in placed]).reshape(-1, 3)
    gap = np.array([beat.gap for beat in placed], dtype=bool)
    return Timeline(columns[:, 0].copy(), columns[:, 1].copy(), gap, columns[:, 2].copy())


def _beats_only(t_s: FloatArray, rr_ms: FloatArray, breaks: BoolArray, uncertainty: FloatArray) -> Timeline:
    pause = rr_ms > GAP_MS
    gap = _gaps_after(pause, breaks)
    return Timeline(t_s[~pause], rr_ms[~pause], gap[~pause], uncertainty[~pause])


def _gaps_after(pause: BoolArray, breaks: BoolArray) -> BoolArray:
    """Return where (n,) beats were lost just before: after a pause, and where the recording breaks (also before a
    pause, whose place in the line the next beat takes)."""
    gap = breaks.copy()
    gap[1:] |= pause[:-1]
    return gap

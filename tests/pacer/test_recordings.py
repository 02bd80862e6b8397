"""On real recordings: whoever breathed with a pacer is seen to be with a cue of that pace, and with no other."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from biosync.pacer.lock import Lock
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from biosync.types import FloatArray

pytestmark = pytest.mark.external
LATE_S, HELD_S = 2.0, 130.0


def blocks(data: Path) -> list[tuple[str, float]]:
    with (data / "paced" / "day1_protocol.csv").open(encoding="utf-8") as file:
        return [(row["file"], float(row["pacer_breaths_per_min"])) for row in csv.DictReader(file)]


def beats(file: Path) -> tuple[FloatArray, FloatArray]:
    """Return the middles (s) and rates (bpm) of a recording's intervals."""
    t_s, rr_ms = np.loadtxt(file, delimiter=",", skiprows=1).T
    return t_s - rr_ms / 2000, 60000 / rr_ms


def locks(t_s: FloatArray, rates: FloatArray, rate_bpm: float) -> list[tuple[bool, int]]:
    """Return for how many seconds they were, or were not, taken for being with a cue at ``rate_bpm``, in order.

    Where the cue's phase lies is the lock's to find out: it asks for a steady place in the breath, wherever it is.
    """
    lock, wave, locked = Lock(), Wave(0.0, rate_bpm), []
    for t in range(1, int(t_s[-1])):
        if wave.advance(float(t)):
            lock.breath(rate_bpm, 1.1 * rate_bpm)
        keep = (t_s <= t - LATE_S) & (t_s > t - HELD_S)
        lock.look(t, Reading(t_s[keep], rates[keep], np.ones(keep.sum(), dtype=bool), "good", None, 0.0), wave)
        locked.append(lock.locked)
    return [(one, len(list(run))) for one, run in groupby(locked)]


def test_a_cue_of_the_blocks_pace_is_followed(data: Path) -> None:
    found = {name: locks(*beats(data / "paced" / name), pace) for name, pace in blocks(data)}
    assert len(found) == 6
    for name, ways in found.items():
        assert [one for one, _ in ways] == [False, True], (name, ways)  # seen once, and never lost
        assert ways[0][1] <= 75, (name, ways)


@pytest.mark.parametrize("off_bpm", [-1.5, -0.75, 0.75, 1.5])
def test_a_cue_beside_it_is_not(data: Path, off_bpm: float) -> None:
    """Two minutes can't tell such paces apart at once: a lock may begin, and is given up before anybody is led far."""
    for name, pace in blocks(data):
        ways = locks(*beats(data / "paced" / name), pace + off_bpm)
        assert all(seconds <= 30 for one, seconds in ways if one), (name, ways)

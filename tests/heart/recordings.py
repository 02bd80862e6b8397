"""Reads columns of the real recordings, which live outside the project."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np

from biosync.heart.correction import correct
from biosync.heart.intervals import Beats, Intervals
from biosync.heart.labeller import label
from biosync.types import FloatArray


def column(path: Path, name: str) -> FloatArray:
    """Return a column of a CSV with a header, plain or .gz."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    header, *rows = [line.split(",") for line in text.split()]
    place = header.index(name)
    return np.array([float(row[place]) for row in rows])


def sleep(data: Path) -> FloatArray:
    """Return the segment of the 24 h recording that was slept through: 5,000 beats at 128 Hz."""
    return column(data / "rr" / "s04_nsr2db_nsr001_24h.csv.gz", "rr_ticks_128hz")[20000:25000] * (1000 / 128)


def every_rr(data: Path) -> dict[str, FloatArray]:
    """Return the RR of every recording in ms by a short name, without the 24 h but with its sleep segment."""
    paths = [p for p in sorted((data / "rr").glob("*.csv")) if not p.name.startswith("s04")]
    paths += [*sorted((data / "paced").glob("*trial*.csv")), data / "resp" / "s11_rest_8min_rr.csv"]
    paths += [p for p in sorted((data / "dyad").glob("P*.csv")) if "resp" not in p.name]
    return {p.stem: column(p, "rr_ms") for p in paths} | {"sleep": sleep(data)}


def labelled(rr_ms: FloatArray) -> Beats:
    """Return beats without gaps, time being their running sum."""
    return Beats(np.cumsum(rr_ms) / 1000, rr_ms, label(rr_ms), np.zeros(len(rr_ms), dtype=bool))


def repaired(path: Path) -> Intervals:
    """Return a recording labelled and corrected, on its own time."""
    rr_ms = column(path, "rr_ms")
    return correct(Beats(column(path, "t_s"), rr_ms, label(rr_ms), np.zeros(len(rr_ms), dtype=bool)))

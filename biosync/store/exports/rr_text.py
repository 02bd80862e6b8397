"""One RR interval a line, in ms, as Kubios and others read it: one person, without times."""

from __future__ import annotations

from typing import TextIO

import numpy as np

from biosync.store.exports.content import Content, number
from biosync.store.recording import GAP_MS
from biosync.store.timeline import Timeline
from biosync.types import FloatArray

ENDING = ".txt"
MOST_PEOPLE: int | None = 1


def write(content: Content, out: TextIO) -> list[str]:
    """Write the intervals of the one person in ``content``; return sentences on what this format can't hold.

    A gap longer than a beat can be (2.5 s) is written as one interval of its length: time goes on for it here, as it
    does when the file is read. A shorter one would be read as a beat, so it is left out, and told.
    """
    (line,) = content.lines.values()
    pauses = pauses_ms(line)
    for rr_ms, pause_ms in zip(line.rr_ms, pauses, strict=True):
        if pause_ms > GAP_MS:
            out.write(f"{number(float(pause_ms))}\n")
        out.write(f"{number(float(rr_ms))}\n")
    lost = int(np.count_nonzero(line.gap[1:] & ~(pauses[1:] > GAP_MS)))
    if not lost:
        return []
    gaps = "1 gap that is" if lost == 1 else f"{lost} gaps that are"
    return [f"RR text can't hold {gaps} shorter than {GAP_MS / 1000:g} s; CSV and JSON lines can"]


def pauses_ms(line: Timeline) -> FloatArray:
    """Return how long (n,) nothing was heard before each interval, in ms; 0 where there is no gap."""
    pauses = np.zeros(len(line))
    since_last_s = line.t_s[1:] - line.rr_ms[1:] / 1000 - line.t_s[:-1]
    pauses[1:] = np.where(line.gap[1:], since_last_s * 1000, 0.0)
    return pauses

"""One person's columns while they are cleaned: what is dropped leaves a mark, is counted and told."""

from __future__ import annotations

import numpy as np

from biosync.store.rows import LineArray
from biosync.types import BoolArray, FloatArray


class Skipped:
    """Counts the lines that are left out, by reason."""

    def __init__(self) -> None:
        self._lines: dict[str, set[int]] = {}

    def add(self, lines: LineArray, reason: str) -> None:
        """Count ``lines`` (k,) for ``reason``."""
        if len(lines):
            self._lines.setdefault(reason, set()).update(int(line) for line in lines)

    def sentences(self) -> list[str]:
        """Return one sentence a reason, with the count and the first line."""
        return [
            f"skipped line {min(lines)}: {reason}"
            if len(lines) == 1
            else f"skipped {len(lines)} lines, the first is line {min(lines)}: {reason}"
            for reason, lines in self._lines.items()
        ]


class Columns:
    """Columns of one person, n rows: ``line``, ``rr_ms``, ``t_s``, ``arrival_s``, ``t_uncertainty_s``, ``lost``."""

    def __init__(self, line: LineArray, columns: FloatArray, skipped: Skipped) -> None:
        self.line = line
        self.rr_ms: FloatArray = columns[0]
        self.t_s: FloatArray = columns[1]
        self.arrival_s: FloatArray = columns[2]
        self.t_uncertainty_s: FloatArray = columns[3]
        self.lost: BoolArray = columns[4] > 0
        self._skipped = skipped

    def __len__(self) -> int:
        return len(self.line)

    def drop(self, bad: BoolArray, reason: str) -> None:
        """Leave out the rows marked in ``bad`` (n,), and mark the rows after them as following a loss."""
        if not bad.any():
            return
        self._skipped.add(self.line[bad], reason)
        kept = np.flatnonzero(~bad)
        after_loss = np.diff(kept, prepend=-1) > 1
        self.lost = self.lost[kept] | after_loss
        self.line, self.rr_ms = self.line[kept], self.rr_ms[kept]
        self.t_s, self.arrival_s = self.t_s[kept], self.arrival_s[kept]
        self.t_uncertainty_s = self.t_uncertainty_s[kept]

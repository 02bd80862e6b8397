"""Sample entropy: how surprising the next interval is, given the two before it. Exact, without a distance matrix."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric
from biosync.types import FloatArray

TEMPLATE = 2
TOLERANCE_SD = 0.2
MIN_TEMPLATES = 60
BLOCK = 2048
ROWS = 32768
"""Blocks of templates, and how many neighbours are compared with one at once: a few megabytes."""
ROUNDING_MS = 1e-6
"""Neighbours are looked for this much farther than r, so that rounding loses none; whether they match is then exact."""

Words = npt.NDArray[np.uint64]


def sample_entropy(x: Intervals) -> Figures:
    """Return -ln(A / B): B counts the pairs of templates of two intervals that lie within r of each other, A those
    whose third interval does too; None below 60 templates or where a count is 0.

    r = 0.2 SD (over N - 1), Chebyshev distance <= r, no template with itself, the same N - 2 templates for both
    lengths, all within unbroken runs. Richman, Moorman, Am J Physiol Heart Circ Physiol 278:H2039-H2049, 2000.
    """
    templates = _templates(x)
    if len(templates) < MIN_TEMPLATES:
        return {"sample_entropy": None}
    r = TOLERANCE_SD * float(np.std(x.rr_ms, ddof=1))
    if not math.isfinite(r):
        return {"sample_entropy": None}
    longer, shorter = _matching_pairs(templates, r)
    return {"sample_entropy": math.log(shorter / longer) if longer else None}


def _templates(x: Intervals) -> FloatArray:
    """Return every three intervals in a row without a gap among them (n, 3), ordered by the first."""
    if len(x) <= TEMPLATE:
        return np.empty((0, TEMPLATE + 1))
    windows = np.lib.stride_tricks.sliding_window_view
    whole = windows(x.follows[1:], TEMPLATE).all(axis=1)
    rows = windows(x.rr_ms, TEMPLATE + 1)[whole]
    ordered: FloatArray = rows[np.argsort(rows[:, 0], kind="stable")]
    return ordered


def _matching_pairs(templates: FloatArray, r: float) -> tuple[int, int]:
    """Return how many pairs of ``templates`` (n, 3; ordered by the first column) match in three and in two columns.

    Block by block: those that can match a block in the first column are neighbours in the order; whether they match
    all of the block in a column is read as a row of bits from a table, and columns are joined by AND. So the cost is
    n^2 / 64 words of the neighbours only, and the memory that of one block.
    """
    n = len(templates)
    longer = shorter = 0
    for start in range(0, n, BLOCK):
        block = templates[start : start + BLOCK]
        low, high = np.searchsorted(templates[:, 0], (block[0, 0] - r - ROUNDING_MS, block[-1, 0] + r + ROUNDING_MS))
        for first in range(low, high, ROWS):
            three, two = _matches(block, templates[first : min(first + ROWS, high)], r)
            longer += three
            shorter += two
    # Each pair was met from both of its ends, and each template with itself.
    return (longer - n) // 2, (shorter - n) // 2


def _matches(block: FloatArray, others: FloatArray, r: float) -> tuple[int, int]:
    """Return how many (other, block member) match in three and in two columns."""
    bits = _within(block[:, 0], others[:, 0], r) & _within(block[:, 1], others[:, 1], r)
    two = int(np.bitwise_count(bits).sum(dtype=np.int64))
    bits &= _within(block[:, 2], others[:, 2], r)
    return int(np.bitwise_count(bits).sum(dtype=np.int64)), two


def _within(block: FloatArray, others: FloatArray, r: float) -> Words:
    """Return for each of ``others`` (m,) a row of bits (m, words): which of ``block`` lie within ``r`` of it."""
    order = np.argsort(block, kind="stable")
    ranked = block[order]
    # Row k of the table has the bits of the k lowest of the block; two rows XORed are a range of ranks.
    table = np.zeros((len(block) + 1, -(-len(block) // 64)), dtype=np.uint64)
    table[np.arange(1, len(block) + 1), order // 64] = np.uint64(1) << (order % 64).astype(np.uint64)
    np.bitwise_xor.accumulate(table, axis=0, out=table)
    below = np.searchsorted(ranked, others - r, side="left")
    upto = np.searchsorted(ranked, others + r, side="right")
    rows: Words = table[upto]
    rows ^= table[below]
    return rows


METRIC = Metric("nonlinear", ("sample_entropy",), window_s=None, warm_up_s=60.0, compute=sample_entropy)

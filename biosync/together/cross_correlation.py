"""The cross-correlation of two whitened hearts: how large it is at each lag, and how large chance makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biosync.together.whitening import White
from biosync.types import FloatArray

ComplexArray = npt.NDArray[np.complex128]

FINE = 4
LONGEST_LAG_S = 6
LAGS_S = np.asarray(np.arange(-FINE * LONGEST_LAG_S, FINE * LONGEST_LAG_S + 1) / FINE, dtype=np.float64)
"""Lags in seconds at which hearts are compared; above 0 the first leads."""
ZERO = FINE * LONGEST_LAG_S
BLOCK_S = 15
FASTEST_HZ, FADES_HZ = 0.3, 0.04
"""What hearts share is slower than this; above it are single breaths at rest and what is left of the interpolation. The
edge fades over so much."""
_MEMORY_S = 30
_ROOM = 200


@dataclass(frozen=True, slots=True, eq=False)
class CrossCorrelation:
    """``r`` (49,) at ``LAGS_S``; ``information``: 1 over the variance of each under independence; ``samples`` that
    made it; ``blocks`` (m, 49) the shares of ``r`` that stretches of ``BLOCK_S`` brought (their sum is ``r``)."""

    r: FloatArray
    information: float
    samples: int
    blocks: FloatArray

    @property
    def z(self) -> FloatArray:
        """``r`` in its standard deviations under independence (49,)."""
        return np.asarray(self.r * np.sqrt(self.information))


def cross_correlation(a: White, b: White, *, by_blocks: bool = True) -> CrossCorrelation | None:
    """Return how ``a`` and ``b``, known at the same times, go together; None if too little is known. Without
    ``by_blocks`` the shares of the stretches, which only a leader is judged by, are left out.

    The filters' phases are undone first, so that a lag is a lag of the hearts. The variance is Bartlett's (J R Stat Soc
    Suppl 8:27-41, 1946), never below that of white noise.
    """
    n = int(a.known.sum())
    freedom = n - max(a.rank, b.rank) - 1
    if freedom < 2:
        return None
    size = _transform_size(len(a.u) + _ROOM)
    first, second = _phase_restored(a, size), _phase_restored(b, size)
    memories = _memory(first, size), _memory(second, size)
    power = float(np.sqrt(memories[0][0] * memories[1][0]))
    if power <= 0:
        return None
    factor = _widened(memories, n)
    blocks = _blocks(first, second, len(a.u), size) if by_blocks else np.empty((0, len(LAGS_S)))
    full = np.fft.irfft(_padded(np.asarray(np.conj(first) * second), size), FINE * size) * FINE / power
    r = np.concatenate([full[-ZERO:], full[: ZERO + 1]]).astype(np.float64)
    return CrossCorrelation(r, freedom / factor, n, np.asarray(blocks / power, dtype=np.float64))


def together(parts: Sequence[CrossCorrelation]) -> CrossCorrelation | None:
    """Return the cross-correlation over stretches that do not overlap, each weighing as much as it tells."""
    if not parts:
        return None
    total = sum(part.information for part in parts)
    shares = [part.information / total for part in parts]
    r = np.sum([share * part.r for share, part in zip(shares, parts, strict=True)], axis=0)
    blocks = np.concatenate([share * part.blocks for share, part in zip(shares, parts, strict=True)])
    return CrossCorrelation(r, total, sum(part.samples for part in parts), blocks)


def _phase_restored(a: White, size: int) -> ComplexArray:
    """Return the spectrum (size / 2 + 1,) of ``a.u`` without the delays of the filter that made it, and without what is
    faster than ``FASTEST_HZ``."""
    response = np.fft.rfft(a.taps, size)
    f = np.fft.rfftfreq(size)
    # The square root, since two such spectra are multiplied.
    heard = np.sqrt(np.clip((FASTEST_HZ + FADES_HZ / 2 - f) / FADES_HZ, 0.0, 1.0))
    return np.asarray(np.fft.rfft(a.u, size) * heard * np.conj(response) / np.abs(response), dtype=np.complex128)


def _transform_size(least: int) -> int:
    """Return an even size of at least ``least`` that is quick to transform."""
    return -(-least // 64) * 64


def _padded(spectrum: ComplexArray, size: int) -> ComplexArray:
    """Return ``spectrum`` of a 1 Hz series as that of the same at 4 Hz."""
    longer = np.zeros(FINE * size // 2 + 1, dtype=np.complex128)
    longer[: len(spectrum)] = spectrum
    return longer


def memory_factor(x: FloatArray, y: FloatArray, n: int) -> float:
    """Return by how much the memory of ``x`` and ``y`` (m,), 0 but for ``n`` of their samples, widens the spread of
    their correlation: Bartlett's sum of the products of their autocorrelations up to 30 s, at least 1."""
    size = _transform_size(len(x) + _MEMORY_S)
    return _widened((_memory(np.fft.rfft(x, size), size), _memory(np.fft.rfft(y, size), size)), n)


def _memory(spectrum: ComplexArray, size: int) -> FloatArray:
    """Return the autocovariance (31,), not scaled, of what has ``spectrum`` (size / 2 + 1,) at lags of 0 to 30 s."""
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, size)[: _MEMORY_S + 1], dtype=np.float64)


def _widened(memories: tuple[FloatArray, FloatArray], n: int) -> float:
    """Return Bartlett's factor, at least 1, for two series of which ``n`` samples are known."""
    first, second = memories
    product = first * second / (first[0] * second[0])
    product *= (1 - np.arange(_MEMORY_S + 1) / n).clip(0) ** 2
    return max(1.0, float(product[0] + 2 * product[1:].sum()))


def _blocks(first: ComplexArray, second: ComplexArray, n: int, size: int) -> FloatArray:
    """Return what each stretch of ``BLOCK_S`` of the first brings at each lag (m, 49); all together: all there is."""
    x, y = (np.fft.irfft(_padded(one, size), FINE * size) * FINE for one in (first, second))
    # What the restored phases spread beyond the ends is joined to the first and last stretch.
    shifted = np.lib.stride_tricks.sliding_window_view(np.concatenate([y[-ZERO:], y, y[:ZERO]]), len(LAGS_S))
    products = x[:, None] * shifted / FINE
    edges = list(range(0, max(1, FINE * n - FINE * BLOCK_S // 2), FINE * BLOCK_S))
    sums = np.add.reduceat(products[: FINE * n], edges, axis=0)
    beyond = products[FINE * n :]
    half = len(beyond) // 2
    sums[-1] += beyond[:half].sum(axis=0)
    sums[0] += beyond[half:].sum(axis=0)
    return np.asarray(sums)

"""Autoregression with holes, and what is left of a heart when it is white."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import lfilter

from biosync.together.autoregression import ORDER, burg, filtered, floored, whole_behind
from biosync.together.cross_correlation import LAGS_S, ZERO, cross_correlation, together
from biosync.together.cue_course import steady
from biosync.together.leader import _peak, _peaks
from biosync.together.nuisance import cue_columns, slow_columns
from biosync.together.whitening import whiten
from biosync.types import FloatArray

EVERYWHERE = np.ones(400, dtype=bool)


def ar2(seed: int, n: int = 400) -> FloatArray:
    return np.asarray(lfilter([1.0], [1.0, -1.2, 0.8], np.random.default_rng(seed).normal(size=n + 100))[100:])


def test_burg_finds_the_filter_also_where_much_is_missing() -> None:
    known = EVERYWHERE.copy()
    for begin in range(30, 400, 60):
        known[begin : begin + 12] = False
    x = np.where(known, ar2(1), 50.0)  # what stands in a hole must not matter
    for here in (burg(ar2(1), EVERYWHERE, 2), burg(x, known, 2)):
        taps, variance = here
        assert taps == pytest.approx([1.0, -1.2, 0.8], abs=0.08)
        assert variance == pytest.approx(1.0, abs=0.35)


def test_the_floor_keeps_empty_bands_from_being_blown_up() -> None:
    t = np.arange(400)
    taps, variance = burg(5 * np.sin(2 * np.pi * 0.1 * t) + 1e-3 * ar2(2), EVERYWHERE)
    assert np.abs(np.fft.rfft(floored(taps, variance), 256)).max() < np.abs(np.fft.rfft(taps, 256)).max()


def test_filters_work_on_columns_and_know_how_far_back_they_reach() -> None:
    x = np.random.default_rng(3).normal(size=(50, 3))
    taps = np.array([1.0, -0.5, 0.25])
    assert filtered(taps, x)[:, 1] == pytest.approx(lfilter(taps, [1.0], x[:, 1])[2:])
    known = np.ones(50, dtype=bool)
    known[20] = False
    assert list(np.flatnonzero(~whole_behind(known, 2)) + 2) == [20, 21, 22]


def test_what_is_left_is_white_and_free_of_the_columns() -> None:
    x = 70 + ar2(4) + 4 * np.cos(2 * np.pi * 0.1 * np.arange(400) + 1)
    columns = np.concatenate([slow_columns(400), cue_columns([steady(6.0)], 0.0, 400)], axis=1)
    white = whiten(x, EVERYWHERE, columns)
    assert white is not None and white.rank == columns.shape[1]
    u = white.u[white.known]
    assert np.abs(filtered(white.taps, columns).T @ u).max() < 1e-6
    power = np.abs(np.fft.rfft(u * np.hanning(len(u)))) ** 2
    bands = [chunk.mean() for chunk in np.array_split(power[30:], 5)]
    assert max(bands) < 4 * min(bands)


def test_columns_that_say_the_same_twice_count_once() -> None:
    x, one = ar2(5), cue_columns([steady(6.0)], 0.0, 400)
    single = whiten(x, EVERYWHERE, one)
    twice = whiten(x, EVERYWHERE, np.concatenate([one, one], axis=1))
    assert single is not None and twice is not None
    assert twice.rank == single.rank
    assert twice.u == pytest.approx(single.u, abs=1e-6)


def test_too_little_is_not_made_white() -> None:
    known = np.zeros(400, dtype=bool)
    known[:20] = True
    assert whiten(ar2(6), known, slow_columns(400)) is None
    assert whiten(ar2(6)[:10], known[:10], slow_columns(10)) is None


@pytest.mark.parametrize("lag", [-2, 0, 3])
def test_a_lag_is_found_where_it_is_and_its_sign_says_who_leads(lag: int) -> None:
    x = ar2(7, 440)
    a, b = x[20:420], x[20 - lag : 420 - lag]
    first, second = (whiten(one, EVERYWHERE, slow_columns(400)) for one in (a, b))
    assert first is not None and second is not None
    found = cross_correlation(first, second)
    assert found is not None
    assert LAGS_S[np.argmax(found.r)] == pytest.approx(lag, abs=0.25)
    assert found.blocks.sum(axis=0) == pytest.approx(found.r, abs=1e-9)
    assert found.z[ZERO] == pytest.approx(found.r[ZERO] * np.sqrt(found.information))


def test_what_is_faster_than_people_share_does_not_count() -> None:
    hz = np.fft.rfftfreq(400)
    for low, high, counts in ((0.1, 0.2, True), (0.35, 0.45, False)):
        noise = np.fft.rfft(np.random.default_rng(4).normal(0, 5, 400))
        shared = np.fft.irfft(np.where((hz >= low) & (hz <= high), noise, 0), 400)
        pair = [whiten(ar2(seed) + shared, EVERYWHERE, slow_columns(400)) for seed in (11, 12)]
        assert pair[0] is not None and pair[1] is not None
        found = cross_correlation(pair[0], pair[1])
        assert found is not None and (found.z[ZERO] > 3) == counts


def test_without_its_stretches_a_cross_correlation_is_the_same() -> None:
    pair = [whiten(ar2(seed), EVERYWHERE, slow_columns(400)) for seed in (1, 2)]
    assert pair[0] is not None and pair[1] is not None
    whole, plain = cross_correlation(pair[0], pair[1]), cross_correlation(pair[0], pair[1], by_blocks=False)
    assert whole is not None and plain is not None and np.array_equal(whole.r, plain.r)
    assert plain.information == whole.information and len(plain.blocks) == 0 < len(whole.blocks)


def test_many_peaks_are_found_as_one_is() -> None:
    rows = np.random.default_rng(3).normal(size=(200, len(LAGS_S)))
    rows[0], rows[1] = np.arange(len(LAGS_S)), -np.arange(len(LAGS_S))  # highest at an end: it stays there
    found = _peaks(rows)
    assert (found[0], found[1]) == (LAGS_S[-1], LAGS_S[0])
    for row, lag_s in zip(rows[2:], found[2:], strict=True):
        place = int(np.argmax(row))
        if 0 < place < len(row) - 1:
            assert lag_s == pytest.approx(_peak(row, place)[0])
            assert abs(lag_s - LAGS_S[place]) <= 0.125


def test_stretches_together_tell_more_than_one() -> None:
    parts = []
    for seed in (8, 9):
        shared = np.random.default_rng(seed).normal(size=400)
        pair = [whiten(ar2(seed + k) + shared, EVERYWHERE, slow_columns(400)) for k in (100, 200)]
        assert pair[0] is not None and pair[1] is not None
        part = cross_correlation(pair[0], pair[1])
        assert part is not None
        parts.append(part)
    both = together(parts)
    assert both is not None
    assert both.z[ZERO] == pytest.approx(sum(part.z[ZERO] for part in parts) / np.sqrt(2), rel=0.05)
    assert both.samples == 2 * (400 - ORDER)
    assert together([]) is None

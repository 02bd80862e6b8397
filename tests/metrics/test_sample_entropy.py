"""Sample entropy without a distance matrix is exact: ties, blocks and gaps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.heart.intervals import from_rr
from biosync.metrics import sample_entropy as module
from biosync.metrics.sample_entropy import sample_entropy
from biosync.types import FloatArray
from tests.metrics.reference import sample_entropy as plainly
from tests.metrics.series import joined, wandering


def _pairs(templates: FloatArray, r: float) -> tuple[int, int]:
    near = np.abs(templates[:, None, :] - templates[None, :, :]) <= r
    counts = [int(near[:, :, :m].all(axis=2).sum() - len(templates)) // 2 for m in (3, 2)]
    return counts[0], counts[1]


@given(
    values=st.lists(st.tuples(*[st.integers(0, 12)] * 3), min_size=1, max_size=120),
    r=st.integers(0, 6),
)
def test_counts_every_pair_once_even_at_exactly_r(values: list[tuple[int, int, int]], r: int) -> None:
    templates = np.array(sorted(values), dtype=np.float64)
    assert module._matching_pairs(templates, float(r)) == _pairs(templates, float(r))


def test_counts_the_same_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rr = wandering(700)
    whole = sample_entropy(from_rr(rr))
    for block, rows in ((64, 33), (100, 1000), (1, 7)):
        monkeypatch.setattr(module, "BLOCK", block)
        monkeypatch.setattr(module, "ROWS", rows)
        assert sample_entropy(from_rr(rr)) == whole


def test_agrees_with_the_definition_on_thousands_of_beats() -> None:
    rr = wandering(5000, seed=9)
    assert sample_entropy(from_rr(rr))["sample_entropy"] == pytest.approx(plainly(rr), rel=1e-12)


def test_takes_no_template_over_a_gap() -> None:
    a, b = wandering(300, seed=1), wandering(300, seed=2)
    r = 0.2 * np.concatenate([a, b]).std(ddof=1)
    rows = np.concatenate([np.column_stack([rr[:-2], rr[1:-1], rr[2:]]) for rr in (a, b)])
    longer, shorter = _pairs(rows, r)
    assert sample_entropy(joined(a, b))["sample_entropy"] == pytest.approx(np.log(shorter / longer), rel=1e-12)


def test_is_unknown_without_matches_and_zero_where_nothing_surprises() -> None:
    # Of this little noise no three intervals come twice.
    assert sample_entropy(from_rr(np.random.default_rng(2).uniform(600, 1200, 62)))["sample_entropy"] is None
    assert sample_entropy(from_rr(np.full(100, 800.0)))["sample_entropy"] == 0.0

"""The course of a long session takes no more memory than that of a short one, and begins where the session did."""

from __future__ import annotations

import numpy as np

from biosync.live_charts import EVERY_S, MOST_POINTS, Kept


def told(hours: float) -> Kept:
    """Return what is kept of so many hours of figures, told once a second; the score is the time."""
    kept = Kept()
    for t in range(round(hours * 3600)):
        kept.add(float(t), float(t), None)
    return kept


def test_every_five_seconds_are_kept_for_hours() -> None:
    rows = told(1.0).rows
    assert rows.shape == (720, 3)
    assert (np.diff(rows[:, 0]) == EVERY_S).all()
    assert np.isnan(rows[:, 2]).all()


def test_a_whole_day_is_kept_in_as_many_points_evenly_from_the_beginning_to_the_end() -> None:
    rows = told(24.0).rows
    assert MOST_POINTS / 2 <= len(rows) <= MOST_POINTS
    assert (np.diff(rows[:, 0]) == np.diff(rows[:, 0])[0]).all()
    assert rows[0, 0] < 60 and rows[-1, 0] > 24 * 3600 - 60
    assert (rows[:, 0] == rows[:, 1]).all()


def test_what_was_taken_out_stays_as_it_was() -> None:
    kept = told(0.1)
    before = kept.rows
    kept.add(1000.0, 1.0, 2.0)
    assert len(before) == 72 and len(kept.rows) == 73

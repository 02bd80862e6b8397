from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import LABELS
from biosync.heart.correction import correct, uncorrected
from biosync.heart.intervals import Beats
from tests.heart import artefacts
from tests.heart.recordings import column, labelled

NORMAL, ECTOPIC, MISSED, EXTRA, LONG, SHORT = range(len(LABELS))


def beats(rr: list[float], label: dict[int, int], gaps: tuple[int, ...] = ()) -> Beats:
    rr_ms = np.array(rr, dtype=np.float64)
    codes = np.zeros(len(rr), dtype=np.int8)
    for place, code in label.items():
        codes[place] = code
    gap = np.isin(np.arange(len(rr)), gaps)
    return Beats(np.cumsum(rr_ms + 3000 * gap) / 1000, rr_ms, codes, gap)


@pytest.mark.parametrize(
    ("spoil", "label", "repaired"),
    [
        ([300.0, 500.0], {4: EXTRA}, [800.0]),
        ([1620.0], {4: MISSED}, [810.0, 810.0]),
        ([500.0, 1080.0], {4: ECTOPIC}, [790.0, 790.0]),
        ([1100.0], {4: LONG}, [800.0]),
        ([560.0], {4: SHORT}, [800.0]),
        ([1620.0, 1580.0], {4: MISSED, 5: MISSED}, [800.0] * 4),
    ],
    ids=["extra", "missed", "ectopic with its pause", "long", "short", "two missed"],
)
def test_each_artefact_is_repaired_by_its_rule(
    spoil: list[float], label: dict[int, int], repaired: list[float]
) -> None:
    given_beats = beats([800.0] * 4 + spoil + [800.0] * 4, label)
    made = correct(given_beats)
    assert made.rr_ms.tolist() == pytest.approx([800.0] * 4 + repaired + [800.0] * 4)
    assert made.normal.tolist() == [True] * 4 + [False] * len(repaired) + [True] * 4
    assert made.follows.tolist() == [False] + [True] * (len(made) - 1)
    assert made.t_s[-1] == given_beats.t_s[-1]
    assert made.t_s[3 + len(repaired)] == pytest.approx(given_beats.t_s[3 + len(spoil)])


def test_a_gap_is_never_bridged() -> None:
    made = correct(beats([800.0] * 4 + [500.0, 1080.0] + [800.0] * 4, {4: ECTOPIC}, gaps=(5,)))
    # The two halves of the pair lie on different sides of the gap, so only the first is repaired, on its own.
    assert np.flatnonzero(~made.follows).tolist() == [0, 5]
    assert made.rr_ms[4] == pytest.approx(800.0)


def test_a_pause_becomes_a_gap() -> None:
    made = correct(beats([800.0] * 5 + [60_000.0] + [800.0] * 5, {}))
    assert made.rr_ms.tolist() == [800.0] * 10
    assert np.flatnonzero(~made.follows).tolist() == [0, 5]


def test_a_long_stretch_of_noise_becomes_a_gap_and_is_not_made_up() -> None:
    noise = {i: LONG for i in range(5, 17)}
    made = correct(beats([800.0] * 5 + [1000.0] * 12 + [800.0] * 5, noise))
    assert bool(np.all(made.normal))
    assert np.flatnonzero(~made.follows).tolist() == [0, 5]


def test_where_no_neighbour_tells_nothing_is_left() -> None:
    assert len(correct(beats([1600.0, 300.0], {0: MISSED, 1: SHORT}))) == 0


def test_clean_beats_stay_as_they_are() -> None:
    clean = labelled(np.full(50, 800.0))
    for made in (correct(clean), uncorrected(clean)):
        assert np.array_equal(made.rr_ms, clean.rr_ms)
        assert bool(np.all(made.normal))


def test_uncorrected_keeps_every_interval_and_gap() -> None:
    made = uncorrected(beats([800.0, 300.0, 500.0, 800.0], {1: EXTRA}, gaps=(3,)))
    assert made.rr_ms.tolist() == [800.0, 300.0, 500.0, 800.0]
    assert made.follows.tolist() == [False, True, True, False]


@given(
    st.lists(
        st.tuples(st.floats(0.1, 5000), st.sampled_from(range(len(LABELS))), st.booleans()), min_size=0, max_size=60
    )
)
def test_any_labels_give_rising_times_and_intervals_that_fit_between_them(
    rows: list[tuple[float, int, bool]],
) -> None:
    gaps = tuple(i for i, row in enumerate(rows) if row[2])
    source = beats([row[0] for row in rows], {i: row[1] for i, row in enumerate(rows)}, gaps)
    made = correct(source)
    assert np.all(np.diff(made.t_s) >= -1e-9)
    assert np.all(made.rr_ms > 0)
    assert not np.any(made.follows[:1])
    # Nothing that follows may reach over a time in which beats were lost.
    apart = np.diff(made.t_s)[made.follows[1:]]
    assert np.all(apart < 8.1)
    for i in gaps:
        after = np.flatnonzero(made.t_s > source.t_s[i] - source.rr_ms[i] / 1000 - 1e-9)
        if len(after):
            assert not made.follows[after[0]]


def test_rmssd_survives_artefacts() -> None:
    clean = artefacts.heart(600, 5)
    at = artefacts.places(598, 40, 5)
    for bad in (artefacts.miss(clean, at), artefacts.add(clean, at, 5), artefacts.premature(clean, at, 5)):
        made = correct(labelled(bad.rr_ms))
        sound = made.follows[1:] & made.normal[1:] & made.normal[:-1]
        repaired = float(np.sqrt(np.mean(np.diff(made.rr_ms)[sound] ** 2)))
        assert repaired == pytest.approx(artefacts.rmssd(clean), rel=0.05)


@pytest.mark.external
def test_the_recorder_pause_of_the_long_session_stays_a_gap(data: Path) -> None:
    made = correct(labelled(column(data / "rr" / "s09_earclip_biofeedback_44min.csv", "rr_ms")))
    assert made.rr_ms.max() < 2500
    assert np.count_nonzero(~made.follows) == 2

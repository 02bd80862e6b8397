"""Trends: nothing is told of few sessions, chance is seldom called a change, a change is found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.consent import Consent
from biosync.engine import Member
from biosync.store.ledger.reader import Ledger
from biosync.store.recording import Recording
from biosync.store.review.trends import LEAST_DAYS, LEAST_SESSIONS, alike_recoveries, course, trends
from biosync.store.summaries import Figures
from tests.store.ledger import measured
from tests.store.review.made import agree

DAYS = [4.0 * day for day in range(20)]


def test_of_few_sessions_nothing_is_told_but_how_many_are_missing() -> None:
    for count in range(LEAST_SESSIONS):
        found = course(DAYS[:count], [30.0 + 5 * k for k in range(count)])
        assert (found.direction, found.missing, found.per_week) == ("unknown", LEAST_SESSIONS - count, None)
        assert (found.median is None) == (count < 3)
    assert course(DAYS[:9], [30.0, None] * 4 + [None]).missing == LEAST_SESSIONS - 4


def test_a_fortnight_at_least() -> None:
    short = [LEAST_DAYS / 10 * k for k in range(10)]
    found = course(short, [float(k) for k in range(10)])
    assert (found.direction, found.missing) == ("unknown", 0)


def test_what_rises_rises_and_one_odd_session_does_not_turn_it() -> None:
    values = [30.0 + k for k in range(12)]
    values[6] = 300.0
    found = course(DAYS[:12], values)
    assert found.direction == "rising"
    assert found.per_week == pytest.approx(7 / 4, rel=0.05)
    assert course(DAYS[:12], values[::-1]).direction == "falling"


def test_of_steady_hearts_about_one_in_twenty_is_called_a_change() -> None:
    dice = np.random.default_rng(1)
    told = [course(DAYS, dice.normal(40, 8, 20).tolist()).direction for _ in range(1000)]
    share = sum(one != "level" for one in told) / 1000
    assert 0.03 < share < 0.07


def test_a_marked_stress_and_a_peak_are_not_mixed() -> None:
    """From the mark it takes longer than from the peak: who begins to mark would seem to come back later."""
    peaks, marks = [Figures(20.0, 50.0, 30.0)] * 4, [Figures(20.0, 50.0, 60.0, True)] * 6
    assert alike_recoveries([*peaks, Figures(20.0, 50.0), *marks]) == ([None] * 5 + [60.0] * 6, True)
    assert alike_recoveries([*peaks, *marks[:4]]) == ([30.0] * 4 + [None] * 4, False)
    assert alike_recoveries([]) == ([], False)


def test_the_same_figure_every_time_is_level() -> None:
    assert course(DAYS, [40.0] * 20).direction == "level"


@given(st.lists(st.none() | st.floats(0, 1e4), max_size=30))
def test_any_figures_have_a_course(values: list[float | None]) -> None:
    found = course([float(k) for k in range(len(values))], values)
    assert len(found.value) == sum(one is not None for one in values)
    assert (found.per_week is None) == (found.direction in ("level", "unknown"))


def rsa(bpm: float, swing: float, seconds: float = 200.0) -> np.ndarray:
    """Intervals (n,) in ms of a heart that swings six times a minute."""
    t, found = 0.0, []
    while t < seconds:
        found.append(60000 / (bpm + swing * np.sin(2 * np.pi * t / 10)))
        t += found[-1] / 1000
    return np.array(found)


def test_a_person_against_themselves_alone(tmp_path: Path) -> None:
    began = datetime(2026, 5, 1, 8, tzinfo=UTC)
    with Ledger.open(tmp_path) as ledger:
        for week in range(7):
            rr_ms = rsa(60, 3 + week)
            one = Recording("Ana", rr_ms, np.zeros(len(rr_ms), bool))
            ledger.store_recording(one, began + timedelta(weeks=week))
            steady = rsa(80, 5.0)
            ledger.store_recording(
                Recording("Ana", steady, np.zeros(len(steady), bool)), began + timedelta(weeks=week, hours=3),
                simulated=True,
            )
        real, made_up = trends(ledger, "Ana"), trends(ledger, "Ana", made_up=True)
        nobody = trends(ledger, "Ben")
    assert (real.sessions, real.rmssd_ms.direction) == (7, "rising")
    assert real.first == "2026-05-01T08:00:00Z"
    assert real.rmssd_ms.day[-1] == 42.0
    assert made_up.rmssd_ms.direction == "level"
    assert (nobody.sessions, nobody.first, nobody.rmssd_ms.missing) == (0, None, LEAST_SESSIONS)


def test_the_resonance_over_time_with_its_spread(tmp_path: Path) -> None:
    for month, (bpm, sd_bpm) in enumerate([(6.0, 0.4), (5.6, 0.2), (5.5, 0.2)], start=1):
        member = Member("Ana", "strap", "H10")
        measured.session(tmp_path, f"s{month}", member, bpm, sd_bpm, f"2026-0{month}-01T12:00:00Z")
    with Ledger.open(tmp_path) as ledger:
        found = trends(ledger, "Ana").resonance
    assert found.bpm == (6.0, 5.6, 5.5)
    assert found.sd_bpm == (0.4, 0.2, 0.2)
    assert found.day == (0.0, 31.0, 59.0)
    assert found.now is not None and 5.4 < found.now.bpm < 5.7


def test_one_under_16_has_no_score(tmp_path: Path) -> None:
    rr_ms = rsa(80, 5)
    with Ledger.open(tmp_path) as ledger:
        lea = Recording("Lea", rr_ms, np.zeros(len(rr_ms), bool))
        id = ledger.store_recording(lea, datetime(2026, 5, 1, tzinfo=UTC))
        agree(ledger, id, Consent("Lea", "rhythm", "2026-05-01T00:00:00Z", "Eva"))
        assert trends(ledger, "Lea").coherence_score.value == ()
        assert len(trends(ledger, "Lea").rmssd_ms.value) == 1


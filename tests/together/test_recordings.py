"""Real recordings: one heart by two sensors, people recorded apart, and one person twice at one pace."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from scipy.stats import binom

from biosync.metrics.cue_following import following
from biosync.store.reading import read_recordings
from biosync.store.timeline import beats
from biosync.together.cue_course import steady
from biosync.together.pairs import pair
from biosync.together.series import Series, from_beats

pytestmark = pytest.mark.external

APART = (
    "rr/s01_rest.csv",
    "rr/s02_polar_h10_slow_breathing.csv",
    "rr/s04_nsr2db_nsr001_24h.csv.gz",
    "rr/s05_mitdb100_labelled.csv",
    "rr/s06_pyhrv_1h.csv",
    "rr/s07_systole_ppg.csv",
    "rr/s08_hrvanalysis_1000.csv",
    "rr/s09_earclip_biofeedback_44min.csv",
    "rr/s10_earclip_biofeedback_10min.csv",
    "resp/s11_rest_8min_rr.csv",
    "dyad/P11_baseline_ear.csv",
)
STRETCH_S, MOST_STRETCHES = 200.0, 5


def heart(file: Path) -> Series:
    return from_beats(beats(read_recordings(file)[0]))


def moved(series: Series, back_s: float) -> Series:
    return Series(series.t_s - back_s, series.heart_rate_bpm, series.uncertainty_s)


# In the hard task a sensor on a finger loses beats, so the same heart looks a little less the same.
@pytest.mark.parametrize(
    ("person", "least"), [("P11_baseline", 0.9), ("P12_baseline", 0.9), ("P11_C", 0.8), ("P12_C", 0.8)]
)
def test_one_heart_by_two_sensors_is_in_step_with_itself(data: Path, person: str, least: float) -> None:
    found = pair(heart(data / f"dyad/{person}_finger.csv"), heart(data / f"dyad/{person}_ear.csv"))
    assert found.in_step.synchrony is not None and found.in_step.synchrony >= least
    assert found.in_step.beyond_chance
    assert found.lag.leader is None and found.lag.lag_s == pytest.approx(0.0, abs=0.3)


def test_people_recorded_apart_are_in_step_no_more_often_than_by_chance(data: Path) -> None:
    stretches = []
    for name in APART:
        whole = heart(data / name)
        begins = [float(whole.t_s[0]) + k * STRETCH_S for k in range(MOST_STRETCHES)]
        parts = [moved(whole.between(begin, begin + STRETCH_S), begin) for begin in begins]
        stretches += [(name, part) for part in parts if len(part) > 100 and part.t_s[-1] > 0.9 * STRETCH_S]
    found = [pair(a, b) for (one, a), (other, b) in combinations(stretches, 2) if one != other]
    judged = [one.in_step for one in found if one.in_step.evidence is not None]
    assert len(judged) > 300
    assert sum(one.beyond_chance for one in judged) <= binom.ppf(0.99, len(judged), 0.05)
    assert sum(one.lag.leader is not None for one in found) <= 0.02 * len(found)


def test_one_person_twice_at_one_pace_is_in_step_because_of_the_cue_and_not_beyond(data: Path) -> None:
    first, second = (heart(data / f"paced/day1_trial{trial}_6.5bpm.csv") for trial in (1, 6))
    answers = [following(one.t_s, one.heart_rate_bpm, one.t_s * 6.5 / 60) for one in (first, second)]
    assert answers[0] is not None and answers[1] is not None
    later_s = (answers[1].phase - answers[0].phase) % 1.0 / (6.5 / 60)
    found = pair(first, moved(second, later_s), [steady(6.5)])
    assert found.in_step.synchrony is not None and found.in_step.synchrony > 0.5
    assert found.beyond_cue is not None and not found.beyond_cue.beyond_chance
    assert found.lag.leader is None

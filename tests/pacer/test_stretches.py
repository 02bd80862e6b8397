"""A gap tells nothing, however long it is, and neither do the first beats after it."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.stretches import ENOUGH, GAP_S, after_gap, longest_gap_s, short_s
from tests.pacer.following import Heart, without
from tests.pacer.test_lock import Watched


@pytest.mark.parametrize("rate_bpm", [5.0, 9.0, 15.0])
@pytest.mark.parametrize("long_s", [5.0, 10.0, 20.0, 60.0])
def test_until_most_of_a_breath_has_come_again_it_is_just_after_the_gap(rate_bpm: float, long_s: float) -> None:
    watched, found = Watched(rate_bpm), []
    for t in np.arange(102.0 + long_s, 160.0 + long_s, 0.5):
        reading = without(Heart().reading(watched.pacer, t), 100.0, 100.0 + long_s)
        if reading.t_s[-1] > 100.0 + long_s:
            found.append((reading.t_s[-1] - 100.0 - long_s, after_gap(reading, rate_bpm)))
    lasted = max(since for since, just_after in found if just_after)
    assert lasted == pytest.approx(ENOUGH * short_s(rate_bpm), abs=1.0)
    assert not any(just_after for since, just_after in found if since > lasted)


def test_beats_without_a_gap_are_told_from_nobody() -> None:
    reading = Heart().reading(Watched(6.0).pacer, 120.0)
    assert longest_gap_s(reading.t_s) < GAP_S and not after_gap(reading, 6.0)
    assert longest_gap_s(np.zeros(0)) == longest_gap_s(np.zeros(1)) == 0.0


def test_a_place_is_kept_by_beats_only() -> None:
    watched, heart = Watched(8.0), Heart()
    assert not watched.lock.kept(80.0)
    watched.watch(200, heart)
    assert watched.lock.kept(80.0)
    whole = heart.reading(watched.pacer, watched.t)
    watched.lock.look(watched.t, without(whole, watched.t - 50, watched.t - 40), watched.wave)
    assert watched.lock.locked and not watched.lock.kept(80.0)  # a hole of ten seconds
    watched.lock.look(watched.t + 10, whole, watched.wave)
    assert watched.lock.locked and not watched.lock.kept(80.0)  # nothing new came

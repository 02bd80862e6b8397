"""Is somebody with the cue? Surely to begin with, soon when it ends, never by artefacts."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.lock import Lock
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from biosync.pacer.wave import Wave
from tests.pacer.following import Heart, Phase, at, until, with_the_cue


class Watched:
    """A lock on one heart beside a cue at a pace of its own choosing."""

    def __init__(self, rate_bpm: float) -> None:
        self.lock = Lock()
        self.pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=rate_bpm))  # lends its wave
        self.t = 0.0

    @property
    def wave(self) -> Wave:
        return self.pacer.wave

    def watch(self, seconds: float, heart: Heart, slip: float = 0.1, change: float = 1.0) -> list[bool]:
        """Return at every second whether they were locked; the pace changes by the factor ``change`` a breath."""
        locked = []
        for _ in range(round(seconds)):
            self.t += 1.0
            if self.wave.advance(self.t):
                self.lock.breath(self.wave.rate_bpm, self.wave.rate_bpm * (1 + slip))
                self.wave.turn_to(change * self.wave.rate_bpm)
            self.lock.look(self.t, heart.reading(self.pacer, self.t), self.wave)
            locked.append(self.lock.locked)
        return locked


@pytest.mark.parametrize("rate", [5.0, 8.0, 12.0, 16.0])
def test_who_is_with_it_is_seen_within_a_minute_and_stays(rate: float) -> None:
    watched = Watched(rate)
    locked = watched.watch(240, Heart())
    assert locked.index(True) < 60
    assert all(locked[locked.index(True) :])
    assert watched.lock.breaths > 240 * rate / 60 / 2
    assert watched.lock.share is not None
    assert watched.lock.share > 0.8


@pytest.mark.parametrize("off", [-3.0, -1.5, 1.5, 3.0])
@pytest.mark.parametrize("rate", [6.0, 12.0])
def test_who_breathes_at_another_pace_is_not_with_it(rate: float, off: float) -> None:
    watched = Watched(rate)
    assert sum(watched.watch(300, Heart(at(rate + off)))) <= 15


def test_a_heart_that_does_nothing_is_not_with_it() -> None:
    still = Heart(swing=0.0, noise_bpm=1.0)
    assert sum(any(Watched(rate).watch(60, still)) for rate in (5.0, 8.0, 11.0, 14.0)) <= 1


@pytest.mark.parametrize("rate", [6.0, 9.0, 12.0])
def test_a_loss_is_noticed_within_the_longer_of_20_s_and_two_and_a_half_breaths(rate: float) -> None:
    for own in (rate + 3, rate + 6, 1.6 * rate):
        watched = Watched(rate)
        watched.watch(120, Heart())
        locked = watched.watch(60, Heart(until(120.0, with_the_cue, at(own))))
        assert locked.index(False) <= max(20.0, 2.5 * 60 / rate) + 1


def test_who_stops_swinging_is_lost() -> None:
    watched = Watched(6.0)
    watched.watch(120, Heart())
    (*_, locked) = watched.watch(60, Heart(until(120.0, with_the_cue, lambda pacer, t_s: np.zeros(len(t_s)))))
    assert not locked


def test_one_who_is_back_is_known_sooner_than_at_first() -> None:
    watched = Watched(6.0)
    first = watched.watch(120, Heart()).index(True)
    away = until(120.0, with_the_cue, at(14.0))
    watched.watch(60, Heart(away))
    assert not watched.lock.locked
    again = watched.watch(90, Heart(until(180.0, away, with_the_cue))).index(True)
    assert again < first + 10
    assert again <= 35


def test_an_early_beat_now_and_then_loses_nobody() -> None:
    dice = np.random.default_rng(3)
    early = tuple(np.cumsum(dice.exponential(30.0, 40)))
    watched = Watched(7.0)
    locked = watched.watch(400, Heart(early=early))
    assert all(locked[locked.index(True) :])


def test_a_gap_is_no_news_good_or_bad() -> None:
    watched = Watched(7.0)
    watched.watch(120, Heart())
    gap = watched.watch(12, Heart(quality="none"))
    assert all(gap)
    assert not watched.lock.with_cue
    assert watched.lock.swing is None
    assert all(watched.watch(60, Heart()))
    assert watched.lock.with_cue


def test_a_gap_alone_begins_no_lock() -> None:
    watched = Watched(7.0)
    assert not any(watched.watch(120, Heart(quality="none")))
    assert watched.lock.share is None


@pytest.mark.parametrize("noise", [0.3, 1.5])
def test_the_swing_is_measured_without_bias_and_with_its_error(noise: float) -> None:
    watched, found, errors = Watched(6.0), [], []
    watched.watch(90, Heart(noise_bpm=noise))
    for _ in range(120):
        watched.watch(10, Heart(noise_bpm=noise))
        measured = watched.lock.swing_bpm()
        assert measured is not None
        swing, error, pace = measured
        found.append(swing)
        errors.append(error)
        assert pace == pytest.approx(6.0)
    assert np.mean(found) == pytest.approx(6.0, abs=0.25)
    assert np.std(found) == pytest.approx(np.mean(errors), rel=0.5)


def late_by(cycles: float) -> Phase:
    return lambda pacer, t_s: pacer.wave.cycles_at(t_s) - cycles


@pytest.mark.parametrize("late", [-0.12, 0.12])
def test_how_far_behind_they_are_is_told_and_becomes_usual_but_for_who_is_left_alone(late: float) -> None:
    watched = Watched(6.0)
    assert watched.lock.behind() is None
    watched.watch(120, Heart())
    assert watched.lock.behind() == pytest.approx(0.0, abs=0.03)
    watched.lock.look(watched.t, Heart(late_by(late)).reading(watched.pacer, watched.t), watched.wave)
    assert watched.lock.behind() == pytest.approx(late, abs=0.03)
    watched.lock.breath(6.0, 6.6, settled=True)
    assert watched.lock.behind() == pytest.approx(late, abs=0.03)
    for _ in range(8):
        watched.lock.breath(6.0, 6.6)
    assert watched.lock.behind() == pytest.approx(0.0, abs=0.03)


def test_breaths_in_a_row_begin_anew_when_one_is_missed() -> None:
    watched = Watched(6.0)
    watched.watch(120, Heart())
    assert watched.lock.breaths > 5
    watched.lock.look(watched.t, Heart(quality="none").reading(watched.pacer, watched.t), watched.wave)
    watched.lock.breath(6.0, 6.6)
    assert watched.lock.breaths == 0


QUIET, AWAY = Heart(swing=2.0, noise_bpm=0.3), Heart(at(15.0), swing=4.0, noise_bpm=0.3)


@pytest.mark.parametrize("change", [0.98, 1.0])
@pytest.mark.parametrize("left, met, lost", [(QUIET, True, False), (AWAY, True, True), (QUIET, False, True)])
def test_far_from_their_own_breath_a_heart_may_get_quiet_where_a_breath_of_their_own_would_show(
    left: Heart, met: bool, lost: bool, change: float
) -> None:
    """What it would show is known from when the cue was near it; whom it never met so has no such excuse."""
    watched = Watched(15.0 if met else 8.0)
    watched.watch(100, Heart(noise_bpm=0.3), slip=0.07 if met else 1.0)
    while watched.wave.rate_bpm > 8.0:
        watched.watch(1, Heart(noise_bpm=0.3), slip=16.0 / watched.wave.rate_bpm - 1, change=0.98)
    watched.watch(50, Heart(noise_bpm=0.3), slip=1.0)
    assert all(watched.watch(30, Heart(noise_bpm=0.3), slip=1.0, change=change))
    locked = watched.watch(22, left, slip=1.0, change=change)
    assert (not all(locked)) == lost


@pytest.mark.parametrize("own_bpm", [6.7, 7.0])
def test_who_slips_slowly_through_a_cue_that_is_held_is_lost_however_well_their_heart_swings(own_bpm: float) -> None:
    watched, quiet = Watched(13.0), Heart(noise_bpm=0.5)
    watched.watch(100, quiet, slip=0.07)
    while watched.wave.rate_bpm > 6.0:
        watched.watch(1, quiet, slip=14.0 / watched.wave.rate_bpm - 1, change=0.98)
    watched.watch(120, quiet, slip=14.0 / 6.0 - 1)
    gone_t, there = watched.t, watched.wave.cycles
    alone: Phase = lambda _, t_s: there + (t_s - gone_t) * own_bpm / 60  # noqa: E731
    leaves = Heart(until(gone_t, with_the_cue, alone), noise_bpm=0.5)
    assert not all(watched.watch(80, leaves, slip=14.0 / 6.0 - 1))


@pytest.mark.parametrize("own", [8.0, 14.0])
def test_who_leaves_is_doubted_before_they_are_lost(own: float) -> None:
    watched = Watched(6.0)
    watched.watch(120, Heart())
    assert not watched.lock.doubted
    heart, doubted = Heart(until(120.0, with_the_cue, at(own))), []
    while watched.lock.locked and watched.t < 200:
        watched.watch(1, heart)
        doubted.append(watched.lock.doubted)
    assert any(doubted)
    assert not watched.lock.doubted, "who is lost is in no doubt any more"


def test_who_is_tried_is_not_doubted_but_believed_to_follow_only_when_proven() -> None:
    watched = Watched(6.0)
    heart = Heart(until(120.0, with_the_cue, at(8.0)))
    watched.watch(120, heart)
    while not watched.lock.doubted:
        watched.watch(1, heart)
    watched.lock.mark()
    for _ in range(40):
        assert not watched.lock.doubted, "nor doubted on, from before the trial"
        watched.watch(1, heart)

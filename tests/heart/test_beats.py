"""The beat clock against simulated radio with known truth; docs/beat-clock.md states these figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.heart.beats import BeatClock, PlacedBeat
from tests.heart.radio import Radio, receive

SEEDS = range(6)
RADIOS = {
    "no jitter": Radio(),
    "jitter 100 ms": Radio(jitter_s=0.1),
    "jitter 400 ms": Radio(jitter_s=0.4),
    "clock 0.2 % fast": Radio(jitter_s=0.4, drift=0.002),
    "clock 0.2 % slow": Radio(jitter_s=0.4, drift=-0.002),
    "2 % lost": Radio(jitter_s=0.1, loss=0.02),
    "held back": Radio(jitter_s=0.2, hold=0.2),
    "drops": Radio(jitter_s=0.2, drops=((100, 105), (200, 260), (400, 430))),
}


@pytest.mark.parametrize("name", RADIOS)
@pytest.mark.parametrize("heart_rate", [48, 65, 110])
def test_the_stated_uncertainty_holds_the_truth_in_95_of_100(name: str, heart_rate: float) -> None:
    received = [receive(RADIOS[name], seed, heart_rate=heart_rate) for seed in range(10)]
    inside = np.concatenate([np.abs(r.error) <= r.uncertainty for r in received])
    assert inside.mean() >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_a_heart_in_step_with_the_notifications_is_honestly_uncertain(seed: int) -> None:
    received = receive(Radio(jitter_s=0.1), seed, heart_rate=60)
    assert np.mean(np.abs(received.error) <= received.uncertainty) >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_bias_is_small_once_settled(seed: int) -> None:
    received = receive(Radio(jitter_s=0.1), seed)
    settled = received.true_t > 60
    assert abs(received.error[settled].mean()) < 0.08


@pytest.mark.parametrize("seed", SEEDS)
def test_lost_notifications_are_gaps_and_nothing_else_is(seed: int) -> None:
    received = receive(Radio(jitter_s=0.1, loss=0.02), seed)
    found = [np.min(np.abs(received.gaps - lost), initial=99) <= 6 for lost in received.lost_before]
    false = [g for g in received.gaps if np.min(np.abs(received.lost_before - g), initial=99) > 6]
    assert np.mean(found) >= 0.8
    assert len(false) <= 2  # found, but later than the sixth beat after


@pytest.mark.parametrize("seed", SEEDS)
def test_held_back_intervals_are_late_not_lost(seed: int) -> None:
    assert len(receive(Radio(jitter_s=0.1, hold=0.25), seed).gaps) <= 1


@pytest.mark.parametrize("name", RADIOS)
def test_beat_times_always_rise_and_intervals_are_untouched(name: str) -> None:
    received = receive(RADIOS[name], 1)
    assert np.all(np.diff([beat.beat_t for beat in received.placed]) > 0)
    assert len(received.placed) == len(received.true_t)


def test_a_drop_is_never_bridged() -> None:
    received = receive(Radio(drops=((100, 160),)), 2)
    k = int(np.argmax(np.diff([beat.beat_t for beat in received.placed]))) + 1
    assert received.placed[k].gap
    assert received.placed[k].beat_t - received.placed[k - 1].beat_t == pytest.approx(61, abs=2)


def test_an_interval_that_comes_twice_does_not_shift_the_timeline() -> None:
    clock, placed, beats = BeatClock(), [], np.arange(1, 100) * 0.92
    for second in range(1, 90):
        rr = [920.0] * int(np.sum((beats > second - 1) & (beats <= second)))
        placed += clock.feed(second + 0.05, [*rr, 920.0] if second == 30 else rr)
    placed += clock.flush()
    truth = beats[beats <= 89][-1]
    assert placed[-1].beat_t == pytest.approx(truth, abs=placed[-1].t_uncertainty_s)
    assert sum(beat.gap for beat in placed) == 1


def test_the_models_delay_is_taken_off_and_its_doubt_added() -> None:
    plain, late = BeatClock(), BeatClock(2.6, 0.3)
    for second in range(1, 40):
        a, b = plain.feed(second, [1000.0]), late.feed(second, [1000.0])
    assert b[-1].beat_t == pytest.approx(a[-1].beat_t - 2.6)
    assert b[-1].t_uncertainty_s == pytest.approx(a[-1].t_uncertainty_s + 0.3)


@given(st.lists(st.tuples(st.floats(0, 3), st.lists(st.floats(1, 4000), max_size=4), st.booleans()), max_size=40))
def test_whatever_comes_every_beat_comes_out_once_in_order(packets: list[tuple[float, list[float], bool]]) -> None:
    clock, t = BeatClock(), 0.0
    placed: list[PlacedBeat] = []
    for pause, rr, gap in packets:
        t += pause
        placed += clock.feed(t, rr, gap)
    placed += clock.flush()
    assert [beat.rr_ms for beat in placed] == [rr for _, packet, _ in packets for rr in packet]
    assert all(np.isfinite([beat.beat_t, beat.t_uncertainty_s]).all() for beat in placed)
    assert all(beat.t_uncertainty_s >= 0 for beat in placed)
    assert np.all(np.diff([beat.beat_t for beat in placed]) >= -1e-9)

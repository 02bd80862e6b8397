"""The tones: no clicks, in and out told apart, and turning when the cue turns, within 20 ms of the rendered buffers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import hilbert

from biosync.events import Cue
from biosync.sound.course import course
from biosync.sound.follower import Follower
from biosync.sound.tones import HIGH_HZ, LOUDEST, LOW_HZ, RATE_HZ, Tones
from biosync.types import FloatArray
from tests.sound.heard import played, turns

AGREE_S = 0.02
STEEPEST = LOUDEST * 2 * np.pi * HIGH_HZ * (1 + 2 * 0.5 + 3 * 0.25) / 1.75 / RATE_HZ * 1.02
"""No wave at full volume climbs more from sample to sample."""


def plan(t: float = 0.0, rate_bpm: float = 6.0, phase: float = 0.0, strength: float = 1.0) -> Cue:
    return Cue(t, ("Ana",), rate_bpm, phase, 0.4, "lead", strength, "")


def course_of_a_session(seed: int = 1, seconds: int = 120) -> list[Cue]:
    """Return plans as a pacer puts them out: once a second, the pace changing in the first one of a breath."""
    dice, cues = np.random.default_rng(seed), [plan(rate_bpm=12.0)]
    for t in range(1, seconds):
        before = cues[-1]
        phase, rate = before.phase_at(t), before.rate_bpm
        if phase < before.phase:
            rate *= float(dice.uniform(0.87, 1.15))
        strength = max(0.0, before.strength - 0.125) if t > seconds - 20 else 1.0
        cues.append(plan(float(t), float(np.clip(rate, 4.0, 20.0)), phase, strength))
    return cues


def known_by(cues: Sequence[Cue], late_s: float = 0.0) -> object:
    return lambda t: [cue for cue in cues if cue.t + late_s <= t] or cues[:1]


def true_turns(cues: Sequence[Cue], begin_t: float, end_t: float) -> FloatArray:
    times = np.arange(begin_t, end_t, 0.0005)
    breathing_in = course(cues, times).breathing_in
    return times[1:][np.diff(breathing_in) != 0]


def far_from(found: FloatArray, true: FloatArray) -> FloatArray:
    return np.array([np.abs(found - one).min() for one in true])


def test_no_sample_leaps_whatever_the_buffers_and_the_plan() -> None:
    cues = course_of_a_session()
    samples = played(known_by(cues, 0.3), 0.0, 118.0, buffers=(2048, 441, 1, 1000))
    assert np.abs(samples).max() <= LOUDEST
    assert np.abs(samples).max() > 0.6 * LOUDEST
    assert np.abs(np.diff(samples, prepend=0.0)).max() <= STEEPEST


def test_a_leap_would_be_seen() -> None:
    one = played(lambda t: [plan()], 0.0, 3.0)
    cut = np.concatenate((one[: 2 * RATE_HZ], one[2 * RATE_HZ + 90 :]))
    assert np.abs(np.diff(cut)).max() > 2 * STEEPEST or np.abs(np.diff(one)).max() < np.abs(np.diff(cut)).max()


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(4, 20), st.floats(0, 0.999), st.floats(0, 1), st.floats(0, 1)),
        min_size=2, max_size=12,
    )
)  # fmt: skip
def test_no_sample_leaps_through_seeks_and_plans_that_make_no_sense(wild: list[tuple[float, ...]]) -> None:
    voice, before = Tones(), 0.0
    for t, rate, phase, strength, volume in wild:
        samples = voice.render([plan(t - 3, rate, phase, strength)] if rate > 5 else [], t, 3000, volume)
        assert np.abs(np.diff(samples, prepend=before)).max() <= STEEPEST
        before = samples[-1]


@pytest.mark.parametrize("rate_bpm", [4.0, 6.2, 12.0, 20.0])
def test_the_tone_turns_when_the_cue_turns(rate_bpm: float) -> None:
    cues = [plan(rate_bpm=rate_bpm, phase=0.37)]
    found = turns(played(lambda t: cues, 0.0, 60.0), 0.0, RATE_HZ)
    true = true_turns(cues, 4.0, 58.0)
    assert len(true) > 6
    assert far_from(found, true).max() <= 0.005


@pytest.mark.parametrize("ahead_s", [0.0, 0.15, 0.4])
def test_the_tone_turns_with_the_cue_while_the_pace_changes_and_buffers_are_made_ahead(ahead_s: float) -> None:
    worst = []
    for seed in range(4):
        cues = course_of_a_session(seed)
        found = turns(played(known_by(cues), 0.0, 98.0, ahead_s=ahead_s), 0.0, RATE_HZ)
        true = true_turns(cues, 4.0, 96.0)
        assert len(true) > 20
        worst.append(far_from(found, true).max())
    assert max(worst) <= AGREE_S


def test_the_tone_turns_with_a_cue_that_fades_and_is_gone_with_it() -> None:
    cues = [replace(plan(phase=0.2), t=float(t), phase=plan(phase=0.2).phase_at(t), strength=max(0.0, 1 - t / 60))
            for t in range(90)]
    samples = played(known_by(cues), 0.0, 89.0)
    true = true_turns(cues, 4.0, 45.0)
    assert far_from(turns(samples, 0.0, RATE_HZ), true).max() <= AGREE_S
    assert np.abs(samples[-20 * RATE_HZ :]).max() == 0.0


def test_the_disagreement_of_a_late_sound_would_be_seen() -> None:
    cues = [plan(phase=0.37)]
    late = turns(played(lambda t: cues, 0.0, 60.0), 0.03, RATE_HZ)
    assert far_from(late, true_turns(cues, 4.0, 58.0)).min() > AGREE_S


def hz(samples: FloatArray) -> FloatArray:
    """Return the pitch at each moment of a wave without overtones."""
    return np.diff(np.unwrap(np.angle(hilbert(samples)))) * RATE_HZ / (2 * np.pi)


def overtones(samples: FloatArray) -> float:
    """Return the share of the power above the highest pitch."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    return float(power[np.fft.rfftfreq(len(samples), 1 / RATE_HZ) > HIGH_HZ * 1.2].sum() / power.sum())


def test_in_rises_and_is_bright_and_out_falls_and_is_dark() -> None:
    samples = played(lambda t: [plan()], 0.0, 20.0)
    breath_in, out = samples[11 * RATE_HZ : 13 * RATE_HZ], samples[15 * RATE_HZ : 18 * RATE_HZ]
    assert overtones(breath_in) > 0.15
    assert overtones(out) < 1e-4
    falling = hz(out)[1000:-1000]
    assert (np.diff(falling[:: RATE_HZ // 10]) < 0).all()
    early, late = (np.argmax(np.abs(np.fft.rfft(piece))) / 0.5 for piece in
                   (breath_in[: RATE_HZ // 2], breath_in[-RATE_HZ // 2 :]))
    assert LOW_HZ <= early < late <= HIGH_HZ


def test_volume_and_strength_are_heard_and_nothing_at_0() -> None:
    def size(volume: float, strength: float) -> float:
        return float(np.abs(played(lambda t: [plan(strength=strength)], 0.0, 6.0, volume=volume)).max())

    whole = size(1.0, 1.0)
    assert size(0.5, 1.0) == pytest.approx(whole / 4, rel=0.05)
    assert size(1.0, 0.5) == pytest.approx(whole / 2, rel=0.05)
    assert size(0.0, 1.0) == size(1.0, 0.0) == 0.0


def test_without_a_plan_it_fades_and_is_silent() -> None:
    voice = Tones()
    played(lambda t: [plan()], 0.0, 3.0, tones=voice)
    assert not voice.silent
    rest = played(lambda t: [], 3.0, 5.0, tones=voice)
    assert voice.silent
    assert np.abs(rest[:4000]).max() > 0.05
    assert np.abs(rest[-4000:]).max() == 0.0


@given(st.lists(st.floats(-0.02, 0.02), min_size=50, max_size=200), st.floats(-300e-6, 300e-6))
def test_the_follower_stays_with_the_session_through_jitter_and_a_clock_that_drifts(
    jitter: list[float], drift: float
) -> None:
    follower, length = Follower(), 2048 / RATE_HZ
    ends = []
    for number, late in enumerate(jitter):
        true = 100.0 + number * length * (1 + drift)
        begin = follower.begin_t(true + late, length)
        ends.append(begin + length)
        assert abs(begin - true) < 0.021
        if number:
            assert abs(begin - ends[-2]) <= 0.005 + 1e-9


def test_the_follower_goes_where_the_session_was_set_to() -> None:
    follower = Follower()
    assert follower.begin_t(10.0, 0.04) == 10.0
    assert follower.begin_t(10.041, 0.04) == pytest.approx(10.0402)
    assert follower.begin_t(200.0, 0.04) == 200.0
    assert follower.begin_t(200.1, 0.04) == 200.1  # the device ran dry for a moment

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.heart import quality
from biosync.heart.computed import SensorGate, synthetic_rr
from biosync.heart.intervals import Beats
from biosync.heart.quality import judge, judge_recording
from biosync.types import FloatArray
from tests.heart import artefacts, modulated
from tests.heart.recordings import every_rr, labelled


def bigeminy(n: int = 200) -> FloatArray:
    rng = np.random.default_rng(0)
    return np.ravel(np.column_stack([550 + rng.normal(0, 10, n), 1000 + rng.normal(0, 15, n)]))


def irregular(n: int = 400) -> FloatArray:
    return np.clip(np.random.default_rng(1).gamma(20, 35, n) + 100, 320, 1500)


def bad_contact() -> FloatArray:
    rr = artefacts.heart(400, 2)
    at = artefacts.places(398, 8, 2)
    missed = artefacts.miss(rr, at[::2]).rr_ms
    return artefacts.add(missed, artefacts.places(len(missed) - 2, 6, 3), 3).rr_ms


def upto(beats: Beats, n: int) -> Beats:
    return Beats(beats.t_s[:n], beats.rr_ms[:n], beats.label[:n], beats.gap[:n])


def heard(rates: list[int], frames: int = 40) -> list[bool]:
    gate = SensorGate()
    return [gate.feed(rates[i % len(rates)], [round(61440 / rates[i % len(rates)])]) for i in range(frames)]


def test_clean_beats_are_good() -> None:
    verdict = judge(labelled(artefacts.heart(200, 0)))
    assert (verdict.verdict, verdict.artifact_percent) == ("good", 0.0)


@pytest.mark.parametrize("rr", [bigeminy(), irregular()], ids=["bigeminy", "irregular"])
def test_an_irregular_rhythm_gives_no_scores_and_says_why(rr: FloatArray) -> None:
    for verdict in (judge(labelled(rr)), judge_recording(labelled(rr))):
        assert (verdict.verdict, verdict.why) == ("none", quality.IRREGULAR)
        assert "if you feel unwell, see a doctor" in verdict.why


def test_poor_contact_asks_for_the_strap() -> None:
    verdict = judge_recording(labelled(bad_contact()))
    assert verdict.verdict != "good"
    assert "wet it" in verdict.why


def test_some_premature_beats_are_poor_not_none() -> None:
    rr = artefacts.heart(120, 4)
    bad = artefacts.premature(rr, np.array([70, 85, 100, 110]), 4)
    assert judge(labelled(bad.rr_ms)).verdict == "poor"


def test_many_single_early_beats_spoil_scores_but_not_what_lies_between() -> None:
    bad = artefacts.premature(artefacts.heart(120, 4), np.array([66, 76, 88, 100, 112]), 4)
    verdict = judge(labelled(bad.rr_ms))
    assert (verdict.verdict, verdict.sound_between) == ("none", True)


@pytest.mark.parametrize("rr", [bigeminy(), irregular()], ids=["bigeminy", "irregular"])
def test_an_irregular_rhythm_is_not_sound_between_its_odd_beats(rr: FloatArray) -> None:
    assert not any(judge(upto(labelled(rr), n)).sound_between for n in range(60, len(rr), 20))


def test_only_the_last_minute_of_beats_counts_live() -> None:
    rr = np.concatenate([bigeminy(30), artefacts.heart(160, 1)])
    assert judge(labelled(rr)).verdict == "good"


def test_too_few_beats_say_so() -> None:
    assert judge(labelled(np.full(5, 800.0))).why == "too few beats yet"
    assert judge_recording(labelled(np.full(0, 800.0))).verdict == "none"


def test_beats_lost_on_the_way_are_poor() -> None:
    rr = artefacts.heart(60, 1)
    lost = np.arange(60) % 3 == 0
    beats = Beats(np.cumsum(rr + 1500 * lost) / 1000, rr, np.zeros(60, dtype=np.int8), lost)
    assert (judge(beats).verdict, judge(beats).why) == ("poor", quality.LOSSES)


def test_a_computing_sensor_gives_no_scores() -> None:
    assert judge(labelled(artefacts.heart(100, 0)), synthetic=True).why == quality.COMPUTED


@pytest.mark.parametrize("rates", [[72], [86, 83, 80, 78, 76, 74, 73]], ids=["one rate", "as in the Mio capture"])
def test_intervals_computed_from_the_rate_are_recognised_after_ten_notifications(rates: list[int]) -> None:
    said = heard(rates)
    assert not any(said[:9])
    assert all(said[9:])


def test_the_same_interval_twice_in_every_frame_is_recognised() -> None:
    gate = SensorGate()
    assert [gate.feed(80, [765 + i % 3, 765 + i % 3]) for i in range(10)][-1]


@pytest.mark.parametrize("mean_ms", [1000.0, 600.0, 340.0])
def test_measured_intervals_are_not_taken_for_computed(mean_ms: float) -> None:
    ticks = np.round(artefacts.heart(3000, 7, mean_ms=mean_ms, sd_ms=6, breath_ms=5, white_ms=2) * 1.024)
    gate = SensorGate()
    smooth = np.convolve(ticks, np.ones(8) / 8, mode="same")
    said = [gate.feed(round(61440 / max(1.0, smooth[i])), [int(ticks[i])]) for i in range(8, 2990)]
    assert not any(said)


def test_a_reading_of_nought_says_nothing() -> None:
    gate = SensorGate()
    assert not any(gate.feed(0, []) or gate.feed(70, []) for _ in range(20))


def test_a_measuring_sensor_is_believed_again() -> None:
    gate = SensorGate()
    for _ in range(12):
        gate.feed(72, [853])
    said = [gate.feed(72, [840 + 5 * (i % 4)]) for i in range(12)]
    assert said[0] and not said[-1]


@given(st.lists(st.tuples(st.integers(0, 65535), st.lists(st.integers(0, 65535), max_size=9)), max_size=50))
def test_any_notifications_are_judged(frames: list[tuple[int, list[int]]]) -> None:
    gate = SensorGate()
    for rate, ticks in frames:
        assert gate.feed(rate, ticks) in (True, False)


def test_a_recording_of_computed_intervals_is_recognised() -> None:
    rates = np.round(75 + 6 * np.sin(np.arange(300) / 20))
    for rr in (np.round(61440 / rates) * 1000 / 1024, np.round(60000 / rates)):
        assert judge_recording(labelled(rr)).why == quality.COMPUTED


@pytest.mark.parametrize("round_off", [np.round, np.floor])
@pytest.mark.parametrize("per_s", [1000, 1024])
def test_a_replay_of_computed_intervals_is_recognised_live(round_off: np.ufunc, per_s: int) -> None:
    rates = np.round(72 + 6 * np.sin(np.arange(300) / 20))
    beats = labelled(round_off(60 * per_s / rates) * (1000 / per_s))
    assert (judge(beats).verdict, judge(beats).why) == ("none", quality.COMPUTED)


@pytest.mark.parametrize("steps", ["1/1024 s", "ms", "1/128 s"])
@pytest.mark.parametrize(("mean_ms", "share"), [(350, 0.001), (360, 0.003), (400, 0.005), (750, 0.001), (800, 0.003)])
def test_a_fast_or_very_even_heart_is_good(mean_ms: float, share: float, steps: str) -> None:
    t = modulated.beats(300, 4, mean_ms=mean_ms, slow=share, breath=share / 2, pressure=share / 4, jitter_ms=0.3)
    beats = labelled(modulated.intervals(t, steps))
    assert judge_recording(beats).verdict == "good"
    assert {judge(upto(beats, n)).verdict for n in range(60, len(beats), 30)} == {"good"}


def test_strong_slow_breathing_is_good() -> None:
    t = modulated.beats(300, 28, mean_ms=1050, slow=0.05, breath=0.18, breath_bpm=6, pressure=0)
    beats = labelled(modulated.intervals(t))
    assert float(np.mean(np.abs(np.diff(beats.rr_ms)) > 0.2 * beats.rr_ms[:-1])) > 0.03
    assert judge_recording(beats).verdict == "good"
    assert "none" not in {judge(upto(beats, n)).verdict for n in range(60, len(beats), 30)}


@pytest.mark.parametrize("jitter_ms", [35, 60, 90])
def test_noise_on_every_beat_of_a_pulse_gives_no_scores(jitter_ms: float) -> None:
    beats = labelled(modulated.intervals(modulated.beats(300, 5, jitter_ms=jitter_ms), "ms"))
    verdict = judge_recording(beats)
    assert verdict.verdict == "none"
    assert verdict.why in (quality.NOISE, quality.IRREGULAR)
    live = [judge(upto(beats, n)).verdict for n in range(90, len(beats), 10)]
    assert live.count("none") > 0.8 * len(live)


@pytest.mark.parametrize(("every", "share", "reset"), [(2, 0.3, 0.0), (2, 0.3, 0.9), (3, 0.35, 0.0), (3, 0.3, 0.9)])
def test_every_second_or_third_beat_early_is_an_irregular_heart(every: int, share: float, reset: float) -> None:
    t = modulated.early(modulated.beats(300, 6), every, share, reset)
    verdict = judge_recording(labelled(modulated.intervals(t)))
    assert (verdict.verdict, verdict.why) == ("none", quality.IRREGULAR)


def test_intervals_missing_from_a_file_are_told() -> None:
    rr = artefacts.heart(300, 1)
    lost = np.arange(300) % 3 == 0
    verdict = judge_recording(Beats(np.cumsum(rr) / 1000, rr, np.zeros(300, dtype=np.int8), lost))
    assert (verdict.verdict, verdict.why) == ("poor", quality.LOSSES)


def test_a_very_regular_heart_is_not_called_computed() -> None:
    assert not synthetic_rr([1000.0] * 100)


@pytest.mark.external
def test_real_recordings_are_good_but_for_the_noisy_finger(data: Path) -> None:
    verdicts = {name: judge_recording(labelled(rr)).verdict for name, rr in every_rr(data).items()}
    assert verdicts.pop("P12_C_finger") == "poor"
    assert set(verdicts.values()) == {"good"}

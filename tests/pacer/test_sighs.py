"""A sigh throws the breath out of step for a moment: nobody is lost by it, and who leaves does not look like one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from biosync.pacer.sighs import Sighs
from tests.pacer.following import Heart, at, until, with_the_cue
from tests.pacer.test_lock import Watched

SIGH_T, LONG_S, FAR_BPM = 150.0, 6.0, 12.0


@dataclass(frozen=True, slots=True)
class Sighing(Heart):
    """A heart that one deep breath moves far, at SIGH_T; the breaths after it begin late for a while."""

    def reading(self, pacer: Pacer, t: float) -> Reading:
        """Return what is known at time ``t``."""
        found = Heart.reading(self, pacer, t)
        place = np.clip((found.t_s - SIGH_T) / LONG_S, 0.0, 1.0)
        return replace(found, heart_rate_bpm=found.heart_rate_bpm + FAR_BPM * np.sin(2 * np.pi * place))


def out_of_step(breaths: float) -> Callable[[Pacer, np.ndarray], np.ndarray]:
    """Return a breath that is half a cycle late for so many breaths of the cue after the sigh."""

    def phase(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
        late = (t_s > SIGH_T) & (t_s < SIGH_T + breaths * 60 / pacer.wave.rate_bpm)
        return with_the_cue(pacer, t_s) - 0.5 * late

    return phase


@pytest.mark.parametrize("rate", [5.5, 8.0, 11.0])
def test_a_sigh_loses_nobody(rate: float) -> None:
    watched = Watched(rate)
    locked = watched.watch(300, Sighing(out_of_step(1.0)))
    assert all(locked[locked.index(True) :])
    assert watched.lock.swing_bpm() is not None


def test_without_the_sigh_so_long_out_of_step_is_a_loss() -> None:
    watched = Watched(11.0)
    locked = watched.watch(300, Heart(out_of_step(4.0)))
    assert not all(locked[locked.index(True) :])


@pytest.mark.parametrize("rate", [6.0, 9.0, 12.0])
def test_who_leaves_for_a_breath_of_their_own_does_not_seem_to_sigh(rate: float) -> None:
    watched, sighs, seen = Watched(rate), Sighs(), []
    heart = Heart(until(SIGH_T, with_the_cue, at(1.5 * rate)))
    watched.watch(10, heart)
    for _ in range(210):
        watched.watch(1, heart)
        sighs.look(heart.reading(watched.pacer, watched.t), rate, False)
        seen.append(sighs.t)
    assert max(seen) < 0


def test_a_sigh_is_seen_where_it_is() -> None:
    watched, sighs = Watched(6.0), Sighs()
    watched.watch(10, Sighing())
    for _ in range(210):
        watched.watch(1, Sighing())
        sighs.look(Sighing().reading(watched.pacer, watched.t), 6.0, False)
    assert sighs.t == pytest.approx(SIGH_T, abs=LONG_S)


def test_no_measure_is_taken_during_a_sigh() -> None:
    watched = Watched(8.0)
    watched.watch(SIGH_T + LONG_S, Sighing())
    assert watched.lock.locked and watched.lock.swing_bpm() is None


def test_a_swing_that_grows_breath_by_breath_is_no_sigh() -> None:
    watched, sighs = Watched(6.0), Sighs()
    watched.watch(10, Heart())
    for t in range(10, 240):
        growing = Heart(swing=4.0 * 1.15 ** max(0.0, (t - 120) / 10), noise_bpm=0.3)
        watched.watch(1, growing)
        sighs.look(growing.reading(watched.pacer, watched.t), 6.0, False)
    assert sighs.t < 0


def test_what_shows_as_another_wave_for_longer_than_a_breath_or_two_was_none() -> None:
    watched, sighs = Watched(6.0), Sighs()
    seen: dict[bool, list[float]] = {True: [], False: []}
    watched.watch(10, Sighing())
    for _ in range(210):
        watched.watch(1, Sighing())
        for other_wave, times in seen.items():
            if sighs.look(Sighing().reading(watched.pacer, watched.t), 6.0, other_wave):
                times.append(watched.t)
    assert max(seen[True]) - min(seen[True]) < 20 < max(seen[False]) - min(seen[False]) < 35


def test_who_leaves_after_a_sigh_is_lost_all_the_same() -> None:
    watched = Watched(6.0)
    locked = watched.watch(300, Sighing(until(SIGH_T, with_the_cue, at(13.0)), swing=6.0))
    assert locked[round(SIGH_T)] and locked.index(False, round(SIGH_T)) <= SIGH_T + 30

"""Learning to do without: the cue fades while the rhythm holds, stays in step unseen, and returns when it is lost."""

from __future__ import annotations

import random

import numpy as np
import pytest

from biosync.events import Cue
from biosync.pacer.fading import AWAY_S, SURE_S
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from biosync.pacer.settings import Settings
from tests.pacer.following import NOISE

STEP_S = 0.1


class Practising:
    """Somebody who breathes with the cue while they notice it, and by themselves at ``alone_bpm`` where they don't;
    from ``restless_t`` on at 13 a minute, for a minute."""

    def __init__(self, alone_bpm: float, restless_t: float = 1e9) -> None:
        self.alone_bpm, self.restless_t = alone_bpm, restless_t
        self.pacer = Pacer(("Ana",), 0.0, Settings(program="without", start_bpm=8.0))
        self.cue = self.pacer.update(0.0, {})
        self.t_s, self.cycles = [0.0], [0.0]
        self._dice, self._wander = random.Random(4), 0.0

    def live(self, end: float) -> list[tuple[Cue, float]]:
        """Return at every second the cue, and how far ahead of them it is in cycles (-0.5 to 0.5)."""
        found = []
        for second in range(round(self.t_s[-1]) + 1, round(end) + 1):
            for _ in range(round(1 / STEP_S)):
                self._breathe(self.t_s[-1] + STEP_S)
            self.cue = self.pacer.update(float(second), {"Ana": self._reading(second)})
            found.append((self.cue, (self.cue.phase - self.cycles[-1] + 0.5) % 1 - 0.5))
        return found

    def _breathe(self, t: float) -> None:
        self._wander += -0.01 * self._wander * STEP_S + self._dice.gauss(0.0, 0.01) * STEP_S**0.5
        if self.restless_t <= t < self.restless_t + 60:
            rate = 13.0
        elif self.cue.strength < 0.3:
            rate = self.alone_bpm + self._wander
        else:
            rate = self.cue.rate_bpm * (1 + 0.5 * ((self.cue.phase_at(t) - self.cycles[-1] + 0.5) % 1 - 0.5))
        self.t_s.append(t)
        self.cycles.append(self.cycles[-1] + rate / 60 * STEP_S)

    def _reading(self, t: float) -> Reading:
        t_s = np.arange(0.0, t - 2, 0.85)[-150:]
        cycles = np.interp(t_s, self.t_s, self.cycles)
        rates = 66 + 3 * np.cos(2 * np.pi * cycles) + 0.7 * NOISE[np.round(t_s / 0.85).astype(int)]
        then, now = np.interp([t - 14, t - 2], self.t_s, self.cycles)
        breath = 60 * float(now - then) / 12 if t > 20 else None
        return Reading(t_s, rates, np.ones(len(t_s), dtype=bool), "good", breath, 0.9 if breath else 0.0)


@pytest.mark.parametrize("alone_bpm", [5.8, 6.0, 6.3])
def test_it_fades_while_the_rhythm_holds_and_stays_in_step_unseen(alone_bpm: float) -> None:
    ways = Practising(alone_bpm).live(1300)
    held = next(cue.t for cue, _ in ways if cue.stage == "hold")
    assert all(cue.strength == 1.0 for cue, _ in ways if cue.t < held + SURE_S)
    gone = [(cue, off) for cue, off in ways if cue.t > held + SURE_S + AWAY_S + 10]
    assert {cue.strength for cue, _ in gone} == {0.0}
    assert {cue.why for cue, _ in gone} == {"the cue fades: you keep the rhythm by yourself"}
    offs = np.abs([off for _, off in gone])
    assert np.quantile(offs, 0.9) < 0.15
    assert np.mean([cue.rate_bpm for cue, _ in gone[-120:]]) == pytest.approx(alone_bpm, abs=0.2)


def test_it_comes_back_when_the_rhythm_is_lost_and_fades_again_later() -> None:
    ways = Practising(6.0, restless_t=700.0).live(1700)
    strengths = {cue.t: cue.strength for cue, _ in ways}
    assert strengths[700.0] == 0.0
    assert strengths[745.0] == 1.0
    lost = next(cue for cue, _ in ways if cue.t > 700 and cue.why.startswith("lost"))
    assert lost.stage == "meet"
    assert strengths[1700.0] == 0.0


def test_who_goes_to_another_pace_without_it_gets_it_back() -> None:
    ways = Practising(7.6).live(900)
    faded = next(cue.t for cue, _ in ways if cue.strength < 0.3)
    assert max(cue.strength for cue, _ in ways if faded < cue.t < faded + 90) == 1.0


def test_stop_is_obeyed_without_the_cue_too() -> None:
    person = Practising(6.0)
    person.live(600)
    person.pacer.say("stop")
    assert {cue.stage for cue, _ in person.live(620)} == {"rest"}

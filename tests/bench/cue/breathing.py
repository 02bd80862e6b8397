"""How virtual people breathe with a cue, or without: two ways that share nothing but the wishes they are given.

``Gliding`` pulls a continuous phase towards the cue's; ``Planning`` decides once a breath how long the next one takes.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

STEP_S = 0.05


@dataclass(frozen=True, slots=True)
class Habit:
    """What sets a breath apart, in breaths a minute and seconds.

    ``reach_bpm``: how far below (or above) what is comfortable a cue may be and still be followed; ``floor_bpm``: the
    slowest breath there is; ``comfort_s``: how fast what is done becomes comfortable. ``lapses``: (begin, end) of
    stretches in which the person breathes on by themselves. ``sighs_per_min``: deep breaths of another length.
    ``dies_out``: comfort falls back to the own breath while not following.
    """

    own_bpm: float
    reach_bpm: float = 4.0
    floor_bpm: float = 3.5
    comfort_s: float = 60.0
    variation: float = 0.13
    drift: float = 0.025
    sloppiness: float = 0.03
    follows: bool = True
    lapses: tuple[tuple[float, float], ...] = ()
    sighs_per_min: float = 0.0


@dataclass(slots=True)
class Cue:
    """A cue as it is heard: ``phase`` (cycles) at ``t``, and its pace."""

    t: float = 0.0
    phase: float = 0.0
    rate_bpm: float = 0.0
    strength: float = 1.0

    def phase_at(self, t: float) -> float:
        """Return the phase in cycles, not wrapped."""
        return self.phase + (t - self.t) * self.rate_bpm / 60


class Breath:
    """What both ways share: what is wished for, what is comfortable."""

    def __init__(self, habit: Habit, dice: random.Random) -> None:
        self.habit, self.dice = habit, dice
        self.phase = dice.random()
        self.rate_hz = habit.own_bpm / 60
        self.comfort_bpm = habit.own_bpm
        self.following = False
        self.depth = 1.0
        self._wander = 0.0
        self._error: float | None = None

    def own_bpm(self) -> float:
        """Return the breath they would choose now."""
        return self.habit.own_bpm * math.exp(self._wander)

    def willing(self, t: float, cue: Cue) -> bool:
        """Tell if the cue can be and is followed now."""
        habit = self.habit
        if not habit.follows or cue.strength <= 0.05 or cue.rate_bpm <= 0:
            return False
        if any(begin <= t < end for begin, end in habit.lapses):
            return False
        return abs(cue.rate_bpm - self.comfort_bpm) <= habit.reach_bpm and cue.rate_bpm >= habit.floor_bpm

    def settle_comfort(self, step_s: float) -> None:
        """Let comfort move to what is done, or back to what is their own."""
        towards = self.rate_hz * 60 if self.following else self.own_bpm()
        self.comfort_bpm += (towards - self.comfort_bpm) * step_s / self.habit.comfort_s

    def next_breath(self) -> None:
        """Draw what the next breath differs by."""
        self._wander += -0.05 * self._wander + self.dice.gauss(0.0, self.habit.drift)
        sigh = self.dice.random() < self.habit.sighs_per_min / max(self.rate_hz * 60, 1.0)
        self.depth = 2.2 if sigh else math.exp(self.dice.gauss(0.0, 0.12))

    def with_cue(self, t: float, cue: Cue) -> bool:
        """Tell if the breath is with the cue now: within a fifth of a cycle of where they usually are in it."""
        if not self.following:
            return False
        error = (cue.phase_at(t) - self.phase + 0.5) % 1.0 - 0.5
        return abs(error) < 0.2


class Gliding(Breath):
    """A continuous phase that is pulled."""

    _PULL, _AGILITY_S = 0.5, 2.5

    def __init__(self, habit: Habit, dice: random.Random) -> None:
        super().__init__(habit, dice)
        self._slip = 1.0

    def step(self, t: float, cue: Cue) -> float:
        """Advance one step; return the lungs' filling about 0, -0.5 to 0.5 at usual depth."""
        self.following = self.willing(t, cue)
        if self.following:
            error = (cue.phase_at(t) - self.phase + 0.5) % 1.0 - 0.5
            wish = cue.rate_bpm / 60 * (1 + self._PULL * error) * (1 + (self._slip - 1) * self.habit.sloppiness / 0.1)
        else:
            wish = self.own_bpm() / 60 * self._slip
        self.rate_hz += (wish - self.rate_hz) * STEP_S / self._AGILITY_S
        self.settle_comfort(STEP_S)
        before = self.phase
        self.phase += self.rate_hz * STEP_S
        if math.floor(self.phase) > math.floor(before):
            self._slip = math.exp(self.dice.gauss(0.0, self.habit.variation))
            self.next_breath()
        return filling(self.phase % 1.0) * self.depth


class Planning(Breath):
    """Each breath is planned when it begins: to end where a breath of the cue ends, or as long as they like."""

    def __init__(self, habit: Habit, dice: random.Random) -> None:
        super().__init__(habit, dice)
        self._inhale = 0.42

    def step(self, t: float, cue: Cue) -> float:
        """Advance one step; return the lungs' filling about 0, -0.5 to 0.5 at usual depth."""
        before = self.phase
        self.phase += self.rate_hz * STEP_S
        self.settle_comfort(STEP_S)
        if math.floor(self.phase) > math.floor(before):
            self.next_breath()
            self.rate_hz = 1 / max(2.2, self._plan(t, cue))
        elif self.following and not self.willing(t, cue):
            self.following = False
        return filling(self.phase % 1.0, self._inhale) * self.depth

    def _plan(self, t: float, cue: Cue) -> float:
        """Return how long this breath shall take, in s."""
        habit, dice = self.habit, self.dice
        self.following = self.willing(t, cue)
        if not self.following:
            return 60 / self.own_bpm() * math.exp(dice.gauss(0.0, habit.variation))
        period = 60 / cue.rate_bpm
        behind = (cue.phase_at(t) + 0.5) % 1.0 - 0.5  # of a cycle; the breath begins now, the cue's began so long ago
        return period * (1 - 0.6 * behind) * math.exp(dice.gauss(0.0, habit.sloppiness))


def filling(phase: float, inhale: float = 0.4) -> float:
    """Return the lungs' filling at a phase in cycles: -0.5 empty, 0.5 full."""
    if phase < inhale:
        return -0.5 * math.cos(math.pi * phase / inhale)
    return 0.5 * math.cos(math.pi * (phase - inhale) / (1 - inhale))

"""How far a cue may lead: first a trial, then as far as they follow, and what losses teach.

At the pace where the cue met them nobody can tell whether they follow or only happen to breathe at that pace. So a lead
first goes a little below it and stays there, until who breathed on at their own pace would have slipped through more
than half a breath: who is still in step has followed. From then on the cue stays within reach of what they have got
used to (``comfort``), and every loss shortens the reach; two at about the same pace make a floor, which is tried again,
later each time.
"""

from __future__ import annotations

import math
from collections import deque
from copy import copy
from typing import NamedTuple

from biosync.pacer.comfort import Comfort

UNKNOWN_BREATH_BPM = 12.0
"""Who breathes nobody knows how is met here."""
STEADY_BREATHS, STEADY_AGAIN_BREATHS = 4, 1
"""So many breaths with the cue before a lead begins: of somebody new, and of one who followed before."""


class Trial(NamedTuple):
    """How much it takes to be proven to follow: so far below their own breath, and no farther below what they are used
    to than the reach, until their own breath would have slipped by so many cycles while they stayed with the cue."""

    below_bpm: float
    cycles: float
    reach_bpm: float


MET, UNMET, UNCLEAR = Trial(0.65, 0.3, 0.5), Trial(1.3, 0.3, 0.75), Trial(0.9, 0.45, 0.75)
"""Where the cue went to meet their breath; where it never did, so that a clear swing with it is hardly a chance: few
breathe by themselves just where it happens to be; and where that swing is unclear, and may be noise."""
LONGER_TRIAL, LONGEST_TRIAL = 1.5, 2.7
"""Each trial that fails makes the next so many times as long, up to the second."""
OWN_SD_BPM = 0.25
"""So far off is their own breath as it was measured, often: that much of what would have slipped counts for nothing."""
PAID_BPM = 3.2
"""A lead may go so far below their own breath, times the square of the cycles that it would have slipped by while they
stayed: half a cycle may be chance, two are none."""
SURE_CYCLES = 1.5
"""By then it is sure that they follow."""
KEPT_S = 80.0
"""Who clearly kept to the cue for so long, all along, has stayed, however little single breaths showed."""
SLOWEST_OWN_BPM = 7.5
"""Hardly anybody breathes slower than this by themselves at rest; who is in step at 6 a minute follows."""
SAME_PLACE = 0.1
"""Two losses within this share of the pace make a floor there."""
FLOOR_ABOVE, FLOOR_STEP = 0.07, 0.06
RETRY_S = 240.0
AGAIN_S = 60.0
"""A floor is tried again after the first of these, twice as long after each loss there; one that was passed without a
loss after the second."""
LEAST_SEARCH_STEP = 0.005
"""A search moves by so much of the pace a breath at least."""
UNUSED_S = 240.0
"""Who was lost while a pace stood that they had surely followed to is used to it for a while yet (time constant)."""
SOON_S, FAR = 25.0, 1.08
"""Who is back so soon, the cue having gone to no more than this many times the pace of the loss to meet them, was
hardly gone: nothing is learned from that. Who was lost in a lead and needed it to come farther was asked for too
much."""
STAY_S = 20.0
"""So long after a loss that may be none, or a poor signal, the cue stays where it is."""


def trial(own_bpm: float | None, surely: bool, clear: bool) -> Trial:
    """Return the trial of those whose own breath (a minute) is known, ``surely`` or roughly, or not, and whose swing
    with the cue is ``clear`` or not."""
    if surely:
        return MET
    return UNMET if own_bpm is None and clear else UNCLEAR


class Lead:
    """One person's or group's way down. ``met_bpm``: the breath of their own from which it began, or the pace that the
    cue begins with."""

    def __init__(self, met_bpm: float = UNKNOWN_BREATH_BPM) -> None:
        self.floor_bpm = 0.0
        self.comfort = Comfort()
        self.met_bpm = met_bpm
        self._slipped = 0.0
        self._begun_s = 0.0  # for so long in all something was begun
        self._offered: deque[tuple[float, float]] = deque()  # (at ``_begun_s``, so many cycles) in the last KEPT_S
        self._trial, self._longer = MET, 1.0
        self._begun = self._proven = False
        self.followed = False  # ever, for sure, since the last of them joined
        self._met = False  # in a lead that was followed, whoever has joined since
        self._lost_at: float | None = None
        self._retry_s = RETRY_S
        self._retry_t: float | None = None
        self._doubtful: tuple[float, float] | None = None  # time and pace of a loss that may be none
        self._before: dict[str, object] = {}
        self._lost_t = self._stays_t = -1e9
        self._rate_bpm = self._lost_bpm = 0.0  # the pace now, and where they were lost if in a lead (else inf)
        self._used_to: tuple[float, float] | None = None  # the pace, and since when they do without it

    @property
    def proven(self) -> bool:
        """True once they followed where their own breath would have slipped away."""
        return self._proven

    @property
    def sure(self) -> bool:
        """True once they followed for longer than chance goes along."""
        return self._proven and self._slipped >= SURE_CYCLES

    @property
    def steady_breaths(self) -> int:
        """For how many breaths they must be with the cue before a lead begins."""
        return STEADY_AGAIN_BREATHS if self.followed else STEADY_BREATHS

    def joined(self) -> None:
        """Somebody new takes part: what the others have shown tells nothing of them, and all are tried anew."""
        self.followed = self._begun = self._proven = False
        self._slipped, self._before, self._used_to = 0.0, {}, None

    def away(self, t: float, surely: bool) -> bool:
        """They are not with the cue at time ``t``, ``surely`` or so it seems: whatever was begun is begun anew. True
        where the cue had better stay a moment: if they have not left, that shows soonest at a pace that stands."""
        self._begun = False
        if surely:
            self._learn_floor()
        return not surely and t <= self._stays_t

    def meet(self, t: float, own_bpm: float, trial: Trial = MET, had_stayed: bool = False) -> bool:
        """Begin anew at time ``t`` from their own breath, or go on with what was begun; True where it is new. Who was
        lost but ``had_stayed`` goes on from where it was, and what their loss had taught is forgotten."""
        if self._begun:
            return False
        here_again = self.just_paused(t) and self._rate_bpm <= FAR * self._lost_bpm
        if self._before and ((had_stayed and self._before["_proven"]) or here_again):
            floor_bpm = self.floor_bpm  # lower since, if they said that the cue is too fast
            self.__dict__.update(self._before)
            self.floor_bpm = min(floor_bpm, self.floor_bpm)
        else:
            self._slipped, self._proven = 0.0, False
        self._lost_t = -1e9
        self._begun, self._trial, self._before, self._doubtful = True, trial, {}, None
        self._offered.clear()
        self.met_bpm = max(own_bpm, SLOWEST_OWN_BPM)
        if not self._proven:
            self.comfort.meet(self._still_used_to(t))
        return True

    def _still_used_to(self, t: float) -> float:
        """Return the pace that they are used to as they are met at time ``t``: their own breath, or, on the way to it,
        what is left of a pace that stood when they were lost."""
        if self._used_to is None:
            return self.met_bpm
        bpm, since_t = self._used_to
        return self.met_bpm + min(0.0, bpm - self.met_bpm) * math.exp((since_t - t) / UNUSED_S)

    def found_bpm(self, rate_bpm: float) -> float:
        """Return the own breath of somebody who is with a cue at ``rate_bpm``, where it is unknown by now: who followed
        to there still breathes by themselves about as when they were met."""
        return max(rate_bpm, self.met_bpm) if self._met else rate_bpm

    def clear(self) -> None:
        """Their swing with the cue stands out clearly by now: a trial that doubted it asks for no more than else."""
        if self._trial is UNCLEAR:
            self._trial = UNMET

    def stayed(self, rate_bpm: float, seconds: float, surely: float = 1.0) -> None:
        """Note that they were with the cue at ``rate_bpm`` for so long, as ``surely`` as 1, or surely not: -1."""
        self._rate_bpm = rate_bpm
        self.comfort.live(rate_bpm, seconds)
        if not self._begun:
            return
        below_bpm = max(0.0, abs(self.met_bpm - rate_bpm) - OWN_SD_BPM)
        most = (below_bpm / PAID_BPM) ** 0.5 + 2 * SURE_CYCLES  # what was shown long ago is no longer so sure
        offered = below_bpm * seconds / 60
        self._offered.append((self._begun_s, offered))
        self._begun_s += seconds
        while self._offered and self._begun_s - self._offered[0][0] > KEPT_S:
            self._offered.popleft()
        self._slipped = max(0.0, min(most, self._slipped + surely * offered))
        self._prove(rate_bpm)

    def kept(self, rate_bpm: float) -> None:
        """Note that they clearly kept to the cue for the last ``KEPT_S``: all that was offered since was stayed for."""
        if self._begun:
            self._slipped = max(self._slipped, sum(cycles for _, cycles in self._offered))
            self._prove(rate_bpm)

    def _prove(self, rate_bpm: float) -> None:
        """See what is shown by now, at ``rate_bpm``."""
        if not self._proven and self._slipped >= self._longer * self._trial.cycles:
            self._proven = True
            self._longer = 1.0
        self.followed = self.followed or self.sure
        self._met = self._met or self.followed
        if self._lost_at is not None and self.proven and rate_bpm < self._lost_at * (1 - SAME_PLACE):
            self._lost_at, self._retry_s = None, RETRY_S  # past where they were lost: that is no limit any more

    def moved(self) -> None:
        """Somebody left their place in the breath in the middle of the trial: what it has shown counts no more."""
        if not self._proven:
            self._slipped = 0.0
            self._offered.clear()

    def step(self, rate_bpm: float) -> float:
        """Return the share by which the next breath may be lengthened, at the pace ``rate_bpm``."""
        if self.proven:
            self.comfort.breath(rate_bpm)
        return max(0.0, rate_bpm / self.comfort.slowest_bpm(None if self.proven else self._trial.reach_bpm) - 1)

    def search_step(self, rate_bpm: float) -> float:
        """Return the most by which a breath of the search may change at the pace ``rate_bpm``."""
        return max(LEAST_SEARCH_STEP, self.step(rate_bpm))

    def trial_bpm(self) -> float:
        """Return the slowest pace of a trial."""
        return self.met_bpm - self._trial.below_bpm

    def slowest_bpm(self) -> float:
        """Return the slowest pace that the lead may go to yet."""
        below_bpm = self._trial.below_bpm
        if self.proven:
            below_bpm = max(below_bpm, PAID_BPM * (self._slipped * MET.cycles / self._trial.cycles) ** 2)
        return max(self.floor_bpm, self.met_bpm - below_bpm)

    def lost(self, t: float, rate_bpm: float, leading: bool, waited_s: float = 0.0) -> None:
        """Learn from a loss at ``rate_bpm``; what happened while the cue stood still is no fault of its pace.

        ``waited_s``: for so long the cue has waited by now, since it was in doubt that they were there.
        """
        told_before = self.just_paused(t) and leading  # the same parting, told as a wait and then as a loss
        if told_before:
            self._lost_t, self._lost_bpm = t, min(self._lost_bpm, rate_bpm)
        else:
            self.paused(t)
            self._lost_bpm = rate_bpm if leading else math.inf
        self._rate_bpm, self._stays_t = rate_bpm, t + STAY_S - waited_s
        if not self.sure and not told_before:
            self._longer = min(LONGEST_TRIAL, LONGER_TRIAL * self._longer)
        if not leading and self.sure:
            self._used_to = self.comfort.bpm, t
        elif leading and not told_before:
            self._used_to = None  # that lead may have asked for too much
        proven = self._proven
        self._slipped, self._begun, self._proven = 0.0, False, False
        if not leading or told_before:
            return
        self.comfort.lost(proven)
        if not proven:
            return  # who was lost in a trial never followed to there: that tells of no floor
        self._doubtful = t, rate_bpm

    def _learn_floor(self) -> None:
        """They had surely left: two such losses at about the same pace make a floor."""
        if self._doubtful is None:
            return
        (t, rate_bpm), self._doubtful = self._doubtful, None
        if self._lost_at is not None and abs(rate_bpm / self._lost_at - 1) < SAME_PLACE:
            self.floor_bpm = max(rate_bpm, self._lost_at) * (1 + FLOOR_ABOVE)
            self._retry_t, self._retry_s = t + self._retry_s, 2 * self._retry_s
        self._lost_at = rate_bpm

    def paused(self, t: float) -> None:
        """Remember how it stood at time ``t``: who is back soon goes on from there."""
        self._before = {k: copy(v) for k, v in self.__dict__.items() if k not in ("_before", "_lost_t")}
        self._lost_t, self._lost_bpm, self._stays_t = t, math.inf, t + STAY_S

    def just_paused(self, t: float) -> bool:
        """Tell if it was paused, or they were lost, only just now."""
        return t - self._lost_t <= SOON_S

    def retry(self, t: float) -> bool:
        """Tell if the floor may be tried again at time ``t``; then it lies a little lower."""
        if self._retry_t is None or t < self._retry_t:
            return False
        self._retry_t = t + AGAIN_S
        self.floor_bpm *= 1 - FLOOR_STEP - FLOOR_ABOVE
        return True

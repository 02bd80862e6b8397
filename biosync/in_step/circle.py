"""One group: everybody in it is looked at two by two, and all together, every few seconds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice

from biosync.events import Cue, Group, Synchrony
from biosync.in_step.hearts import Heart, Plans
from biosync.in_step.state import Steps
from biosync.in_step.two import Two
from biosync.together.groups import LEAST_KNOWN_S, group
from biosync.together.lamp import WINDOW_S
from biosync.together.meeting import MOST_PEOPLE
from biosync.together.pairs import Gathering, PairResult
from biosync.together.series import Series
from biosync.together.session_evidence import BLOCK_S, FITTED_S

LOOK_S = 5.0
"""How often everybody is looked at; pairs of a large group take turns within it, so that no second is a long one."""
LEADER_LOOK_S = 10.0
SETTLED_S = 5.0
"""A look reaches to so long ago: which beats there are, and when they were, is not settled before."""
REMEMBERED_S = FITTED_S + SETTLED_S + 2 * LOOK_S

Look = Synchrony | Group


class Circle:
    """One group with its cue."""

    def __init__(self) -> None:
        self._plans = Plans(REMEMBERED_S)
        self._pairs: dict[tuple[str, str], Two] = {}
        self._groups: dict[tuple[str, ...], Steps] = {}
        self._people: tuple[str, ...] = ()
        self._t = self._looked_t = self._led_t = self._judged_t = -math.inf
        self._looks: Iterator[Look] = iter(())
        self._share = 1

    def plan(self, cue: Cue) -> None:
        """Take the next plan of the cue."""
        self._plans.add(cue)

    def tick(self, t: float, people: tuple[str, ...], hearts: Callable[[], Sequence[Heart]]) -> list[Look]:
        """Return what is seen of ``people``, who are here at time ``t`` (s, about one after the last); ``hearts`` are
        theirs, asked for where a look begins. Alone, and of more than 16, nothing is."""
        if not 2 <= len(people) <= MOST_PEOPLE:
            self._looks = iter(())
            return []
        self._t = t
        if t - self._looked_t >= LOOK_S or people != self._people:
            self._looked_t, self._people = t, people
            self._share = math.ceil((math.comb(len(people), 2) + 1) / LOOK_S)
            self._looks = self._look(t - SETTLED_S, hearts())
        return list(islice(self._looks, self._share))

    def _look(self, end_t: float, hearts: Sequence[Heart]) -> Iterator[Look]:
        """Give what is seen of the time until ``end_t`` (s): of each pair, and of the group after the last."""
        series = [heart.series() for heart in hearts]
        cues = self._plans.course()
        near, far = _gathering(series, end_t, WINDOW_S), _gathering(series, end_t, FITTED_S)
        leads, judges = self._is_due(end_t)
        seen: list[PairResult] = []
        for a, b in combinations(range(len(hearts)), 2):
            names = hearts[a].person, hearts[b].person
            two = self._pairs.setdefault(names, Two(names))
            seen.append(near.pair(a, b, cues, lead=False))
            two.look(end_t, seen[-1])
            if leads:
                two.look_for_leader(end_t, far, (a, b), cues)
            if judges:
                two.judge(far, (a, b), cues)
            yield two.synchrony(self._t)
        if len(hearts) > 2:
            yield self._all(end_t, near, seen)

    def _is_due(self, t: float) -> tuple[bool, bool]:
        """Tell if it is time to look for leaders, and if a block has passed that can be judged; at ``t`` (s)."""
        leads, judges = t - self._led_t >= LEADER_LOOK_S, t - self._judged_t >= BLOCK_S
        self._led_t = t if leads else self._led_t
        self._judged_t = t if judges else self._judged_t
        return leads, judges

    def _all(self, t: float, gathering: Gathering, pairs: Sequence[PairResult]) -> Group:
        if len(gathering.people[0]) < LEAST_KNOWN_S:
            return Group(self._t, self._people, None, None, None, None, None)
        found = group(gathering.people, pairs)
        plain, beyond = (None if one is None else one.p_value for one in (found.chance, found.beyond_cue))
        state = self._groups.setdefault(self._people, Steps()).look(t, plain, beyond)
        parts = dict(zip(self._people, found.members, strict=True))
        return Group(self._t, self._people, found.order, plain, beyond, state, parts)


def _gathering(series: Sequence[Series], end_t: float, seconds: float) -> Gathering:
    """Return everybody's hearts in the ``seconds`` before ``end_t`` (s), or since the first beat of anybody."""
    first = min((float(one.t_s[0]) for one in series if len(one)), default=end_t)
    begin = max(end_t - seconds, first)
    return Gathering(series, end_t - max(0, math.floor(end_t - begin)), end_t)

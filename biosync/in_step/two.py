"""Two people of a group, from look to look."""

from __future__ import annotations

from biosync.events import BeyondCue, InStep, Synchrony, Verdict
from biosync.in_step.evidence import PairEvidence
from biosync.in_step.state import Leading, Steps
from biosync.together.pairs import Gathering, PairResult
from biosync.together.room import Cues


class Two:
    """The pair ``people``: takes looks, and tells what is known by now."""

    def __init__(self, people: tuple[str, str]) -> None:
        self._people = people
        self._steps = Steps()
        self._evidence, self._evidence_beyond = PairEvidence(), PairEvidence()
        self._leading = Leading()
        self._state: InStep | None = None
        self._seen: PairResult | None = None

    def look(self, t: float, seen: PairResult) -> None:
        """Take what was seen of the time until ``t`` (s)."""
        self._seen = seen
        self._state = self._steps.look(t, seen.in_step.p_value, _p_value(seen))

    def look_for_leader(self, t: float, gathering: Gathering, who: tuple[int, int], cues: Cues) -> None:
        """Look who of the two, numbers ``who`` in the gathering, leads by time ``t`` (s); only of two in step that can
        be asked."""
        in_step = self._state is not None and self._state != "apart"
        self._leading.look(t, gathering.pair(*who, cues).lag if in_step else None)

    def judge(self, gathering: Gathering, who: tuple[int, int], cues: Cues) -> None:
        """Take the newest block of the gathering, which overlaps with none before, into the session's verdict."""
        self._judge(self._evidence, gathering, who, ())
        if cues:
            self._judge(self._evidence_beyond, gathering, who, cues)

    def _judge(self, evidence: PairEvidence, gathering: Gathering, who: tuple[int, int], cues: Cues) -> None:
        white = gathering.rooms[-1].pair(*who, cues) if gathering.rooms else None
        if white is not None:
            evidence.add(*white)

    def synchrony(self, t: float) -> Synchrony:
        """Return what is known at time ``t`` (s)."""
        seen, lag, leader = self._seen, self._leading.lag, self._leading.leader
        return Synchrony(
            t,
            self._people,
            seen.in_step.synchrony if seen else None,
            seen.in_step.p_value if seen else None,
            seen is not None and seen.in_step.beyond_chance,
            _beyond_cue(seen),
            None if leader is None else self._people[leader],
            lag.lag_s if lag else None,
            lag.interval_s if lag else None,
            self._state,
            self._verdict(),
        )

    def _verdict(self) -> Verdict | None:
        if self._evidence_beyond.in_step:
            return "beyond the cue"
        if self._evidence.in_step:
            return "in step"
        return "not shown" if self._evidence.begun else None


def _p_value(seen: PairResult) -> float | None:
    return None if seen.beyond_cue is None else seen.beyond_cue.p_value


def _beyond_cue(seen: PairResult | None) -> BeyondCue | None:
    if seen is None or seen.beyond_cue is None or seen.beyond_cue.p_value is None:
        return None
    found = seen.beyond_cue
    return BeyondCue(found.synchrony, found.p_value, found.beyond_chance)

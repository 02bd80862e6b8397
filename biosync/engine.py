"""The engine: raw events in, everything derived out. The single writer of state; it reads no clock.

One person is a group of one: every group has one cue, every person one track of beats. The engine is fed raw events
in the order of their times and answers each with what follows from it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from biosync.events import Cue, Event, Interval, Link, Metrics, Notification, Origin, Raw, Say, Tick
from biosync.live import Baseline, Now, figures, gathering_s, look
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from biosync.track import Track

CUE_EVERY_S = 10.0
"""A cue that does not change is put out again after this long."""
REMEMBERED_CUES_S = 80.0
REMEMBERED_SCORES_S = 300.0


@dataclass(frozen=True, slots=True)
class Member:
    """Who takes part, with what: ``delay_s`` give or take is what the strap's model holds beats back."""

    name: str
    origin: Origin
    device: str
    delay_s: float = 0.0
    delay_uncertainty_s: float = 0.0


@dataclass(slots=True)
class PersonState:
    """All that the engine holds of one person."""

    member: Member
    track: Track
    baseline: Baseline = field(default_factory=Baseline)
    now: Now | None = None
    link: Link | None = None
    metrics: Metrics | None = None
    gathering_s: float = 64.0
    scores: deque[tuple[float, float | None]] = field(default_factory=deque)


@dataclass(slots=True)
class GroupState:
    """One cue and whose it is; the plans put out lately."""

    people: tuple[str, ...]
    pacer: Pacer
    cues: deque[Cue] = field(default_factory=deque)
    breaths_s: deque[float] = field(default_factory=lambda: deque(maxlen=8))
    last_cycle: int = 0


class Engine:
    """``members`` in ``groups`` (every name in just one), from time 0 on."""

    def __init__(
        self, members: Sequence[Member], groups: Sequence[tuple[str, ...]], settings: Settings | None = None
    ) -> None:
        self.people = {
            m.name: PersonState(m, Track(m.name, m.delay_s, m.delay_uncertainty_s)) for m in members
        }
        self.groups = [GroupState(tuple(people), Pacer(tuple(people), 0.0, settings)) for people in groups]
        self._group_of = {name: group for group in self.groups for name in group.people}

    def feed(self, event: Raw) -> list[Event]:
        """Take the next raw event; return what follows from it, in order."""
        match event:
            case Notification():
                return [*self.people[event.person].track.notification(event), *self._battery(event)]
            case Interval():
                return list(self.people[event.person].track.interval(event))
            case Tick():
                return self._tick(event.t)
            case Link():
                state = self.people[event.person]
                state.link = event
                return [*(state.track.link_lost(event.t) if event.state in ("lost", "gone") else ()), event]
            case Say():
                for group in self._addressed(event.person):
                    group.pacer.say(event.text)
                return [event]
            case _:
                return [event]

    def wears(self, member: Member) -> None:
        """Take note of what strap a person wears, now that it has told its name."""
        state = self.people[member.name]
        state.member = member
        state.track.worn(member.delay_s, member.delay_uncertainty_s)

    def finish(self, t: float) -> list[Event]:
        """Label the beats that still wait for their successors, at the end."""
        return [beat for state in self.people.values() for beat in state.track.finish(t)]

    def beats(self) -> dict[str, int]:
        """Return how many beats each person has had."""
        return {name: state.track.count for name, state in self.people.items()}

    def cues_of(self, person: str) -> tuple[Cue, ...]:
        """Return the plans of the last minute and a bit, oldest first."""
        return tuple(self._group_of[person].cues)

    def _addressed(self, person: str | None) -> list[GroupState]:
        return self.groups if person is None else [self._group_of[person]]

    def _battery(self, event: Notification) -> list[Event]:
        """Return the link's state again where the battery's level has changed."""
        state = self.people[event.person]
        percent, link = state.track.battery_percent, state.link
        if link is None or percent is None or link.battery_percent == percent:
            return []
        state.link = Link(event.t, link.person, link.state, link.why, percent)
        return [state.link]

    # --- once a second: look at everybody, then at the cues ---

    def _tick(self, t: float) -> list[Event]:
        out: list[Event] = []
        for group in self.groups:
            for name in group.people:
                out += self.people[name].track.settle(t)
                self.people[name].now = self._look(name, group, t)
            out += self._pace(group, t)
            out += [self._measure(name, group, t) for name in group.people]
        return out

    def _look(self, name: str, group: GroupState, t: float) -> Now:
        followed = group.pacer.is_with(name)
        return look(self.people[name].track, t, group.pacer.wave.rate_bpm if followed else None)

    def _pace(self, group: GroupState, t: float) -> list[Event]:
        readings = {}
        for name in group.people:
            now = self.people[name].now
            if now is not None and len(now.beats):
                readings[name] = now.reading()
        cue = group.pacer.update(t, readings)
        cycle = int(group.pacer.wave.cycles)
        if cycle > group.last_cycle:
            group.breaths_s.append(t - cue.phase * 60 / cue.rate_bpm)
            group.last_cycle = cycle
        last = group.cues[-1] if group.cues else None
        if last is not None and _same_plan(last, cue) and t - last.t < CUE_EVERY_S:
            return []
        group.cues.append(cue)
        while len(group.cues) > 1 and group.cues[1].t < t - REMEMBERED_CUES_S:
            group.cues.popleft()
        return [cue]

    def _measure(self, name: str, group: GroupState, t: float) -> Metrics:
        state = self.people[name]
        assert state.now is not None
        share = group.pacer.share(name)
        activated = state.baseline.activation(state.now, share)
        state.metrics = figures(name, state.now, share, list(group.breaths_s), activated)
        state.gathering_s = gathering_s(state.now)
        state.scores.append((t, state.metrics.coherence_score))
        while state.scores[0][0] < t - REMEMBERED_SCORES_S:
            state.scores.popleft()
        return state.metrics


def _same_plan(a: Cue, b: Cue) -> bool:
    """Tell if ``b`` says nothing that ``a`` has not said."""
    return (a.rate_bpm, a.stage, a.strength, a.why) == (b.rate_bpm, b.stage, b.strength, b.why)

"""Makes the snapshots that surfaces show, person by person, again only for whom something changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from biosync.consent import Consent, hidden_figures
from biosync.engine import Engine
from biosync.events import Event, Join, Session
from biosync.snapshot import PairView, PersonView, Snapshot
from biosync.together.course_summary import PairStory, Summary

SHOWN_S = 75.0


class Snapshots:
    """Keeps one view a person; ``note`` what happened, then ``take`` the picture.

    What each view hides is what its person agreed to in ``consents``; who agreed to nothing here (a strap that a shell
    names, a virtual person) hides nothing.
    """

    def __init__(self, engine: Engine, consents: Iterable[Consent] = ()) -> None:
        self._engine = engine
        self._consents = {one.person: one for one in consents}
        self._views: dict[str, PersonView] = {}
        self._summary = Summary()
        self._changed = set(engine.people)

    def agree(self, consent: Consent) -> None:
        """Hide from now on what one who joins keeps to themselves."""
        self._consents[consent.person] = consent
        self._changed.add(consent.person)

    def note(self, event: Event) -> None:
        """Mark whom the event is about as changed."""
        self._summary.feed(event)
        if isinstance(event, Join):  # who was alone is not alone any more
            self._changed.update(self._engine.people)
        person = getattr(event, "person", None)
        if person is not None:
            self._changed.add(person)
        elif not isinstance(event, Session):
            self._changed.update(getattr(event, "people", ()))

    def take(self, t: float, running: bool = True) -> Snapshot:
        """Return the picture at time ``t``."""
        for name in self._changed:
            self._views[name] = self._view(name)
        self._changed.clear()
        people = tuple(self._views[name] for name in self._engine.people)
        pairs = tuple(_pair(one) for one in self.stories)
        groups = tuple(one for one in self._summary.groups.values() if self._together(one.people))
        return Snapshot(t, people, running, pairs, groups)

    @property
    def stories(self) -> tuple[PairStory, ...]:
        """How it went with everybody who belongs together now, two by two."""
        return tuple(one for one in self._summary.pairs.values() if self._together(one.people))

    def _together(self, people: Sequence[str]) -> bool:
        """Tell if these are all who have this cue now, or two of them."""
        group = self._engine.group_of(people[0])
        return set(people) <= set(group) and len(people) in (2, len(group))

    def _view(self, name: str) -> PersonView:
        state = self._engine.people[name]
        beats = state.track.beats()
        since = int(np.searchsorted(beats.t_s, beats.t_s[-1] - SHOWN_S)) if len(beats) else 0
        return PersonView(
            name=name,
            number=list(self._engine.people).index(name),
            origin=state.member.origin,
            device=state.member.device,
            link=state.link,
            metrics=state.metrics,
            gathering_s=state.gathering_s,
            last_beat_t=state.track.last_arrival_t,
            beat_t=beats.t_s[since:],
            heart_rate=np.asarray(60000 / np.maximum(beats.rr_ms[since:], 1.0), dtype=np.float64),
            labels=beats.label[since:],
            gap=beats.gap[since:].astype(np.int8),
            coherence_t=np.array([t for t, _ in state.scores]),
            coherence=np.array([np.nan if score is None else score for _, score in state.scores]),
            cues=self._engine.cues_of(name),
            left=not state.here,
            hidden=self.hidden(name),
            practice=self._engine.practice_of(name),
        )

    def hidden(self, name: str) -> frozenset[str]:
        """Return which figures of a person this screen may not show. Who has left may still look on, so nobody is
        alone again once there were two."""
        consent = self._consents.get(name)
        return frozenset() if consent is None else hidden_figures(consent, alone=len(self._engine.people) == 1)


def _pair(story: PairStory) -> PairView:
    assert story.now is not None
    return PairView(story.now, tuple(story.episodes), tuple(story.ruptures))

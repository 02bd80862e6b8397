"""One person's beats of a session that is over, placed just as they were while it ran."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from biosync.engine import Member
from biosync.events import Beat, Interval, Join, Leave, Link, Notification, Raw
from biosync.store.timeline import Timeline
from biosync.track import Track

Entry = tuple[int, int, Raw | Member]
"""A place in the session's order, how many whole seconds it had been told of by then, and what came in."""


def lived(member: Member, entries: Iterable[Entry], ticks: int, end_t: float) -> Timeline:
    """Return when the beats of ``member`` were, from all that came in of them; ``ticks`` in all, until ``end_t`` (s).

    It is the engine's own track that places them: same strap's delay, same losses of the link, same silences.
    """
    track = Track(member.name, member.delay_s, member.delay_uncertainty_s, memory_s=math.inf)
    uncertainty = [beat.t_uncertainty_s for beat in _beats(track, entries, ticks, end_t)]
    found = track.beats()
    return Timeline(found.t_s, found.rr_ms, found.gap, np.array(uncertainty, dtype=np.float64))


def _beats(track: Track, entries: Iterable[Entry], ticks: int, end_t: float) -> Iterator[Beat]:
    told = 0
    for _, before, event in entries:
        if before > told:
            # Of the seconds between two entries the last does: a silence that an earlier one ends, it ends too.
            yield from track.settle(float(before))
            told = before
        yield from _fed(track, event)
    if ticks > told:
        yield from track.settle(float(ticks))
    yield from track.finish(end_t)


def _fed(track: Track, event: Raw | Member) -> list[Beat]:
    match event:
        case Notification():
            return track.notification(event)
        case Interval():
            return track.interval(event)
        case Link(state="lost" | "gone"):
            return track.link_lost(event.t)
        case Leave():
            return track.finish(event.t)
        case Join():
            track.begin_again(event.delay_s, event.delay_uncertainty_s)
        case Member():
            track.worn(event.delay_s, event.delay_uncertainty_s)
    return []

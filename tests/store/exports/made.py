"""Sessions made for the tests of exports: any rhythm, any gaps, one or several people."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from biosync.events import Cue, End, Event, Interval, Marker, Notification, Say, Session
from biosync.store.exporting import Export
from biosync.store.exports.content import Content
from biosync.store.recording import Recording
from biosync.store.timeline import Timeline, timeline
from devices import heart_rate
from devices.measurement import HeartRate

STARTED = "2026-05-31T16:30:00Z"
BEATS = 60


def line(rr_ms: Sequence[float], pauses_s: Sequence[float], begins_s: float = 0.3) -> Timeline:
    """Return the timeline of intervals with a pause (0: none) before each of them."""
    rr, pauses = np.array(rr_ms, dtype=np.float64), np.array(pauses_s, dtype=np.float64)
    t_s = begins_s + np.cumsum(rr / 1000 + pauses)
    return timeline(Recording("x", rr, pauses > 0, t_s, t_uncertainty_s=np.full(len(rr), 0.25), gaps_stated=True))


def content(lines: dict[str, Timeline], cues: Sequence[Cue] = (), markers: Sequence[Marker] = ()) -> Content:
    """Return a session of these people; what came in are an interval a beat, the cues and the markers."""
    people = tuple(lines)
    head = Session(0.0, "20260531-163000-abcd", STARTED, people, False)
    intervals: list[Event] = [
        Interval(float(t), name, (float(rr),), float(t), bool(gap))
        for name, one in lines.items()
        for t, rr, gap in zip(one.t_s, one.rr_ms, one.gap, strict=True)
    ]
    events = sorted([*intervals, *cues, *markers], key=lambda event: event.t)
    end = End(events[-1].t, {name: len(one) for name, one in lines.items()}, head.id)
    return Content(head, lines, tuple(cues), tuple(markers), lambda: [head, *events, end])


def written(export: Export, what: Content) -> str:
    """Return the text of an export."""
    out = StringIO()
    export.write(what, out)
    return out.getvalue()


def saved(path: Path, export: Export, what: Content) -> Path:
    path.write_text(written(export, what), encoding="utf-8")
    return path


def shared_session() -> Content:
    """Two people with one cue: everything in it names somebody."""
    lines = {"Ana": line([800.0, 810.0, 790.0], [0, 0, 0]), "Benedict": line([1013.5, 1017.5, 1009.5], [0, 0, 0])}
    cue = Cue(1.0, ("Ana", "Benedict"), 6.0, 0.1, 0.4, "lead", 1.0, "waiting for Benedict")
    alone = Cue(1.2, ("Benedict",), 7.123, 0.3, 0.4, "lead", 1.0, "slowing")
    texts = ((1.5, "Ana", "warm hands"), (1.6, None, "Benedict laughed"), (1.7, "Benedict", "tired"))
    markers = [Marker(*one) for one in texts]
    made = content(lines, [cue, alone], markers)
    payload = heart_rate.encode(HeartRate(59, (1039,)))
    more = [
        Notification(2.0, "Benedict", "Polar H10 0BE7ED1C", heart_rate.MEASUREMENT, payload),
        Say(2.1, "Benedict", "too_slow"), Say(2.2, None, "too_fast"), Say(2.3, "Ana", "go"),
    ]  # fmt: skip
    return Content(made.session, lines, made.cues, made.markers, lambda: [*made.events(), *more])


# The strap's own steps (1/1024 s) and any other number; pauses of one lost beat and of minutes.
intervals = st.lists(
    st.integers(310, 2000).map(lambda ticks: ticks * 1000 / 1024) | st.floats(300, 2400), min_size=2, max_size=BEATS
)
pauses = st.lists(st.sampled_from([0.0] * 8 + [0.3, 0.8, 2.0, 3.0, 61.7]), min_size=BEATS, max_size=BEATS)


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    rr_ms = draw(intervals)
    return line(rr_ms, draw(pauses)[: len(rr_ms)], draw(st.floats(-1, 5)))

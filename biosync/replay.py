"""A recording as the stream of events that a strap would have been."""

from __future__ import annotations

from collections.abc import Iterator

from biosync.events import Interval
from biosync.store.recording import Recording
from biosync.store.timeline import packets, timeline


def start_s(recording: Recording) -> float:
    """Return when ``recording`` begins, in seconds on its own clock: the start of its first interval."""
    if recording.t_s is not None:
        first = recording.t_s[0]
    elif recording.arrival_s is not None:
        first = recording.arrival_s[0]
    else:
        return 0.0
    return float(first - recording.rr_ms[0] / 1000)


def replay(recording: Recording, start: float | None = None, person: str | None = None) -> Iterator[Interval]:
    """Give the events of ``recording``, oldest first, their times in seconds since ``start`` on its own clock.

    ``start`` is by default the recording's own; people recorded on one clock stay on it with the same ``start``.
    With times, and with the running sum where there is neither time nor arrival, every beat is an event of its own
    with its ``beat_t``. With arrivals, everything that arrived together is one event, and the beat clock places it.
    """
    begin = start_s(recording) if start is None else start
    name = recording.person if person is None else person
    if recording.t_s is None and recording.arrival_s is not None:
        for packet in packets(recording, recording.arrival_s):
            yield Interval(packet.t_s - begin, name, packet.rr_ms, None, packet.gap)
        return
    line = timeline(recording)
    for t_s, rr_ms, gap in zip(line.t_s, line.rr_ms, line.gap, strict=True):
        t = float(t_s) - begin
        yield Interval(t, name, (float(rr_ms),), t, bool(gap))

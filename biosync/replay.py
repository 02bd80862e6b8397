"""A recording as the stream of events that a strap would have been."""

from __future__ import annotations

from collections.abc import Iterator

from biosync.events import Interval
from biosync.store.recording import Recording
from biosync.store.timeline import Timeline, packets, timeline


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
    With times, and with the running sum where there is neither time nor arrival, every beat is an event of its own.
    With arrivals, everything that arrived together is one event. The beats' times are those of the whole recording's
    timeline, as in ``analyze``: what is known already need not be held in doubt until it comes again.
    """
    begin = start_s(recording) if start is None else start
    name = recording.person if person is None else person
    line = timeline(recording)
    arrived = recording.t_s is None and recording.arrival_s is not None
    for at_s, first, end in _together(recording) if arrived else _one_by_one(line):
        beat_t, rr_ms = float(line.t_s[end - 1]) - begin, tuple(float(rr) for rr in line.rr_ms[first:end])
        uncertainty = float(line.t_uncertainty_s[first:end].max())
        yield Interval(at_s - begin, name, rr_ms, beat_t, bool(line.gap[first]), uncertainty)


def _one_by_one(line: Timeline) -> Iterator[tuple[float, int, int]]:
    """Give (when, first, end) of each event: every beat alone, at its own time."""
    for k, t_s in enumerate(line.t_s):
        yield float(t_s), k, k + 1


def _together(recording: Recording) -> Iterator[tuple[float, int, int]]:
    """Give (when, first, end) of each event: the beats that arrived together."""
    assert recording.arrival_s is not None
    first = 0
    for packet in packets(recording, recording.arrival_s):
        if packet.rr_ms:
            yield packet.t_s, first, first + len(packet.rr_ms)
            first += len(packet.rr_ms)

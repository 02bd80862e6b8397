"""What biosync does, as the bench calls it."""

from __future__ import annotations

from biosync.engine import Engine, Member
from biosync.events import Interval, Tick
from biosync.heart.intervals import from_rr
from biosync.live import figures, look
from biosync.metrics.coherence import coherence, history
from biosync.metrics.parts import frequency_part, nonlinear_part, time_part
from biosync.track import Track
from biosync.types import FloatArray
from tests.bench.timing import Work

LIVE_S = 300


def all_indices(rr_ms: FloatArray) -> tuple[object, ...]:
    """Every index of the contract's time, frequency, nonlinear and coherence parts, with coherence's history."""
    x = from_rr(rr_ms)
    return time_part(x), frequency_part(x), nonlinear_part(x), coherence(x), history(x)


def tick(rr_ms: FloatArray) -> Work:
    """Return one look at one person in the middle of a session: all live figures on their windows."""
    track = Track("A")
    end = _feed(track.interval, "A", rr_ms)
    cycles = [end - 10 * k for k in range(6, 0, -1)]
    return lambda: figures("A", look(track, end, 6.0), 0.5, cycles, None)


def people(count: int, rr_ms: FloatArray) -> tuple[Work, int]:
    """Return the last minute of a session of ``count`` people fed to the engine, and how many seconds it holds."""
    engine = Engine([Member(f"P{k}", "replay", "bench") for k in range(count)], [(f"P{k}",) for k in range(count)])
    events = _session(rr_ms, [f"P{k}" for k in range(count)])
    last = [event for event in events if event.t > LIVE_S - 60]
    for event in events:
        if event.t <= LIVE_S - 60:
            engine.feed(event)

    def minute() -> None:
        for event in last:
            engine.feed(event)

    return minute, 60


def _session(rr_ms: FloatArray, names: list[str]) -> list[Interval | Tick]:
    events: list[Interval | Tick] = [Tick(float(second)) for second in range(1, LIVE_S + 1)]
    for name in names:
        _feed(events.append, name, rr_ms)
    return sorted(events, key=lambda event: event.t)


def _feed(take: object, name: str, rr_ms: FloatArray) -> float:
    t = 0.0
    for rr in rr_ms.tolist():
        t += rr / 1000
        take(Interval(t, name, (rr,), beat_t=t))  # type: ignore[operator]
    return t

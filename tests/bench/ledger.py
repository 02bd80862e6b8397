"""How large and how quick a long session is: ``python -m tests.bench.ledger [--hours H] [--people N]
[--sessions S]``.

A session of straps that send once a second, with a cue each and what a session is told, written by a session's own
store; then opened, listed and read; and the list of many short sessions. Writes a line a figure.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from biosync.engine import Member
from biosync.events import Beat, Cue, End, Event, Notification, Session, Tick
from biosync.home import ledger_file
from biosync.store.kept_summaries import courses, figures
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import LedgerStore
from biosync.store.recording import Recording
from biosync.store.summaries import LATEST_SESSIONS
from devices import heart_rate
from devices.measurement import HeartRate

CUE_EVERY_S = 10
ID = "20260101-000000-0001"


def main() -> None:
    """Measure, and print a line a figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ledger", description="How large is a long session?")
    parser.add_argument("--hours", type=int, default=10)
    parser.add_argument("--people", type=int, default=16)
    parser.add_argument("--sessions", type=int, default=150)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for key in (None, "a passphrase"):
            measure(Path(folder) / str(key), options.hours, options.people, key)
        for key in (None, "a passphrase"):
            measure_list(Path(folder) / f"many {key}", options.sessions, key)


def measure(home: Path, hours: int, people: int, key: str | None) -> None:
    """Write a session of ``people`` for ``hours``, read it again, and print what it cost."""
    names = [f"Person {number}" for number in range(people)]
    took = timed(lambda: write(home, names, hours, key))
    size = ledger_file(home).stat().st_size
    print(f"--- {people} people, {hours} hours, {'locked' if key else 'in the clear'}")
    print(f"size: {size / 1e6:.1f} MB, {size / (hours * people) / 1e3:.0f} kB a person and hour,"
          f" {size / hours / 1e6:.2f} MB an hour")  # fmt: skip
    print(f"written in {took:.1f} s of work, {hours * 3600 / took:,.0f} times as fast as it happens")
    print(f"open: {1e3 * least(lambda: Ledger.open(home, key).close()):.1f} ms")
    with Ledger.open(home, key) as ledger:
        print(f"list: {1e3 * least(ledger.sessions):.2f} ms")
        print(f"one person's recording: {least(lambda: ledger.recording(ID, names[0])):.2f} s")
        print(f"one person's beats, placed again: {timed(lambda: ledger.timeline(ID, names[0])):.1f} s")
        print(f"all events again: {timed(lambda: sum(1 for _ in ledger.raw_events(ID))):.1f} s")
        print(f"delete, with wiping: {timed(lambda: ledger.delete_session(ID)):.1f} s")


def measure_list(home: Path, sessions: int, key: str | None) -> None:
    """Store ``sessions`` of two people for ten minutes, and print how long their list takes."""
    dice = random.Random(1)
    for day in range(sessions):
        rr_ms = np.array([800.0 + 60 * math.sin(k / 1.6) + dice.gauss(0, 8) for k in range(750)])
        people = [Recording(name, rr_ms, np.zeros(len(rr_ms), dtype=bool)) for name in ("Ana", "Ben")]
        with Ledger.open(home, key) as ledger:
            ledger.store_recordings(people, datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day / 2))
    print(f"--- {sessions} sessions of 2 people, 10 minutes, {'locked' if key else 'in the clear'}")
    with Ledger.open(home, key) as ledger:
        everything = ledger.sessions()
        print(f"list: {1e3 * least(ledger.sessions):.1f} ms")
        for what, work in (
            ("courses", lambda: courses(ledger, everything)),
            ("Ana's trends", lambda: figures(ledger, everything[-LATEST_SESSIONS:], "Ana")),
        ):
            print(f"{what}: the first time {timed(work):.2f} s, from then on {1e3 * least(work):.1f} ms")


def write(home: Path, names: list[str], hours: int, key: str | None) -> None:
    """Let a session's store keep it; what can't be written as fast as it is made here waits no longer than it may."""
    members = [Member(name, "strap", "Polar H10 12345678", 0.6, 0.3) for name in names]
    told: list[str] = []
    store = LedgerStore(home, ID, members, [(name,) for name in names], told.append, key=key, most_waiting=10**9)
    for event in session(names, hours):
        store(event)
    store.close()
    assert store.kept and not told, told


def session(names: list[str], hours: int) -> Iterator[Event]:
    """Give the events of a session in which everybody has about 70 beats a minute."""
    dice = random.Random(1)
    yield Session(0.0, ID, "2026-01-01T00:00:00Z", tuple(names), False)
    for second in range(hours * 3600):
        for name in names:
            t = second + dice.random()
            ticks = tuple(dice.randrange(800, 1100) for _ in range(1 if dice.random() < 0.83 else 2))
            payload = heart_rate.encode(HeartRate(70, ticks))
            yield Notification(t, name, "Polar H10 12345678", heart_rate.MEASUREMENT, payload)
            yield from (Beat(t, name, rr, "normal", t, 0.1) for rr in ticks)
            if second % CUE_EVERY_S == 0:
                yield Cue(t, (name,), 6.0 + dice.random(), dice.random(), 0.4, "hold", 1.0, "holding the pace")
        yield Tick(second + 1.0)
    yield End(hours * 3600.0, {}, None)


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def least(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the fewest seconds it takes in some rounds."""
    return min(timed(work) for _ in range(rounds))


if __name__ == "__main__":
    main()

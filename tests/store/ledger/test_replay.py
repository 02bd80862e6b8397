"""What was stored, fed to a fresh engine, gives the figures of live to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from biosync.engine import Member
from biosync.events import Link, Notification, Tick
from biosync.run import Cast
from biosync.store.ledger.reader import Ledger
from biosync.store.timeline import beats
from tests.store.ledger.live import demo, derived, keep, lived_again, stored, worn


def casts() -> list[Cast]:
    return [
        demo("demo:Ana?seed=1"),
        demo("demo:Ana?seed=1", "demo:Ben?seed=2"),
        demo("demo:Ana?seed=1", "demo:Ben?seed=2", "demo:Cleo?seed=3", groups=(("Cleo", "Ana"),)),
        worn("Ana", "Ben"),
    ]


@pytest.mark.parametrize("number", range(4), ids=["one", "pair", "groups", "straps"])
def test_every_figure_is_that_of_live_to_the_bit(tmp_path: Path, number: int) -> None:
    live = keep(tmp_path, casts()[number], seconds=150.3)
    again = derived(lived_again(tmp_path, stored(live)))
    # The stream's times never fall, so a late packet's beats carry a later time there than in the engine.
    exact = number < 3
    strip = (lambda event: repr(event)) if exact else (lambda event: repr(event).split(", ", 1)[1])
    assert len(again) > 300
    assert [strip(event) for event in again] == [strip(event) for event in derived(live)]


def test_late_packets_stay_between_the_ticks_that_they_came_between(tmp_path: Path) -> None:
    live = keep(tmp_path, worn("Ana"), seconds=60)
    with Ledger.open(tmp_path) as ledger:
        events = list(ledger.raw_events(stored(live)))
    clock, late = 0.0, 0
    for event in events:
        if isinstance(event, Tick):
            clock = event.t
        elif isinstance(event, Notification):
            late += event.t < clock
    assert late > 5, "no packet came late: the test shows nothing"
    assert any(isinstance(event, Member) and event.device == "H10 1234" for event in events)
    assert [e.why for e in events if isinstance(e, Link)] == ["worn", "out of range", "back"]


def test_the_recording_of_a_session_has_the_beats_of_live(tmp_path: Path) -> None:
    live = keep(tmp_path, demo("demo:Ana?seed=1", "demo:Ben?seed=2"), seconds=90)
    with Ledger.open(tmp_path) as ledger:
        for name in ("Ana", "Ben"):
            again = beats(ledger.recording(stored(live), name))
            told = [event for event in live if getattr(event, "label", None) and event.person == name]  # type: ignore[union-attr]
            assert np.array_equal(again.rr_ms, [event.rr_ms for event in told])  # type: ignore[union-attr]
            assert np.array_equal(again.t_s, [event.beat_t for event in told])  # type: ignore[union-attr]
            assert ledger.session(stored(live)).beats[name] == len(told)

"""What was stored, fed to a fresh engine, gives the figures of live to the bit."""

from __future__ import annotations

from pathlib import Path

import pytest

from biosync.engine import Member
from biosync.events import LABELS, Beat, Cue, Event, Join, Leave, Link, Notification, Tick
from biosync.run import Cast
from biosync.store.ledger.reader import Ledger
from biosync.store.timeline import labelled
from tests.store.ledger.live import demo, derived, keep, keep_with_guests, lived_again, stored, worn


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


@pytest.mark.parametrize("number", range(4), ids=["one", "pair", "groups", "straps"])
def test_beats_stand_where_they_stood_live_to_the_bit(tmp_path: Path, number: int) -> None:
    live = keep(tmp_path, casts()[number], seconds=90)
    assert_the_beats_of_live(tmp_path, live)


def assert_the_beats_of_live(home: Path, live: list[Event]) -> None:
    """Assert that the stored session has every beat with the times, doubts and labels of live, delays included."""
    with Ledger.open(home) as ledger:
        session = ledger.session(stored(live))
        assert sum(session.beats.values()) > 80
        for name in session.people:
            told = [event for event in live if isinstance(event, Beat) and event.person == name]
            line = ledger.timeline(session.id, name)
            assert len(line) == len(told) == session.beats[name]
            assert line.rr_ms.tolist() == [beat.rr_ms for beat in told]
            assert line.t_s.tolist() == [beat.beat_t for beat in told]
            assert line.t_uncertainty_s.tolist() == [beat.t_uncertainty_s for beat in told]
            assert [LABELS[code] for code in labelled(line).label] == [beat.label for beat in told]


def test_a_session_with_comings_and_goings_is_that_of_live_to_the_bit(tmp_path: Path) -> None:
    live = keep_with_guests(tmp_path)
    again = derived(lived_again(tmp_path, stored(live)))
    assert len(again) > 500
    assert [repr(event) for event in again] == [repr(event) for event in derived(live)]
    assert_the_beats_of_live(tmp_path, live)
    with Ledger.open(tmp_path) as ledger:
        session = ledger.session(stored(live))
        assert session.people == ("Ana", "Ben", "Cleo", "Dan")
        assert session.made_up == session.people
        assert [member.name for member in ledger.members(session.id)] == ["Ana", "Ben"]
        assert ledger.groups(session.id) == [("Ana", "Ben")]
        assert ledger.cues(session.id) == [event for event in live if isinstance(event, Cue)]
        came = [event for event in ledger.raw_events(session.id) if isinstance(event, Join | Leave)]
        assert [type(event).__name__ + event.person for event in came] == [
            "JoinCleo", "JoinDan", "LeaveBen", "JoinBen", "LeaveCleo"
        ]  # fmt: skip
        assert [(one.person, one.sharing) for one in ledger.consents(session.id)] == [("Cleo", "own")]


def test_who_is_deleted_leaves_the_comings_and_goings_of_the_others(tmp_path: Path) -> None:
    live = keep_with_guests(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        ledger.delete_person("Cleo")
        ledger.delete_person("Ben")
        (session,) = ledger.sessions()
        assert session.people == ("Ana", "Dan")
        came = [event for event in ledger.raw_events(session.id) if isinstance(event, Join | Leave)]
        assert [event.person for event in came] == ["Dan"]
        assert {cue.people for cue in ledger.cues(session.id)} == {("Ana",), ("Dan",)}
        ledger.delete_person("Ana")
        assert {cue.people for cue in ledger.cues(session.id)} == {("Dan",)}
        dan = [event for event in live if isinstance(event, Beat) and event.person == "Dan"]
        assert ledger.timeline(session.id, "Dan").t_s.tolist() == [beat.beat_t for beat in dan]

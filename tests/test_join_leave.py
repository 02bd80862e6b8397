"""People who come and go in the middle of a session: who is heard, whose cue goes on, and what the stream says."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biosync.cast import HandOn, Newcomer
from biosync.casting import cast, newcomer, parts
from biosync.engine import Engine, Member
from biosync.events import Beat, Cue, End, Event, Interval, Join, Leave, Link, Marker, Metrics, Notification, Say, Tick
from biosync.feeds import StoredFeed
from biosync.run import Cast, LiveSession
from biosync.run_problems import SessionProblem
from biosync.sources import parse
from devices.heart_rate import MEASUREMENT, encode
from devices.measurement import HeartRate

Deed = tuple[float, Callable[[LiveSession], None]]


def of(kind: type, events: Sequence[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def comes(source: str, *beside: str) -> Callable[[LiveSession], None]:
    return lambda session: session.join(virtual(source), beside)


def comes_back(source: str) -> Callable[[LiveSession], None]:
    return lambda session: session.join(virtual(source), again=True)


def virtual(source: str) -> Newcomer:
    return newcomer(parts([parse(source)])[0])


def leaves(person: str) -> Callable[[LiveSession], None]:
    return lambda session: session.leave(person)


def play(
    *sources: str, deeds: Sequence[Deed], seconds: float = 60.0, each: bool = False, snapshots: bool = False
) -> tuple[LiveSession, list[Event]]:
    """Play a session in which ``deeds`` are done, each at its time."""
    waiting, seen = list(deeds), list[Event]()

    def sink(event: Event) -> None:
        seen.append(event)
        while waiting and event.t >= waiting[0][0]:
            waiting.pop(0)[1](session)

    people = cast(parts([parse(source) for source in sources]), each=each)
    session = LiveSession(people, seconds=seconds, speed=None, sinks=[sink], snapshots=snapshots)
    asyncio.run(session.run())
    assert not waiting
    return session, seen


def test_who_joins_is_heard_from_then_on_and_shares_the_cue() -> None:
    _, events = play("demo:Ana", deeds=[(20.0, comes("demo:Mara", "Ana"))], seconds=100)
    beats = [beat for beat in of(Beat, events) if beat.person == "Mara"]
    assert 60 < len(beats) < 140
    assert 20 < beats[0].beat_t < 26
    links = [link for link in of(Link, events) if link.person == "Mara"]
    assert (links[0].state, links[0].why) == ("live", "a virtual strap")
    assert {cue.people for cue in of(Cue, events) if cue.t <= 20} == {("Ana",)}
    assert {cue.people for cue in of(Cue, events) if cue.t > 21} == {("Ana", "Mara")}
    measured = [m for m in of(Metrics, events) if m.person == "Mara"]
    assert measured[0].coherence_score is None and measured[-1].coherence_score is not None
    assert events[-1].beats["Mara"] == len(beats)


@pytest.mark.parametrize("t", [30.0, 130.4, 250.9])
def test_the_cue_never_jumps_when_somebody_joins_or_leaves(t: float) -> None:
    deeds = [(t, comes("demo:Mara?breath_bpm=16", "Ana")), (t + 60, leaves("Ana"))]
    _, events = play("demo:Ana?seed=2", deeds=deeds, seconds=340)
    cues = of(Cue, events)
    assert len({cue.people for cue in cues}) == 3
    for a, b in itertools.pairwise(cues):
        assert abs((a.phase_at(b.t) - b.phase + 0.5) % 1 - 0.5) < 1e-9
        assert abs(a.rate_bpm / b.rate_bpm - 1) < 0.0501


def test_who_joins_alone_has_a_cue_of_their_own() -> None:
    _, events = play("demo:Ana", deeds=[(20.5, comes("demo:Mara"))])
    assert {cue.people for cue in of(Cue, events) if cue.t > 22} == {("Ana",), ("Mara",)}


def test_who_leaves_is_gone_and_the_others_cue_goes_on() -> None:
    session, events = play("demo:Ana", "demo:Ben?seed=4", deeds=[(30.2, leaves("Ana"))], snapshots=True)
    gone = [link for link in of(Link, events) if link.state == "gone"]
    assert [(link.person, link.why) for link in gone] == [("Ana", "left")]
    after = events[events.index(gone[0]) + 1 :]
    assert not [e for e in after if getattr(e, "person", None) == "Ana"]
    assert {cue.people for cue in of(Cue, after)} == {("Ben",)}
    assert events[-1].t == 60.0
    assert events[-1].beats["Ana"] == len([b for b in of(Beat, events) if b.person == "Ana"]) > 20
    assert session.latest is not None
    ana, ben = session.latest.people
    assert (ana.left, ana.metrics, ana.cues, ben.left) == (True, None, (), False)


def test_with_the_last_one_the_session_ends() -> None:
    deeds = [(10.0, leaves("Ana")), (15.5, leaves("Ben"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=deeds, each=True)
    last = of(Leave, events)[-1]
    assert isinstance(events[-1], End)
    assert 15.5 <= events[-1].t == last.t < 16


def test_who_comes_back_has_their_name_and_their_beats() -> None:
    deeds = [(20.0, leaves("Ana")), (30.0, comes("demo:Ana?seed=7", "Ben"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=deeds)
    beats = [beat for beat in of(Beat, events) if beat.person == "Ana"]
    assert all(b.beat_t > a.beat_t for a, b in itertools.pairwise(beats))
    assert not [b for b in beats if 21 < b.beat_t - b.rr_ms / 1000 < 29.5]
    assert {beat.t > 30 for beat in beats} == {True, False}
    assert events[-1].beats["Ana"] == len(beats)


def cues_after(t: float, events: Sequence[Event]) -> set[tuple[str, ...]]:
    return {tuple(sorted(cue.people)) for cue in of(Cue, events) if cue.t > t}


def test_who_comes_back_again_is_with_their_group_again() -> None:
    deeds = [(10.0, leaves("Ana")), (20.0, comes_back("demo:Ana")), (25.0, comes_back("demo:Mara"))]
    _, events = play("demo:Ana", "demo:Ben", "demo:Cleo", deeds=deeds, seconds=40)
    assert cues_after(27, events) == {("Ana", "Ben", "Cleo"), ("Mara",)}


@pytest.mark.parametrize("first, then", [("Ana", "Ben"), ("Ben", "Ana")])
def test_two_who_both_left_find_each_other_again(first: str, then: str) -> None:
    deeds = [(8.0, leaves("Ana")), (9.0, leaves("Ben")), (20.0, comes_back(f"demo:{first}")),
             (20.0, comes_back(f"demo:{then}"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=[(5.0, comes("demo:Zoe")), *deeds], seconds=40)
    assert cues_after(22, events) == {("Ana", "Ben"), ("Zoe",)}


def test_who_was_alone_comes_back_alone_and_a_namesake_is_no_one_who_left() -> None:
    deeds = [(8.0, leaves("Ana")), (12.0, comes_back("demo:Ana")), (16.0, comes_back("demo:Ana"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=deeds, seconds=30, each=True)
    assert cues_after(18, events) == {("Ana",), ("Ben",), ("Ana 2",)}
    deeds = [(8.0, leaves("Ana")), (12.0, comes_back("demo:Ana")), (16.0, comes_back("demo:Ana"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=deeds, seconds=30)
    assert cues_after(18, events) == {("Ana", "Ben"), ("Ana 2",)}


def test_equal_names_are_told_apart() -> None:
    deeds = [(5.0, comes("Ana=demo")), (6.0, comes("Ana=demo"))]
    _, events = play("demo:Ana", deeds=deeds, seconds=10)
    assert list(events[-1].beats) == ["Ana", "Ana 2", "Ana 3"]


def test_leaving_and_coming_back_at_once_keeps_the_name() -> None:
    deeds = [(5.0, leaves("Ana")), (5.0, comes("Ana=demo", "Ben"))]
    _, events = play("demo:Ana", "demo:Ben", deeds=deeds, seconds=10)
    assert list(events[-1].beats) == ["Ana", "Ben"]


def test_a_recording_joins_where_the_session_is(tmp_path: Path) -> None:
    file = tmp_path / "Zoe.txt"
    file.write_text("\n".join(["800", "820"] * 100))
    _, events = play("demo:Ana", deeds=[(30.0, comes(f"replay:{file}", "Ana"))], seconds=60)
    beats = [beat for beat in of(Beat, events) if beat.person == "Zoe"]
    assert 30.7 < beats[0].beat_t < 32
    assert beats[-1].beat_t > 50


@pytest.mark.parametrize(
    "deed, why",
    [
        (leaves("Zoe"), "there is no 'Zoe' here; there are: Ana, Ben"),
        (comes("demo:Mara", "Zoe"), "there is no 'Zoe' here"),
        (lambda s: s.say("too_slow", "Zoe"), "there is no 'Zoe' here"),
        (lambda s: s.mark("here", "Zoe"), "there is no 'Zoe' here"),
        (lambda s: s.say("faster"), "one can say too_slow, too_fast, stop, go, settle, find, without, "),
    ],
)
def test_what_can_not_be_is_told_and_changes_nothing(deed: Callable[[LiveSession], None], why: str) -> None:
    told: list[str] = []

    def tries(session: LiveSession) -> None:
        with pytest.raises(SessionProblem) as problem:
            deed(session)
        told.append(str(problem.value))

    _, events = play("demo:Ana", "demo:Ben", deeds=[(5.0, tries)], seconds=8)
    assert told[0].startswith(why)
    assert list(events[-1].beats) == ["Ana", "Ben"]
    assert not of(Say, events) + of(Marker, events)


def test_what_one_said_who_left_meanwhile_is_no_part_of_the_session() -> None:
    def both(session: LiveSession) -> None:
        session.leave("Ana")
        with pytest.raises(SessionProblem):
            session.say("too_slow", "Ana")

    _, events = play("demo:Ana", "demo:Ben", deeds=[(5.0, both)], seconds=8)
    assert not of(Say, events)


# --- straps ---


class PushedStrap:
    """A strap that sends about every tick; it notes when it begins and when it has been let go, which takes a while."""

    def __init__(self, person: str, address: str, log: list[str], problem: SessionProblem | None = None) -> None:
        self.person = person
        self.address = address
        self._log = log
        self._problem = problem

    async def listen(self, now: Callable[[], float], hand_on: HandOn) -> None:
        self._log.append(f"{self.person} begins")
        if self._problem is not None:
            raise self._problem
        hand_on(Link(now(), self.person, "live", "worn"))
        try:
            for k in itertools.count():
                hand_on(Notification(now(), self.person, "H10", MEASUREMENT, encode(HeartRate(60, (1000 + k % 9,)))))
                t = now()
                while now() < t + 1:
                    await asyncio.sleep(0)
        finally:
            hand_on(Link(now(), self.person, "gone", "let go"))
            for _ in range(5):
                await asyncio.sleep(0)
            self._log.append(f"{self.person} let go")


def strap(person: str, address: str, log: list[str], problem: SessionProblem | None = None) -> Newcomer:
    member = Member(person, "strap", "strap", 1.5, 1.1)
    return Newcomer(member, strap=lambda name: PushedStrap(name, address, log, problem), address=address)


def test_a_strap_that_joins_is_listened_to_and_let_go_when_its_wearer_leaves() -> None:
    log: list[str] = []
    deeds = [(5.0, lambda s: s.join(strap("Ben", "AA", log), ("Ana",))), (25.0, leaves("Ben"))]
    _, events = play("demo:Ana", deeds=deeds, seconds=40)
    assert log == ["Ben begins", "Ben let go"]
    assert [(link.state, link.why) for link in of(Link, events) if link.person == "Ben"] == [
        ("live", "worn"), ("gone", "left"),
    ]  # fmt: skip
    assert len([beat for beat in of(Beat, events) if beat.person == "Ben"]) > 10


def test_a_strap_changes_hands_only_once_it_is_let_go() -> None:
    log: list[str] = []
    refused: list[str] = []

    def too_early(session: LiveSession) -> None:
        with pytest.raises(SessionProblem) as problem:
            session.join(strap("Cleo", "aa", log))
        refused.append(str(problem.value))

    def swaps(session: LiveSession) -> None:
        session.leave("Ben")

    deeds = [
        (5.0, lambda s: s.join(strap("Ben", "AA", log))),
        (8.0, too_early),
        (10.0, swaps),
        (12.0, lambda s: s.join(strap("Cleo", "AA", log))),
    ]
    _, events = play("demo:Ana", deeds=deeds, seconds=20)
    assert "is worn by somebody here already" in refused[0]
    assert log == ["Ben begins", "Ben let go", "Cleo begins", "Cleo let go"]
    assert list(events[-1].beats) == ["Ana", "Ben", "Cleo"]


def test_a_strap_that_joins_and_can_not_be_used_ends_nothing_for_the_others() -> None:
    problem = SessionProblem("Bluetooth is off: switch it on")
    _, events = play("demo:Ana", deeds=[(5.0, lambda s: s.join(strap("Ben", "AA", [], problem)))], seconds=20)
    (told,) = [link for link in of(Link, events) if link.person == "Ben"]
    assert (told.state, told.why) == ("gone", "Bluetooth is off: switch it on")
    assert events[-1].t == 20.0


# --- the same again ---


@settings(max_examples=10, deadline=None)
@given(
    comings=st.lists(
        st.tuples(st.floats(1, 50), st.sampled_from(["join", "alone", "leave"]), st.integers(0, 5)), max_size=12
    )
)
def test_who_came_and_went_lives_again_to_the_bit(comings: list[tuple[float, str, int]]) -> None:
    def deed(what: str, which: int) -> Callable[[LiveSession], None]:
        def do(session: LiveSession) -> None:
            here = session.here
            if what == "leave" and len(here) > 1:
                session.leave(here[which % len(here)])
            elif what != "leave":
                session.join(virtual(f"demo:P{which}"), () if what == "alone" else here[which % len(here) :][:1])

        return do

    deeds = [(t, deed(what, which)) for t, what, which in sorted(comings)]
    _, live = play("demo:Ana", "demo:Ben", deeds=deeds, seconds=55)
    raw = [e for e in live if isinstance(e, Notification | Interval | Link | Say | Marker | Join | Leave | Tick)]
    names = {name: f"{name}!" for name in live[-1].beats}
    members = tuple(Member(f"{name}!", "simulated", "virtual strap") for name in ("Ana", "Ben"))
    again = Cast(members, (("Ana!", "Ben!"),), (StoredFeed(names, raw, 55.0),), closed=True)
    seen: list[Event] = []
    asyncio.run(LiveSession(again, speed=None, sinks=[seen.append], snapshots=False).run())
    assert [repr(e).replace("!", "") for e in figures(seen)] == [repr(e) for e in figures(live)]
    assert seen[-1].t == live[-1].t


def figures(events: Sequence[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, Beat | Metrics | Cue)]


def test_nobody_joins_or_leaves_what_was_stored() -> None:
    again = Cast((Member("Ana", "replay", ""),), (("Ana",),), (StoredFeed({"Ana": "Ana"}, [], 5.0),), closed=True)
    session = LiveSession(again, speed=None)
    for deed in (comes("demo:Mara"), leaves("Ana")):
        with pytest.raises(SessionProblem, match="stored as it was"):
            deed(session)


# --- the engine alone ---


def engine() -> Engine:
    return Engine([Member("Ana", "strap", "strap")], [("Ana",)])


def fed(engine: Engine, seconds: range, person: str = "Ana") -> list[Event]:
    out: list[Event] = []
    for second in seconds:
        payload = encode(HeartRate(60, (1000 + second % 7,)))
        out += engine.feed(Notification(float(second), person, "strap", MEASUREMENT, payload))
        out += engine.feed(Tick(float(second)))
    return out


@pytest.mark.parametrize("state", ["lost", "searching", "connecting"])
def test_with_the_link_gone_no_figure_stands(state: str) -> None:
    one = engine()
    before = fed(one, range(1, 60))
    assert of(Metrics, before)[-1].heart_rate_bpm is not None
    gone = one.feed(Link(59.2, "Ana", state, "out of range"))  # type: ignore[arg-type]
    (silent,) = of(Metrics, gone)
    assert (silent.t, silent.heart_rate_bpm, silent.quality, silent.why) == (59.2, None, "none", "out of range")
    assert all(m.heart_rate_bpm is None for m in of(Metrics, one.feed(Tick(60.0))))
    assert one.people["Ana"].metrics is not None and one.people["Ana"].metrics.quality == "none"
    one.feed(Link(60.5, "Ana", "live", "back"))
    assert of(Metrics, fed(one, range(61, 120)))[-1].heart_rate_bpm is not None


def test_a_sensor_that_tells_the_rate_alone_gives_that_and_no_more() -> None:
    one = engine()
    one.feed(Link(0.5, "Ana", "hr_only", "no single beats", 70))
    told: list[Event] = []
    for second in range(1, 20):
        if second < 12:
            one.feed(Notification(float(second), "Ana", "OH", MEASUREMENT, encode(HeartRate(60 + second, ()))))
        told += of(Metrics, one.feed(Tick(second + 0.5)))
    assert [m.heart_rate_bpm for m in told[:11]] == [float(60 + second) for second in range(1, 12)]
    assert told[-1].heart_rate_bpm is None
    assert {(m.quality, m.rmssd_ms, m.coherence_score, m.breath_bpm, m.why) for m in told} == {
        ("none", None, None, None, "no single beats")
    }


def test_a_link_is_told_only_when_it_says_something_new() -> None:
    one = engine()
    lines = []
    for t, battery in ((1.0, None), (1.06, None), (1.5, 80), (1.55, 80), (2.0, 79)):
        lines += one.feed(Link(t, "Ana", "live", "all is well", battery))
    assert [(line.t, line.battery_percent) for line in of(Link, lines)] == [(1.0, None), (1.5, 80), (2.0, 79)]


def test_beats_before_the_break_are_not_counted_again_by_the_next_strap() -> None:
    one = engine()
    before = of(Beat, fed(one, range(1, 30)) + one.feed(Leave(29.1, "Ana")))
    one.feed(Join(29.2, "Ana", "strap", "another strap", 2.6, 0.3))
    after = of(Beat, fed(one, range(30, 60)))
    assert after[0].beat_t - after[0].rr_ms / 1000 >= before[-1].beat_t
    beats = one.people["Ana"].track.beats()
    assert beats.gap[len(before)]
    assert one.people["Ana"].member.device == "another strap"


def test_the_beats_of_a_tick_are_put_together_once() -> None:
    one = engine()
    fed(one, range(1, 30))
    assert one.people["Ana"].track.beats() is one.people["Ana"].track.beats()

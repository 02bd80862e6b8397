"""The whole path: sources, engine, sinks, and what happens on faults."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import statistics
from collections.abc import Callable
from pathlib import Path

import pytest

from biosync.casting import cast, parts
from biosync.engine import Member
from biosync.events import Beat, Cue, End, Event, Link, Marker, Metrics, Notification, Raw, Say, Session, Tick
from biosync.run import Cast, LiveSession
from biosync.run_problems import SessionProblem, SinkClosed
from biosync.sources import parse
from devices import battery
from devices.heart_rate import MEASUREMENT, encode
from devices.measurement import HeartRate
from tests.playing import play


def of(kind: type, events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def demo(*sources: str, **options: object) -> LiveSession:
    people = cast(parts([parse(source) for source in sources]))
    return LiveSession(people, speed=None, **options)  # type: ignore[arg-type]


def test_begins_with_the_session_and_ends_with_the_end() -> None:
    events = play("demo:Ana", seconds=20)
    assert isinstance(events[0], Session)
    assert isinstance(events[-1], End)
    assert (events[0].people, events[0].simulated) == (("Ana",), True)
    assert events[-1].t == 20.0
    assert events[-1].beats == {"Ana": len(of(Beat, events))}
    assert events[-1].stored is None


def test_times_never_fall() -> None:
    events = play("demo:Ana", "demo:Ben?seed=2", seconds=40)
    assert all(b.t >= a.t for a, b in itertools.pairwise(events))


def test_the_same_seed_gives_the_same_session() -> None:
    a, b = (play("demo:Ana?seed=3", seconds=90)[1:] for _ in range(2))
    assert a == b


def test_nothing_is_known_before_it_is() -> None:
    # A heart near 60 beats once a notification: easily in doubt if one was lost (docs/beat-clock.md).
    measured = of(Metrics, play("demo:Ana?ectopics_per_min=0&heart_rate_bpm=72", seconds=100))
    assert all(m.coherence_score is None for m in measured if m.t < 64)
    assert all(m.coherence_early is None for m in measured if m.t < 30)
    assert all(m.rmssd_ms is None for m in measured if m.t < 30)
    assert any(m.coherence_early is not None for m in measured)
    assert measured[-1].coherence_score is not None
    assert measured[-1].coherence_early is None


@pytest.mark.parametrize("seed", range(5))
def test_who_follows_is_led_to_more_coherence(seed: int) -> None:
    events = play(f"demo:Ana?seed={1000 * seed}", seconds=300)
    scores = [(m.t, m.coherence_score) for m in of(Metrics, events) if m.coherence_score is not None]
    rates = [cue.rate_bpm for cue in of(Cue, events)]
    assert statistics.median(score for t, score in scores if t > 240) >= scores[0][1] + 20
    assert rates[-1] <= rates[0] - 2


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5])
def test_who_does_not_follow_is_not_led(seed: int) -> None:
    events = play(f"demo:Ben?seed={seed}&follows=false", seconds=300)
    scores = [(m.t, m.coherence_score) for m in of(Metrics, events) if m.coherence_score is not None]
    rates = [cue.rate_bpm for cue in of(Cue, events)]
    assert statistics.median(score for t, score in scores if t > 240) < scores[0][1] + 20
    assert rates[-1] > rates[0] - 2


def test_every_change_of_pace_has_its_why_and_no_phase_jumps() -> None:
    cues = of(Cue, play("demo:Ana?seed=2", seconds=300))
    assert len({cue.rate_bpm for cue in cues}) > 10
    for a, b in itertools.pairwise(cues):
        assert b.why
        assert abs((a.phase_at(b.t) - b.phase + 0.5) % 1 - 0.5) < 1e-9


def test_each_has_a_cue_of_their_own_and_a_group_shares_one() -> None:
    alone = of(Cue, play("demo:Ana", "demo:Ben?seed=1", seconds=5, each=True))
    together = of(Cue, play("demo:Ana", "demo:Ben?seed=1", seconds=5))
    assert {cue.people for cue in alone} == {("Ana",), ("Ben",)}
    assert {cue.people for cue in together} == {("Ana", "Ben")}


def test_poor_contact_is_told_in_words_and_its_figures_are_not_known() -> None:
    measured = of(Metrics, play("demo:Ana?poor_contact_per_hour=600", seconds=120))
    bad = [m for m in measured if m.quality == "none" and m.t > 40]
    assert bad
    assert all(m.why and m.coherence_score is None and m.rmssd_ms is None for m in bad)


def test_a_group_of_strangers_is_refused() -> None:
    everybody = parts([parse("demo:Ana"), parse("demo:Ben")])
    with pytest.raises(SessionProblem, match="'Zoe', who is not here"):
        cast(everybody, groups=[("Ana", "Zoe")])
    with pytest.raises(SessionProblem, match="twice"):
        cast(everybody, groups=[("Ana", "Ana")])
    assert cast(everybody, groups=[("Ana",)]).groups == (("Ana",), ("Ben",))


def test_a_reader_who_leaves_ends_the_session_quietly() -> None:
    seen: list[Event] = []

    def leaves(event: Event) -> None:
        if len(seen) == 3:
            raise SinkClosed
        seen.append(event)

    session = demo("demo:Ana", sinks=[leaves], seconds=60)
    asyncio.run(session.run())
    assert len(seen) == 3


def test_stop_say_and_mark_from_outside() -> None:
    seen: list[Event] = []

    async def go() -> None:
        session = demo("demo:Ana", sinks=[seen.append])
        running = asyncio.create_task(session.run())
        while len(seen) < 50:
            await asyncio.sleep(0)
        session.mark("here")
        session.say("too_fast", "Ana")
        while not of(Say, seen):
            await asyncio.sleep(0)
        session.stop()
        await running

    asyncio.run(go())
    assert [m.text for m in of(Marker, seen)] == ["here"]
    assert [s.text for s in of(Say, seen)] == ["too_fast"]
    assert isinstance(seen[-1], End)


class FakeStrap:
    """A listener that pushes what it is told to, then fails or waits."""

    person = "Ana"

    def __init__(self, then: Exception | None = None) -> None:
        self._then = then

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        hand_on(Member("Ana", "strap", "Polar H10 1234", 2.6, 0.3))
        hand_on(Link(now(), "Ana", "live", "all is well", 80))
        payload = encode(HeartRate(60, (1024, 1024)))
        hand_on(Notification(now(), "Ana", "Polar H10 1234", MEASUREMENT, payload))
        if self._then is not None:
            raise self._then
        await asyncio.Event().wait()


def strapped(strap: FakeStrap, sinks: list[Callable[[Event], None]]) -> LiveSession:
    people = Cast((Member("Ana", "strap", "strap"),), (("Ana",),), (), (strap,))
    return LiveSession(people, seconds=0.2, sinks=sinks)


def test_what_a_strap_pushes_goes_the_same_way() -> None:
    seen: list[Event] = []
    session = strapped(FakeStrap(), [seen.append])
    asyncio.run(session.run())
    assert [type(event) for event in seen][:3] == [Session, Link, Notification]
    assert isinstance(seen[-1], End)
    assert seen[-1].beats == {"Ana": 2}
    assert session.latest is not None
    assert session.latest.people[0].device == "Polar H10 1234"
    assert not session.latest.running


def test_a_strap_that_can_not_be_used_is_a_problem_in_words() -> None:
    seen: list[Event] = []
    session = strapped(FakeStrap(SessionProblem("Bluetooth is off: switch it on")), [seen.append])
    with pytest.raises(SessionProblem, match="switch it on"):
        asyncio.run(session.run())
    assert isinstance(seen[-1], End)


def test_a_packet_delivered_twice_is_counted_once() -> None:
    people = Cast((Member("Ana", "strap", "strap"),), (("Ana",),))
    engine = LiveSession(people).engine
    for second in range(10):
        event = Notification(float(second), "Ana", "strap", MEASUREMENT, encode(HeartRate(60, (1000 + second,))))
        engine.feed(event)
        engine.feed(Notification(second + 0.005, "Ana", "strap", battery.LEVEL, bytes([90 - second])))
        engine.feed(dataclasses.replace(event, t=event.t + 0.01))
    engine.finish(10.0)
    assert engine.beats() == {"Ana": 10}


def test_bytes_that_break_the_format_lose_nothing_else() -> None:
    people = Cast((Member("Ana", "strap", "strap"),), (("Ana",),))
    engine = LiveSession(people).engine
    for second in range(10):
        engine.feed(Notification(second, "Ana", "strap", MEASUREMENT, encode(HeartRate(60, (1000 + second,)))))
        engine.feed(Notification(second + 0.5, "Ana", "strap", MEASUREMENT, b"\x10"))
    engine.finish(10.0)
    assert engine.beats() == {"Ana": 10}
    assert len(engine.people["Ana"].track.undecoded) == 10


def test_a_recording_that_pauses_says_so_and_forgets_its_figures(tmp_path: Path) -> None:
    file = tmp_path / "pause.txt"
    file.write_text("\n".join(["800", "820"] * 30 + ["60000"] + ["810", "790"] * 30))
    events = play(f"replay:{file}", seconds=300)
    links = [(link.state, round(link.t)) for link in of(Link, events)]
    assert links == [("live", 0), ("lost", 54), ("live", 109), ("gone", 157)]
    before = [beat for beat in of(Beat, events) if beat.t < 100]
    assert len(before) == 60
    assert max(beat.t - beat.beat_t for beat in before) < 7
    assert all(m.heart_rate_bpm is None for m in of(Metrics, events) if 56 < m.t < 108)


def test_a_person_whose_beats_stop_is_soon_unknown() -> None:
    people = Cast((Member("Ana", "strap", "strap"),), (("Ana",),))
    engine = LiveSession(people).engine
    measured: list[Metrics] = []
    for second in range(1, 80):
        if second < 60:
            payload = encode(HeartRate(60, (1000 + second % 7,)))
            engine.feed(Notification(float(second), "Ana", "strap", MEASUREMENT, payload))
        measured += [e for e in engine.feed(Tick(float(second))) if isinstance(e, Metrics)]
    assert measured[55].heart_rate_bpm is not None
    assert measured[75].heart_rate_bpm is None
    assert "no beats for" in measured[75].why

"""A session is judged by what all sides say: each thing that can be wrong with it is told, and only then."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from devices import heart_rate
from tests.uml.cast import Strap, straps
from tests.uml.heard import Heard
from tests.uml.story import Story, stored_payloads
from tests.uml.test_accounting import SECONDS, worn
from tests.uml.wire import LinkNote, StrapLog

ENDED_AT = SECONDS + 10.0


def heard(people: list[Strap], payloads: dict[str, list[str]]) -> Heard:
    """Return the stream of a session in which everybody's intervals were told."""
    stream, counts = Heard(), dict[str, int]()
    for t, state in enumerate(("searching", "connecting", "live")):
        for strap in people:
            stream.take({"type": "link", "t": t, "person": strap.person, "state": state, "why": ""}, 100.0 + t)
    for strap in people:
        rr = [r for p in payloads[strap.person] for r in heart_rate.decode(bytes.fromhex(p)).rr_ticks]
        counts[strap.person] = len(rr)
        for ticks in rr:
            beat = {"type": "beat", "t": 9.0, "person": strap.person, "beat_t": 8.0, "rr_ms": ticks * 1000 / 1024}
            stream.take(beat, 109.0)
    stream.take({"type": "end", "t": 10.0, "beats": counts, "stored": "x"}, 110.0)
    return stream


@pytest.fixture
def story() -> Story:
    """Two straps that were left alone, and everything came."""
    two = straps(2)
    logs = {strap.number: StrapLog(list(worn(strap.number)), [LinkNote(0.0, "subscribed")]) for strap in two}
    stored = {strap.person: [packet.payload for packet in logs[strap.number].packets] for strap in two}
    return Story(two, heard(two, stored), logs, stored, {}, ENDED_AT)


def without(story: Story, person: str, first: int, last: int) -> Story:
    """Return the story with notifications of ``person`` lost."""
    kept = story.stored[person]
    stored = {**story.stored, person: kept[:first] + kept[last:]}
    return replace(story, stored=stored, heard=heard(story.straps, stored))


def test_a_sound_session_is_sound(story: Story) -> None:
    assert story.wrong() == []
    assert story.figures()["came"] == 2 * SECONDS
    assert story.figures()["lost"] == 0


def test_a_loss_is_told_unless_a_fault_was_put_in_just_then(story: Story) -> None:
    lossy = without(story, "P01", 100, 105)
    assert [sentence for sentence in lossy.wrong() if sentence.startswith("P01: 5 of 240 notifications were lost")]
    around = (story.logs[1].packets[97].t, story.logs[1].packets[107].t)
    assert replace(lossy, troubles={1: [around]}).wrong() == []
    assert replace(lossy, troubles={2: [around]}).wrong() == lossy.wrong()


def test_what_was_under_way_at_the_end_may_be_lost(story: Story) -> None:
    cut = without(story, "P02", SECONDS - 1, SECONDS)
    assert cut.wrong() != []
    assert replace(cut, ended_at=story.logs[2].packets[-1].t + 0.1).wrong() == []


def test_a_notification_that_was_stored_twice_is_told_whatever_was_done(story: Story) -> None:
    kept = story.stored["P01"]
    doubled = {**story.stored, "P01": kept[:10] + kept[9:]}
    twice = replace(story, stored=doubled, heard=heard(story.straps, doubled), troubles={1: [(0.0, ENDED_AT)]})
    assert len(twice.wrong()) == 1
    assert "came twice" in twice.wrong()[0]


def test_a_beat_that_the_stream_left_out_or_miscounted_is_told(story: Story) -> None:
    story.heard.beats["P01"].pop(50)
    sentences = story.wrong()
    assert len(sentences) == 2
    assert all(sentence.startswith("P01: the stream told") for sentence in sentences)


def test_a_link_that_broke_though_nothing_was_done_is_told(story: Story) -> None:
    story.heard.links.insert(-1, replace(story.heard.links[-1], state="live"))
    story.heard.links.append(replace(story.heard.links[-1], state="lost"))
    story.logs[2].notes.append(LinkNote(50.0, "subscribed"))
    assert story.wrong() == [
        "P02: nothing was done to this strap, but its link went searching connecting live live lost",
        "P02: nothing was done to this strap, but it was subscribed to 2 times",
    ]


def test_the_stream_is_refused_when_its_time_falls() -> None:
    stream = Heard()
    stream.take({"type": "session", "t": 5.0}, 105.0)
    assert stream.start_at == 100.0
    with pytest.raises(ValueError, match="t fell"):
        stream.take({"type": "session", "t": 4.9}, 106.0)


def test_links_are_found_by_state_and_time(story: Story) -> None:
    assert story.heard.state("P01") == "live"
    assert story.heard.state("nobody") == ""
    assert story.heard.since("P01", "live", 101.5) == 102.0
    assert story.heard.since("P01", "live", 102.0) is None


def test_a_link_that_nobody_subscribed_on_was_in_vain(story: Story) -> None:
    story.logs[1].notes += [LinkNote(2.0, "disconnected"), LinkNote(3.0, "connected"), LinkNote(4.0, "disconnected")]
    assert story.logs[1].fruitless == story.figures()["fruitless"] == 1


def test_only_heart_rates_are_taken_from_an_export() -> None:
    lines = [
        {"type": "session", "id": "x"},
        {"type": "notification", "person": "P01", "characteristic": heart_rate.MEASUREMENT, "hex": "0048"},
        {"type": "notification", "person": "P01", "characteristic": "2a19", "hex": "5c"},
    ]
    assert stored_payloads(json.dumps(line) for line in lines) == {"P01": ["0048"]}

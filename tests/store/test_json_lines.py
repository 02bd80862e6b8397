from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from biosync.replay import replay
from biosync.store.exports.json_lines import as_record
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording
from biosync.store.timeline import packets, timeline
from devices import heart_rate
from devices.measurement import HeartRate
from tests.store.files import one, refusal, several, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


def line(**entry: object) -> str:
    return json.dumps(entry) + "\n"


def beat(t: float, person: str, rr_ms: float | None, beat_t: float) -> str:
    return line(type="beat", t=t, person=person, rr_ms=rr_ms, label="ectopic", beat_t=beat_t, t_uncertainty_s=0.2)


def notification(t: float, person: str, *ticks: int) -> str:
    payload = heart_rate.encode(HeartRate(60, ticks)).hex()
    return line(
        type="notification", t=t, person=person, device="A0", characteristic=heart_rate.MEASUREMENT, hex=payload
    )


def test_the_beats_of_a_run_are_read_back(path: Path) -> None:
    content = (
        line(type="session", t=0, id="x", people=["Ana", "Ben"])
        + beat(2.5, "Ana", 1000.0, 2.0)
        + beat(2.6, "Ben", 900.0, 2.1)
        + line(type="metrics", t=3, person="Ana", rmssd_ms=None)
        + beat(3.5, "Ana", 1010.0, 3.01)
    )
    ana, ben = several(path, content)
    assert (ana.person, ben.person) == ("Ana", "Ben")
    assert ana.rr_ms.tolist() == [1000, 1010]
    assert ana.t_s is not None and ana.t_s.tolist() == [2.0, 3.01]
    assert ana.t_uncertainty_s is not None and ana.t_uncertainty_s.tolist() == [0.2, 0.2]
    assert ben.rr_ms.tolist() == [900]
    assert ana.told == ()


def test_the_notifications_of_the_raw_log_are_decoded(path: Path) -> None:
    content = (
        notification(1.0, "Ana", 1024)
        + notification(2.0, "Ana")
        + notification(3.0, "Ana", 512, 2048)
        + line(type="notification", t=3.5, person="Ana", device="A0", characteristic="2a19", hex="64")
        + notification(4.0, "Ana", 0)
        + line(type="link", t=4.1, person="Ana", state="live")
    )
    ana = one(path, content)
    assert ana.rr_ms.tolist() == [1000, 500, 2000]
    assert ana.arrival_s is not None and ana.arrival_s.tolist() == [1, 3, 3]
    assert ana.silent_s is not None and ana.silent_s.tolist() == [2, 4]
    assert not ana.lost.any()
    assert [(p.t_s, p.rr_ms, p.gap) for p in packets(ana, ana.arrival_s)] == [
        (1.0, (1000.0,), False),
        (2.0, (), False),
        (3.0, (500.0, 2000.0), False),
        (4.0, (), False),
    ]
    assert told(path, content) == ["passed over 1 of the strap's intervals, which were 0."]


def test_notifications_are_taken_before_beats_that_were_made_of_them(path: Path) -> None:
    content = notification(1.0, "Ana", 1024) + beat(1.5, "Ana", 1000.0, 0.9) + notification(2.0, "Ana", 1024)
    assert len(one(path, content)) == 2


def test_a_notification_that_was_delivered_twice_is_taken_once_and_told(path: Path) -> None:
    content = notification(1.0, "Ana", 1024) + notification(1.01, "Ana", 1024) + notification(2.0, "Ana", 1024)
    assert len(one(path, content)) == 2
    assert told(path, content) == ["notifications that came twice and were taken once: 1."]


def test_a_replay_that_was_stored_is_read_back_from_its_export(path: Path) -> None:
    rr = np.array([1000.0, 900.0, 5000.0, 1100.0, 1000.0])
    timed = Recording("Ana", rr, np.zeros(5, dtype=bool), np.cumsum(rr) / 1000)
    arrived = Recording("Ben", rr, np.zeros(5, dtype=bool), arrival_s=np.array([1.0, 2.5, 7.0, 8.5, 8.5]))
    events = sorted([*replay(timed), *replay(arrived)], key=lambda event: event.t)
    path.write_text("".join(json.dumps(as_record(event)) + "\n" for event in events), encoding="utf-8")
    for original, read in zip((timed, arrived), read_recordings(path), strict=True):
        before, after = timeline(original), timeline(read)
        assert read.person == original.person
        assert after.rr_ms.tolist() == before.rr_ms.tolist()
        assert after.gap.tolist() == before.gap.tolist()
        assert np.diff(after.t_s).tolist() == pytest.approx(np.diff(before.t_s).tolist())


def test_a_notification_that_breaks_the_format_is_left_out_and_told(path: Path) -> None:
    bad = [
        line(type="notification", t=t, person="Ana", characteristic=heart_rate.MEASUREMENT, hex="10") for t in (2, 3)
    ]
    content = notification(1.0, "Ana", 1024) + "".join(bad)
    assert len(one(path, content)) == 1
    assert told(path, content) == [
        "skipped 2 notifications that could not be decoded, the first in line 2:"
        " the heart rate is missing: the payload ends after 1 byte(s)."
    ]


def test_a_cut_off_last_line_is_left_out_and_told(path: Path) -> None:
    content = notification(1.0, "Ana", 1024) + notification(2.0, "Ana", 1024)[:30]
    assert len(one(path, content)) == 1
    assert told(path, content) == [
        'skipped the last line, 2, which looks cut off: “{"type": "notification", "t":” is not a JSON object.'
    ]


@pytest.mark.parametrize(
    ("middle", "sentence"),
    [
        ("words\n", ", line 2: “words” is not a JSON object."),
        ("[1, 2]\n", ", line 2: “[1, 2]” is not a JSON object."),
        ('{"a": ' + "[" * 100_000 + "\n", ", line 2: “{\"a\": [[[[[[[[[[[[[[[[[[[[[[[[…” is not a JSON object."),
        (line(type="beat", rr_ms="fast", beat_t=1), ", line 2: “rr_ms” is “fast”, which is not a number."),
        (line(type="beat", person="Ana", rr_ms=True, beat_t=1), ", line 2: “rr_ms” is “True”, which is not a number."),
        (line(type="beat", person=7, rr_ms=800, beat_t=1), ", line 2: “person” is “7”, which is not text."),
        (line(type="interval", t=1, rr_ms=800), ", line 2: “rr_ms” is “800”, which is not a list of numbers."),
        (line(type="notification", t=1, characteristic=heart_rate.MEASUREMENT, hex="zz"),
         ", line 2: “hex” is “zz”, which is not hexadecimal."),
    ],
)  # fmt: skip
def test_a_line_of_another_kind_is_refused(path: Path, middle: str, sentence: str) -> None:
    assert refusal(path, beat(1, "Ana", 800, 1) + middle + beat(2, "Ana", 800, 1.8)) == sentence


def test_unknown_and_absurd_numbers_are_left_out_and_told(path: Path) -> None:
    huge = '{"type": "beat", "person": "Ana", "rr_ms": 1' + "0" * 400 + ', "beat_t": 2.6}\n'
    content = beat(1, "Ana", 800, 1.0) + beat(2, "Ana", None, 1.8) + huge + beat(3, "Ana", 800, 3.4)
    assert one(path, content).lost.tolist() == [False, True]
    assert told(path, content) == ["skipped line 2: it has no interval.", "skipped line 3: its interval is infinite."]


def test_a_log_without_beats_is_refused(path: Path) -> None:
    assert refusal(path, line(type="session", t=0)) == ": there is no RR interval in it."

"""When a file was recorded, whose it is, and what is refused before anything is stored."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from biosync.events import Interval
from biosync.store.importing import Import, read_import
from biosync.store.ledger.kinds import StoredSession
from biosync.store.recording import RecordingError

NOW = datetime(2026, 6, 1, tzinfo=UTC)
RR = "800\n810\n790\n" * 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ana.txt"


def imported(path: Path, text: str, person: str | None = None, stated: datetime | None = None) -> Import:
    path.write_text(text, encoding="utf-8")
    return read_import(path, person, stated, NOW)


def refusal(path: Path, text: str, person: str | None = None, stated: datetime | None = None) -> str:
    with pytest.raises(RecordingError) as caught:
        imported(path, text, person, stated)
    sentence = str(caught.value)
    assert sentence.startswith(f"{path}: ") and sentence.endswith(".") and "\n" not in sentence
    return sentence.removeprefix(f"{path}: ")


def test_a_file_that_knows_no_date_is_as_old_as_it_is(path: Path) -> None:
    path.write_text(RR)
    written = datetime(2026, 5, 31, 18, 30, tzinfo=UTC).timestamp()
    os.utime(path, (written, written))
    found = read_import(path, None, None, NOW)
    assert found.started == datetime(2026, 5, 31, 18, 29, 12, tzinfo=UTC)
    assert found.beats == {"ana": 60}
    told = "it does not say when it was recorded, so the file's date is taken; --started sets it."
    assert found.told == (f"{path}: {told}",)


def test_what_is_said_counts_more(path: Path) -> None:
    stated = datetime(2020, 2, 29, tzinfo=UTC)
    found = imported(path, RR, "Ana", stated)
    assert (found.started, found.beats, found.told) == (stated, {"Ana": 60}, ())


@pytest.mark.parametrize(
    "text",
    [
        "epoch_ms,rr_ms\n" + "".join(f"{1767225600000 + 800 * (k + 1)},800\n" for k in range(30)),
        "t,rr_ms\n" + "".join(f"{1767225600 + 0.8 * (k + 1)},800\n" for k in range(30)),
        "session,started,t,rr_ms,corrected_rr_ms\n"
        + "".join(f"x,2025-12-31T23:59:00Z,{60 + 0.8 * (k + 1)},800,800\n" for k in range(30)),
        '{"type": "session", "t": 0, "started": "2025-12-31T23:59:00Z", "simulated": true}\n'
        + "".join(f'{{"type": "beat", "t": 1, "rr_ms": 800, "beat_t": {60 + 0.8 * (k + 1)}}}\n' for k in range(30)),
    ],
    ids=["epoch_ms", "t since 1970", "own table", "own JSON lines"],
)
def test_a_file_that_knows_its_date_is_believed(path: Path, text: str) -> None:
    found = imported(path, text)
    # biosync's own session begins when its clock showed 0, any other recording with its first interval.
    first = timedelta(seconds=min(event.t for event in found.session.events if isinstance(event, Interval)) - 0.8)
    assert abs(found.started + first - datetime(2026, 1, 1, tzinfo=UTC)) < timedelta(milliseconds=2)
    assert found.told == ()
    assert found.simulated == ("simulated" in text)


HINT = "say when it was with --started, such as --started '2026-05-31 18:30'."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("epoch_ms,rr_ms\n1000,800\n1800,800\n", f"by its date it is from 1970, so that clock was never set; {HINT}"),
        ('{"type":"session","t":0,"started":"1970-01-01T00:00:09Z"}\n{"type":"beat","t":1,"rr_ms":800,"beat_t":1}\n',
         f"by its date it is from 1970, so that clock was never set; {HINT}"),
        ("epoch_ms,rr_ms\n4070908800000,800\n4070908800800,800\n",
         f"by its date it ends on 2099-01-01, which is still to come; {HINT}"),
        ('{"type":"session","t":0,"started":"9999-12-31T23:59:59Z"}\n{"type":"beat","t":1,"rr_ms":800,"beat_t":1}\n',
         f"by its date it ends on 5138-11-16, which is still to come; {HINT}"),
        ("3000\n4000\n5000\n", "it holds no beats of ana."),
    ],
)  # fmt: skip
def test_what_cannot_have_been_is_refused_in_one_sentence(path: Path, text: str, sentence: str) -> None:
    assert refusal(path, text) == sentence


def test_a_session_of_today_must_be_over(path: Path) -> None:
    assert imported(path, RR, stated=NOW - timedelta(seconds=40)).started
    assert "still to come" in refusal(path, RR, stated=NOW + timedelta(minutes=5))


def test_a_wrong_clock_is_set_right_by_what_is_said(path: Path) -> None:
    stated = datetime(2026, 5, 1, tzinfo=UTC)
    assert imported(path, "epoch_ms,rr_ms\n1000,800\n1800,800\n", stated=stated).started == stated


def test_several_people_in_one_file(path: Path) -> None:
    text = "person,rr_ms\n" + "Ana,800\nBen,900\n" * 30
    assert imported(path, text, None, NOW - timedelta(days=1)).beats == {"Ana": 30, "Ben": 30}
    assert imported(path, text, "Ben", NOW - timedelta(days=1)).beats == {"Ben": 30}
    assert refusal(path, text, "Zoe") == "it holds nobody named 'Zoe'; there is: Ana, Ben."


def test_the_same_again_is_known(path: Path) -> None:
    found = imported(path, RR, "Ana", datetime(2026, 5, 31, tzinfo=UTC))
    there = StoredSession("x", "2026-05-31T00:00:00Z", 48.0, ("Ana",), {"Ana": 60}, False, True)
    assert found.same_as(there)
    assert not found.same_as(StoredSession("x", "2026-05-31T00:00:02Z", 48.0, ("Ana",), {"Ana": 60}, False, True))
    assert not found.same_as(StoredSession("x", "2026-05-31T00:00:00Z", 48.0, ("Ben",), {"Ben": 60}, False, True))

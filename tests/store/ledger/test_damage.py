"""Flipped bytes in the file: told, what can be read is saved, and the damaged file is kept."""

from __future__ import annotations

import random
from pathlib import Path

import apsw
import pytest

from biosync.home import ledger_file
from biosync.store.ledger import keys
from biosync.store.ledger.problems import Damaged, LedgerError
from biosync.store.ledger.reader import Ledger
from tests.store.ledger.running import Running

PAGE = 4096
GOLDEN = Path(__file__).parents[2] / "golden" / "ledger-v1.sqlite"


def stored(home: Path, beats: int, key: str | None = None) -> Running:
    running = Running(home, "first", key=key)
    running.beat(beats)
    running.end()
    assert running.store.kept
    return running


def flip(path: Path, offset: int, count: int = 200) -> None:
    content = bytearray(path.read_bytes())
    for place in range(offset, offset + count):
        content[place] ^= 0x5A
    path.write_bytes(content)


def full_leaves(path: Path) -> list[int]:
    """Return the pages with more than 50 rows of a table: here, these are notifications."""
    content = path.read_bytes()
    starts = range(0, len(content), PAGE)
    return [at for at in starts if content[at] == 10 and int.from_bytes(content[at + 3 : at + 5], "big") > 50]


def test_a_damaged_page_costs_only_what_was_in_it(tmp_path: Path) -> None:
    first = stored(tmp_path, 3000)
    path = ledger_file(tmp_path)
    flip(path, full_leaves(path)[4])
    damaged = path.read_bytes()
    with pytest.raises(Damaged, match="it saves what can be read"):
        first.kept()
    told: list[str] = []
    with Ledger.open(tmp_path, tell=told.append) as ledger:
        (sentence,) = told
        assert "could not be read" in sentence and "ledger.damaged-1.sqlite" in sentence
        assert ledger.session("first").beats == {"Ana": 3000}
    kept = set(first.kept())
    assert 2700 < len(kept) < 3000
    assert kept < set(first.everything())
    assert (tmp_path / "ledger.damaged-1.sqlite").read_bytes() == damaged
    assert apsw.Connection(str(path)).pragma("integrity_check") == "ok"
    with Ledger.open(tmp_path, tell=told.append):
        assert len(told) == 1, "told twice"


def test_a_running_session_that_meets_the_damage_goes_on_and_is_kept_whole(tmp_path: Path) -> None:
    first = stored(tmp_path, 3000)
    path = ledger_file(tmp_path)
    flip(path, full_leaves(path)[-1])
    running = Running(tmp_path, "second")
    running.beat(500)
    assert "is damaged" in running.hears("can't be kept just now")
    running.hears("The ledger was damaged")
    running.hears("being kept again; nothing was lost")
    running.end()
    assert running.store.kept
    assert running.kept() == running.everything()
    assert len(first.kept()) > 2700


@pytest.mark.parametrize("offset", [0, 24, 100, 300])
def test_damaged_first_bytes_are_told_and_the_session_is_kept(tmp_path: Path, offset: int) -> None:
    stored(tmp_path, 300)
    flip(ledger_file(tmp_path), offset, 16)
    running = Running(tmp_path, "second")
    running.beat(50)
    running.end()
    assert running.store.kept, running.told
    assert running.kept() == running.everything()
    if running.told:
        assert list(tmp_path.glob("ledger.damaged-*.sqlite"))


def test_the_magic_first_bytes_can_be_mended(tmp_path: Path) -> None:
    first = stored(tmp_path, 300)
    flip(ledger_file(tmp_path), 0, 16)
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path)
    told: list[str] = []
    Ledger.open(tmp_path, tell=told.append).close()
    assert "Everything in it could be saved" in told[0]
    assert first.kept() == first.everything()


def read_everything(home: Path) -> int:
    """Read all that there is; return how many events."""
    with Ledger.open(home) as ledger:
        events = sum(len(list(ledger.raw_events(one.id))) + len(ledger.cues(one.id)) for one in ledger.sessions())
        for one in ledger.sessions():
            for name in one.people:
                ledger.recording(one.id, name)
            ledger.consents(one.id)
            ledger.settings(one.id)
            ledger.groups(one.id)
        ledger.straps()
        return events


@pytest.mark.parametrize("seed", range(60))
def test_whatever_bytes_are_flipped_there_is_a_sentence_or_an_answer(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(GOLDEN.read_bytes())
    for _ in range(dice.choice([1, 10, 300])):
        content[dice.randrange(len(content))] = dice.randrange(256)
    ledger_file(tmp_path).write_bytes(content)
    refused = 0
    for _ in range(3):
        try:
            read_everything(tmp_path)
        except LedgerError as error:
            refused += 1
            assert len(str(error)) < 400
    running = Running(tmp_path, "another")
    running.beat(20)
    running.end()
    assert running.store.kept, running.told
    assert running.kept() == running.everything()


def test_a_file_of_zeros_is_set_aside(tmp_path: Path) -> None:
    ledger_file(tmp_path).write_bytes(bytes(100_000))
    running = Running(tmp_path, "second")
    running.beat(50)
    running.hears("Nothing in it can be read")
    running.end()
    assert running.store.kept
    assert (tmp_path / "ledger.damaged-1.sqlite").stat().st_size == 100_000


NO_LEDGERS = {
    "text": b"Dear diary, today I breathed slowly, and it did me good. " * 40, "short": b"hello",
    "picture": b"\xff\xd8\xff\xe0\x00\x10JFIF" + random.Random(1).randbytes(30_000),
    "noise": random.Random(2).randbytes(9_000), "more noise": random.Random(3).randbytes(8192),
    "archive": b"PK\x03\x04" + random.Random(4).randbytes(5000),
}


@pytest.mark.parametrize("name", sorted(NO_LEDGERS))
@pytest.mark.parametrize("key", [None, "some words"])
def test_a_file_that_is_no_ledger_is_told_as_that_and_kept(tmp_path: Path, name: str, key: str | None) -> None:
    ledger_file(tmp_path).write_bytes(NO_LEDGERS[name])
    assert keys.lock_of(tmp_path) == "none" and not keys.is_missing(tmp_path), "no passphrase is asked for"
    with pytest.raises(Damaged, match=r"is no ledger of biosync, or is damaged .*: start biosync again") as problem:
        Ledger.open(tmp_path, key)
    assert "locked" not in str(problem.value)
    assert ledger_file(tmp_path).read_bytes() == NO_LEDGERS[name], "nothing was changed so far"
    told: list[str] = []
    with Ledger.open(tmp_path, key, told.append) as ledger:
        assert ledger.sessions() == []
    assert "Nothing in it can be read" in told[0] and "ledger.damaged-1.sqlite" in told[0]
    assert (tmp_path / "ledger.damaged-1.sqlite").read_bytes() == NO_LEDGERS[name]


@pytest.mark.parametrize("offset", [0, 14, 24, 60])
def test_a_locked_ledger_with_damaged_first_bytes_is_still_a_locked_one(tmp_path: Path, offset: int) -> None:
    stored(tmp_path, 50, key="some words")
    flip(ledger_file(tmp_path), offset, 5)
    assert keys.lock_of(tmp_path) == "passphrase"
    with pytest.raises(LedgerError):
        Ledger.open(tmp_path, "other words")


def test_a_locked_ledger_is_repaired_too(tmp_path: Path) -> None:
    first = stored(tmp_path, 3000, key="some words")
    path = ledger_file(tmp_path)
    flip(path, path.stat().st_size // PAGE * 3 // 4 * PAGE)  # the tables of the session come last
    with pytest.raises(Damaged):
        first.kept("some words")
    told: list[str] = []
    Ledger.open(tmp_path, "some words", told.append).close()
    assert "could not be read" in told[0]
    assert 2700 < len(first.kept("some words")) < 3000
    assert not path.read_bytes().startswith(b"SQLite")

"""Ledgers of every version are read; older ones are led forward with a copy kept; newer ones are not touched."""

from __future__ import annotations

import json
import shutil
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from biosync.home import ledger_file
from biosync.store.ledger import schema
from biosync.store.ledger.database import connect, create, migrate, version
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.salvage import mark_damaged
from tests.golden.make import summary
from tests.store.ledger.running import Running

GOLDEN = Path(__file__).parents[2] / "golden"
STEPS = {1: "ALTER TABLE person ADD COLUMN colour TEXT; CREATE TABLE more (a TEXT) STRICT"}


def assert_holds(found: Any, expected: Any) -> None:
    """Assert that all that a past version knew is there; what later versions know besides has its default."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert_holds(found[key], value)
    elif isinstance(expected, list):
        assert len(found) == len(expected)
        for one, value in zip(found, expected, strict=True):
            assert_holds(one, value)
    else:
        assert found == expected


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A home with the first version's golden ledger."""
    shutil.copy(GOLDEN / "ledger-v1.sqlite", ledger_file(tmp_path))
    return tmp_path


def test_there_is_a_golden_ledger_of_every_version() -> None:
    assert {path.name for path in GOLDEN.glob("*.sqlite")} == {
        f"ledger-v{number}.sqlite" for number in range(1, schema.VERSION + 1)
    }
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


@pytest.mark.parametrize("number", range(1, schema.VERSION + 1))
def test_a_golden_ledger_says_what_it_always_said(tmp_path: Path, number: int) -> None:
    shutil.copy(GOLDEN / f"ledger-v{number}.sqlite", ledger_file(tmp_path))
    expected = json.loads((GOLDEN / f"ledger-v{number}.json").read_text(encoding="utf-8"))
    assert_holds(summary(tmp_path), expected)
    assert expected["sessions"][1]["intervals"]["Ana"] > 80


def test_the_columns_are_those_that_the_rows_are_written_for(tmp_path: Path) -> None:
    connection = apsw.Connection(":memory:")
    create(connection)
    tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables == set(schema.TABLES)
    for table, columns in schema.RAW_TABLES.items():
        assert len([*connection.execute(f"PRAGMA table_info({table})")]) == columns, table


def test_an_older_ledger_is_led_forward_and_a_copy_is_kept(old: Path) -> None:
    before = ledger_file(old).read_bytes()
    connection = connect(ledger_file(old), None)
    kept = migrate(connection, ledger_file(old), STEPS, 2)
    assert version(connection) == 2
    assert [*connection.execute("SELECT name, colour FROM person ORDER BY 1 LIMIT 1")] == [("Ana", None)]
    connection.close()
    assert kept.read_bytes() == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_step_that_fails_leaves_the_ledger_as_it_was(old: Path) -> None:
    expected = summary(old)
    connection = connect(ledger_file(old), None)
    with pytest.raises(LedgerError):
        migrate(connection, ledger_file(old), {schema.VERSION: "CREATE TABLE person (a)"}, schema.VERSION + 1)
    connection.close()
    assert summary(old) == expected


def test_a_newer_ledger_is_not_touched_and_the_session_goes_on(old: Path) -> None:
    connection = apsw.Connection(str(ledger_file(old)))
    connection.pragma("user_version", 99)
    connection.close()
    before = ledger_file(old).read_bytes()
    with pytest.raises(LedgerError, match=r"written by a newer biosync .* start the newer biosync"):
        Ledger.open(old)
    running = Running(old)
    running.beat(10)
    running.end()
    assert not running.store.kept
    assert len(running.told) == 1 and "newer biosync" in running.told[0]
    assert ledger_file(old).read_bytes() == before


def test_a_new_ledger_has_the_tables_of_one_that_was_led_forward(old: Path) -> None:
    Ledger.open(old).close()
    new = apsw.Connection(":memory:")
    create(new)
    with closing(apsw.Connection(str(ledger_file(old)))) as forward:
        asked = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
        assert [*forward.execute(asked)] == [*new.execute(asked)]


def test_a_made_up_heart_becomes_somebody_else_than_the_real_one_of_that_name(tmp_path: Path) -> None:
    connection = first_version(tmp_path)
    connection.execute("""
        INSERT INTO person VALUES (1, 'Ana'), (2, 'Ben'), (3, 'Cleo'), (4, 'Dan');
        INSERT INTO strap VALUES ('H10', 'A0', 4);
        INSERT INTO session VALUES (1, 'real', '2026-01-01T00:00:00Z', 1, 60, 60, 0, 0, '0.1.0', NULL, 0);
        INSERT INTO session VALUES (2, 'mixed', '2026-01-02T00:00:00Z', 1, 60, 60, 0, 1, '0.1.0', NULL, 0);
        INSERT INTO participant VALUES (1, 0, 1, 0, 0, 'strap', 'H10', 0.6, 0.3, 70);
        INSERT INTO participant VALUES (2, 0, 1, 0, 0, 'simulated', 'virtual strap', 0, 0, 71);
        INSERT INTO participant VALUES (2, 1, 2, 0, 1, 'strap', 'H9', 0.6, 0.3, 72);
        INSERT INTO participant VALUES (2, 2, 3, 0, 2, 'simulated', 'virtual strap', 0, 0, 73);
        INSERT INTO participant VALUES (2, 3, 4, 0, 3, 'simulated', 'virtual strap', 0, 0, 74);
    """)
    connection.close()
    with Ledger.open(tmp_path) as ledger:
        assert ledger.people() == ["Ana", "Ben", "Cleo", "Dan"]
        assert ledger.straps() == [Strap("H10", "A0", "Dan")]
        real, mixed = ledger.sessions()
        assert (real.beats, real.made_up) == ({"Ana": 70}, ())
        assert (mixed.beats, mixed.made_up) == ({"Ana": 71, "Ben": 72, "Cleo": 73, "Dan": 74}, ("Ana", "Cleo", "Dan"))
    with closing(apsw.Connection(str(ledger_file(tmp_path)))) as migrated:
        people = migrated.execute("SELECT name, simulated FROM person ORDER BY 1, 2").fetchall()
        assert people == [("Ana", 0), ("Ana", 1), ("Ben", 0), ("Cleo", 1), ("Dan", 0), ("Dan", 1)]


def test_a_damaged_older_ledger_is_saved_and_led_forward(old: Path) -> None:
    with Ledger.open(old) as ledger:
        expected = [one.people for one in ledger.sessions()]
    shutil.copy(GOLDEN / "ledger-v1.sqlite", ledger_file(old))
    mark_damaged(old)
    told: list[str] = []
    with Ledger.open(old, tell=told.append) as ledger:
        assert [one.people for one in ledger.sessions()] == expected
        assert len(ledger.timeline("20260102", "Ana")) > 80
    assert "Everything in it could be saved" in told[0] and "brought to this version" in told[1]


def first_version(home: Path) -> apsw.Connection:
    connection = apsw.Connection(str(ledger_file(home)))
    create(connection, 1)
    return connection

"""Ledgers of every version are read; older ones are led forward with a copy kept; newer ones are not touched."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import apsw
import pytest

from biosync.home import ledger_file
from biosync.store.ledger import schema
from biosync.store.ledger.database import connect, create, migrate, version
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.reader import Ledger
from tests.golden.make import summary
from tests.store.ledger.running import Running

GOLDEN = Path(__file__).parents[2] / "golden"
STEPS = {1: "ALTER TABLE person ADD COLUMN colour TEXT; CREATE TABLE more (a TEXT) STRICT"}


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
    assert summary(tmp_path) == expected
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
        migrate(connection, ledger_file(old), {**STEPS, 2: "CREATE TABLE person (a)"}, 3)
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

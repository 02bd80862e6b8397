"""Courses and figures are kept between lists, and nothing but the time it takes shows if they are."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from biosync.cli import main
from biosync.home import ledger_file
from biosync.store.kept_summaries import FIGURES, courses, figures
from biosync.store.ledger.reader import Ledger
from tests.sessions.asking import Capsys, kept, recording_file, said
from tests.store.ledger.live import demo, keep

GOLDEN = Path(__file__).parents[1] / "golden"
LISTS = (("list",), ("list", "--person", "Ana"), ("list", "--person", "Ben"))


def outputs(capsys: Capsys) -> list[list[str]]:
    return [said(capsys, "sessions", *command)[1] for command in LISTS]


def cache(home: Path, statement: str) -> list[tuple[apsw.SQLiteValue, ...]]:
    """Do something to the cache behind the ledger's back; return what was asked for."""
    with closing(apsw.Connection(str(ledger_file(home)))) as connection:
        return connection.execute(statement).fetchall()


@pytest.fixture
def filled(capsys: Capsys, tmp_path: Path, home: Path) -> Path:
    for day, rr in ((1, 700.0), (2, 850.0), (3, 1000.0)):
        file = str(recording_file(tmp_path / "ana.txt", rr))
        assert main(["sessions", "import", file, "--person", "Ana", "--started", f"2026-05-0{day} 18:30"]) == 0
    kept(capsys, "--people", "2", seconds=90)
    return home


@pytest.mark.parametrize(
    "spoiled",
    [
        "DELETE FROM derived",
        "UPDATE derived SET version = 'older', value = '[1.0]'",
        "UPDATE derived SET value = '[1.0'",
        "UPDATE derived SET value = '{\"a\": 1}'",
        "UPDATE derived SET rows = rows - 1, value = replace(value, '.', '1.')",
    ],
    ids=["dropped", "of an older version", "damaged", "of another kind", "of fewer rows"],
)
def test_without_the_cache_everything_is_told_as_with_it(capsys: Capsys, filled: Path, spoiled: str) -> None:
    first = outputs(capsys)
    assert len(cache(filled, "SELECT * FROM derived")) == 4 + 4 + 4 + 1 + 1
    assert outputs(capsys) == first
    cache(filled, spoiled)
    assert outputs(capsys) == first
    assert [version for (version,) in cache(filled, "SELECT DISTINCT version FROM derived")] != ["older"]


def test_what_is_kept_is_used(capsys: Capsys, filled: Path) -> None:
    first = outputs(capsys)
    cache(filled, "UPDATE derived SET value = '[333.0, 44.0, null, 0.0]' WHERE kind = 'figures'")
    again = outputs(capsys)
    assert again[0] == first[0] and again[1] != first[1]
    assert "RMSSD 333 ms" in again[1][1]


def test_what_is_deleted_leaves_nothing_in_the_cache(capsys: Capsys, filled: Path) -> None:
    outputs(capsys)
    assert said(capsys, "sessions", "delete", "--person", "Ben", "--yes")[0] == 0
    assert len(cache(filled, "SELECT * FROM derived")) == 3 * 3, "what was of all together was of Ben too"
    assert said(capsys, "sessions", "delete", "--person", "Ana", "--yes")[0] == 0
    assert cache(filled, "SELECT * FROM derived") == []


def test_a_ledger_that_is_read_only_is_listed_all_the_same(
    capsys: Capsys, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outputs(capsys)
    cache(filled, "DELETE FROM derived")
    with closing(apsw.Connection(str(ledger_file(filled)))) as other:
        other.execute("BEGIN IMMEDIATE")  # another program is writing, for longer than anybody waits
        monkeypatch.setattr("biosync.store.ledger.database.BUSY_MS", 1)
        with Ledger.open(filled) as ledger:
            assert len(courses(ledger, ledger.sessions())) == 4
        other.execute("ROLLBACK")
    assert cache(filled, "SELECT * FROM derived") == []
    assert outputs(capsys) == first


def test_figures_that_come_out_otherwise_have_another_number(tmp_path: Path) -> None:
    """Whoever changes a figure finds this red: raise FIGURES with it, or people see what an older biosync kept."""
    shutil.copy(GOLDEN / "ledger-v1.sqlite", ledger_file(tmp_path))
    with Ledger.open(tmp_path) as ledger:
        session = ledger.session("20260102")
        (course,) = courses(ledger, [session])
        (ana,) = figures(ledger, [session], "Ana")
    assert FIGURES == 3
    assert [round(value or 0, 1) for value in course] == [
        67.6, 68.4, 67.2, 67.6, 67.5, 69.9, 69.3, 69.2, 68.7, 68.4, 66.9, 68.1, 67.6, 68.9, 67.8, 67.7
    ]  # fmt: skip
    assert (round(ana.rmssd_ms or 0, 1), round(ana.coherence_score or 0, 1)) == (16.8, 41.8)


def test_a_made_up_heart_never_stands_in_a_real_persons_trend(capsys: Capsys, tmp_path: Path, home: Path) -> None:
    """One session may hold both: Ben is real there, Ana is not; another Ana is real elsewhere."""
    for day, rr in ((1, 700.0), (2, 850.0)):
        file = str(recording_file(tmp_path / "ana.txt", rr))
        for person in ("Ana", "Ben"):
            when = f"2026-05-0{day} 1{len(person)}:{day}0"
            assert main(["sessions", "import", file, "--person", person, "--started", when]) == 0
    ben = str(recording_file(tmp_path / "ben.txt", 800.0))
    keep(home, demo("demo:Ana", f"Ben=replay:{ben}"), seconds=100)
    bens, anas = (said(capsys, "sessions", "list", "--person", name)[1] for name in ("Ben", "Ana"))
    assert len(bens) == len(anas) == 6
    assert ["your median" in words for words in bens[1::2]] == [True, True, True]
    assert ["your median" in words for words in anas[1::2]] == [False, False, False], "two real ones and a virtual one"

"""What people agreed to holds for what was stored too: nobody's figures go out with another's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from biosync.consent import SHARINGS, Consent, Sharing
from biosync.engine import Member
from biosync.events import End, Interval, Marker, Session, Tick
from biosync.store.exporting import EXPORTS
from biosync.store.ledger.writer import LedgerStore
from tests.sessions.asking import Capsys, failed, said

AT = "2026-11-23T10:15:00Z"
ID = "20261123-101500-abcd"
SPAN_S = 90


def store(home: Path, **sharings: Sharing) -> str:
    """Keep a session of these people, each with a rhythm of their own, and return its id."""
    home.mkdir(exist_ok=True)
    members = [Member(name, "strap", "strap") for name in sharings]
    consents = [Consent(name, sharing, AT) for name, sharing in sharings.items()]
    kept = LedgerStore(home, ID, members, [tuple(sharings)], print, None, consents)
    kept(Session(0.0, ID, AT, tuple(sharings), False))
    for t in range(1, SPAN_S):
        for place, name in enumerate(sharings):
            kept(Interval(t - 0.5, name, (990.0 + 7 * place + t % 5,)))
        kept(Tick(float(t)))
    kept(Marker(SPAN_S - 1.0, "Ben", "a cough"))
    kept(End(float(SPAN_S), {name: SPAN_S - 1 for name in sharings}, ID))
    kept.close()
    assert kept.kept
    return ID


def test_show_tells_the_figures_of_those_who_show_them(home: Path, capsys: Capsys) -> None:
    id = store(home, Ana="all", Ben="rhythm")
    code, (line,), err = said(capsys, "sessions", "show", id, "--json")
    assert code == 0
    shown = json.loads(line)
    assert shown["people"] == ["Ana", "Ben"]
    assert shown["analysis"]["Ana"]["beats"] == SPAN_S - 1
    assert shown["analysis"]["Ben"] is None
    assert err == ("Ben did not agree to show all of their figures to the others: "
                   "--person NAME gives one person's own.\n")


def test_one_sees_ones_own_and_nothing_of_the_others(home: Path, capsys: Capsys) -> None:
    id = store(home, Ana="rhythm", Ben="own")
    code, (line,), err = said(capsys, "sessions", "show", id, "--person", "Ana", "--json")
    shown = json.loads(line)["analysis"]
    assert (code, err) == (0, "")
    assert shown["Ana"]["beats"] == SPAN_S - 1
    assert shown["Ben"] is None
    words = "\n".join(said(capsys, "sessions", "show", id, "--person", "Ana")[1])
    assert "mean_hr_bpm" in words
    assert "a cough" not in words
    assert "nobody named 'Zoe'" in failed(capsys, "show", id, "--person", "Zoe")


@pytest.mark.parametrize("kept", [sharing for sharing in SHARINGS if sharing != "all"])
@pytest.mark.parametrize("name", EXPORTS)
def test_a_whole_session_is_not_exported_while_one_keeps_theirs(
    home: Path, capsys: Capsys, tmp_path: Path, name: str, kept: Sharing
) -> None:
    id = store(home, Ana="all", Ben=kept)
    path = tmp_path / "out"
    assert "Ben did not agree" in failed(capsys, "export", id, "--format", name, "--output", str(path))
    assert not path.exists()
    assert said(capsys, "sessions", "export", id, "--format", name, "--person", "Ben", "--output", str(path))[0] == 0
    assert "Ana" not in path.read_text()


def test_it_is_whole_where_all_show_all(home: Path, capsys: Capsys) -> None:
    id = store(home, Ana="all", Ben="all")
    (line,) = said(capsys, "sessions", "show", id, "--json")[1]
    assert all(json.loads(line)["analysis"].values())
    assert said(capsys, "sessions", "export", id)[0] == 0


def test_who_was_alone_keeps_nothing_from_themselves(home: Path, capsys: Capsys) -> None:
    id = store(home, Ben="rhythm")
    code, out, err = said(capsys, "sessions", "show", id)
    assert (code, err) == (0, "")
    assert any("mean_hr_bpm" in line for line in out)

"""The power cut at hundreds of moments: nothing is missing that the ledger had said is kept, and the file is whole.

100 cuts here; ``make test-kill`` sets BIOSYNC_POWER_CUTS to 2000.
"""

from __future__ import annotations

import os
import random
from contextlib import closing
from itertools import islice
from pathlib import Path

import apsw

from biosync.engine import Member
from biosync.events import Notification, Tick
from biosync.home import ledger_file
from biosync.store.ledger.entries import Entries
from biosync.store.ledger.opening import Opened
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writing import SessionWriter
from tests.bench.ledger import ID, session
from tests.store.ledger.power import Platter, Step, watched

CUTS = int(os.environ.get("BIOSYNC_POWER_CUTS", "100"))
PEOPLE, COMMITS, AT_ONCE = 16, 500, 9
SEED = 20_260_101


def recorded(home: Path, synchronous: str) -> list[Step]:
    """Write half a minute's worth of commits, as a session's thread does; return what was asked of the disk."""
    names = [f"Person {number}" for number in range(PEOPLE)]
    who = [Member(name, "strap", "Polar H10") for name in names]
    entries = Entries(who, [(name,) for name in names], 10**9)
    writer = SessionWriter(ID, who, [(name,) for name in names])
    events = session(names, 1)
    with watched() as steps, closing(Opened(home)) as opened:
        opened.connection.pragma("synchronous", synchronous)
        for _ in range(COMMITS):
            for event in islice(events, AT_ONCE):
                entries.add(event)
            writer.write(opened.connection, entries)
            entries.written()
            steps.append(Step("said", place=entries.seq))
    return steps


def lost(folder: Path, steps: list[Step], cuts: int) -> list[int]:
    """Cut the power at ``cuts`` random moments; return how many entries that were said to be kept are missing each
    time. Fail if the file is not whole, or holds what is no beginning of the session."""
    dice = random.Random(SEED)
    first = next(place for place, step in enumerate(steps) if step.kind == "said")
    moments = sorted(dice.randrange(first, len(steps)) for _ in range(cuts))
    platter, missing, place = Platter(), [], 0
    for number, moment in enumerate(moments):
        for step in steps[place:moment]:
            platter.take(step)
        place = moment
        home = folder / f"cut {number}"
        home.mkdir(parents=True)
        for name, content in platter.cut(dice, dice.choice([0.0, 0.3, 0.7, 1.0])).items():
            (home / name).write_bytes(content)
        missing.append(platter.said - found(home))
    return missing


def found(home: Path) -> int:
    """Return how many entries are there after a cut, once the next start has looked after the file."""
    told: list[str] = []
    with Ledger.open(home, tell=told.append) as ledger:
        if not ledger.sessions():
            return 0
        assert len(told) == 1 and "was cut off" in told[0], told
        assert [(one.id, one.complete) for one in ledger.sessions()] == [(ID, False)]
        kept = [event for event in ledger.raw_events(ID) if not isinstance(event, Tick)]
        cues = ledger.cues(ID)
    expected = [event for event in islice(session([f"Person {k}" for k in range(PEOPLE)], 1), COMMITS * AT_ONCE)]
    assert kept == [event for event in expected if isinstance(event, Notification)][: len(kept)]
    with closing(apsw.Connection(str(ledger_file(home)))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return len(kept) + len(cues)


def test_a_power_cut_costs_nothing_that_was_said_to_be_kept(tmp_path: Path) -> None:
    steps = recorded(tmp_path / "home", "full")
    assert sum(step.kind == "sync" for step in steps) >= COMMITS
    assert any(step.kind == "write" and step.file == "ledger.sqlite" for step in steps[len(steps) // 2 :]), "folded in"
    missing = lost(tmp_path, steps, CUTS)
    assert max(missing) <= 0, f"{sum(one > 0 for one in missing)} of {CUTS} cuts lost up to {max(missing)} entries"


def test_without_a_flush_at_every_commit_it_would_cost_more(tmp_path: Path) -> None:
    """What ``synchronous=FULL`` is for; and the cuts of the test above are shown to be able to lose something."""
    missing = lost(tmp_path, recorded(tmp_path / "home", "normal"), 20)
    assert max(missing) > 100

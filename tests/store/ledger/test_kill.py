"""Processes killed at random moments: the file stays whole, and no more than the last second is missing.

20 rounds here; ``make test-kill`` sets BIOSYNC_KILL_ROUNDS to 200.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest

from biosync.home import ledger_file
from biosync.store.ledger.reader import Ledger

ROUNDS = int(os.environ.get("BIOSYNC_KILL_ROUNDS", "20"))
AT_ONCE = 5
LONGEST_S = 2.2
LOST_S = 1.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")


@dataclass
class Victim:
    """A biosync that keeps a session in ``home``, killed ``after_s`` its first word; ``beats``: when each was told."""

    home: Path
    after_s: float
    beats: list[float] = field(default_factory=list)
    killed: float = 0.0

    def live(self) -> None:
        command = [sys.executable, "-m", "biosync.cli", "demo", "--people", "2", "--store", "--json", "--speed", "20"]
        process = subprocess.Popen(
            command, env={**os.environ, "BIOSYNC_HOME": str(self.home)}, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        killer = threading.Timer(self.after_s, self._kill, [process])
        killer.start()
        for line in process.stdout:
            if line.endswith("\n") and json.loads(line)["type"] == "beat":
                self.beats.append(time.monotonic())
        process.wait()
        killer.join()
        process.stdout.close()

    def _kill(self, process: subprocess.Popen[str]) -> None:
        self.killed = time.monotonic()
        process.send_signal(signal.SIGKILL)

    def told_before(self, seconds: float) -> int:
        return sum(told < self.killed - seconds for told in self.beats)


def check(victim: Victim) -> int:
    """Check what is left; return how many beats there are."""
    if not ledger_file(victim.home).exists():
        assert not victim.told_before(LOST_S)
        return 0
    told: list[str] = []
    with Ledger.open(victim.home, tell=told.append) as ledger:
        sessions = ledger.sessions()
        kept = sum(len(ledger.recording(one.id, name)) for one in sessions for name in one.people)
    assert apsw.Connection(str(ledger_file(victim.home))).pragma("integrity_check") == "ok"
    assert [(one.complete, one.running) for one in sessions] == [(False, False)] * len(sessions)
    assert len(told) == len(sessions) <= 1, told
    assert kept >= victim.told_before(LOST_S), f"killed after {victim.after_s:.3f} s"
    assert sum(count for one in sessions for count in one.beats.values()) >= victim.told_before(LOST_S)
    with Ledger.open(victim.home, tell=told.append):
        assert len(told) == len(sessions), "told twice"
    return kept


@pytest.mark.parametrize("batch", range(-(-ROUNDS // AT_ONCE)))
def test_a_kill_costs_at_most_a_second_and_never_the_file(tmp_path: Path, batch: int) -> None:
    dice = random.Random(f"kill {batch}")
    victims = [Victim(tmp_path / str(number), dice.uniform(0, LONGEST_S)) for number in range(AT_ONCE)]
    victims[-1].after_s = LONGEST_S  # so that each batch has one with much to lose
    lives = [threading.Thread(target=victim.live) for victim in victims]
    for life in lives:
        life.start()
    for life in lives:
        life.join()
    kept = [check(victim) for victim in victims]
    assert victims[-1].told_before(LOST_S) > 5
    assert kept[-1] > 20

"""Processor time that biosync takes for a pair, for eight people and for the whole command beyond its start."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from biosync.together.meeting import meet
from biosync.together.room import Cues
from biosync.together.series import Series
from biosync.types import FloatArray
from tests.bench.timing import Times, Work
from tests.bench.together import ours
from tests.bench.together.cases import GOOD
from tests.bench.together.generators import GENERATORS
from tests.bench.together.life import Cue, Life
from tests.bench.together.report import MET, MISSED
from tests.bench.together.strap import Heard, wear

COMMAND_MS, LIVE_SHARE, PEOPLE, LOOK_S = 50.0, 0.10, 8, 5.0
GROUPS = (4, PEOPLE, 16)
_CUE = Cue(7.0, 5.5, 200.0)
_ALONE = """
import contextlib, io, json, sys, time
from biosync.cli import main
def once():
    begin = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()) as out:
        failed = main(sys.argv[1:])
    if failed or len(json.loads(out.getvalue())["pairs"]) != 1:
        sys.exit(failed or "no pair was judged")
    return time.process_time() - begin
once()
print(json.dumps([once() for _ in range(9)]))
"""
"""The first call also imports what the command needs; the later ones are the work itself. All in processor time."""


def report(rounds: int = 9) -> list[str]:
    """Return the lines of the table."""
    life, heard = _people(max(GROUPS))
    cues = ours.courses(life)
    hearts = [ours.heart(each) for each in heard]
    one = _spent(lambda: meet([ours.heart(each) for each in heard[:2]], [cues] * 2), rounds)
    rows = [
        f"| one pair, 200 s, one cue, labels and leader too | {_ms(one)} | | |",
        *(_look_row(hearts[:count], cues, rounds) for count in GROUPS),
        _command_row(heard[:2]),
    ]
    return ["### Speed\n", "| what | measured | goal | |", "|---|---|---|---|", *rows, ""]


def _look_row(hearts: list[Series], cues: Cues, rounds: int) -> str:
    """Return what one look at a group takes, for each of its pairs, and of a core where there is one every 5 s."""
    count = len(hearts)
    look = _spent(lambda: meet(hearts, [cues] * count, window=(75.0, 195.0), lead=False), rounds)
    share, pairs = look.median / LOOK_S, count * (count - 1) // 2
    taken = f"{_ms(look)}; {1e3 * look.median / pairs:.2f} ms a pair; {100 * share:.1f} % of a core every {LOOK_S:g} s"
    goal = (f"≤ {100 * LIVE_SHARE:g} % of a core", _met(share <= LIVE_SHARE)) if count == PEOPLE else ("", "")
    return f"| {count} people, all pairs and the group, 120 s, one cue | {taken} | {goal[0]} | {goal[1]} |"


def _spent(work: Work, rounds: int) -> Times:
    """Return the processor time that ``work`` takes, round by round, after once to warm up."""
    work()
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return Times(tuple(taken))


def _people(count: int) -> tuple[Life, list[Heard]]:
    dice, life = np.random.default_rng(1), Life(cues=(_CUE, _CUE))
    beats = [each for _ in range(count // 2) for each in GENERATORS["G1"].pair(life, dice)]
    return life, [wear(GOOD, each, life.seconds, dice) for each in beats]


def _command_row(heard: list[Heard]) -> str:
    what = "`biosync synchrony` on 200 s with a cue, beyond its start"
    with tempfile.TemporaryDirectory() as folder:
        done = _run(_write(Path(folder), heard))
    if done.returncode:
        return f"| {what} | could not be run: {done.stderr.strip().splitlines()[-1]} | ≤ {COMMAND_MS:g} ms | |"
    taken = Times(tuple(json.loads(done.stdout)))
    return f"| {what} | {_ms(taken)} | ≤ {COMMAND_MS:g} ms | {_met(1e3 * taken.median <= COMMAND_MS)} |"


def _run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-c", _ALONE, "synchrony", *arguments, "--json"]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def _write(folder: Path, heard: list[Heard]) -> list[str]:
    """Write the recordings and the cue as files; return the command's arguments."""
    names = []
    for number, one in enumerate(heard):
        path = folder / f"person{number}.csv"
        rows = zip(one.t_s, one.rr_ms, one.uncertainty_s, strict=True)
        path.write_text("t,rr_ms,t_uncertainty_s\n" + "".join(f"{t:.4f},{rr:.4f},{u:.3f}\n" for t, rr, u in rows))
        names.append(str(path))
    t: FloatArray = np.arange(0.0, 200.0, 0.25, dtype=np.float64)
    course = zip(t, _CUE.rate_bpm(t), _CUE.cycles(t) % 1.0, strict=True)
    cue = folder / "cue.csv"
    cue.write_text("t,rate_bpm,phase\n" + "".join(f"{a:.2f},{b:.5f},{c:.6f}\n" for a, b, c in course))
    return [*names, "--cue", str(cue)]


def _ms(times: Times) -> str:
    low, high = times.spread
    return f"{1e3 * times.median:.1f} ms ({1e3 * low:.1f} to {1e3 * high:.1f})"


def _met(holds: bool) -> str:
    return MET if holds else MISSED

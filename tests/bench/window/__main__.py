"""Runs all that is measured of the window, a process each: ``python -m tests.bench.window [NAME ...]``."""

from __future__ import annotations

import json
import os
import pkgutil
import subprocess
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from tests.bench.goals import Goal

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[2]


def names() -> list[str]:
    """Return what there is to measure: the files of this folder that offer ``goals``."""
    return sorted(name for _, name, _ in pkgutil.iter_modules([str(FOLDER)])
                  if not name.startswith("_") and "def goals(" in (FOLDER / f"{name}.py").read_text())


def measured(name: str) -> list[Goal]:
    """Measure one thing, in a process of its own: pixel ratio, memory and start must owe nothing to another."""
    print(f"bench: window, {name} ...", file=sys.stderr, flush=True)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.bench.window", "--json", name]
    out = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return [Goal(**one) for one in json.loads(out.splitlines()[-1])]


def main(arguments: list[str]) -> int:
    """Print the table of goals; 1 where one was missed."""
    if arguments[:1] == ["--json"]:
        found = import_module(f"tests.bench.window.{arguments[1]}").goals()
        print(json.dumps([asdict(goal) for goal in found]))
        return 0
    found = [goal for name in arguments or names() for goal in measured(name)]
    print("| what | goal | found | range | |\n|---|---|---|---|---|")
    for goal in found:
        print(goal.row())
    return 1 if any(goal.met is False for goal in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

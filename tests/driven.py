"""biosync in a process of its own, driven through its standard input, its JSON lines read as they come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIOSYNC = [sys.executable, "-m", "biosync.cli"]
PATIENCE_S = 30.0


def rest_of(process: subprocess.Popen[str]) -> tuple[list[str], str]:
    """Return the lines of standard output that were not read yet, and all of standard error, when it has ended.

    Not by ``communicate``: that reads past what this end of the pipe has buffered. A process that does not end is
    killed after ``PATIENCE_S``.
    """
    assert process.stdout is not None and process.stderr is not None
    impatient = threading.Timer(PATIENCE_S, process.kill)
    impatient.start()
    try:
        lines, errors = process.stdout.readlines(), process.stderr.read()
        process.wait()
    finally:
        impatient.cancel()
    return lines, errors


class Program:
    """A running ``biosync ... --json``; ``lines`` are those that were read."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[dict[str, object]] = []

    def ask(self, text: str) -> None:
        """Write ``text`` to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def until(self, type_: str, **keys: object) -> dict[str, object]:
        """Read on to the first line of this type with these keys, and return it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(json.loads(line))
            if self.lines[-1]["type"] == type_ and keys.items() <= self.lines[-1].items():
                return self.lines[-1]
        raise AssertionError(f"no line {type_} {keys}")

    def end(self) -> tuple[int, str]:
        """Read the rest; return the exit code and what it said to people."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        lines, errors = rest_of(self.process)
        self.lines += [json.loads(line) for line in lines]
        return self.process.returncode, errors


@contextmanager
def driven(home: Path, *command: str) -> Iterator[Program]:
    """Run ``biosync`` with this command and ``--json``; it does not outlive the context."""
    with subprocess.Popen(
        [*BIOSYNC, *command, "--json"],
        env={**os.environ, "BIOSYNC_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Program(process)
        finally:
            process.kill()

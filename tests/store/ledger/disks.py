"""Small disks that a test may fill or make read-only, where this user may mount; other programs that hold a file."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOLDER = """
import sys, apsw
connection = apsw.Connection(sys.argv[1])
connection.execute(sys.argv[2])
print("held", flush=True)
sys.stdin.readline()
"""


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of ``size`` in memory; skip the test where that is not allowed."""
    folder.mkdir()
    if not sys.platform.startswith("linux") or _mount("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", folder):
        pytest.skip("this user may not mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def read_only(disk: Path, *, on: bool = True) -> None:
    """Make the mounted disk read-only, or writable again."""
    assert _mount("-o", f"remount,{'ro' if on else 'rw'}", disk) == 0


def fill(disk: Path) -> Path:
    """Fill the disk to its last byte; return the file that does."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(512))
    return filler


@contextlib.contextmanager
def held(path: Path, statement: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Let another process hold the SQLite file."""
    command = [sys.executable, "-c", HOLDER, str(path), statement]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    try:
        yield
    finally:
        process.communicate("\n")


def _mount(*words: str | Path) -> int:
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode

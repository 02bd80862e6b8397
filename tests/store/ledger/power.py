"""A disk that notes what SQLite asks of it, so that the power can be cut at any of these moments afterwards.

What was handed over (``xSync``) is there after a cut. Of what was written since, any sectors may be, in any mixture, as
a disk's cache leaves them: the way in which SQLite's own crash tests go
(https://www.sqlite.org/testing.html#crash_testing).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import apsw

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was asked of the disk; ``said``: how many entries the writer had been told are kept by then."""

    kind: Literal["write", "truncate", "sync", "delete", "said"]
    file: str = ""
    place: int = 0
    data: bytes = b""


class _File(apsw.VFSFile):
    def __init__(self, disk: _Disk, name: str, filename: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(disk.below, filename, flags)
        self._steps, self._name = disk.steps, name

    def xWrite(self, data: bytes, offset: int) -> None:
        self._steps.append(Step("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._steps.append(Step("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        super().xSync(flags)
        self._steps.append(Step("sync", self._name))


class _Disk(apsw.VFS):
    def __init__(self, steps: list[Step]) -> None:
        self.below = apsw.vfs_names()[0]
        self.steps = steps
        super().__init__("watched", self.below, makedefault=True)

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or ""
        return _File(self, Path(path).name, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        super().xDelete(filename, syncdir)
        self.steps.append(Step("delete", Path(filename).name))


@contextmanager
def watched() -> Iterator[list[Step]]:
    """Note all that SQLite does meanwhile."""
    steps: list[Step] = []
    disk = _Disk(steps)
    try:
        yield steps
    finally:
        disk.unregister()


@dataclass
class Platter:
    """What is on the disk for sure, and what was written to each file since it was last handed over."""

    sure: dict[str, bytearray] = field(default_factory=dict)
    since: dict[str, list[Step]] = field(default_factory=dict)
    said: int = 0

    def take(self, step: Step) -> None:
        """Go on by one step."""
        match step.kind:
            case "said":
                self.said = step.place
            case "sync":
                if step.file not in self.sure:
                    self._sync_folder()
                for earlier in self.since.pop(step.file, []):
                    apply(self.sure, earlier)
            case _:
                self.since.setdefault(step.file, []).append(step)

    def _sync_folder(self) -> None:
        """Delete for good what was deleted: the first time that SQLite hands over a log which it made, it hands over
        the folder too (``UNIXFILE_DIRSYNC`` in its ``os_unix.c``)."""
        for name, steps in self.since.items():
            if any(step.kind == "delete" for step in steps):
                self.sure.pop(name, None)
                steps.clear()

    def cut(self, dice: random.Random, share: float) -> dict[str, bytes]:
        """Return the files as they are found after a cut now; about ``share`` of what was not handed over is there."""
        files = {name: bytearray(content) for name, content in self.sure.items()}
        for steps in self.since.values():
            for step in steps:
                for part in _sectors(step):
                    if dice.random() < share:
                        apply(files, part)
        return {name: bytes(content) for name, content in files.items()}


def _sectors(step: Step) -> Iterator[Step]:
    """Give the parts of a step that a cut may tear asunder."""
    if step.kind != "write":
        yield step
        return
    at, data = step.place, step.data
    while data:
        length = SECTOR - at % SECTOR
        yield Step("write", step.file, at, data[:length])
        at, data = at + length, data[length:]


def apply(files: dict[str, bytearray], step: Step) -> None:
    """Do what a step asks."""
    if step.kind == "delete":
        files.pop(step.file, None)
        return
    content = files.setdefault(step.file, bytearray())
    if step.kind == "truncate":
        del content[step.place :]
        return
    if len(content) < step.place:
        content.extend(bytes(step.place - len(content)))
    content[step.place : step.place + len(step.data)] = step.data

"""The append-only raw log: everything that came in, as it came in, one JSON object a line.

Written before anything is made of it, flushed line by line, handed to the disk once a second: a crash of the program
loses nothing, a power cut at most the last second. Bytes are kept as bytes (hex), so every figure can be made again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from biosync.events import Cue, End, Event, Interval, Link, Marker, Notification, Say, Session, Tick
from biosync.home import private_folder


class RawLog:
    """A session's raw log in ``folder``; readable by its owner only."""

    def __init__(self, folder: Path, session_id: str) -> None:
        self.path = private_folder(folder) / f"{session_id}.jsonl"
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        self._file: TextIO = os.fdopen(handle, "w", encoding="utf-8", newline="\n")

    def write(self, event: Event) -> None:
        """Append what came in or was decided; derived figures are not kept. OSError when the disk refuses."""
        if isinstance(event, Tick):
            os.fsync(self._file.fileno())
            return
        record = _record(event)
        if record is not None:
            self._file.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Hand everything to the disk and close."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()


def _record(event: Event) -> dict[str, object] | None:
    match event:
        case Notification(t, person, device, characteristic, payload):
            return {"type": "notification", "t": t, "person": person, "device": device,
                    "characteristic": characteristic, "hex": payload.hex()}  # fmt: skip
        case Session() | Interval() | Link() | Cue() | Say() | Marker() | End():
            return {"type": type(event).__name__.lower(), **asdict(event)}
        case _:
            return None

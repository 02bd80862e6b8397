"""biosync's own JSON lines: all that was kept of a session, as it came in; importing them gives it back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from biosync.events import Cue, End, Event, Interval, Link, Marker, Notification, Say, Session
from biosync.store.exports.content import Content

ENDING = ".jsonl"
MOST_PEOPLE: int | None = None
_KEPT = (Session, Interval, Link, Cue, Say, Marker, End)


def write(content: Content, out: TextIO) -> list[str]:
    """Write a line for everything that was kept; there is nothing that this format can't hold."""
    _line(out, as_record(content.session))
    for event in content.events():
        record = as_record(event)
        if record is not None and not isinstance(event, Session):
            _line(out, record)
    return []


def as_record(event: Event) -> dict[str, Any] | None:
    """Return the event as the JSON object that the raw log has of it, None for what can be made again."""
    if isinstance(event, Notification):
        return {"type": "notification", "t": event.t, "person": event.person, "device": event.device,
                "characteristic": event.characteristic, "hex": event.payload.hex()}  # fmt: skip
    if isinstance(event, _KEPT):
        return {"type": type(event).__name__.lower(), **asdict(event)}
    return None


def _line(out: TextIO, record: dict[str, Any] | None) -> None:
    out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")

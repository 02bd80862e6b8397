"""biosync's own JSON lines: all that was kept of a session, as it came in; importing them gives it back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TextIO

from biosync.engine import Member
from biosync.events import Cue, End, Event, Interval, Join, Leave, Link, Marker, Note, Notification, Say
from biosync.store.exports.content import Content

ENDING = ".jsonl"
MOST_PEOPLE: int | None = None
_KEPT = (Interval, Link, Cue, Say, Marker, Note, Join, Leave, End)


def write(content: Content, out: TextIO) -> list[str]:
    """Write a line for everything that was kept; there is nothing that this format can't hold."""
    _line(out, _head(content))
    for event in content.events():
        record = as_record(event)
        if record is not None:
            _line(out, record)
    return []


def as_record(event: Event | Member | Note) -> dict[str, Any] | None:
    """Return the event as the JSON object that the raw log has of it, None for what can be made again."""
    if isinstance(event, Notification):
        return {"type": "notification", "t": event.t, "person": event.person, "device": event.device,
                "characteristic": event.characteristic, "hex": event.payload.hex()}  # fmt: skip
    if isinstance(event, Member):
        return {"type": "worn", **_member(event)}
    if isinstance(event, _KEPT):
        record = {"type": type(event).__name__.lower(), **asdict(event)}
        if isinstance(event, Marker) and event.at_t is None:
            del record["at_t"]
        return record
    return None


def _head(content: Content) -> dict[str, Any]:
    """Return the line with which a session begins: who was there then, with what, and who had one cue."""
    return {
        "type": "session",
        **asdict(content.session),
        "members": [_member(member) for member in content.members],
        "groups": [{"people": group} for group in content.groups],
    }


def _member(member: Member) -> dict[str, Any]:
    return {"person": member.name, "origin": member.origin, "device": member.device,
            "delay_s": member.delay_s, "delay_uncertainty_s": member.delay_uncertainty_s,
            "resonance_bpm": member.resonance_bpm, "resonance_sd_bpm": member.resonance_sd_bpm}  # fmt: skip


def _line(out: TextIO, record: dict[str, Any]) -> None:
    out.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")

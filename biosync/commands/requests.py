"""What another program may ask of a running session: a JSON object a line on standard input, beside ``--json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from biosync.events import SAYINGS

Kind = Literal["join", "leave", "say", "mark"]
_KINDS: tuple[Kind, ...] = ("join", "leave", "say", "mark")
_BESIDE: dict[Kind, str] = {"join": "group", "say": "person", "mark": "person"}
"""The one other key that a request of this kind may have."""
LONGEST_LINE = 1 << 16
_SHOWN = 60


class RequestError(ValueError):
    """The line can't be understood; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request: ``text`` is the SOURCE that joins, the person who leaves, what is said, or the marker's text.

    ``person`` is who says it or whom the marker is about, None for all; ``group`` with whom the one who joins shares
    the cue, None for whatever the session is like.
    """

    kind: Kind
    text: str
    person: str | None = None
    group: tuple[str, ...] | None = None


def parse_request(line: str) -> Request:
    """Return what ``line`` asks for; RequestError with one sentence if that can't be told."""
    record = _record(line)
    kinds = [kind for kind in _KINDS if kind in record]
    if len(kinds) != 1:
        raise RequestError(f"a request has one of the keys join, leave, say, mark; this line has {_counted(kinds)}")
    kind = kinds[0]
    for key in record:
        if key not in (kind, _BESIDE.get(kind)):
            raise RequestError(f"a request to {kind} has no key {key[:_SHOWN]!r}")
    text = record[kind]
    if not isinstance(text, str) or not text.strip():
        raise RequestError(f"{kind!r} takes a text, such as {_EXAMPLES[kind]}")
    if kind == "say" and text not in SAYINGS:
        raise RequestError(f"one can say {', '.join(SAYINGS)}, not {text[:_SHOWN]!r}")
    return Request(kind, text, _person(record), _group(record))


_EXAMPLES: dict[Kind, str] = {
    "join": '{"join": "Ana=demo"}',
    "leave": '{"leave": "Ana"}',
    "say": '{"say": "too_slow", "person": "Ana"}',
    "mark": '{"mark": "the door bell"}',
}


def _record(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
        json.dumps(record, ensure_ascii=False).encode()  # half a character (a lone surrogate) could not be put out
    except (ValueError, RecursionError):
        raise RequestError(f"{line[:_SHOWN]!r} is no JSON; write a request such as {_EXAMPLES['leave']}") from None
    if not isinstance(record, dict):
        raise RequestError(f"a request is a JSON object, such as {_EXAMPLES['leave']}")
    return record


def _person(record: dict[str, Any]) -> str | None:
    person = record.get("person")
    if person is not None and not isinstance(person, str):
        raise RequestError("'person' takes a name, or null for all")
    return person


def _group(record: dict[str, Any]) -> tuple[str, ...] | None:
    group = record.get("group")
    if group is None:
        return None
    if not isinstance(group, list) or not all(isinstance(name, str) for name in group):
        raise RequestError("'group' takes a list of names, or an empty one for a cue of their own")
    return tuple(group)


def _counted(kinds: list[Kind]) -> str:
    return " and ".join(kinds) or "none of them"

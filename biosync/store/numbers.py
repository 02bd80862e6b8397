"""Numbers, dates and names as people's files spell them."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

_LONGEST_NAME = 100
_LATEST_S = 1e11
_MISSING = frozenset({"", "-", "na", "n/a", "nan", "none", "null"})


def number(text: str, *, decimal_comma: bool) -> float:
    """Return the number that ``text`` spells, NaN for an empty or missing one; ValueError with the reason for words."""
    text = text.strip()
    if decimal_comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if text.lower() in _MISSING:
        return math.nan
    if "_" not in text:  # float() would take 1_000
        try:
            return float(text)
        except ValueError:
            pass
    raise ValueError(f"{quoted(text)} is not a number")


def epoch_s(text: str) -> float | None:
    """Return the seconds since 1970 of a date and time in ISO 8601 (UTC where it names no zone), None if it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def moment(since_1970_s: float) -> datetime:
    """Return the date and time (UTC) so many seconds after 1970 began, at most the year 5138: no calendar here goes
    much further."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(max(since_1970_s, 0.0), _LATEST_S))


def is_number(text: str) -> bool:
    """Tell if ``text`` is a number that is written out, a decimal comma included."""
    try:
        number(text, decimal_comma=True)
    except ValueError:
        return False
    return bool(text.strip())


def quoted(text: str, longest: int = 30) -> str:
    """Return ``text`` in quotation marks, cut and made printable, for a sentence."""
    shown = "".join(c if c.isprintable() else "?" for c in text[:longest])
    return f"“{shown}…”" if len(text) > longest else f"“{shown}”"


def shown_name(name: str) -> str:
    """Return a person's name fit for a line of text."""
    return printable(name.strip())[:_LONGEST_NAME].strip()


def printable(text: str) -> str:
    """Return ``text`` with a question mark for everything that is no sign: it may go to a terminal one day."""
    return "".join(c if c.isprintable() else "?" for c in text)

"""Numbers as people's files spell them."""

from __future__ import annotations

import math
from datetime import UTC, datetime

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

"""The fields of one JSON line: each with its kind, or ValueError with the reason in words."""

from __future__ import annotations

import json
import math
from typing import Any

from biosync.store.numbers import quoted


def object_of(text: str) -> dict[str, Any]:
    """Return the object that ``text`` is; ValueError for anything else."""
    try:
        entry = json.loads(text)
    except (ValueError, RecursionError):  # RecursionError: brackets nested by the thousand
        raise ValueError(f"{quoted(text)} is not a JSON object") from None
    if not isinstance(entry, dict):
        raise ValueError(f"{quoted(text)} is not a JSON object")
    return entry


def number_at(entry: dict[str, Any], key: str) -> float:
    """Return the number under ``key``, NaN for null or none; ValueError for anything else."""
    return _as_number(entry.get(key), key)


def numbers_at(entry: dict[str, Any], key: str) -> list[float]:
    """Return the numbers in the list under ``key``; ValueError for anything else."""
    return [_as_number(value, key) for value in _list_at(entry, key, "numbers")]


def text_at(entry: dict[str, Any], key: str) -> str:
    """Return the text under ``key``, "" for null or none; ValueError for anything else."""
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"“{key}” is {quoted(str(value))}, which is not text")
    return value


def texts_at(entry: dict[str, Any], key: str) -> list[str]:
    """Return the texts in the list under ``key``; ValueError for anything else."""
    values = _list_at(entry, key, "texts")
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"“{key}” is {quoted(str(values))}, which is not a list of texts")
    return values


def objects_at(entry: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects in the list under ``key``, none where there is no such key; ValueError for anything else."""
    values = _list_at(entry, key, "objects") if key in entry else []
    if not all(isinstance(value, dict) for value in values):
        raise ValueError(f"“{key}” is {quoted(str(values))}, which is not a list of objects")
    return values


def payload_at(entry: dict[str, Any], key: str) -> bytes:
    """Return the bytes that stand under ``key`` in hexadecimal; ValueError if they don't."""
    text = text_at(entry, key)
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise ValueError(f"“{key}” is {quoted(text)}, which is not hexadecimal") from None


def _list_at(entry: dict[str, Any], key: str, of: str) -> list[Any]:
    values = entry.get(key)
    if not isinstance(values, list):
        raise ValueError(f"“{key}” is {quoted(str(values))}, which is not a list of {of}")
    return values


def _as_number(value: object, key: str) -> float:
    if value is None:
        return math.nan
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"“{key}” is {quoted(str(value))}, which is not a number")
    try:
        return float(value)
    except OverflowError:
        return math.inf

"""Finds sessions by words. It loads nothing heavy, so that it can be asked at every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed


def searchable(one: Listed) -> str:
    """Return what a session is found by: its names, marks, notes, date and id, in small letters."""
    about = one.session
    return " ".join((*about.people, *one.marked, *one.noted, about.id, about.started)).casefold()


def matches(one: Listed, text: str) -> bool:
    """Tell if every word of ``text`` is in what the session is found by, capitals or not."""
    return holds(searchable(one), text)


def holds(everything: str, text: str) -> bool:
    """Tell if every word of ``text`` is in ``everything`` (in small letters), capitals or not."""
    return all(word in everything for word in text.casefold().split())

"""Finds sessions by words. It loads nothing heavy, so that it can be asked at every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed


def matches(one: Listed, text: str) -> bool:
    """Tell if every word of ``text`` is in the session's names, marks, notes, date or id, capitals or not."""
    about = one.session
    everything = " ".join((*about.people, *one.marked, *one.noted, about.id, about.started)).casefold()
    return all(word in everything for word in text.casefold().split())

"""Who belongs together on the coach's board: who shares a cue with whom, and whether they are in step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from biosync.gui import words
from biosync.gui.in_step import pair_words, state_words
from biosync.snapshot import PersonView, Snapshot

_NAMED = 2
"""So many of those somebody belongs together with are named."""


@dataclass(frozen=True, slots=True)
class Bond:
    """With whom somebody shares a cue, in the order of everybody, with themselves; ``together`` is True while they are
    in step; ``said`` has it in words. ``shorter``: for a card, the state before the names, in fewer and fewer words."""

    people: tuple[str, ...]
    together: bool
    said: str
    shorter: tuple[str, ...] = ()


def bonds(snapshot: Snapshot | None) -> dict[str, Bond]:
    """Return the bond of everybody who is not alone with their cue."""
    found: dict[str, Bond] = {}
    for person in snapshot.people if snapshot is not None else ():
        here = _sharing(snapshot, person) if snapshot is not None else ()
        if snapshot is not None and len(here) > 1:
            found[person.name] = _bond(snapshot, person.name, here)
    return found


def adjacent(order: Iterable[str], bond_of: Mapping[str, Bond]) -> list[str]:
    """Return the names in ``order``, but those who belong together next to each other, where the first of them is."""
    names = list(order)
    placed: dict[str, None] = {}
    for name in names:
        people = bond_of[name].people if name in bond_of else (name,)
        placed.update(dict.fromkeys(other for other in names if other in people))
    return list(placed)


def _sharing(snapshot: Snapshot, person: PersonView) -> tuple[str, ...]:
    cue = person.cue
    if person.left or cue is None:
        return ()
    return tuple(one.name for one in snapshot.people if one.name in cue.people and not one.left)


def _bond(snapshot: Snapshot, name: str, here: tuple[str, ...]) -> Bond:
    others = [other for other in here if other != name]
    state, together = _state(snapshot, here)
    if len(others) <= _NAMED:
        said, first = words.tr("with {names}, {state}"), words.tr("{state}, with {names}")
    else:
        said, first = words.tr("with {count} others, {state}"), words.tr("{state}, with {count} others")
    names, count = ", ".join(others), len(others)
    # How they are in step is left out before the names are.
    short = words.tr("in step") if together else state
    shorter = [first.format(state=one, names=names, count=count) for one in dict.fromkeys((state, short))]
    briefest = words.tr("can't tell") if state == words.tr("can't tell yet") else short
    return Bond(here, together, said.format(state=state, names=names, count=count),
                tuple(dict.fromkeys((*shorter, short, briefest))))


def _state(snapshot: Snapshot, here: tuple[str, ...]) -> tuple[str, bool]:
    """Return how all of them go together, in words, and if they are in step."""
    if len(here) == 2:
        pair = next((one for one in snapshot.pairs if set(one.people) == set(here)), None)
        if pair is None:
            return words.tr("can't tell yet"), False
        return pair_words(pair), pair.now.in_step not in (None, "apart")
    group = next((one for one in snapshot.groups if set(one.people) == set(here)), None)
    if group is None or group.in_step is None:
        return words.tr("can't tell yet"), False
    return state_words(group.in_step), group.in_step != "apart"

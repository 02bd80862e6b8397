"""What a SOURCE on the command line says: whose heart comes from where."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import parse_qsl

from devices.person import Traits, born, with_traits

Kind = Literal["demo", "replay", "ble"]

DEMO_NAMES = ("Ana", "Ben", "Mara", "Jon", "Ida", "Tomas", "Lea", "Noor", "Emil", "Sara", "Finn", "Aya", "Paul", "Rosa")
_ADDRESS = re.compile(r"^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$|^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")
"""A Bluetooth address or, on macOS, the UUID that stands for one."""
_NAME = re.compile(r"^([^=:?]+)=(.*)$", re.DOTALL)


class SourceError(ValueError):
    """The SOURCE can't be understood; the message says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source: ``person`` as named, or None while only the strap knows; ``where`` is the file or the address, ""
    for any known strap; ``traits`` those of a virtual person."""

    kind: Kind
    person: str | None
    where: str = ""
    traits: Traits | None = None


def parse(text: str) -> Source:
    """Return what ``text`` names; SourceError with one sentence if it names nothing."""
    if not _is_text(text):
        raise SourceError(f"{text!r} holds bytes that are no characters here: write the name, or rename the file")
    named = _NAME.match(text)
    name, rest = (named[1].strip(), named[2]) if named else (None, text)
    if name == "":
        raise SourceError(f"{text!r} has no name before the =; write Ana={rest}")
    kind, _, where = rest.partition(":")
    kind, mark, traits = kind.partition("?")
    if kind == "demo":
        return _virtual(name, where if not mark else "", traits if mark else "")
    if kind == "replay" and where:
        return Source("replay", name, where)
    if kind == "ble" and not mark and (rest == "ble" or _ADDRESS.match(where)):
        return Source("ble", name, where)
    if kind == "ble":
        raise SourceError(f"{where!r} is no strap's address; biosync scan lists them, such as ble:A0:9E:1A:00:00:01")
    raise SourceError(f"{text!r} is not a source; use ble:ADDRESS, demo:NAME or replay:FILE, with a name= in front")


def _is_text(text: str) -> bool:
    """Tell if ``text`` can be written again: what a terminal of another encoding gave may not be."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def demo_people(count: int, seed: int) -> list[Source]:
    """Return ``count`` virtual people, each different, the same for the same ``seed``."""
    names = [DEMO_NAMES[k % len(DEMO_NAMES)] for k in range(count)]
    return unique([Source("demo", name, "", born(1000 * seed + k)) for k, name in enumerate(names)])


def unique(sources: Sequence[Source]) -> list[Source]:
    """Return the sources with equal names told apart: Ana, Ana 2, Ana 3."""
    taken: set[str] = set()
    named = []
    for source in sources:
        person = source.person
        if person is not None:
            number = 1
            while person in taken:
                number += 1
                person = f"{source.person} {number}"
            taken.add(person)
        traits = source.traits
        if traits is not None and person != source.person:  # the same traits, but a life of their own
            traits = replace(traits, seed=traits.seed + number)
        named.append(replace(source, person=person, traits=traits))
    return named


def _seed_of(name: str) -> int:
    """Return the seed of a virtual person of whom only the name is known: another name, another heart."""
    return zlib.crc32(name.encode()) % 10_000


def _virtual(name: str | None, where: str, traits: str) -> Source:
    person, mark, wishes = where.partition("?")
    wishes = wishes if mark else traits
    person = person or DEMO_NAMES[0]
    pairs = parse_qsl(wishes, keep_blank_values=True)
    if wishes and not pairs:
        raise SourceError(f"{wishes!r} are no traits; write demo:{person}?seed=3&resonance_bpm=5.4")
    chosen = {"seed": str(_seed_of(name or person)), **dict(pairs)}
    try:
        own = with_traits(born(0), {"seed": chosen["seed"]})
        return Source("demo", name or person, "", with_traits(born(own.seed), chosen))
    except ValueError as error:
        raise SourceError(str(error)) from None

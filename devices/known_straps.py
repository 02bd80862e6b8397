"""Who wears a strap that is seen: straps are known by name and serial; at a distance only name and address show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class KnownStrap(Protocol):
    """A strap whose wearer, ``person``, said yes to its use; ``serial`` is None where it never told one."""

    @property
    def name(self) -> str:
        """The name that it is shown under."""

    @property
    def address(self) -> str:
        """Where it was last."""

    @property
    def person(self) -> str:
        """Who wears it."""

    @property
    def serial(self) -> str | None:
        """Its serial number, from the Device Information service."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whose a strap in sight is. ``sure`` is False where only its name or only its address is known: then its serial
    has to tell (``serials`` are the ones that would)."""

    person: str
    sure: bool
    serials: tuple[str, ...]

    def is_proved_by(self, serial: str | None) -> bool:
        """Tell if ``serial``, read from the strap, shows it to be the known one."""
        return serial is not None and serial in self.serials

    def is_disproved_by(self, serial: str | None) -> bool:
        """Tell if ``serial``, read from the strap, shows it to be another one."""
        return serial is not None and bool(self.serials) and serial not in self.serials


def recognise(name: str, address: str, known: Sequence[KnownStrap], seen: Sequence[str] = ()) -> Recognition | None:
    """Return whose the strap called ``name`` at ``address`` is, None for an unknown one.

    ``seen`` are the addresses in sight: a strap that is in sight at its own address is not this one as well.
    """
    here = [one for one in known if same_address(one.address, address)]
    exact = [one for one in here if one.name == name]
    if exact:
        return Recognition(exact[0].person, True, _serials(exact))
    elsewhere = [one for one in known if one.name == name and not any(same_address(one.address, a) for a in seen)]
    for likely in (here, elsewhere):
        people = {one.person for one in likely}
        if len(people) == 1:  # of two who wear a strap of this name, nobody can be said to be the likely one
            return Recognition(people.pop(), False, _serials(likely))
    return None


def same_address(one: str, other: str) -> bool:
    """Tell if two addresses are the same, however they are written."""
    return one.casefold() == other.casefold()


def _serials(straps: Sequence[KnownStrap]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.serial for one in straps if one.serial is not None))

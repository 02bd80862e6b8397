"""The straps in range, best first, with the reasons in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from devices.known_straps import KnownStrap, recognise
from devices.link import Sighting
from devices.straps import isolated, model_of

STRONG_DBM, WEAK_DBM = -65, -80


@dataclass(frozen=True, slots=True)
class FoundStrap:
    """A strap in range; ``rssi_dbm`` is None where this computer is connected to it already.

    ``label`` tells straps of one name apart. ``person`` wears it, for ``sure`` or probably (None: unknown). ``taken``:
    a running biosync uses it now. ``reasons`` say in words what speaks for and against it.
    """

    name: str
    address: str
    rssi_dbm: int | None
    label: str
    person: str | None
    sure: bool
    worn: bool | None
    taken: bool
    sends_rr: bool
    reasons: tuple[str, ...]

    @property
    def others_reasons(self) -> tuple[str, ...]:
        """The reasons but for whose it is: it turned out to be another one."""
        return tuple(reason for reason in self.reasons if reason != _whose(self.person, self.sure))

    @property
    def held(self) -> bool:
        """Whether this computer is connected to it already."""
        return self.rssi_dbm is None

    @property
    def known(self) -> bool:
        """Whether its wearer has said yes to its use."""
        return self.person is not None and self.sure


def nobody_uses(address: str) -> bool:
    """Tell that no running biosync uses the strap at ``address``."""
    return False


def ranked(
    sightings: Sequence[Sighting], known: Sequence[KnownStrap] = (), taken: Callable[[str], bool] = nobody_uses
) -> list[FoundStrap]:
    """Return the straps best first: free before taken, with intervals before without, known, worn, near.

    ``taken`` tells by an address if a running biosync uses that strap.
    """
    names = Counter(sighting.name for sighting in sightings)
    seen = [sighting.address for sighting in sightings]
    found = [_found(sighting, names[sighting.name], known, seen, taken(sighting.address)) for sighting in sightings]
    return sorted(found, key=_order)


def _found(
    sighting: Sighting, of_this_name: int, known: Sequence[KnownStrap], seen: Sequence[str], taken: bool
) -> FoundStrap:
    whose = recognise(sighting.name, sighting.address, known, seen)
    model = model_of(sighting.name)
    sends_rr = model is None or model.sends_rr
    person, sure = (whose.person, whose.sure) if whose else (None, False)
    reasons = (
        _whose(person, sure),
        _signal(sighting.rssi_dbm, taken),
        {True: "worn", False: "not worn", None: ""}[sighting.worn],
        "" if sends_rr else "heart rate only",
        "another one here has the same name" if of_this_name > 1 else "",
    )
    return FoundStrap(
        name=sighting.name,
        address=sighting.address,
        rssi_dbm=sighting.rssi_dbm,
        label=f"{sighting.name} ({sighting.address[-5:]})" if of_this_name > 1 else sighting.name,
        person=person,
        sure=sure,
        worn=sighting.worn,
        taken=taken,
        sends_rr=sends_rr,
        reasons=tuple(reason for reason in reasons if reason),
    )


def _whose(person: str | None, sure: bool) -> str:
    if person is None:
        return ""
    return f"{isolated(person)}'s" if sure else f"probably {isolated(person)}'s"


def _signal(rssi_dbm: int | None, taken: bool) -> str:
    if taken:
        return "in use by a running biosync"
    if rssi_dbm is None:
        return "connected to this computer already"
    if rssi_dbm >= STRONG_DBM:
        return "strong signal"
    return "good signal" if rssi_dbm >= WEAK_DBM else "weak signal"


def _order(strap: FoundStrap) -> tuple[bool, bool, bool, bool, int, bool, int, str]:
    worn = {True: 0, None: 1, False: 2}[strap.worn]
    return (
        strap.taken, not strap.sends_rr, not strap.known, strap.person is None, worn, strap.held,
        -(strap.rssi_dbm or 0), strap.address,
    )  # fmt: skip

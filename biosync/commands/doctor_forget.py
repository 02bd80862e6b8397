"""``biosync doctor --forget``: a strap is unknown again, so its wearer is asked before it is used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from biosync.commands.problems import WorkFailed
from biosync.commands.stored import opened
from devices.known_straps import same_address
from devices.straps import isolated

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import Strap


def forget(which: str, *, as_json: bool) -> int:
    """Forget the strap with this name or at this address, and say so; WorkFailed if it is not just one."""
    with opened() as ledger:
        strap = the_one(which, ledger.straps())
        ledger.forget(strap)
    if as_json:
        told = {"name": strap.name, "address": strap.address, "person": strap.person}
        print(json.dumps({"forgotten": told}, ensure_ascii=False), flush=True)
    else:
        print(f"{_in_words(strap)}, is forgotten: before it is used again, its wearer is asked.", flush=True)
    return 0


def the_one(which: str, known: Sequence[Strap]) -> Strap:
    """Return the known strap that is called ``which``, or is at that address; WorkFailed with those there are."""
    wanted = which.strip()
    found = [one for one in known if same_address(one.address, wanted) or one.name.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise WorkFailed(f"{len(found)} straps have this name; forget one by its address: {_listed(found)}")
    if known:
        raise WorkFailed(f"no strap called {wanted!r} is known; known are: {_listed(known)}")
    raise WorkFailed("no strap is known, so there is none to forget")


def _listed(straps: Sequence[Strap]) -> str:
    return "; ".join(_in_words(strap) for strap in straps)


def _in_words(strap: Strap) -> str:
    return f"{isolated(strap.name)} at {strap.address}, {isolated(strap.person)}'s"

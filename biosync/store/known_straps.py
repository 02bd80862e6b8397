"""The straps that this biosync has been allowed to use, and who wears them: a small JSON file in its home."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from biosync.home import home, private_folder


@dataclass(frozen=True, slots=True)
class KnownStrap:
    """A strap by its name and address; on macOS the address is this machine's own, so the name counts too."""

    name: str
    address: str
    person: str


class KnownStraps:
    """The list; ``add`` keeps it."""

    def __init__(self, path: Path, straps: list[KnownStrap]) -> None:
        self._path = path
        self._straps = straps

    @classmethod
    def load(cls) -> KnownStraps:
        """Return the list as it was kept; empty where there is none, or where it can't be read."""
        path = home() / "straps.json"
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, [KnownStrap(e["name"], e["address"], e["person"]) for e in entries])
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path, [])  # nobody is known, so everybody is asked again: the safe side

    def person_of(self, name: str, address: str) -> str | None:
        """Return who wears the strap, None for an unknown one."""
        return next((s.person for s in self._straps if s.address == address and s.name == name), None)

    def add(self, strap: KnownStrap) -> None:
        """Keep a strap whose wearer has said yes; OSError when the folder can't be written."""
        others = [s for s in self._straps if (s.name, s.address) != (strap.name, strap.address)]
        self._straps = [*others, strap]
        private_folder(self._path.parent)
        draft = self._path.with_suffix(".new")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([asdict(s) for s in self._straps], file, ensure_ascii=False)
        draft.replace(self._path)


def remember(name: str, address: str, person: str) -> None:
    """Keep that ``person`` wears the strap; where that can't be written, they will be asked again."""
    known = KnownStraps.load()
    if known.person_of(name, address) != person:
        with contextlib.suppress(OSError):
            known.add(KnownStrap(name, address, person))

"""Firmware that is known to fail, by model and system; each with its source.

What people call the firmware of a Polar H10 (4.0.4) stands in its Software Revision; its Firmware Revision says 5.0.0
whatever runs on it (https://github.com/JanCBrammer/OpenHRV/issues/39).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from devices.straps import model_of


@dataclass(frozen=True, slots=True)
class FailingFirmware:
    """Firmware of ``model`` from version ``first`` to ``last`` that fails on ``systems`` (as in sys.platform)."""

    model: str
    first: tuple[int, ...]
    last: tuple[int, ...]
    systems: tuple[str, ...]
    why: str
    next_step: str
    source: str


FAILING: tuple[FailingFirmware, ...] = (
    FailingFirmware(
        "Polar H10",
        (4, 0, 4),
        (4, 0, 4),
        ("win32",),
        "this strap's firmware 4.0.4 is known to break off on Windows while it is asked what it can do",
        "update it in Polar's app, or try it on another computer",
        "https://github.com/polarofficial/polar-ble-sdk/issues/774",
    ),
)


def failing(system: str, version: str | None, *names: str | None) -> FailingFirmware | None:
    """Return what is known against firmware ``version`` of the strap that ``names`` name (advertised name,
    manufacturer and model) on ``system`` (as in sys.platform), None if nothing is."""
    model, numbers = model_of(*names), _numbers(version)
    if model is None or numbers is None:
        return None
    return next(
        (
            entry
            for entry in FAILING
            if entry.model == model.name and system in entry.systems and entry.first <= numbers <= entry.last
        ),
        None,
    )


def _numbers(text: str | None) -> tuple[int, ...] | None:
    """Return the numbers at the start of a version text, None where there are none."""
    found = re.match(r"\s*[vV]?(\d{1,6}(?:\.\d{1,6})*)", text or "")
    return tuple(int(part) for part in found[1].split(".")) if found else None

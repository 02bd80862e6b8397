"""What a person set in the Settings view: applied at once, kept in one file of biosync's home."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from biosync.events import Mode, Program

Theme = Literal["system", "dark", "light", "high contrast"]
Motion = Literal["system", "full", "reduced"]
Language = Literal["system", "en", "de"]
Shares = Literal["rhythm", "own", "all"]

_RANGES: dict[str, tuple[float, float]] = {
    "volume": (0.0, 1.0),
    "slowest_bpm": (4.0, 20.0),
    "fastest_bpm": (4.0, 20.0),
    "inhale_fraction": (0.3, 0.6),
}


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that can be set. Paces are in breaths a minute; ``volume`` is 0 to 1, ``inhale_fraction`` the share of
    the in-breath.

    ``program`` and ``mode``: the last ones chosen. ``tones``: tones that rise through the in-breath and fall through
    the out-breath. ``numbers``: figures are shown in Breathe and Together; ``cue``: the breath cue
    is shown, else the own rhythm alone; ``eyes_open``: nothing asks for closed eyes, and the cue stays small and still
    readable. ``shares``: what others see of one who takes part with them, before they chose. ``keeps``: sessions with a
    strap are kept. ``watch_stalls``: tell in the notes when the window stood still.
    """

    theme: Theme = "system"
    motion: Motion = "system"
    language: Language = "system"
    program: Program = "find"
    mode: Mode = "meet_in_the_middle"
    tones: bool = False
    volume: float = 0.5
    numbers: bool = True
    cue: bool = True
    eyes_open: bool = False
    slowest_bpm: float = 4.0
    fastest_bpm: float = 20.0
    inhale_fraction: float = 0.4
    shares: Shares = "rhythm"
    keeps: bool = True
    watch_stalls: bool = False


def preferences_from(values: object) -> tuple[Preferences, list[str]]:
    """Return what a settings file says, and the names of what could not be used: the defaults stand there."""
    if not isinstance(values, dict):
        return Preferences(), ["everything"]
    made, bad = Preferences(), []
    for name, value in values.items():
        if name not in _KINDS or not fits(name, value):
            bad.append(str(name))
        else:
            made = replace(made, **{name: value})
    if made.slowest_bpm > made.fastest_bpm:
        made = replace(made, slowest_bpm=Preferences().slowest_bpm, fastest_bpm=Preferences().fastest_bpm)
        bad.append("slowest_bpm")
    return made, bad


def fits(name: str, value: Any) -> bool:
    """Tell whether ``value`` may stand for the preference ``name``."""
    kind = _KINDS[name]
    if kind is bool:
        return isinstance(value, bool)
    if kind is float:
        low, high = _RANGES[name]
        return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    return isinstance(value, str) and value in get_args(kind)


_KINDS: dict[str, Any] = {
    field.name: get_type_hints(Preferences)[field.name] for field in fields(Preferences)
}


def preferences_file(home: Path) -> Path:
    """Return where the preferences of ``home`` are, or would be."""
    return home / "settings.json"


def load(home: Path) -> tuple[Preferences, str]:
    """Return the preferences kept in ``home`` and one sentence on what could not be read, empty where all could."""
    path = preferences_file(home)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Preferences(), ""
    except (OSError, UnicodeDecodeError) as error:
        return Preferences(), f"The settings in {path} can't be read ({error}); the usual ones are used."
    try:
        made, bad = preferences_from(json.loads(text))
    except json.JSONDecodeError:
        return Preferences(), f"The settings in {path} are damaged; the usual ones are used."
    return made, f"Some settings in {path} can't be used: {', '.join(bad)}." if bad else ""


def save(home: Path, preferences: Preferences) -> str:
    """Keep ``preferences`` in ``home``, whole or not at all; return one sentence where that failed, else nothing."""
    path = preferences_file(home)
    beside = path.with_suffix(".new")
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(preferences), file, indent=2, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        return f"The settings can't be kept in {home} ({error.strerror or error}); they hold until biosync is closed."
    return ""

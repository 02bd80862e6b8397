"""What a pacer may be told before it starts."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, get_args

from biosync.events import SAYINGS
from biosync.events import Mode as Mode
from biosync.events import Program as Program

LIMITS_BPM = (4.0, 20.0)
"""No cue is ever slower or faster than this, whatever is asked."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Paces in breaths a minute; None is unknown. The keys are those of the contract's ``setup`` line."""

    start_bpm: float | None = None
    slowest_bpm: float = 4.0
    fastest_bpm: float = 20.0
    search_slowest_bpm: float = 4.5
    search_fastest_bpm: float = 7.0
    resonance_bpm: float | None = None
    resonance_sd_bpm: float | None = None
    inhale_fraction: float = 0.4
    mode: Mode = "meet_in_the_middle"
    leader: str | None = None
    program: Program = "find"


CHOSEN: dict[Program, str] = {
    "settle": "settling: on to a calm pace, and staying there",
    "find": "finding your rhythm: on to the paces at which your heart may swing most",
    "without": "without the cue: it fades once you keep the rhythm",
}
"""Why a cue that had arrived goes on when another program was chosen."""


def chosen(settings: Settings, said: str, person: str | None) -> Settings:
    """Return the settings once ``person`` has said a program or a mode; ValueError for anything else."""
    for program in get_args(Program):
        if said == program:
            return replace(settings, program=program)
    if said == "meet_in_the_middle":
        return replace(settings, mode="meet_in_the_middle", leader=None)
    if said == "turns":
        return replace(settings, mode="turns")
    if said == "lead":
        return replace(settings, mode="one_leads", leader=person)
    raise ValueError(f"a person may say {', '.join(SAYINGS)}, not {said!r}")


def first_words(settings: Settings) -> str:
    """Return why a cue is as it is at its very beginning."""
    slowest = max(settings.slowest_bpm, settings.search_slowest_bpm)
    fastest = min(settings.fastest_bpm, settings.search_fastest_bpm)
    resonance_bpm = settings.resonance_bpm
    if resonance_bpm is None or not slowest <= resonance_bpm <= fastest or settings.mode != "meet_in_the_middle":
        return "finding your breath"  # the cue does not go to what was found
    return f"finding your breath; from there to what was found last time, {resonance_bpm:.1f} a minute"


_RANGES: dict[str, tuple[float, float]] = {
    "start_bpm": LIMITS_BPM,
    "slowest_bpm": LIMITS_BPM,
    "fastest_bpm": LIMITS_BPM,
    "search_slowest_bpm": LIMITS_BPM,
    "search_fastest_bpm": LIMITS_BPM,
    "resonance_bpm": LIMITS_BPM,
    "resonance_sd_bpm": (0.0, 10.0),
    "inhale_fraction": (0.3, 0.6),
}
_MAY_BE_NONE = ("start_bpm", "resonance_bpm", "resonance_sd_bpm", "leader")


def settings_from(wishes: dict[str, Any]) -> Settings:
    """Return the settings of a ``setup`` object; ValueError with one sentence for what it may not be."""
    for key, value in wishes.items():
        _check(key, value)
    numbers = {key: float(wishes[key]) for key in _RANGES if wishes.get(key) is not None}  # whole or not
    settings = Settings(**{**wishes, **numbers})
    if settings.slowest_bpm > settings.fastest_bpm:
        raise ValueError("slowest_bpm lies above fastest_bpm")
    if settings.search_slowest_bpm > settings.search_fastest_bpm:
        raise ValueError("search_slowest_bpm lies above search_fastest_bpm")
    return settings


def _check(key: str, value: object) -> None:
    known = [field.name for field in fields(Settings)]
    if key not in known:
        raise ValueError(f"setup has no key {key!r}; there are: {', '.join(known)}")
    if value is None and key in _MAY_BE_NONE:
        return
    if key == "mode":
        if value not in get_args(Mode):
            raise ValueError(f"mode is one of {', '.join(get_args(Mode))}")
    elif key == "program":
        if value not in get_args(Program):
            raise ValueError(f"program is one of {', '.join(get_args(Program))}")
    elif key == "leader":
        if not isinstance(value, str):
            raise ValueError("leader is a person's name")
    else:
        low, high = _RANGES[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{key} is a number between {low:g} and {high:g}")

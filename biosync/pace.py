"""The breath pacer as a filter: a JSON line in, a JSON line out. Time is the input's; no clock is read."""

from __future__ import annotations

import json
import math
from typing import Any, TypeGuard

from biosync.events import SAYINGS, Cue, Interval
from biosync.live import Baseline, look
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from biosync.pacer.settings import Settings, settings_from
from biosync.track import Track

_NOBODY = "person"  # the name of the only one, who needs none
_DIGITS = 12
LATEST_S = 1e10
"""Seconds since 1970 fit well; times far beyond lose the microseconds that a phase needs."""


class PaceFilter:
    """Answers every line with the cue in force, or with what is wrong with the line; then nothing has changed."""

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._pacer: Pacer | None = None
        self._tracks: dict[str, Track] = {}
        self._baselines: dict[str, Baseline] = {}
        self._t = -math.inf

    def answer(self, line: str) -> dict[str, Any]:
        """Return the JSON object that answers ``line``."""
        try:
            wish = _object(line)
            if "setup" in wish:
                return self._set_up(wish["setup"])
            return self._update(wish)
        except json.JSONDecodeError as error:
            return {"error": f"this is no JSON: {error.msg} at character {error.pos + 1}"}
        except RecursionError:
            return {"error": "this is no JSON of ours: brackets within brackets within brackets"}
        except ValueError as error:
            return {"error": str(error)}

    def _set_up(self, wishes: object) -> dict[str, Any]:
        if self._settings is not None or self._pacer is not None:
            raise ValueError("the setup line comes first, and once")
        if not isinstance(wishes, dict):
            raise ValueError("setup is an object, such as {\"start_bpm\": 10}")
        self._settings = settings_from(wishes)
        return {**_plan(Pacer((), 0.0, self._settings).update(0.0, {})), "t": None}

    def _update(self, wish: dict[str, Any]) -> dict[str, Any]:
        t, rr_ms, said, named = _time(wish, self._t), _intervals(wish), _saying(wish), _person(wish)
        # From here on nothing can be wrong with the line.
        if self._pacer is None:
            self._pacer = Pacer((), t, self._settings)
        self._t = t
        if said is not None:
            self._pacer.say(said, named)
        if rr_ms:  # who does not beat is nobody new
            self._beat(self._pacer, named or _NOBODY, t, rr_ms)
        return _plan(self._pacer.update(t, self._readings(self._pacer, t)))

    def _beat(self, pacer: Pacer, person: str, t: float, rr_ms: list[float]) -> None:
        if person not in self._tracks:
            self._tracks[person] = Track(person)
            self._baselines[person] = Baseline()
            pacer.join(person)
        self._tracks[person].interval(Interval(t, person, tuple(rr_ms)))

    def _readings(self, pacer: Pacer, t: float) -> dict[str, Reading]:
        readings, settings = {}, pacer.settings
        breath_wanted = settings.mode != "meet_in_the_middle" or settings.program == "without"
        for person, track in self._tracks.items():
            now = look(track, t, pacer.expects_bpm(person), breath_wanted=breath_wanted)
            if len(now.beats):
                baseline = self._baselines[person]
                baseline.notice(now)
                heeded = pacer.heeds_activation
                readings[person] = now.reading(baseline.activation(now, pacer.share(person)) if heeded else None)
        return readings


def _plan(cue: Cue) -> dict[str, Any]:
    return {
        "t": cue.t,
        "rate_bpm": round(cue.rate_bpm, _DIGITS),
        "phase": round(cue.phase, _DIGITS) % 1.0,
        "inhale_fraction": cue.inhale_fraction,
        "stage": cue.stage,
        "strength": round(cue.strength, 4),
        "why": cue.why,
        "resonance_bpm": _rounded(cue.resonance_bpm),
        "resonance_sd_bpm": _rounded(cue.resonance_sd_bpm),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _object(line: str) -> dict[str, Any]:
    try:
        wish = json.loads(line)
    except json.JSONDecodeError:
        raise
    except ValueError:  # Python's own limit, in words about Python
        raise ValueError("this is no JSON of ours: a number with thousands of digits") from None
    if not isinstance(wish, dict):
        raise ValueError("a line is a JSON object, such as {\"t\": 12.0, \"rr_ms\": [812.5]}")
    return wish


def _time(wish: dict[str, Any], last: float) -> float:
    value = wish.get("t")
    if value is None:
        raise ValueError("t is missing: the time of the line in seconds, a number")
    if not _is_number(value):
        raise ValueError("t is the time of the line in seconds, a number")
    if abs(value) > LATEST_S:
        raise ValueError(f"t is in seconds and lies within {LATEST_S:g} of 0")
    t = float(value)
    if t < last:
        raise ValueError(f"t falls from {_plainly(last)} to {_plainly(t)}: times must rise")
    return t


def _intervals(wish: dict[str, Any]) -> list[float]:
    rr_ms = wish.get("rr_ms", [])
    if not isinstance(rr_ms, list) or not all(_is_number(rr) for rr in rr_ms):
        raise ValueError("rr_ms is a list of numbers, in ms, oldest first")
    if not all(0 < rr < 1e6 for rr in rr_ms):
        raise ValueError("an RR interval is above 0 ms and below 1000 s")
    return [float(rr) for rr in rr_ms]


def _saying(wish: dict[str, Any]) -> str | None:
    said = wish.get("say")
    if said is not None and said not in SAYINGS:
        raise ValueError(f"say is one of {', '.join(SAYINGS)}")
    return said


def _person(wish: dict[str, Any]) -> str | None:
    person = wish.get("person")
    if person is not None and (not isinstance(person, str) or not person):
        raise ValueError("person is a name")
    return person


def _plainly(t: float) -> str:
    """Return a time with as many digits as tell it from its neighbours, and no more."""
    return f"{t:.0f}" if t == int(t) else repr(t)


def _is_number(value: object) -> TypeGuard[float]:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return whole or (isinstance(value, float) and math.isfinite(value))

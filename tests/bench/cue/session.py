"""One person, one way to pace, one session: what the cue did and what the person did, second by second."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from biosync.pace import PaceFilter
from tests.bench.cue.breathing import Cue
from tests.bench.cue.people import Life, Person
from tests.bench.cue.swing import amplitude

Plan = tuple[float, float, str, str]
"""Pace, phase, stage and why."""
Pace = Callable[[float, list[float]], Plan]
"""Takes the time and the RR (ms) that came."""


@dataclass(slots=True)
class Trace:
    """What happened: a row a second, and the beats (time, RR in s; true ones)."""

    life: Life
    t: list[float] = field(default_factory=list)
    rate_bpm: list[float] = field(default_factory=list)
    cycles: list[float] = field(default_factory=list)
    stage: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    with_cue: list[bool] = field(default_factory=list)
    willing: list[bool] = field(default_factory=list)
    own_bpm: list[float] = field(default_factory=list)
    breath_bpm: list[float] = field(default_factory=list)
    beats: list[tuple[float, float]] = field(default_factory=list)
    found: tuple[float, float] | None = None

    def swing(self, begin: float, end: float) -> float:
        """Return the mean swing (bpm) that went with the cue in half-minutes between two times (s)."""
        t, rr = np.array(self.beats).T
        cycles = np.interp(t, self.t, self.cycles)
        found = []
        for start in np.arange(begin, end - 29, 30):
            keep = (t >= start) & (t < start + 30)
            if keep.sum() > 12:
                found.append(2 * amplitude(t[keep], rr[keep], cycles[keep]))
        return float(np.mean(found)) if found else 0.0

    def followed(self, begin: float, end: float) -> float:
        """Return the share of the time between two times in which the breath was with the cue."""
        t = np.array(self.t)
        return float(np.mean(np.array(self.with_cue)[(t >= begin) & (t < end)]))


class Ours:
    """Our pacer, driven as anybody can drive it: by ``biosync pace``'s lines. ``found``: the resonance, with its
    standard deviation."""

    def __init__(self, setup: dict[str, object] | None = None) -> None:
        self._filter = PaceFilter()
        self.found: tuple[float, float] | None = None
        if setup is not None:
            self._filter.answer(json.dumps({"setup": setup}))

    def see(self, person: Person) -> None:
        """It sees nobody: the beats are all that it is told (``seeing.Seeing`` sees them)."""

    def __call__(self, t: float, rr_ms: list[float]) -> Plan:
        out = self._filter.answer(json.dumps({"t": t, "rr_ms": rr_ms}))
        if out["resonance_bpm"] is not None:
            self.found = out["resonance_bpm"], out["resonance_sd_bpm"]
        return out["rate_bpm"], out["phase"], out["stage"], out["why"]


def play(life: Life, pace: Pace) -> Trace:
    """Return what happens to ``life`` with ``pace``."""
    person, trace = Person(life), Trace(life)
    if isinstance(pace, Ours):
        pace.see(person)
    cycles = 0.0
    last = (0.0, 0.0)
    for second in range(1, int(life.seconds) + 1):
        t = float(second)
        beats = person.live_until(t)
        arrived = [rr * 1000 for at, rr in beats if not any(a <= at < b for a, b in life.silences)]
        rate, phase, stage, why = pace(t, arrived)
        cycles += (t - last[0]) * last[1] / 60
        last = (t, rate)
        person.cue = Cue(t, phase, rate)
        trace.t.append(t)
        trace.rate_bpm.append(rate)
        trace.cycles.append(cycles)
        trace.stage.append(stage)
        trace.why.append(why)
        trace.with_cue.append(person.breath.with_cue(t, person.cue))
        trace.willing.append(person.breath.willing(t, person.cue))
        trace.own_bpm.append(person.breath.own_bpm())
        trace.breath_bpm.append(person.breath.rate_hz * 60)
        trace.beats += beats
    trace.found = pace.found if isinstance(pace, Ours) else None
    return trace

"""What ``biosync synchrony --json`` puts out: the keys of the contract, and some more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from biosync.together.groups import Chance, GroupResult
from biosync.together.influence import Influence
from biosync.together.meeting import Meeting
from biosync.together.pairs import InStep, PairResult

Part = dict[str, Any]


def as_object(names: Sequence[str], found: Meeting) -> Part:
    """Return the object for people called ``names``; None is unknown."""
    return {
        "people": list(names),
        "pairs": [_pair(names[a], names[b], pair) for a, b, pair in found.pairs],
        "group": None if found.group is None else _group(names, found.group),
    }


def _pair(a: str, b: str, pair: PairResult) -> Part:
    lag = pair.lag
    ways = zip(((a, b), (b, a)), pair.influence, strict=True)
    return {
        "people": [a, b],
        **_in_step(pair.in_step),
        "beyond_cue": None if pair.beyond_cue is None else _in_step(pair.beyond_cue),
        "leader": None if lag.leader is None else (a, b)[lag.leader],
        "lag_s": lag.lag_s,
        "lag_interval_s": None if lag.interval_s is None else list(lag.interval_s),
        "why": lag.why,
        "influence": [_influence(*who, way) for who, way in ways if way is not None],
        "seconds": pair.seconds,
    }


def _in_step(in_step: InStep) -> Part:
    evidence = in_step.evidence
    return {
        "synchrony": in_step.synchrony,
        "p_value": in_step.p_value,
        "beyond_chance": in_step.beyond_chance,
        "in_phase_p": None if evidence is None else evidence.in_phase_p,
        "anti_phase_p": None if evidence is None else evidence.anti_phase_p,
    }


def _influence(of: str, on: str, way: Influence) -> Part:
    return {"of": of, "on": on, "strength": way.strength, "error": way.error, "p_value": way.p_value}


def _group(names: Sequence[str], found: GroupResult) -> Part:
    return {
        "order": found.order,
        **_chance(found.chance),
        "members": dict(zip(names, found.members, strict=True)),
        "members_by_chance": dict(zip(names, found.by_chance, strict=True)),
        "beyond_cue": None if found.beyond_cue is None else _chance(found.beyond_cue),
    }


def _chance(chance: Chance | None) -> Part:
    if chance is None:
        return {"p_value": None, "beyond_chance": False}
    return {"p_value": chance.p_value, "beyond_chance": chance.beyond_chance}

"""The demo's scenarios, lived by the whole engine: what it tells beside what is true of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations

import numpy as np

from biosync.commands.demo import scenario_scene, scene_cast
from biosync.events import Cue, Event, Synchrony, Turn
from biosync.run import LiveSession
from devices.coupling import Rupture, Truth

NEAR_S = 12.0
"""A rise is found where it is told to have begun so near to when it did."""
FROM_S = 200.0
"""A group is judged from here on: then a look has seen two minutes of everybody."""
SECONDS = {"strangers": 600.0, "mutual": 400.0, "calmer": 400.0, "repair": 900.0, "escalation": 900.0,
           "group_sit": 300.0}  # fmt: skip
PEOPLE = {"group_sit": 5}

Figures = dict[str, list[float]]
"""What was counted or measured of sessions, by what it is."""


def run(seeds: int, processes: int) -> dict[str, Figures]:
    """Return what was told of every scenario with so many seeds."""
    work = [(scenario, seed) for scenario in SECONDS for seed in range(1, seeds + 1)]
    found: dict[str, Figures] = {}
    with ProcessPoolExecutor(processes) as pool:
        for (scenario, _), figures in zip(work, pool.map(play, work), strict=True):
            for what, values in figures.items():
                found.setdefault(scenario, {}).setdefault(what, []).extend(values)
    return found


def play(job: tuple[str, int]) -> Figures:
    """Return the figures of one scenario with one seed."""
    scenario, seed = job
    scene, seen = scenario_scene(scenario, PEOPLE.get(scenario, 2), seed), list[Event]()
    session = LiveSession(scene_cast(scene), seconds=SECONDS[scenario], speed=None, sinks=[seen.append],
                          snapshots=False)  # fmt: skip
    asyncio.run(session.run())
    return _JUDGES[scenario](scene.truth, seen)


def report(found: dict[str, Figures]) -> list[str]:
    """Return the lines of the table."""
    rows = [f"| {scenario}, {SECONDS[scenario]:.0f} s | {_cells(figures)} |" for scenario, figures in found.items()]
    return ["### The demo's scenarios\n", "| scenario | told |", "|---|---|", *rows, ""]


def _cells(figures: Figures) -> str:
    return "; ".join(_cell(what, values) for what, values in figures.items() if values)


def _cell(what: str, values: list[float]) -> str:
    """Return a count and of how many, or of what is in seconds the median and the range."""
    if what.endswith(" s"):
        return f"{what.removesuffix(' s')}: median {np.median(values):.0f} s ({min(values):.0f} to {max(values):.0f})"
    return f"{what}: {sum(values):g} of {len(values)}"


def _looks(events: Iterable[Event]) -> list[Synchrony]:
    return [event for event in events if isinstance(event, Synchrony)]


def _turns(events: Iterable[Event], kind: str) -> list[Turn]:
    return [event for event in events if isinstance(event, Turn) and event.turn == kind]


def _together(truth: Truth, events: list[Event]) -> Figures:
    """Judge two of whom is asked if they are in step beyond the cue, and who leads."""
    looks = _looks(events)
    lit = [one.t for one in looks if one.in_step == "beyond the cue"]
    leaders = {one.leader for one in looks} - {None}
    after = [one.in_step == "beyond the cue" for one in looks if lit and one.t >= lit[0]]
    return {
        "ever lit": [float(bool(lit))],
        "lit at s": lit[:1],
        "looks lit after that": [float(one) for one in after],
        "verdict": [float(looks[-1].verdict == "beyond the cue")],
        "the leader named": [float(truth.leader in leaders)] if truth.leader else [],
        "another leader named": [float(bool(leaders - {truth.leader}))],
    }


def _repair(truth: Truth, events: list[Event]) -> Figures:
    apart, again = _turns(events, "apart"), _turns(events, "together again")
    true = [one for one in truth.ruptures if one.repair_t < SECONDS["repair"] - 60]
    found = [[told for told in apart if _is(told, one)] for one in true]
    none = [told for told in apart if not any(_is(told, one) for one in truth.ruptures)]
    mended = [min((told.at_t - one.repair_t for told in again if told.at_t >= one.repair_t), default=np.inf)
              for one in true]  # fmt: skip
    return {
        "ruptures": [float(bool(one)) for one in found],
        "more ruptures than there were": [float(len(none))],
        "repairs told within 70": [float(one <= 70) for one in mended],
        "told after the repair began s": [one for one in mended if np.isfinite(one)],
    }


def _is(told: Turn, rupture: Rupture) -> bool:
    """Tell if what was told is this rupture: near to when it began, and of who left."""
    return abs(told.at_t - rupture.t) <= NEAR_S and rupture.person in told.who


def _escalation(truth: Truth, events: list[Event]) -> Figures:
    told = _turns(events, "rising together")
    true = [one for one in truth.escalations if max(one.t.values()) < SECONDS["escalation"] - 60]
    found = [any(abs(one.at_t - max(begins.t.values())) <= NEAR_S for one in told) for begins in true]
    slowed = [event.t for event in events if isinstance(event, Cue) and event.why == "slowing down together"]
    answered = [any(0 <= t - one.t <= NEAR_S for t in slowed) for one in told]
    return {"rises told": [float(one) for one in found], "and the cue slowed": [float(one) for one in answered]}


def _group(truth: Truth, events: list[Event]) -> Figures:
    sharing = {influence.follower for influence in truth.influences}
    figures: Figures = {"looks lit, of pairs that share": [], "of pairs with the one apart": []}
    for pair in combinations(truth.people, 2):
        lit = [one.in_step == "beyond the cue" for one in _looks(events) if one.people == pair and one.t >= FROM_S]
        figures["looks lit, of pairs that share" if set(pair) <= sharing else "of pairs with the one apart"] += lit
    return figures


_JUDGES: dict[str, Callable[[Truth, list[Event]], Figures]] = {
    "strangers": _together,
    "mutual": _together,
    "calmer": _together,
    "repair": _repair,
    "escalation": _escalation,
    "group_sit": _group,
}

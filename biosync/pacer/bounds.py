"""Where the cue may go, and where it wants to go."""

from __future__ import annotations

from biosync.pacer.search import Search
from biosync.pacer.settings import LIMITS_BPM, Settings
from biosync.pacer.wishes import Wishes

CALM_BPM = 6.0
"""Where a lead that does not search ends while nobody's resonance frequency is known: near the mean of adults."""


def within(settings: Settings, rate_bpm: float) -> float:
    """Return ``rate_bpm``, or the pace nearest to it that the cue may ever have."""
    slowest = max(LIMITS_BPM[0], settings.slowest_bpm)
    fastest = min(LIMITS_BPM[1], settings.fastest_bpm)
    return max(slowest, min(fastest, rate_bpm))


def target_bpm(settings: Settings, search: Search, wishes: Wishes, lead_floor_bpm: float) -> float:
    """Return the pace to lead to: what was found, or where the search begins, or what is known or usual without one."""
    floor = max(lead_floor_bpm, wishes.floor_bpm, settings.search_slowest_bpm)
    best = search.found() if search.done else None
    goal = best.bpm if best else search.start_bpm
    if settings.program != "find" and best is None:
        goal = settings.resonance_bpm or max(CALM_BPM, settings.search_slowest_bpm)
    return within(settings, max(min(goal, wishes.ceiling_bpm), floor))

"""The goals: what is asked of a session with each kind of person, as figures."""

from __future__ import annotations

import numpy as np

from tests.bench.cue.session import Trace
from tests.bench.cue.swing import PACES

SETTLED_S = 240.0


def swing_share(trace: Trace, oracle: Trace) -> float:
    """Return the swing of the last 5 minutes against the oracle's."""
    end = trace.life.seconds
    return trace.swing(end - 300, end) / max(oracle.swing(end - 300, end), 1e-6)


def expected_share(trace: Trace) -> float:
    """Return the swing that a quiet heart would have had in the last 5 minutes, against the most it can have; NaN where
    the person can't breathe at any of these paces."""
    floor, swings = trace.life.habit.floor_bpm, trace.life.swings()
    paces = np.arange(max(4.5, floor), 7.01, 0.05)
    if not len(paces):
        return float("nan")
    rate, with_cue = np.array(trace.rate_bpm[-300:]), np.array(trace.with_cue[-300:])
    return float(np.mean(np.interp(rate, PACES, swings) * with_cue) / np.max(np.interp(paces, PACES, swings)))


def resonance(trace: Trace) -> tuple[float | None, bool | None]:
    """Return how far the pace that was found lies from that of the largest swing (a minute), and if the stated 90 %
    (1.64 standard deviations) holds it; None where nothing was found."""
    if not trace.found or trace.stage[-1] not in ("hold", "search"):
        return None, None
    bpm, sd = trace.found
    error = abs(bpm - trace.life.best_pace())
    return error, error <= 1.64 * sd


def followed_share(trace: Trace) -> float:
    """Return the share of time with the cue after minute 4."""
    return trace.followed(SETTLED_S, trace.life.seconds)


def below_own(trace: Trace) -> float:
    """Return how far below their own breath (bpm) somebody who does not follow was ever led, after the first minute."""
    t, rate, own = np.array(trace.t), np.array(trace.rate_bpm), np.array(trace.own_bpm)
    habit = np.minimum(own, trace.life.habit.own_bpm)
    return float(np.max((habit - rate)[t > 60]))


def led_below(trace: Trace) -> tuple[float, float]:
    """Return how far below their own breath (bpm) the cue ever was while it led, searched or held, 0 where it never
    was, and for how long (s) it was more than 1 below."""
    rate, own = np.array(trace.rate_bpm), np.minimum(np.array(trace.own_bpm), trace.life.habit.own_bpm)
    led = np.isin(np.array(trace.stage), ("lead", "search", "hold"))
    below = np.where(led, np.maximum(0.0, own - rate), 0.0)
    return float(np.max(below)), float(np.sum(below > 1))


def end_off_own(trace: Trace) -> float:
    """Return how far from their own breath the cue ended (mean of the last minute, bpm)."""
    return abs(float(np.mean(trace.rate_bpm[-60:])) - float(np.mean(trace.own_bpm[-60:])))


def below_floor(trace: Trace) -> float:
    """Return the longest time (s) in which the cue stayed more than 1 a minute below the floor."""
    low = np.array(trace.rate_bpm) < trace.life.habit.floor_bpm - 1
    longest = run = 0
    for each in low[60:]:
        run = run + 1 if each else 0
        longest = max(longest, run)
    return float(longest)


def losses(trace: Trace) -> tuple[list[float], int, list[float]]:
    """Return how late (s) each lapse was noticed (inf: not), false alarms, and how long (s) until back in lock."""
    stages, t = trace.stage, np.array(trace.t)
    led = np.array([stage in ("lead", "search", "hold") for stage in stages])
    alarms = [k for k in range(1, len(led)) if led[k - 1] and not led[k] and stages[k] == "meet"]
    noticed, back, used = [], [], set()
    for begin, end in trace.life.habit.lapses:
        before = trace.with_cue[int(begin) - 20 : int(begin) - 1]
        if begin >= trace.life.seconds - 90 or not led[int(begin) - 1] or not all(before):
            continue
        found = [k for k in alarms if begin < t[k] <= end + 10]
        noticed.append(t[found[0]] - begin if found else np.inf)
        used.update(found)
        if found:
            again = [k for k in range(int(end), len(led)) if led[k]]
            back.append(t[again[0]] - end if again else np.inf)
    false = 0
    for k in alarms:
        if k not in used and all(trace.with_cue[max(0, k - 40) : k]):
            false += 1
    return noticed, false, back

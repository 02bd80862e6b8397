"""Other ways to pace, and an oracle: what ours is held against."""

from __future__ import annotations

from collections.abc import Callable

from tests.bench.cue.people import Life
from tests.bench.cue.session import Pace, Trace, play


def _by_time(rate_at: Callable[[float], float]) -> Pace:
    """Return a pacer whose pace is a function of time (s), changed at the in-breath."""
    state = {"t": 0.0, "rate": rate_at(0.0), "phase": 0.0}

    def pace(t: float, rr_ms: list[float]) -> tuple[float, float, str, str]:
        moved = state["phase"] + (t - state["t"]) * state["rate"] / 60
        if int(moved) > 0:
            state["rate"] = rate_at(t)
        state["phase"], state["t"] = moved % 1.0, t
        return state["rate"], state["phase"], "hold", ""

    return pace


def fixed() -> Pace:
    """Six a minute from the first second."""
    return _by_time(lambda t: 6.0)


def stepped() -> Pace:
    """Five steps from 6.5 to 4.5, 2 minutes each (Lehrer et al. 2000), then 6: nobody says which was best."""
    return _by_time(lambda t: 6.5 - 0.5 * int(t // 120) if t < 600 else 6.0)


def sliding() -> Pace:
    """78 breaths from 6.75 to 4.25, each 67.04 ms longer (Fisher & Lehrer 2021)."""
    state = {"t": 0.0, "phase": 0.0, "k": 0}

    def period() -> float:
        return 60 / 6.75 + 0.06704 * min(state["k"], 78)

    def pace(t: float, rr_ms: list[float]) -> tuple[float, float, str, str]:
        state["phase"] += (t - state["t"]) / period()
        state["t"] = t
        if state["phase"] >= 1:
            state["phase"] -= 1
            state["k"] += 1
        return 60 / period(), state["phase"], "hold", ""

    return pace


def tenth_every_two_minutes() -> Pace:
    """From 7 a minute, 0.1 slower every two minutes: the steps of the one open adaptive pacer."""
    return _by_time(lambda t: 7.0 - 0.1 * int(t // 120))


def descent(own_bpm: float, target_bpm: float, per_breath: float) -> Pace:
    """From the own breath down by a share a breath to the target, and stay."""
    state = {"t": 0.0, "rate": own_bpm, "phase": 0.0}

    def pace(t: float, rr_ms: list[float]) -> tuple[float, float, str, str]:
        moved = state["phase"] + (t - state["t"]) * state["rate"] / 60
        if int(moved) > 0 and t > 20:
            state["rate"] = max(target_bpm, state["rate"] * (1 - per_breath))
        state["phase"], state["t"] = moved % 1.0, t
        return state["rate"], state["phase"], "hold", ""

    return pace


def oracle(life: Life) -> Trace:
    """Return the best of several descents to the pace of the largest swing, which only an oracle knows."""
    traces = [_to_the_best(life, share) for share in (0.003, 0.008, 0.02, 0.04)]
    return max(traces, key=lambda trace: trace.swing(life.seconds - 300, life.seconds))


def knowing(life: Life) -> Trace:
    """Return a single descent to the same pace: the oracle has the best of several, and so luck with the heart's noise
    too. More than this nobody can expect."""
    return _to_the_best(life, 0.018)


def _to_the_best(life: Life, per_breath: float) -> Trace:
    own = life.habit.own_bpm
    return play(life, descent(own, min(max(life.best_pace(), life.habit.floor_bpm), own), per_breath))


RIVALS: dict[str, Callable[[], Pace]] = {
    "fixed 6": fixed,
    "five steps": stepped,
    "sliding": sliding,
    "0.1 every 2 min": tenth_every_two_minutes,
}

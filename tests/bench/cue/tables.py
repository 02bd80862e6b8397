"""The bench's tables, each goal marked as met or missed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tests.bench.cue.outcome import KNOWING, OURS, SEEING, WITH_ORACLE, Outcome, against_oracle
from tests.bench.cue.people import FAMILIES, KINDS, Kind
from tests.bench.cue.rivals import RIVALS

Cell = tuple[str, bool]
"""What was measured, in words, and whether the goal is met."""


_NOT_RUN = "not run"


def tables(found: list[Outcome]) -> str:
    """Return the tables of both families in Markdown."""
    lines = []
    for family in FAMILIES:
        mine = [each for each in against_oracle(found) if each.who.family == family]
        ours, seeing = (
            {kind: [o for o in mine if o.who.kind == kind and o.pacer == pacer] for kind in KINDS}
            for pacer in (OURS, SEEING)
        )
        lines += ["", f"**{family}**, {min(map(len, ours.values()))} people a population", ""]
        columns = [ours, seeing] if any(seeing.values()) else [ours]
        names = ["people", "goal", "measured", "if the cue could see"][: 2 + len(columns)]
        lines += [_row(names), "|---" * len(names) + "|"]
        for kind, row in _ROWS:
            lines += [_row([kind, goal, *(_verdict(*cell(one)) for one in columns)]) for goal, cell in row]
        lines += ["", _row(["swing, median (worst tenth); followed, mean", *WITH_ORACLE])]
        lines.append("|---|---|---|---|")
        for pacer in (one for one in (OURS, KNOWING, *RIVALS) if any(o.pacer == one for o in mine)):
            cells = [_beside([o for o in mine if o.who.kind == k and o.pacer == pacer]) for k in WITH_ORACLE]
            lines.append(_row([pacer, *cells]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _verdict(words: str, met: bool) -> str:
    return f"{'met' if met else 'not told' if words.startswith(_NOT_RUN) else '**missed**'}: {words}"


Ours = dict[Kind, list[Outcome]]


def _at(values: list[float], share: float) -> float:
    """Return the value below which ``share`` of all lie; NaN, which meets no goal, where there is none."""
    return float(np.sort(values)[min(len(values) - 1, int(share * len(values)))]) if values else float("nan")


def _seconds(value: float) -> str:
    return f"{value:.0f} s" if np.isfinite(value) else "not at all"


def _percent(share: float) -> str:
    """Return a share in words; NaN, where there was no oracle, or no other way to pace, to hold it against."""
    return f"{100 * share:.0f} %" if np.isfinite(share) else _NOT_RUN


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _swing(kind: Kind, share: float, least: float) -> Callable[[Ours], Cell]:
    def cell(ours: Ours) -> Cell:
        swing = _at([o.swing for o in ours[kind] if o.swing is not None], share)
        quiet = _at([o.expected for o in ours[kind] if o.expected is not None], share)
        return f"{_percent(swing)} (of what a quiet heart would do at best: {_percent(quiet)})", swing >= least

    return cell


def _followed(kind: Kind, least: float) -> Callable[[Ours], Cell]:
    def cell(ours: Ours) -> Cell:
        share = _mean([o.followed for o in ours[kind]])
        return f"{100 * share:.0f} %", share >= least

    return cell


def _artefacts(ours: Ours) -> Cell:
    plain, spoiled = (
        _at([o.swing for o in ours[kind] if o.swing is not None], 0.5) for kind in ("ordinary", "artefacts")
    )  # fmt: skip
    return f"{_percent(spoiled)} beside {_percent(plain)}", spoiled >= plain - 0.03


def _floor(ours: Ours) -> Cell:
    times = [o.below_floor_s for o in ours["floor"]]
    over = sum(t > 60 for t in times)
    return f"{max(times, default=0):.0f} s at most; over a minute in {over}", over == 0


def _noticed(share: float, most: float) -> Callable[[Ours], Cell]:
    def cell(ours: Ours) -> Cell:
        noticed = [s for o in ours["lapses"] for s in o.noticed_s]
        late = _at(noticed, share)
        return f"{_seconds(late)}, of {len(noticed)} lapses", late <= most

    return cell


def _false_alarms(ours: Ours) -> Cell:
    rate = 10 * sum(o.false_alarms for o in ours["lapses"]) / (sum(o.minutes for o in ours["lapses"]) or float("nan"))
    return f"{rate:.1f}", rate <= 1


def _back(ours: Ours) -> Cell:
    back = [s for o in ours["lapses"] for s in o.back_s]
    return f"median {_seconds(_at(back, 0.5))}, 90 %: {_seconds(_at(back, 0.9))}", _at(back, 0.5) <= 60


def _ends(ours: Ours) -> Cell:
    ends = [o.end_off_own for o in ours["alone"]]
    within = _mean([float(e <= 1) for e in ends])
    return f"median {_at(ends, 0.5):.1f}, 90 %: {_at(ends, 0.9):.1f}; within 1 in {100 * within:.0f} %", within == 1


def _led(ours: Ours) -> Cell:
    below, times = [o.led_below for o in ours["alone"]], [o.led_too_low_s for o in ours["alone"]]
    never = _mean([float(b <= 1) for b in below])
    words = f"never in {100 * never:.0f} %; farthest: median {_at(below, 0.5):.1f}, 90 %: {_at(below, 0.9):.1f}"
    return f"{words}; {_mean(times):.0f} s of a session on average, 90 %: {_at(times, 0.9):.0f} s", never == 1


def _below(ours: Ours) -> Cell:
    below = [o.below_own for o in ours["alone"]]
    return f"median {_at(below, 0.5):.1f}, 90 %: {_at(below, 0.9):.1f}", _at(below, 0.9) <= 1


def _error(ours: Ours) -> Cell:
    errors = [o.resonance_error for o in ours["ordinary"] if o.resonance_error is not None]
    words = f"{_at(errors, 0.5):.2f} (90 %: {_at(errors, 0.9):.2f}), found in {len(errors)} of {len(ours['ordinary'])}"
    return words, _at(errors, 0.5) <= 0.3


def _holds(ours: Ours) -> Cell:
    share = _mean([float(o.spread_holds) for o in ours["ordinary"] if o.spread_holds is not None])
    return f"{100 * share:.0f} %", share >= 0.85


def _beside(found: list[Outcome]) -> str:
    if not found:
        return ""
    swings = [o.swing for o in found if o.swing is not None]
    followed = _mean([o.followed for o in found])
    return f"{_percent(_at(swings, 0.5))} ({_percent(_at(swings, 0.1))}); {_percent(followed)}"


_ROWS: tuple[tuple[str, tuple[tuple[str, Callable[[Ours], Cell]], ...]], ...] = (
    ("ordinary", (
        ("swing of the last 5 min: median >= 97 % of the oracle's", _swing("ordinary", 0.5, 0.97)),
        ("worst tenth >= 85 %", _swing("ordinary", 0.1, 0.85)),
        ("followed after minute 4: >= 95 %", _followed("ordinary", 0.95)),
    )),
    ("tense", (
        ("followed >= 90 %", _followed("tense", 0.9)),
        ("swing, median >= 80 %", _swing("tense", 0.5, 0.8)),
    )),
    ("floor", (
        ("followed >= 90 %", _followed("floor", 0.9)),
        ("never more than 1 below it for over a minute", _floor),
    )),
    ("artefacts", (
        ("swing, median within 3 points of ordinary", _artefacts),
        ("worst tenth >= 80 %", _swing("artefacts", 0.1, 0.8)),
    )),
    ("lapses", (
        ("noticed: median <= 20 s", _noticed(0.5, 20)),
        ("90 % <= 40 s", _noticed(0.9, 40)),
        ("false alarms in 10 min <= 1", _false_alarms),
        ("back in lock <= 60 s after they return", _back),
    )),
    ("alone", (
        ("the cue ends within 1 of their breath", _ends),
        ("never led (stages lead, search, hold) more than 1 below it", _led),
        ("the cue never more than 1 below it after the first minute, led or not", _below),
    )),
    ("resonance", (
        ("error, median <= 0.3", _error),
        ("stated 90 % spread holds it in >= 85 %", _holds),
    )),
)  # fmt: skip

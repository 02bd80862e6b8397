"""``python -m tests.bench.cue.learn [PEOPLE]``: learn from virtual people what each sign says of leaving, and write it
to ``biosync/pacer/leaving_curves.py`` (about 6 minutes of two cores for the default 16 of each kind and family).

Nobody who teaches is one of those who judge: their families are ``people.TEACHERS``, their numbers begin at FIRST.
While they live with our cue nobody is told as lost who has not been away for HELD_S, so that every leaving is seen to
its end. The curves are straight between knots, and found by penalized logistic regression (ridge).
"""

from __future__ import annotations

import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from unittest.mock import patch

import numpy as np
from scipy.optimize import minimize

from biosync.pacer import company, leaving_curves
from biosync.pacer.leaving import Signs, values_of
from biosync.pacer.lock import Lock
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from biosync.types import BoolArray, FloatArray
from tests.bench.cue.people import TEACHERS, Family, Kind, Person, life
from tests.bench.cue.session import Ours, Plan, play

KINDS: tuple[Kind, ...] = ("lapses", "ordinary", "tense", "floor", "artefacts")
FIRST = 4000
HELD_S = 45.0
WITH_S, AWAY_S = 15.0, 60.0
"""Learned from are those with the cue for at least the first, and those away from it for at most the second."""
KNOTS, RIDGE = 7, 3.0
NAMES = list(values_of(deque([Signs()])))
Curves = dict[str, tuple[FloatArray, FloatArray]]


class Heard(Lock):
    """A lock whose signs are noted, beside the truth: ``with_s`` and ``away_s``, for how long they are with the cue, or
    away from it."""

    with_s = away_s = 0.0
    signs: dict[str, float] | None = None

    def look(self, t: float, reading: Reading, wave: Wave) -> None:
        """Judge, and note the signs where they count: after a trial, as long as nobody is lost."""
        Heard.signs = None
        super().look(t, reading, wave)
        if self.locked and not self._mark and self.swing is not None and self._leaving.past:
            Heard.signs = values_of(self._leaving.past)

    def _lose(self) -> None:
        if self._mark or Heard.away_s >= HELD_S:
            super()._lose()
        else:
            self._gone_s = self._unproven_s = 0.0
            self._parting.begin()
            self._in_doubt.end()

    @property
    def doubted(self) -> bool:
        """Nobody is: whoever leaves is led on, that every leaving is seen."""
        return False


class Noting(Ours):
    """Our cue with a ``Heard`` lock; ``noted``: the signs of each look that counts, and if they had left."""

    def see(self, person: Person) -> None:
        """Look at ``person`` from now on, to know the truth."""
        self._person, self.noted = person, list[tuple[dict[str, float], bool]]()
        Heard.with_s = Heard.away_s = 0.0

    def __call__(self, t: float, rr_ms: list[float]) -> Plan:
        with_cue = self._person.breath.with_cue(t, self._person.cue)
        Heard.with_s, Heard.away_s = (Heard.with_s + 1, 0.0) if with_cue else (0.0, Heard.away_s + 1)
        plan = super().__call__(t, rr_ms)
        counts = Heard.with_s >= WITH_S or 0 < Heard.away_s <= AWAY_S
        if Heard.signs is not None and counts and plan[2] in ("lead", "search", "hold"):
            self.noted.append((Heard.signs, not with_cue))
        return plan


def main() -> None:
    """Learn and write."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 16
    people = list(product(KINDS, TEACHERS, range(FIRST, FIRST + count)))
    with ProcessPoolExecutor(2) as pool:
        lessons = list(pool.map(lesson, *zip(*people, strict=True), chunksize=4))
    values, left = np.vstack([each for each, _ in lessons]), np.concatenate([each for _, each in lessons])
    print(f"{len(left)} looks at {len(people)} people, {100 * left.mean():.1f} % of them at somebody who had left")
    odds, curves = learned(NAMES, values, left)
    Path(leaving_curves.__file__).write_text(written(odds, curves), encoding="utf-8")


def lesson(kind: Kind, family: Family, number: int) -> tuple[FloatArray, BoolArray]:
    """Return the signs (n, signs) of all looks at one person that count, and (n,) at which they had left."""
    found = signs_of(kind, family, number)  # none at all of who never passes a trial
    values = np.array([list(signs.values()) for signs, _ in found]).reshape(-1, len(NAMES))
    return values, np.array([left for _, left in found], dtype=bool)


def signs_of(kind: Kind, family: Family, number: int) -> list[tuple[dict[str, float], bool]]:
    """Let somebody live with our cue; return the signs of each look that counts, and if they had left."""
    with patch.object(company, "Lock", Heard):
        pace = Noting()
        play(life(kind, family, number), pace)
    return pace.noted


def learned(names: list[str], values: FloatArray, left: BoolArray) -> tuple[float, Curves]:
    """Return the log-odds of having left where every sign is as usual, and the curve of each sign (its knots, and what
    is added there), 0 on average over those who are with the cue."""
    knots = [_knots(column, column[left]) for column in values.T]
    parts = [_hats(column, at) for column, at in zip(values.T, knots, strict=True)]
    usual = [part[~left].mean(axis=0) for part in parts]
    columns = np.column_stack([*(part - mean for part, mean in zip(parts, usual, strict=True)), np.ones(len(left))])
    ridge = np.append(np.full(columns.shape[1] - 1, RIDGE), 0.0)

    def loss(weights: FloatArray) -> tuple[float, FloatArray]:
        odds = columns @ weights
        total = float(np.logaddexp(0, odds).sum() - odds[left].sum() + ridge @ weights**2 / 2)
        return total, columns.T @ (1 / (1 + np.exp(-odds)) - left) + ridge * weights

    weights = minimize(loss, np.zeros(len(ridge)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    curves, begin = {}, 0
    for name, at, mean in zip(names, knots, usual, strict=True):
        adds = weights[begin : begin + len(at)]
        curves[name] = at, adds - mean @ adds
        begin += len(at)
    return float(weights[-1]), curves


def written(odds: float, curves: Curves) -> str:
    """Return the module that holds them."""
    lines = [
        '"""What each sign adds to the log-odds of having left: at these values, so much. Written by',
        '``python -m tests.bench.cue.learn``, from virtual people."""', "", "from __future__ import annotations", "",
        "Curve = tuple[tuple[float, ...], tuple[float, ...]]", "", f"LOG_ODDS = {odds:.2f}",
        '"""Where every sign is as it is, on average, while they are with the cue."""', "",
        "CURVES: dict[str, Curve] = {",
    ]  # fmt: skip
    for name, pair in curves.items():
        lines += [f'    "{name}": (', *(f"        ({', '.join(f'{x:.2f}' for x in each)})," for each in pair), "    ),"]
    return "\n".join([*lines, "}", ""])


def _knots(column: FloatArray, of_left: FloatArray) -> FloatArray:
    """Return the knots of a curve: where most of those lie who had left, and the ends of all."""
    inner = np.quantile(of_left, np.linspace(0.02, 0.98, KNOTS - 2))
    knots = np.unique(np.round([*np.quantile(column, [0.01, 0.99]), *inner], 2))
    return np.asarray(knots if len(knots) > 1 else knots[0] + np.array([0.0, 1.0]))


def _hats(column: FloatArray, knots: FloatArray) -> FloatArray:
    """Return, for each value (n,), how much of each knot it has (n, knots): straight between them."""
    return np.column_stack([np.interp(column, knots, row) for row in np.eye(len(knots))])


if __name__ == "__main__":
    main()

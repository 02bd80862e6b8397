"""A person over weeks: what is said of each figure."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from biosync.gui.page import PageKey
from biosync.gui.review.leaf import Control
from biosync.gui.review.trend_leaf import TrendLeaf
from biosync.gui.theme import Look
from biosync.store.review.trends import Course, Resonances, Trends, course

UNKNOWN = Course((), (), None, "unknown")


def told(look: Look, took_s: list[float], *, marked: bool) -> list[str]:
    turn = Control("The virtual one", PageKey(Qt.Key.Key_V, "V", lambda: None, "Another heart"))
    leaf = TrendLeaf(look, (turn,), lambda: None)
    leaf.begin("Ana")
    recovery = course([4.0 * k for k in range(len(took_s))], list(took_s))
    leaf.show_trends([Trends("Ana", False, len(took_s), "2026-05-31T16:30:00Z", UNKNOWN, UNKNOWN, recovery,
                             Resonances((), (), (), None), marked)])
    return [line for line in leaf.lines if line.startswith("Half-way back")]


@pytest.mark.parametrize("marked, said", [
    (True, "Counted from the stress that was marked; sessions without a mark are left out."),
    (False, "Counted from the peak of the heart rate; sessions with a marked stress are left out."),
])
@pytest.mark.parametrize("took_s", [[80.0], [80.0, 70.0, 72.0, 60.0, 50.0, 45.0, 40.0]])
def test_it_says_from_when_half_way_back_is_counted(look: Look, took_s: list[float], marked: bool, said: str) -> None:
    (line,) = told(look, took_s, marked=marked)
    assert line.endswith(said) and line.count("Counted from") == 1


def test_without_a_recovery_nothing_is_said_of_one(look: Look) -> None:
    assert told(look, [], marked=False) == []

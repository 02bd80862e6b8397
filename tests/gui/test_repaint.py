"""What partial repaints leave on the screen is what a fresh render shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication

from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.ring import ring_region
from biosync.gui.widgets.strip import Strip
from biosync.gui.widgets.trace import HeartLines
from tests.gui import made, residue

ROOT = Path(__file__).parents[2]
LEAST_SEEN = 2
"""Of 255. A gradient asked for in pieces differs from one asked for at once in the last bit, no more."""


def test_the_disc_leaves_no_residue(look: Look) -> None:
    worst, painted = residue.breathe_on_screen(DiscCue(look), 601, 417)
    assert painted > 10_000
    assert worst <= LEAST_SEEN


@pytest.mark.parametrize(("ratio", "what"), [("1.5", ["401", "317"]), ("2", ["401", "317"]), ("2", ["board"])])
def test_nothing_leaves_residue_at_other_pixel_ratios(ratio: str, what: list[str]) -> None:
    command = [sys.executable, "-m", "tests.gui.residue", *what]
    environment = {**os.environ, "QT_SCALE_FACTOR": ratio}
    out = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    worst, painted = map(int, out.split())
    assert painted > 5_000
    assert worst <= LEAST_SEEN


def test_the_comparison_sees_a_disc_that_was_not_painted_again(look: Look) -> None:
    class Deaf(DiscCue):
        def update(self, *args: object) -> None:
            pass

    assert residue.breathe_on_screen(Deaf(look), 601, 417)[0] > 50


@pytest.mark.parametrize("fps", [10, 30])
def test_the_board_leaves_no_residue(look: Look, fps: int) -> None:
    worst, painted = residue.slide_on_screen(Board(look), fps)
    assert painted > 100_000
    assert worst <= LEAST_SEEN


def test_the_comparison_sees_a_board_that_paints_too_little_of_a_curve(
    look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_reach = HeartLines._reach

    def half(self: HeartLines, *args: Any) -> tuple[float, float]:
        top, bottom = whole_reach(self, *args)
        return (top + bottom) / 2, bottom

    monkeypatch.setattr(HeartLines, "_reach", half)
    assert residue.slide_on_screen(Board(look), 30)[0] > 50


def test_curves_slide_in_turns_and_no_further_than_half_a_pixel_at_a_time(look: Look) -> None:
    class Counted(Board):
        painted: ClassVar[list[QRegion]] = []

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            self.painted.append(event.region())

    board, people = Counted(look), made.snapshot(*(made.person(name, k) for k, name in enumerate(made.NAMES)))
    board.resize(1376, 780)
    board.show()
    for step in range(60):
        board.advance(Moment(people, made.NOW + step / 30, step / 30, True))
        QApplication.processEvents()
    frames = Counted.painted[-30:]
    cards = [sum(region.intersects(card) for card in board._rects) for region in frames]
    width = board._layout.trace.width()
    assert len(frames) == 30 and max(cards) <= 8  # never all sixteen at once
    assert sum(cards) == pytest.approx(16 * 2 * width / 60, rel=0.1)  # two steps for each pixel of a second


def test_the_strip_paints_its_whole_self(look: Look) -> None:
    strip = Strip(look)
    strip.resize(700, 150)
    strip.show()
    for step in range(5):
        strip.show_snapshot(made.snapshot(made.person()), made.NOW + step / 10)
        QApplication.processEvents()
    assert np.array_equal(residue.on_screen(strip), residue.fresh(strip))
    strip.hide()


@pytest.mark.parametrize(("inner", "outer"), [(0.0, 50.0), (30.0, 33.0), (99.0, 100.4), (0.0, 3.0)])
def test_a_ring_covers_every_pixel_between_its_circles(inner: float, outer: float) -> None:
    center = QPointF(120.5, 118.0)
    region = ring_region(center, inner, outer)
    for y in range(0, 240):
        for x in range(0, 240):
            distance = np.hypot(x + 0.5 - center.x(), y + 0.5 - center.y())
            if inner <= distance <= outer:
                assert region.contains(QRect(x, y, 1, 1)), (x, y)


def test_a_ring_is_few_rectangles_and_leaves_the_middle_alone() -> None:
    region = ring_region(QPointF(400, 300), 150, 200)
    assert region.rectCount() <= 64
    assert not region.contains(QRect(350, 250, 100, 100))
    assert ring_region(QPointF(1, 1), 0, 0) == QRegion()

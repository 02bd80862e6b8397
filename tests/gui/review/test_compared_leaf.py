"""Two sessions beside each other: beats are drawn only where heart rate and HRV are shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from biosync.gui.plots.charts import say_private
from biosync.gui.review.compared_leaf import ComparedLeaf
from biosync.gui.theme import SMALL, Look
from biosync.store.ledger.reader import Ledger
from biosync.store.review.opened import opened
from tests.store.review.made import keep

WIDE, HIGH = 400, 150


def image(leaf: ComparedLeaf, look: Look, place: int | None) -> QImage:
    """Return the plot of beats at a place, or (None) what stands where it is private."""
    picture = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    picture.fill(QColor(look.tokens.surface))
    painter, rect = QPainter(picture), QRectF(0, 0, WIDE, HIGH)
    paint = leaf._beats[place]._paint if place is not None else None
    if paint is None:
        say_private(painter, rect, look.tokens, SMALL)
    else:
        paint(painter, rect, look.tokens)
    painter.end()
    return picture


@pytest.mark.parametrize(("ticked", "private"), [(("heart_rate",), True), (("heart_rate", "rmssd"), False)])
def test_beats_of_one_who_ticked_the_heart_rate_alone_are_private(
    look: Look, home: Path, ticked: tuple[str, ...], private: bool
) -> None:
    with Ledger.open(home) as ledger:
        id = keep(ledger, "Ana", "Ben", seconds=100, sharing=dict.fromkeys(("Ana", "Ben"), "coach"),
                  shown={"Ana": ticked}, each=True)  # type: ignore[arg-type]  # fmt: skip
        ana, ben = (opened(ledger, ledger.session(id), name) for name in ("Ana", "Ben"))
    leaf = ComparedLeaf(look, [], lambda: None)
    leaf.show_two(ana, ben)
    assert ("Heart rate", "61 bpm", "private") in [row[:3] for row in leaf.rows]
    assert (leaf._beats[0].accessibleDescription() == "private") == private
    assert (image(leaf, look, 0) == image(leaf, look, None)) == private
    assert image(leaf, look, 1) == image(leaf, look, None)

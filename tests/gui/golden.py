"""The pictures that what biosync paints by hand is held against: ``python -m tests.gui.golden`` paints them again.

Small, in ``tests/gui/golden``, in each theme. Look at them before they are committed: a picture says what is right from
then on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLocale
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from biosync.gui.app import make_application
from biosync.gui.charts.shown import Shown
from biosync.gui.state import Figure
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look, Tokens, style_sheet
from biosync.gui.view import Moment
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.course_strip import CourseStrip
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.round import Round, RoundFace, Sitter
from biosync.gui.widgets.strip import Strip
from tests.gui import made
from tests.gui.made_charts import made_charts

FOLDER = Path(__file__).parent / "golden"
BLOCK = 6
"""Pictures are compared as means of squares of so many pixels: edges that are smoothed otherwise change little."""
THEMES: dict[str, Tokens] = {"": DARK, "-light": LIGHT, "-contrast": HIGH_CONTRAST}
"""The themes, by the end of a picture's name."""
_FACE = CueFace("breathe in", "6.2 a minute", 1.0, Figure("live", 71.0))
Blocks = npt.NDArray[np.float64]


def disc(look: Look) -> QWidget:
    """Return the disc, nearly full, with its arc."""
    widget = DiscCue(look)
    widget.resize(330, 240)
    widget.show_face(_FACE)
    widget.move_to(0.8)
    return widget


def bar(look: Look) -> QWidget:
    """Return the bar of reduced motion."""
    widget = BarCue(look)
    widget.resize(480, 210)
    widget.show_face(_FACE)
    widget.move_to(0.6)
    return widget


def ring(look: Look) -> QWidget:
    """Return three round the shared cue, one of them lost, with the bands of two pairs."""
    widget = Round(look)
    widget.resize(600, 300)
    sitters = (Sitter("Ana", 0), Sitter("Ben", 1), Sitter("Lea", 2, "signal lost", live=False))
    pairs = (made.pair("Ana", "Ben", "beyond the cue"), made.pair("Ana", "Lea", "apart"))
    widget.show_face(RoundFace("breathe in", "6.2 a minute", 1.0, sitters, pairs))
    widget.move_to(0.7)
    widget.breathe((0.2, 0.9, None))
    return widget


def strip(look: Look) -> QWidget:
    """Return the heart rate of one with two artefacts, over the cue's wave."""
    widget = Strip(look)
    widget.resize(480, 150)
    widget.show_snapshot(made.snapshot(made.person(odd=(4, 19))), made.NOW, running=True, selected=None)
    return widget


def course(look: Look) -> QWidget:
    """Return the course of two who lost the step and found it again."""
    widget = CourseStrip(look)
    widget.resize(480, 90)
    widget.show_course([made.pair()], made.NOW)
    return widget


def card(look: Look) -> QWidget:
    """Return the cards of three: live, with artefacts, and lost."""
    widget = Board(look)
    widget.resize(600, 200)
    people = [replace(one, name=name, number=number) for number, (name, one) in enumerate(zip(
        ("Ana", "Ben", "Lea"), (made.states()[state] for state in ("live", "held", "lost")), strict=True))]
    widget.advance(Moment(made.snapshot(*people), made.NOW, 0.0, True))
    return widget


def tachogram(look: Look) -> QWidget:
    """Return every beat, with markers, artefacts and a gap."""
    from biosync.gui.charts.tachogram import Tachogram

    return _chart(Tachogram(look), look, (480, 180))


def spectrum(look: Look) -> QWidget:
    """Return the spectrum with its bands and peak."""
    from biosync.gui.charts.spectrum import SpectrumPlot

    return _chart(SpectrumPlot(look), look, (330, 220))


def poincare(look: Look) -> QWidget:
    """Return the cloud of beat after beat."""
    from biosync.gui.charts.poincare import PoincarePlot

    return _chart(PoincarePlot(look), look, (330, 260))


def cue_phase(look: Look) -> QWidget:
    """Return the beats over a breath of the cue."""
    from biosync.gui.charts.cue_phase import CuePhasePlot

    return _chart(CuePhasePlot(look), look, (330, 220))


def _chart(plot: QWidget, look: Look, size: tuple[int, int]) -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setStyleSheet(style_sheet(look.tokens))
    column = QVBoxLayout(page)
    column.setContentsMargins(8, 8, 8, 8)
    column.addWidget(plot)
    page.resize(*size)
    page.ensurePolished()
    plot.show_data(Shown(made_charts(), 0, True))  # type: ignore[attr-defined]
    return page


PAINTED: dict[str, Callable[[Look], QWidget]] = {
    one.__name__: one for one in (disc, bar, ring, strip, course, card, tachogram, spectrum, poincare, cue_phase)
}


def picture(name: str, look: Look) -> QWidget:
    """Return one of them, its numbers written as in Britain, whatever language was spoken before."""
    QLocale.setDefault(QLocale("en_GB"))
    return PAINTED[name](look)


def painted(widget: QWidget) -> QImage:
    """Return the picture of ``widget``."""
    make_application().processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def blocks(image: QImage) -> Blocks:
    """Return the means of a picture's squares, 0 to 255, as (rows, columns, colours)."""
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    rows, columns = image.height() // BLOCK, image.width() // BLOCK
    cut = raw[: rows * BLOCK, : columns * BLOCK, :3].astype(np.float64)
    return np.asarray(cut.reshape(rows, BLOCK, columns, BLOCK, 3).mean(axis=(1, 3)))


def unlike(image: QImage, golden: QImage) -> float:
    """Return how many of 1000 squares differ by more than a tenth of the full scale; 1000 where the sizes differ."""
    if image.size() != golden.size():
        return 1000.0
    return float(1000 * (np.abs(blocks(image) - blocks(golden)).max(axis=2) > 25.5).mean())


def fewer_colours(image: QImage) -> QImage:
    """Return the picture in steps of 4 of 255: as good for the comparison, and smaller in a file."""
    raw = np.frombuffer(image.constBits(), np.uint8)
    rounded = np.minimum(255, (raw.astype(np.int16) + 2) // 4 * 4).astype(np.uint8)
    return QImage(rounded.tobytes(), image.width(), image.height(), image.bytesPerLine(), image.format()).copy()


def main() -> int:
    """Paint all of them again."""
    make_application()
    FOLDER.mkdir(exist_ok=True)
    for name, (end, tokens) in product(PAINTED, THEMES.items()):
        fewer_colours(painted(picture(name, Look(tokens)))).save(str(FOLDER / f"{name}{end}.png"), "PNG", 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())

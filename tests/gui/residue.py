"""Compares what partial repaints leave on the screen with a fresh render; also run by itself at other pixel ratios."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from biosync.cues import disc
from biosync.gui.app import make_application
from biosync.gui.state import Figure
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.disc_cue import DiscCue
from tests.gui import made

BREATH = [phase / 97 for phase in range(97)]


def pixels(pixmap: QPixmap) -> npt.NDArray[np.int16]:
    """Return the picture as (height, width, 3)."""
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return raw[:, : image.width(), :3].astype(np.int16)


def on_screen(widget: QWidget) -> npt.NDArray[np.int16]:
    """Return what has been painted on the screen, piece by piece: at a pixel ratio over 1 only the upper left part,
    as Qt's offscreen platform grabs as many device pixels as the widget has device independent ones."""
    return pixels(widget.screen().grabWindow(widget.winId()))


def fresh(widget: QWidget) -> npt.NDArray[np.int16]:
    """Return the widget painted whole, at once."""
    return pixels(widget.grab())


def breathe_on_screen(cue: DiscCue, width: int, height: int) -> tuple[int, int]:
    """Let a disc breathe twice; return the largest difference (of 255) from a fresh render,
    and how many pixels of it are not ground."""
    cue.resize(width, height)
    cue.show_face(CueFace("breathe in", "6.2 a minute", 1.0, Figure("live", 71.0)))
    cue.show()
    QApplication.processEvents()
    for count, phase in enumerate(BREATH * 2):
        cue.move_to(disc.level(phase, 0.4), min(1.0, phase * 10))
        if count % 3:  # now and then two moves fall into one paint
            QApplication.processEvents()
        if count % 40 == 39:
            cue.show_face(CueFace("breathe out", "6.1 a minute", 0.7, Figure("live", 71.0 - count / 10)))
    QApplication.processEvents()
    seen, whole = on_screen(cue), fresh(cue)
    cue.hide()
    part = whole[: seen.shape[0], : seen.shape[1]]
    return int(np.abs(seen - part).max()), int((part != part[0, 0]).any(axis=2).sum())


def slide_on_screen(board: Board, fps: int) -> tuple[int, int]:
    """Let the curves of twelve slide for four seconds; return the largest difference (of 255) from a fresh render, and
    how many pixels of it are not ground."""
    board.resize(900, 520)
    board.show()
    seconds = [made.twelve(made.NOW + second) for second in range(4)]
    for step in range(4 * fps):
        board.advance(Moment(seconds[step // fps], made.NOW + step / fps, step / fps, True))
        QApplication.processEvents()
    seen, whole = on_screen(board), fresh(board)
    board.hide()
    part = whole[: seen.shape[0], : seen.shape[1]]
    return int(np.abs(seen - part).max()), int((part != part[0, 0]).any(axis=2).sum())


if __name__ == "__main__":
    application = make_application()
    if sys.argv[1] == "board":
        print(*slide_on_screen(Board(Look()), 30))
    else:
        print(*breathe_on_screen(DiscCue(Look()), int(sys.argv[1]), int(sys.argv[2])))

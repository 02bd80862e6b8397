"""What biosync paints by hand looks as it did when it was last looked at (tests/gui/golden.py paints it again)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from biosync.gui.state import Figure
from biosync.gui.theme import Look
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.course_strip import CourseStrip
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.round import Round
from biosync.gui.widgets.strip import Strip
from tests.gui import golden, made

MOST_UNLIKE = 5.0
"""So many of 1000 squares may differ: another Qt smooths an edge or a letter otherwise."""


def kept(name: str) -> QImage:
    return QImage(str(golden.FOLDER / f"{name}.png")).convertToFormat(QImage.Format.Format_RGB32)


def test_the_pictures_are_those_that_are_painted_and_small() -> None:
    files = {path.stem: path.stat().st_size for path in golden.FOLDER.glob("*.png")}
    assert set(files) == {f"{name}{end}" for name in golden.PAINTED for end in golden.THEMES}
    assert sum(files.values()) < 500_000


@pytest.mark.parametrize("end", sorted(golden.THEMES))
@pytest.mark.parametrize("name", sorted(golden.PAINTED))
def test_it_looks_as_it_did(name: str, end: str) -> None:
    unlike = golden.unlike(golden.painted(golden.picture(name, Look(golden.THEMES[end]))), kept(f"{name}{end}"))
    assert unlike <= MOST_UNLIKE, f"{unlike:.1f} of 1000 squares differ"


def _smaller(widget: DiscCue) -> None:
    widget.move_to(0.65)


def _less_coherent(widget: DiscCue) -> None:
    widget.show_face(CueFace("breathe in", "6.2 a minute", 1.0, Figure("live", 60.0)))


def _emptier(widget: BarCue) -> None:
    widget.move_to(0.52)


def _breathing(widget: Round) -> None:
    widget.move_to(0.5)


def _without_artefacts(widget: Strip) -> None:
    widget.show_snapshot(made.snapshot(made.person()), made.NOW, running=True, selected=None)


def _later(widget: CourseStrip) -> None:
    widget.show_course([made.pair(in_step="apart")], made.NOW)


def _chosen(widget: Board) -> None:
    widget.focus("Ben")


PLANTED: dict[str, tuple[str, Callable[..., None]]] = {
    "a smaller disc": ("disc", _smaller), "a shorter arc": ("disc", _less_coherent), "a lower bar": ("bar", _emptier),
    "a smaller shared disc": ("ring", _breathing), "no artefacts": ("strip", _without_artefacts),
    "not together again": ("course", _later), "a card at hand": ("card", _chosen),
}


@pytest.mark.parametrize("what", sorted(PLANTED))
def test_a_planted_change_is_found(look: Look, what: str) -> None:
    name, plant = PLANTED[what]
    widget = golden.picture(name, look)
    widget.show()
    plant(widget)
    assert golden.unlike(golden.painted(widget), kept(name)) > MOST_UNLIKE
    widget.hide()


@pytest.mark.parametrize("name", sorted(golden.PAINTED))
def test_another_theme_is_another_picture(name: str) -> None:
    for end, other in permutations(golden.THEMES, 2):
        picture = golden.painted(golden.picture(name, Look(golden.THEMES[end])))
        assert golden.unlike(picture, kept(f"{name}{other}")) > MOST_UNLIKE, (end, other)


def test_an_empty_widget_is_no_picture() -> None:
    empty = QWidget()
    empty.resize(330, 240)
    assert golden.unlike(golden.painted(empty), kept("disc")) > 100

"""No word is cut, nothing lies outside: every view and state, both languages, from 900x600 to 4K, also at 200 %."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget

from biosync.gui.theme import SMALL, Look, font
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.card_face import shorter_words, state_words
from biosync.gui.widgets.card_head import head_of, why_no_curve
from biosync.gui.widgets.labels import ElidedLabel
from biosync.preferences import Language
from docs.coach_shots import grouped
from docs.screenshots import GROUPS, IN_BREATH, LANGUAGES, NoActions, session_shot, shown_at, speaking
from tests.gui import made
from tests.gui.fitting import all_wrong, wrong_with_sizes

FIRST = sorted(begins[0] for begins in GROUPS)
SIZES = ((900, 600), (3840, 2160))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", FIRST)
def test_every_word_fits(look: Look, group: str, language: Language) -> None:
    wrong, seen = all_wrong(SIZES, language, [group])
    assert not wrong, "\n".join(wrong)
    assert seen


@pytest.mark.parametrize("group", FIRST)
def test_every_word_fits_at_200_percent(group: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.gui.fitting", "900x600,1920x1080", ",".join(LANGUAGES), group],
        capture_output=True, text=True, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.fullmatch(r"[1-9]\d* looked at, at 2 pixels each", run.stdout.strip()), run.stdout


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(640, 480), (900, 600)])
def test_the_state_on_a_card_is_never_cut(look: Look, size: tuple[int, int], language: Language) -> None:
    """Painted words are no widgets: of sixteen cards, the narrowest that there are, each is asked."""
    live = made.person(now=IN_BREATH)
    climbing = replace(live, heart_rate=np.linspace(60, 90, len(live.heart_rate)))
    everybody = [*made.states(IN_BREATH).values(), climbing]
    names = ("Jo", "Tomas", "Maximiliane-Sophie")
    people = [replace(everybody[k % len(everybody)], name=f"{names[k % 3]}{k}", number=k) for k in range(16)]
    with speaking(language):
        view = CoachView(look, NoActions())
        shown_at(session_shot(view, made.snapshot(*people)), look, size)
        small = QFontMetrics(font(SMALL))
        layout, said = view.board._layout, set()
        for name in view.board.order:
            face = view.board.face(name)
            assert face is not None
            head = head_of(layout, face)
            assert small.horizontalAdvance(head.said) <= layout.head.width() - head.state_at, head
            assert head.said in shorter_words(face) and head.name_width >= 16
            place = view.board._rects[view.board.order.index(name)].center()
            assert view.board.told_at(place).startswith(f"{name}: {state_words(face)}"), "the whole is in the tooltip"
            said.add(head.said)
            if face.shown.signal == "hr_only":
                why = why_no_curve(face, layout.trace.width(), layout.trace.height())
                needs = small.boundingRect(layout.trace, Qt.TextFlag.TextWordWrap, why)
                assert (not why and size == (640, 480)) or layout.trace.contains(needs)
        assert len(said) >= 7, "every state has words of its own"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_if_in_step_before_with_whom(look: Look, language: Language) -> None:
    """At 900x600 there is no room for names: what is left is the state, whole, and the rest is in the tooltip."""
    small, told = QFontMetrics(font(SMALL)), {}
    for size in ((900, 600), (1440, 900)):
        with speaking(language):
            view = CoachView(look, NoActions())
            shown_at(session_shot(view, grouped(IN_BREATH)), look, size)
            for name in ("Tomas", "Lea", "Emil", "Sara", "Finn"):
                face, layout = view.board.face(name), view.board._layout
                assert face is not None and face.bond is not None
                head = head_of(layout, face)
                assert head.bond in face.bond.shorter
                needs = small.horizontalAdvance(head.bond) + small.horizontalAdvance(head.said)
                assert needs < layout.head.width() - head.state_at
                place = view.board._rects[view.board.order.index(name)].center()
                assert face.bond.said in view.board.told_at(place)
                told[size, name] = head.bond
            view.hide()
    in_step, apart = ("im Gleichtakt", "auseinander") if language == "de" else ("in step", "apart")
    assert told[(900, 600), "Tomas"] == told[(900, 600), "Lea"] == in_step
    assert told[(900, 600), "Finn"] == apart
    assert told[(1440, 900), "Tomas"].startswith(in_step) and "Lea" in told[(1440, 900), "Tomas"]


def test_words_that_do_not_fit_are_found(look: Look) -> None:
    whole = QWidget()
    for text, place in (("a label that is far too long for its place", (10, 10, 60, 20)), ("fits", (10, 40, 90, 20)),
                        ("outside", (290, 70, 80, 20))):
        QLabel(text, whole).setGeometry(*place)
    wrapped = QLabel("words that would need three lines or more, and have only one", whole)
    wrapped.setWordWrap(True)
    wrapped.setGeometry(10, 100, 90, 18)
    QPushButton("a button too narrow", whole).setGeometry(10, 130, 40, 30)
    scroll, wide = QScrollArea(whole), QLabel("wide")
    scroll.setGeometry(10, 170, 80, 60)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    wide.setFixedSize(300, 20)
    scroll.setWidget(wide)
    elided = ElidedLabel(parent=whole)
    elided.setGeometry(150, 10, 100, 20)
    elided.set_whole("a head that ends too early")
    shown_at(whole, look, (300, 240))
    found = "\n".join(wrong_with_sizes(whole))
    for what in ("…' is cut: ends in an ellipsis",
                 "'a label that is far", "'outside' lies", "'words that would", "'a button too", "scrolls side"):
        assert what in found, (what, found)
    assert "'fits'" not in found
    whole.hide()


class Painted(QWidget):
    """Paints words into a box, and at a point."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(QRectF(10, 10, 60, 20), Qt.AlignmentFlag.AlignCenter, "too long for this box")
        painter.drawText(QRectF(10, 40, 280, 20), Qt.AlignmentFlag.AlignCenter, "fits")
        painter.drawText(QRectF(10, 40, 90, 5), Qt.AlignmentFlag.AlignCenter, "too high")
        painter.drawText(QRectF(10, 70, 280, 20), Qt.AlignmentFlag.AlignCenter, "a head that e…")
        painter.drawText(QRectF(10, 90, 280, 20), Qt.AlignmentFlag.AlignCenter, "1 marker: ey…")
        painter.drawText(QRectF(10, 110, 280, 20), Qt.AlignmentFlag.AlignCenter, "eyes …")
        painter.drawText(QPointF(250, 100), "over the edge of its widget")
        painter.end()


def test_words_that_are_cut_when_painted_are_found(look: Look) -> None:
    whole = Painted()
    shown_at(whole, look, (300, 240))
    found = "\n".join(wrong_with_sizes(whole))
    for what in ("'a head that e…' is cut", "'1 marker: ey…' is cut",
                 "'too long for", "'too high' is cut", "'over the edge of its widget' is painted over"):
        assert what in found, (what, found)
    assert "'fits'" not in found and "'eyes …'" not in found
    whole.hide()

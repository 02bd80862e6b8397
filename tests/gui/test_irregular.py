"""Many irregular beats give one calm sentence, and it is said whole: what is the matter, and to see a doctor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from biosync.events import LABELS
from biosync.gui import words
from biosync.gui.charts.overlay import fitting
from biosync.gui.charts.panel import ChartPanel
from biosync.gui.charts.shown import Shown
from biosync.gui.page import PageKey
from biosync.gui.review.leaf import Control
from biosync.gui.review.opened_leaf import OpenedLeaf
from biosync.gui.theme import SMALL, SPACE, Look, font
from biosync.gui.view import Moment
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.labels import ElidedLabel, FadingLine
from biosync.heart.quality import IRREGULAR
from biosync.preferences import Language
from biosync.store.ledger.reader import Ledger
from biosync.store.review.opened import opened
from docs.screenshots import LANGUAGES, NoActions, session_shot, shown_at, speaking
from tests.gui import made
from tests.gui.fitting import wrong_with_sizes
from tests.gui.made_charts import made_charts
from tests.gui.residue import fresh
from tests.store.review.made import keep

DOCTOR: dict[Language, str] = {"en": "see a doctor", "de": "ärztlichen Rat"}
WRAPPED = Qt.TextFlag.TextWordWrap
IRREGULARLY = made.person(
    odd=(4, 5, 19, 33), figures=made.metrics("Ana", rmssd=None, coherence=None, quality="none", why=IRREGULAR))
UNREAD = made_charts(quality="none", why=IRREGULAR)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(596, 438), (900, 600), (1440, 900)])
def test_charts_say_it_without_a_cut_and_whole_where_there_is_room(
    look: Look, size: tuple[int, int], language: Language
) -> None:
    with speaking(language):
        panel = ChartPanel(look)
        panel.resize(*size)
        panel.show()
        panel.show_now(Shown(UNREAD, live=False, running=True))
        fresh(panel)
        whole = words.tr("can't tell: {why}").format(why=words.said(IRREGULAR))
        assert DOCTOR[language] in whole
        said = set()
        for plot in (panel.spectrum, panel.poincare, panel.cue_phase):
            assert plot.message == plot.accessibleDescription() == whole
            place, metrics = plot._area().adjusted(SPACE, 0, -SPACE, 0), QFontMetrics(font(SMALL))
            painted = fitting(plot.message, place, metrics)
            assert place.toRect().contains(metrics.boundingRect(place.toRect(), WRAPPED, painted)), (painted, place)
            said.add(painted)
        assert all(whole.startswith(one) and words.tr("can't tell") != one for one in said)
        assert whole in said or size[0] < 1440


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [560, 840, 1400])
def test_under_the_cue_it_stands_whole(application: QApplication, look: Look, width: int, language: Language) -> None:
    with speaking(language):
        line = FadingLine(look)
        line.resize(width, line.height())
        line.say(words.said(IRREGULAR), 0.0)
        line.advance(1.0)
        assert line.accessibleName().endswith(words.said(IRREGULAR)) and DOCTOR[language] in line.text
        needs = QFontMetrics(font(SMALL)).boundingRect(QRect(0, 0, width, line.height()), WRAPPED, line.text)
        assert needs.height() <= line.height() and needs.width() <= width


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(640, 480), (900, 600)])
def test_beside_its_controls_it_stands_whole_too(look: Look, size: tuple[int, int], language: Language) -> None:
    with speaking(language):
        view = BreatheView(look, NoActions())
        shown_at(session_shot(view, made.snapshot(IRREGULARLY)), look, size)
        QApplication.processEvents()
        line = view._why
        assert line.text == words.said(IRREGULAR)
        needs = QFontMetrics(font(SMALL)).boundingRect(line.rect(), WRAPPED, line.text)
        assert line.rect().height() >= needs.height() and needs.width() <= line.width()
        assert view.height() == size[1], "nothing is pushed out of the window"


def test_a_line_that_needs_no_second_one_is_painted_as_before(application: QApplication, look: Look) -> None:
    line = FadingLine(look)
    line.resize(400, line.height())
    rows = {}
    for text in ("slowing a little: you are with the cue", IRREGULAR):
        line.say(text, 0.0)
        line.advance(1.0)
        image = line.grab().toImage()
        paper = image.pixel(0, 0)
        rows[text] = [y for y in range(image.height()) if any(image.pixel(x, y) != paper for x in range(image.width()))]
    one, two = rows.values()
    assert len(one) < 20 < len(two), "one line, then two"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(640, 480), (900, 600), (1440, 900)])
def test_on_the_board_and_beside_a_clients_charts_the_pointer_shows_all_of_it(
    look: Look, size: tuple[int, int], language: Language
) -> None:
    odd = IRREGULARLY
    with speaking(language):
        view = CoachView(look, NoActions())
        snapshot = made.snapshot(odd, made.person("Ben", 1))
        shown_at(session_shot(view, snapshot), look, size)
        wrong = list(wrong_with_sizes(view))
        assert not wrong or size == (640, 480), wrong
        rect = view.board._rects[view.board.order.index(odd.name)]
        assert DOCTOR[language] in view.board.told_at(rect.center())
        view.open_client(odd.name)
        view.advance(Moment(snapshot, made.NOW, 1.0, True))
        states = [one for one in view.findChildren(ElidedLabel) if DOCTOR[language] in one.accessibleName()]
        assert states and all(DOCTOR[language] in f"{one.text()} {one.toolTip()}" for one in states)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_opened_session_says_it_over_its_charts(look: Look, tmp_path: Path, language: Language) -> None:
    with Ledger.open(tmp_path) as ledger:
        shown = opened(ledger, ledger.session(keep(ledger, "Ana", seconds=100)), "Ana")
    with speaking(language):
        keys = [Control(name, PageKey(Qt.Key.Key_W, name, lambda: None, "")) for name in "WI"]
        leaf = OpenedLeaf(look, keys, lambda: None)
        leaf.show_opened(shown)
        assert DOCTOR[language] not in leaf.said.text()
        leaf.show_opened(replace(shown, charts=UNREAD))
        assert leaf.said.text() == words.as_sentence(IRREGULAR) and DOCTOR[language] in leaf.said.text()
        leaf.show_opened(replace(shown, charts=replace(UNREAD, hidden=frozenset({"heart_rate"}))))
        assert leaf.said.text() == ""


def test_the_made_up_charts_have_early_beats() -> None:
    assert np.count_nonzero(UNREAD.beats.label == LABELS.index("ectopic")) > 0

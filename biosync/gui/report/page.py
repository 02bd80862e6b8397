"""One page of a report: the quality of the signal first, then results, charts, how it went together, and the limits."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from biosync.gui import story, words
from biosync.gui.plots.charts import draw_coherence, draw_in_step, draw_spectrum, draw_tachogram
from biosync.gui.report import wording
from biosync.gui.report.sheet import HEIGHT, MARGIN, Sheet
from biosync.gui.results import results
from biosync.gui.theme import PAPER, PAPER_BODY, PAPER_SMALL, SPACE
from biosync.store.review.opened import Opened
from biosync.store.review.reported import Reported
from devices.straps import in_a_line

COLUMNS = 4
BEATS_HIGH, HALF_HIGH = 190.0, 176.0
"""How high the charts are, with their labels."""
_MOST_MARKERS = 8
_MOST_SENTENCES = 5


def paint_page(painter: QPainter, report: Reported, page: Opened | None, made_at: datetime) -> None:
    """Paint the page of one person, or (None) what all may know of the session; ``made_at`` stands at its foot."""
    sheet = Sheet(painter)
    _head(sheet, report, page)
    if page is not None:
        _quality(sheet, page)
        _results(sheet, page)
        _charts(sheet, page, report.session.duration_s)
    elif report.kept:
        sheet.paragraph(wording.private(report))
        sheet.skip(3)
    _together(sheet, report, page)
    _markers(sheet, page)
    _limits(sheet, report, page)
    _foot(sheet, report, made_at)


def _head(sheet: Sheet, report: Reported, page: Opened | None) -> None:
    sheet.right_line(words.tr("biosync · session report"))
    sheet.skip(1.5)
    sheet.title(wording.headline(report, page), wording.badges(report, page))
    sheet.line(wording.about(report.session, page), token="quiet")
    sheet.skip(2)


def _quality(sheet: Sheet, page: Opened) -> None:
    said, why = wording.quality(page.analysis)
    sheet.heading(said)
    sheet.paragraph(f"{why} {wording.quality_facts(page.analysis)}")
    sheet.skip(1.5)


def _results(sheet: Sheet, page: Opened) -> None:
    found = results(page.analysis, page.resonance, page.hidden)
    if not found:
        return
    sheet.heading(words.tr("Results"))
    for first in range(0, len(found), COLUMNS):
        for place, one in enumerate(found[first:first + COLUMNS]):
            sheet.cell(place, COLUMNS, one.name, one.text, one.what, known=one.value is not None)
        sheet.y += 56.0
    sheet.skip(0.5)


def _charts(sheet: Sheet, page: Opened, duration_s: float) -> None:
    painter, color = sheet.painter, QColor(PAPER.accent)
    if "heart_rate" not in page.hidden:
        sheet.heading(words.tr("Every beat; gaps are left open, rings are beats not as usual"))
        sheet.skip(0.5)
        box = QRectF(sheet.left, sheet.y, sheet.width, BEATS_HIGH)
        draw_tachogram(painter, box, page.charts, PAPER, color, PAPER_SMALL)
        sheet.y += BEATS_HIGH
    spectrum, coherence = "rmssd" not in page.hidden, "coherence" not in page.hidden
    if not spectrum and not coherence:
        return
    sheet.skip(1)
    half = (sheet.width - 3 * SPACE) / 2
    left = sheet.left
    if spectrum:
        box = QRectF(left, sheet.y, half, HALF_HIGH)
        draw_spectrum(painter, box, page.charts.spectrum, PAPER, color, PAPER_SMALL,
                      words.tr("can't tell: no minute without a gap, or beats that can't be trusted"))
        left += half + 3 * SPACE
    if coherence:
        box = QRectF(left, sheet.y, half, HALF_HIGH)
        draw_coherence(painter, box, page.charts.coherence, duration_s, PAPER, color, PAPER_SMALL,
                       words.tr("can't tell: it takes 64 s without a gap"))
    sheet.y += HALF_HIGH
    sheet.skip(1)


def _together(sheet: Sheet, report: Reported, page: Opened | None) -> None:
    told = story.sentences(report.together, None if page is None else page.person)
    if not told or report.together is None:
        return
    sheet.heading(words.tr("Together: times in step"))
    of = [one for one in report.together.pairs.values() if page is None or page.person in one.people]
    if len(of) == 1:
        draw_in_step(sheet.painter, QRectF(sheet.left, sheet.y, sheet.width, 28), of[0].episodes,
                     report.session.duration_s, PAPER, PAPER_SMALL)
        sheet.y += 34.0
    for sentence in told[:_MOST_SENTENCES]:
        sheet.paragraph(sentence, size=PAPER_BODY)
    sheet.skip(1.5)


def _markers(sheet: Sheet, page: Opened | None) -> None:
    if page is None or not page.charts.markers:
        return
    sheet.heading(words.tr("Markers"))
    for number, one in enumerate(page.charts.markers[:_MOST_MARKERS], start=1):
        said = words.tr("{number}  at {time}  {text}").format(
            number=number, time=words.duration(one.when), text=in_a_line(one.text))
        sheet.line(said, size=PAPER_SMALL)
    more = len(page.charts.markers) - _MOST_MARKERS
    if more > 0:
        sheet.line(words.tr("and {count} more").format(count=more), size=PAPER_SMALL, token="quiet")
    sheet.skip(1.5)


def _limits(sheet: Sheet, report: Reported, page: Opened | None) -> None:
    said = " ".join(wording.limits(report, page))
    bottom = HEIGHT - MARGIN - 3 * SPACE
    sheet.y = max(sheet.y, bottom - sheet.height_of(said, PAPER_SMALL) - 5 * SPACE)
    sheet.heading(words.tr("What this page is, and what it can't tell"))
    sheet.paragraph(said, size=PAPER_SMALL, most=bottom - sheet.y)


def _foot(sheet: Sheet, report: Reported, made_at: datetime) -> None:
    sheet.y = HEIGHT - MARGIN - PAPER_BODY
    said = words.tr("session {id} · recorded by biosync {version} · report of {day}")
    sheet.line(said.format(id=report.session.id, version=report.session.version or words.tr("(unknown)"),
                           day=words.day(made_at)), size=PAPER_SMALL, token="quiet")

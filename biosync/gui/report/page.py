"""One page of a report: the quality of the signal first, then results, charts, how it went together, and the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPicture

from biosync.charts.charts import OF_THE_BEATS
from biosync.gui import story, words
from biosync.gui.no_coherence import why_no_coherence
from biosync.gui.plots.axes import FOOT_ROOM
from biosync.gui.plots.charts import draw_coherence, draw_in_step, draw_spectrum, draw_tachogram
from biosync.gui.report import wording
from biosync.gui.report.sheet import HEIGHT, MARGIN, Sheet
from biosync.gui.results import results
from biosync.gui.theme import PAPER, PAPER_BODY, PAPER_SMALL, SPACE
from biosync.store.review.opened import Opened
from biosync.store.review.reported import Reported
from devices.straps import in_a_line

COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Room:
    """How much a page gives to its charts (heights in 1/96 inch, with their labels) and lists (entries at most)."""

    beats: float
    half: float
    markers: int
    sentences: int


ROOMS = (Room(190, 176, 8, 6), Room(160, 150, 8, 6), Room(140, 124, 6, 5), Room(120, 112, 4, 4), Room(110, 100, 2, 2))
"""The first in which everything fits is taken; what the page is, and can't tell, always stands on it."""
_BANDS = 3


def paint_page(painter: QPainter, report: Reported, page: Opened | None, made_at: datetime) -> None:
    """Paint the page of one person, or (None) what all may know of the session; ``made_at`` stands at its foot."""
    sheet = Sheet(painter)
    _fill(sheet, report, page, next((one for one in ROOMS if _fits(report, page, one)), ROOMS[-1]))
    _limits(sheet, report, page)
    _foot(sheet, report, made_at)


def _fits(report: Reported, page: Opened | None, room: Room) -> bool:
    """Tell if everything fits: it is laid out on nothing."""
    nothing = QPicture()
    painter = QPainter(nothing)
    sheet = Sheet(painter)
    _fill(sheet, report, page, room)
    painter.end()
    return sheet.y <= _limits_from(sheet, report, page)


def _fill(sheet: Sheet, report: Reported, page: Opened | None, room: Room) -> None:
    _head(sheet, report, page)
    if page is not None:
        _quality(sheet, page)
        _results(sheet, page)
        _charts(sheet, page, report.session.duration_s, room)
    elif report.kept:
        sheet.paragraph(wording.private(report))
        sheet.skip(3)
    _together(sheet, report, page, room)
    _markers(sheet, page, room)


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


def _charts(sheet: Sheet, page: Opened, duration_s: float, room: Room) -> None:
    painter, color = sheet.painter, QColor(PAPER.accent)
    beats, coherence = not page.hidden & OF_THE_BEATS, "coherence" not in page.hidden
    if beats:
        sheet.heading(words.tr("Every beat; gaps are left open, rings are beats not as usual"))
        sheet.skip(0.5)
        box = QRectF(sheet.left, sheet.y, sheet.width, room.beats)
        draw_tachogram(painter, box, page.charts, PAPER, color, PAPER_SMALL)
        sheet.y += room.beats
    if not beats and not coherence:
        return
    sheet.skip(1)
    half = (sheet.width - 3 * SPACE) / 2
    left = sheet.left
    if beats:
        box = QRectF(left, sheet.y, half, room.half)
        draw_spectrum(painter, box, page.charts.spectrum, PAPER, color, PAPER_SMALL,
                      words.tr("can't tell: no minute without a gap, or beats that can't be trusted"))
        left += half + 3 * SPACE
    if coherence:
        box = QRectF(left, sheet.y, half, room.half)
        draw_coherence(painter, box, page.charts.coherence, duration_s, PAPER, color, PAPER_SMALL,
                       why_no_coherence(page.charts))
    sheet.y += room.half
    sheet.skip(1)


def _together(sheet: Sheet, report: Reported, page: Opened | None, room: Room) -> None:
    told = story.sentences(report.together, None if page is None else page.person)
    if not told or report.together is None:
        return
    sheet.heading(words.tr("Together: times in step"))
    of = [one for one in report.together.pairs.values() if page is None or page.person in one.people]
    for place, one in enumerate(of[:_BANDS] if len(of) <= _BANDS else ()):
        if len(of) > 1:
            names = [in_a_line(name) for name in one.people if page is None or name != page.person]
            sheet.line(words.tr("with {names}").format(names=", ".join(names)) if page is not None else
                       ", ".join(names), size=PAPER_SMALL, token="quiet")
        last = place == len(of) - 1
        box = QRectF(sheet.left, sheet.y, sheet.width, 8 + FOOT_ROOM)
        draw_in_step(sheet.painter, box, one.episodes, report.session.duration_s, PAPER, PAPER_SMALL, times=last)
        sheet.y += 14.0 + (FOOT_ROOM if last else 0.0)
    for sentence in told[:room.sentences]:
        sheet.paragraph(sentence)
    sheet.skip(1.5)


def _markers(sheet: Sheet, page: Opened | None, room: Room) -> None:
    if page is None or not page.charts.markers:
        return
    sheet.heading(words.tr("Markers"))
    for number, one in enumerate(page.charts.markers[:room.markers], start=1):
        said = words.tr("{number}  at {time}  {text}").format(
            number=number, time=words.duration(one.when), text=in_a_line(one.text))
        sheet.line(said, size=PAPER_SMALL)
    more = len(page.charts.markers) - room.markers
    if more > 0:
        sheet.line(words.tr("and {count} more").format(count=more), size=PAPER_SMALL, token="quiet")
    sheet.skip(1.5)


def _limits(sheet: Sheet, report: Reported, page: Opened | None) -> None:
    sheet.y = _limits_from(sheet, report, page)
    sheet.heading(words.tr("What this page is, and what it can't tell"))
    sheet.paragraph(" ".join(wording.limits(report, page)), size=PAPER_SMALL)


def _limits_from(sheet: Sheet, report: Reported, page: Opened | None) -> float:
    """Return where the limits begin, so that they end just above the foot."""
    said = " ".join(wording.limits(report, page))
    return HEIGHT - MARGIN - 3 * SPACE - sheet.height_of(said, PAPER_SMALL) - 5 * SPACE


def _foot(sheet: Sheet, report: Reported, made_at: datetime) -> None:
    sheet.y = HEIGHT - MARGIN - PAPER_BODY
    said = words.tr("session {id} · recorded by biosync {version} · report of {day}")
    sheet.line(said.format(id=report.session.id, version=report.session.version or words.tr("(unknown)"),
                           day=words.day(made_at)), size=PAPER_SMALL, token="quiet")

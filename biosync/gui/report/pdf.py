"""A report as PDF: a page a person, its fonts embedded. Painted without a screen, in whichever thread asks."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from biosync.gui import words
from biosync.gui.report.page import paint_page
from biosync.gui.report.sheet import WIDTH
from biosync.gui.report.wording import about, headline
from biosync.gui.theme import load_fonts
from biosync.store.review.reported import Reported
from devices.straps import in_a_line

_RESOLUTION = 1200
_POINTS_MM = QPageLayout.Unit.Millimeter


def report_pdf(report: Reported, made_at: datetime) -> bytes:
    """Return the report as a PDF file; ``made_at`` stands at its foot. A Qt application must be there."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), _POINTS_MM)
    writer.setResolution(_RESOLUTION)
    first = report.pages[0] if report.pages else None
    writer.setTitle(in_a_line(f"{headline(report, first)}: {about(report.session, first)}"))
    writer.setCreator(words.tr("biosync"))
    painter = QPainter(writer)
    scale = writer.width() / WIDTH
    painter.scale(scale, scale)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for place, page in enumerate(report.pages or (None,)):
        if place:
            writer.newPage()
        paint_page(painter, report, page, made_at)
    painter.end()
    return bytes(buffer.data().data())


def without_screen() -> QGuiApplication:
    """Return a Qt application that needs no display, with the bundled fonts; the running one where there is one."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    application = QGuiApplication(["biosync", "-platform", "offscreen"])
    load_fonts()
    return application

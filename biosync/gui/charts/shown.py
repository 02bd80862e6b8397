"""What a chart is given to draw: the data, whose they are, and whether a number may stand beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from biosync.charts.charts import Charts
from biosync.gui import words
from biosync.gui.theme import Look


@dataclass(frozen=True, slots=True)
class Shown:
    """``number`` picks the person's colour. ``live`` is False where the signal is not good just now: then curves are
    grey and no number stands beside them. ``running``: the charts are of a session that goes on, and slide."""

    charts: Charts
    number: int = 0
    live: bool = True
    running: bool = False

    def line(self, look: Look) -> QColor:
        """Return the colour of the person's own line."""
        return look.person_color(self.number) if self.live else look.color("lost")

    def why_empty(self, *figures: str, empty: bool, waits_for: str = "") -> str:
        """Return what stands in place of the data: that one of ``figures`` is private, why the beats can't tell it,
        or what it ``waits_for``; nothing where there are data."""
        if self.charts.hidden & set(figures):
            return words.tr("private")
        if not empty:
            return ""
        if self.charts.quality == "none":
            why = words.said(self.charts.why)
            return words.tr("can't tell: {why}").format(why=why) if why else words.tr("can't tell")
        return waits_for or words.tr("nothing yet")

"""Breath and pace: how fast somebody breathes, as far as the heart shows it, and the pace of the cue."""

from __future__ import annotations

import numpy as np

from biosync.gui import words
from biosync.gui.charts.coherence import joins_known
from biosync.gui.charts.overlay import Label
from biosync.gui.charts.plot import Marked
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.time_plot import TimePlot
from biosync.gui.theme import Look

_LOW, _HIGH = 0.0, 24.0
_MARKS = tuple(Marked(float(one), str(one)) for one in (0, 6, 12, 18, 24))


class BreathPlot(TimePlot):
    """Breaths a minute over the session."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("breaths a minute, and the cue"),
            words.tr("The breath is read from the beats, not measured at the chest: where it does not show in them, "
                     "the line is open."),
            zoomable=zoomable, shorter=words.tr("breaths a minute"),
        )
        self._shown: Shown | None = None
        self._pace, self._line = self.curve(), self.curve()
        self.set_y(_LOW, _HIGH, _MARKS)
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the courses of ``shown``."""
        self._shown, breath, pace = shown, shown.charts.breath, shown.charts.pace
        end_t = shown.charts.end_t
        self.show_session(end_t, running=shown.running)
        known = np.isfinite(breath.value)
        if "breath" in shown.charts.hidden:
            self.show_message(words.tr("private"))
        else:
            self.show_message("" if known.any() or len(pace.t_s) else words.tr("nothing yet"))
        self._line.setData(breath.t_s, np.clip(np.nan_to_num(breath.value), _LOW, _HIGH), connect=joins_known(known))
        t, rate = np.append(pace.t_s, end_t), np.append(pace.value, pace.value[-1:])
        stepped = len(pace.t_s) > 0 and "breath" not in shown.charts.hidden
        self._pace.setData(np.repeat(t, 2)[1:-1], np.repeat(rate[:-1], 2)) if stepped else self._pace.setData([], [])
        self.show_labels([Label(end_t, float(pace.value[-1]), words.tr("the cue"), "accent", True)] if stepped else ())
        self.overlay.show_markers(shown.charts.markers)
        now = float(breath.value[-1]) if len(known) and known[-1] else None
        told = words.tr("{now} a minute now"), words.tr("now {now}")
        said = [one.format(now=words.number(now, 1)) for one in told] if now is not None and shown.running else [""]
        self.say(*said, live=shown.live)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _color(self) -> None:
        if self._shown is not None:
            self._line.setPen(self.pen(self._shown.line(self.look)))
            self._pace.setPen(self.pen(self.look.color("accent"), 1.2))

"""In step over the session: a line for everybody they belong together with."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import InStepWith
from biosync.gui import words
from biosync.gui.charts.overlay import Label
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.time_plot import TimePlot
from biosync.gui.in_step import lasting
from biosync.gui.theme import SPACE, Look

LANE_HEIGHT = 5 * SPACE


class InStepPlot(TimePlot):
    """A bar where two were in step, a diamond where the step was lost, a dot where they were together again."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("in step over the session"),
            words.tr("A bar: in step beyond chance, by looks at two minutes. A diamond: the step was lost; a ring: "
                     "together again. Synchrony also rises in conflict; it tells nothing about closeness."),
            zoomable=zoomable,
        )
        self._shown: Shown | None = None
        self._base, self._bars = self.curve(), self.curve()
        self._lost, self._mended = self.dots(), self.dots()
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the pairs of ``shown``."""
        self._shown, pairs, end_t = shown, shown.charts.in_step, shown.charts.end_t
        self.show_session(end_t, running=shown.running)
        self.set_y(-0.3, max(1, len(pairs)), ())
        self.show_message("" if pairs else words.tr("alone with the cue"))
        lanes = range(len(pairs))
        self._base.setData(np.tile([0.0, end_t], len(pairs)), np.repeat([float(k) for k in lanes], 2), connect="pairs")
        bars = [(one.begin_t, end_t if one.end_t is None else one.end_t, k)
                for k, pair in enumerate(pairs) for one in pair.episodes]
        self._bars.setData([t for begin, end, _ in bars for t in (begin, end)], [k for *_, k in bars for _ in (0, 1)],
                           connect="pairs")
        lost = [(one.t, k) for k, pair in enumerate(pairs) for one in pair.ruptures]
        self._lost.setData([t for t, _ in lost], [k for _, k in lost])
        mended = [(one.repaired_t, k) for k, pair in enumerate(pairs) for one in pair.ruptures if one.repaired_t]
        self._mended.setData([t for t, _ in mended], [k for _, k in mended])
        self.show_labels([Label(0.0, k + 0.25, _words(pair, end_t)) for k, pair in enumerate(pairs)])
        self.overlay.show_markers(shown.charts.markers)
        self.say("; ".join(_words(pair, end_t) for pair in pairs))
        self._said.set_whole("")
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _color(self) -> None:
        accent, quiet = self.look.color("accent"), self.look.color("quiet")
        self._base.setPen(self.pen(self.look.color("hairline"), 0))
        self._bars.setPen(self.pen(accent, 6))
        for item, symbol in ((self._lost, "d"), (self._mended, "o")):
            item.setSymbol(symbol)
            item.setSize(9)
        self._lost.setPen(None)
        self._lost.setBrush(self.look.color("warn"))
        self._mended.setPen(self.pen(quiet, 1.4))
        self._mended.setBrush(self.look.color("surface"))


def _words(pair: InStepWith, now: float) -> str:
    whole = sum((now if one.end_t is None else one.end_t) - one.begin_t for one in pair.episodes)
    if not pair.episodes:
        return words.tr("with {name}: not in step yet").format(name=pair.other)
    return words.tr("with {name}: in step for {time}").format(name=pair.other, time=lasting(whole))

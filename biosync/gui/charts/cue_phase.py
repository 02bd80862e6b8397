"""Heart rate against the breath of the cue: where in the breath this heart is fast."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import OF_THE_BEATS, CueFold
from biosync.cues import disc
from biosync.gui import words
from biosync.gui.charts.overlay import Label
from biosync.gui.charts.plot import Marked, Plot
from biosync.gui.charts.ranges import Range, marks, settled
from biosync.gui.charts.shown import Shown
from biosync.gui.theme import Look
from biosync.gui.widgets.shapes import mix

_LEAST_BPM = 20.0
_TURN = np.linspace(0.0, 1.0, 65)


class CuePhasePlot(Plot):
    """Heart rate in bpm over one breath of the cue."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("over a breath of the cue, bpm"),
            words.tr("Every beat of the last minutes at its place in the cue's breath, and the wave that fits them. "
                     "The share is how much of the heart rate's change goes with the cue; it tells nothing about how "
                     "well somebody does."),
            stacked=True, shorter=words.tr("over one breath, bpm"),
        )
        self._range: Range | None = None
        self._shown: Shown | None = None
        self._breath, self._dots, self._wave = self.curve(), self.dots(), self.curve()
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the beats of ``shown`` over the cue's breath."""
        self._shown, found = shown, shown.charts.fold
        self.show_message(shown.why_empty(*OF_THE_BEATS, empty=found is None, waits_for=words.tr("no cue yet")))
        if found is None:
            for item in (self._breath, self._dots, self._wave):
                item.setData([], [])
            self.show_labels(())
            self.say("")
            return
        self._range = settled(self._range, float(found.rate_bpm.min()), float(found.rate_bpm.max()), _LEAST_BPM, 3)
        low, high = self._range
        self.set_y(low, high, [Marked(one, words.number(one)) for one in marks(low, high, 3)])
        turn = found.inhale_fraction
        self.set_x(0.0, 1.0, (Marked(0.0, words.tr("in")), Marked(turn, words.tr("out")), Marked(1.0, words.tr("in"))))
        level = np.array([disc.level(float(phase) % 1.0, turn) for phase in _TURN[:-1]] + [0.0])
        self._breath.setData(_TURN, low + level * (high - low) * 0.9)
        self._dots.setData(found.phase, found.rate_bpm)
        self._draw_wave(found)
        self.show_labels([Label(turn, low + (high - low) * 0.9, words.tr("the cue"))])
        self.say(*_figures(found), live=shown.live)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _draw_wave(self, found: CueFold) -> None:
        with_it = found.following
        if with_it is None:
            self._wave.setData([], [])
            return
        self._wave.setData(
            _TURN, found.mean_bpm + with_it.amplitude_bpm * np.cos(2 * np.pi * (_TURN - with_it.phase))
        )

    def _color(self) -> None:
        if self._shown is None:
            return
        own = self._shown.line(self.look)
        self._dots.setSize(4)
        self._dots.setPen(None)
        self._dots.setBrush(mix(self.look.color("surface"), own, 0.7))
        self._wave.setPen(self.pen(self.look.color("text" if self._shown.live else "lost"), 1.6))
        self._breath.setPen(None)
        self._breath.setFillLevel(-1.0)
        self._breath.setBrush(self.look.color("wave"))


def _figures(found: CueFold) -> tuple[str, ...]:
    """Return the figures in words, and in fewer words."""
    with_it = found.following
    if with_it is None:
        return words.tr("too few beats with the cue to tell"), words.tr("too few beats to tell")
    swing, share = words.number(2 * with_it.amplitude_bpm), words.number(100 * with_it.locked_share)
    whole = words.tr("swings {swing} bpm · {share} % with the cue").format(swing=swing, share=share)
    return whole, words.tr("swings {swing} bpm").format(swing=swing)

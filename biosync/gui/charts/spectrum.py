"""Spectrum: how much of the heart's rhythm lies at which pace, with the bands and the coherence peak shaded."""

from __future__ import annotations

from typing import Any

import numpy as np

from biosync.charts.charts import OF_THE_BEATS, Spectrum
from biosync.gui import words
from biosync.gui.charts.overlay import Label
from biosync.gui.charts.plot import Marked, Plot
from biosync.gui.charts.ranges import Range, marks, settled
from biosync.gui.charts.shown import Shown
from biosync.gui.theme import Look
from biosync.gui.widgets.labels import PART
from biosync.gui.widgets.shapes import mix
from biosync.metrics.spectrum import HF, LF
from biosync.types import FloatArray

_END_HZ = 0.42
_WIDE_PX = 260
_MARKS = (0.04, 0.15, 0.4)


class SpectrumPlot(Plot):
    """Power density in ms²/Hz from 0 to 0.42 Hz."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("spectrum, ms²/Hz"),
            words.tr("Power spectrum of the intervals (Welch, 5 min). LF 0.04 to 0.15 Hz and HF 0.15 to 0.4 Hz are "
                     "places on the scale, no measure of stress; slow breathing lies in LF. Shaded: the peak that "
                     "coherence is made of."),
            stacked=True,
        )
        self._range: Range | None = None
        self._shown: Shown | None = None
        self._bands = (self.curve(), self.curve())
        self._peak, self._line = self.curve(), self.curve()
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the spectrum of ``shown``."""
        self._shown, found = shown, shown.charts.spectrum
        self._mark_bands()
        self.show_message(shown.why_empty(*OF_THE_BEATS, empty=found is None,
                                          waits_for=words.tr("a minute without a gap is needed")))
        if found is None:
            self._clear()
            return
        keep = (found.f_hz >= found.known_from_hz) & (found.f_hz <= _END_HZ)
        f, p = found.f_hz[keep], found.ms2_hz[keep]
        self._range = settled(self._range, 0.0, max(float(p.max()) * 1.15, 1.0), 1.0)
        high = self._range[1]
        self.set_y(0.0, high, [Marked(one, _short(one)) for one in marks(0.0, high, 3)])
        self._line.setData(f, p)
        for item, band in zip(self._bands, (LF, HF), strict=True):
            low = max(band[0], found.known_from_hz)
            item.setData([low, max(low, band[1])], [high, high])
        _fill(self._peak, f, p, found.peak_hz)
        self.show_labels(_labels(found, high))
        self.say(*_figures(found), live=shown.live)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _mark_bands(self) -> None:
        where = _MARKS if self.width() >= _WIDE_PX else _MARKS[1:]
        marked = [Marked(hz, words.number(hz, 2)) for hz in where]
        marked[-1] = Marked(where[-1], words.tr("{hz} Hz").format(hz=words.number(where[-1], 1)))
        self.set_x(0.0, _END_HZ, marked)

    def _clear(self) -> None:
        for item in (*self._bands, self._peak, self._line):
            item.setData([], [])
        self.show_labels(())
        self.say("")

    def _color(self) -> None:
        if self._shown is None:
            return
        surface, accent, lost = (self.look.color(name) for name in ("surface", "accent", "lost"))
        self._line.setPen(self.pen(self._shown.line(self.look)))
        peak = accent if self._shown.live else lost
        shades = (mix(surface, lost, 0.22), mix(surface, lost, 0.12), mix(surface, peak, 0.65))
        for item, color in zip((*self._bands, self._peak), shades, strict=True):
            item.setPen(None)
            item.setBrush(color)
            item.setFillLevel(0.0)


def _fill(item: Any, f: FloatArray, p: FloatArray, band: Range | None) -> None:
    low, high = band or (1.0, 1.0)
    inside = (f >= low) & (f <= high)
    if not inside.any():
        item.setData([], [])
        return
    # The ends of the band lie between two of the frequencies.
    ends = np.array([max(low, f[0]), min(high, f[-1])])
    at = np.concatenate([ends[:1], f[inside], ends[1:]])
    item.setData(at, np.interp(at, f, p))


def _labels(found: Spectrum, top: float) -> list[Label]:
    labels = [Label(0.155, top, "HF")]
    if found.known_from_hz < LF[0]:
        labels.append(Label(0.045, top, "LF"))
    return labels


def _figures(found: Spectrum) -> list[str]:
    """Return the figures in words, and in fewer: the peak is told longest."""
    parts, peak = [], []
    if found.peak_hz is not None:
        bpm = words.number(60 * sum(found.peak_hz) / 2, 1)
        parts.append(words.tr("peak {bpm} a minute").format(bpm=bpm))
        peak.append(words.tr("peak {bpm} / min").format(bpm=bpm))
    lf, hf = found.figures["lf_ms2"], found.figures["hf_ms2"]
    if lf is not None:
        parts.append(words.tr("LF {power} ms²").format(power=words.number(lf)))
    if hf is not None:
        parts.append(words.tr("HF {power} ms²").format(power=words.number(hf)))
    return [PART.join(parts[:count]) for count in range(len(parts), 0, -1)] + peak or [""]


def _short(value: float) -> str:
    if value >= 10_000:
        return words.tr("{thousands}k").format(thousands=words.number(value / 1000))
    return words.number(value, 0 if value >= 10 or value == int(value) else 1)

"""The charts: what is drawn is what the data say, gaps stay open, and nothing private or unsure has a number."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biosync.charts.charts import Cloud, Course
from biosync.charts.making import charts
from biosync.gui import words
from biosync.gui.charts import ranges
from biosync.gui.charts.panel import ChartPanel
from biosync.gui.charts.plot import Plot
from biosync.gui.charts.poincare import ellipse
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.tachogram import joins
from biosync.gui.theme import THEMES, Look
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.made_charts import beats, heard, made_charts
from tests.gui.residue import fresh, on_screen

ROOT = Path(__file__).parents[2]
MakePanel = Callable[..., ChartPanel]


@pytest.fixture
def make_panel(look: Look) -> MakePanel:
    def make(*, zoomable: bool = False) -> ChartPanel:
        panel = ChartPanel(look, zoomable=zoomable)
        panel.resize(1100, 800)
        panel.show()
        QApplication.processEvents()
        return panel

    return make


def plots(panel: ChartPanel) -> list[Plot]:
    return panel.findChildren(Plot)


def test_every_chart_says_what_it_shows_with_its_unit_and_its_figures(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.show_now(Shown(made_charts(), running=True))
    assert len(plots(panel)) == 7
    for plot in plots(panel):
        assert plot.accessibleName() and plot.accessibleDescription() and plot.toolTip()
        assert plot.message == ""
    units = " ".join(plot.accessibleName() for plot in plots(panel))
    for unit in ("ms", "bpm", "ms²/Hz", "0 to 100", "a minute"):
        assert unit in units
    assert "min:s" in panel.tachogram._marks[0][-1].text  # type: ignore[index]
    assert "Hz" in panel.spectrum._marks[0][-1].text  # type: ignore[index]


def test_the_figures_are_the_data_s(make_panel: MakePanel) -> None:
    panel, data = make_panel(), made_charts()
    panel.show_now(Shown(data, running=True))
    assert data.cloud is not None and data.spectrum is not None and data.fold is not None
    assert f"SD1 {data.cloud.sd1_ms:.0f} ms" in panel.poincare.figures
    assert f"LF {words.number(data.spectrum.figures['lf_ms2'] or 0)} ms²" in panel.spectrum.figures
    assert data.fold.following is not None
    assert f"{100 * data.fold.following.locked_share:.0f} %" in panel.cue_phase.figures
    assert "4 do not count · 1 gap" in panel.tachogram.figures


def test_what_is_not_live_has_no_number_and_looks_different(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.show_now(Shown(made_charts(), live=True, running=True))
    live = fresh(panel)
    panel.show_now(Shown(made_charts(), live=False, running=True))
    for plot in (panel.spectrum, panel.poincare, panel.cue_phase, panel.coherence, panel.breath):
        assert plot.figures == ""
    assert (np.abs(fresh(panel) - live).max(axis=2) > 40).sum() > 2000


def test_where_the_beats_can_t_be_trusted_the_reason_stands_in_the_charts_place(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.show_now(Shown(made_charts(quality="none", why="no beats for 14 s"), live=False, running=True))
    for plot in (panel.spectrum, panel.poincare, panel.cue_phase):
        assert plot.message == "can't tell: no beats for 14 s"
    assert panel.tachogram.message == ""


@pytest.mark.parametrize("hidden", ["heart_rate", "rmssd", "coherence", "breath"])
def test_private_is_private(make_panel: MakePanel, hidden: str) -> None:
    panel = make_panel()
    panel.show_now(Shown(made_charts(hidden=frozenset({hidden})), running=True))
    private = {plot for plot in plots(panel) if plot.message == "private"}
    assert private == {
        "heart_rate": {panel.tachogram, panel.spectrum, panel.poincare, panel.cue_phase},
        "rmssd": {panel.tachogram, panel.spectrum, panel.poincare, panel.cue_phase},
        "coherence": {panel.coherence},
        "breath": {panel.breath},
    }[hidden]
    assert all(plot.figures == "" for plot in private)
    drawn = [panel.tachogram._line, panel.tachogram._odd, panel.cue_phase._dots, panel.cue_phase._wave]
    assert (not any(np.size(one.getData()[0]) for one in drawn)) == (panel.tachogram in private)


def test_a_line_is_open_where_beats_were_lost_or_do_not_count() -> None:
    x = made_charts().intervals
    open_after = np.flatnonzero(~joins(x)[:-1])
    lost = np.flatnonzero(~x.follows[1:])
    assert len(lost) == 1 and set(lost) <= set(open_after)
    made_up = np.flatnonzero(~x.normal)
    assert len(made_up) >= 4
    assert not joins(x)[made_up].any() and not joins(x)[made_up - 1].any()


@pytest.mark.parametrize("theme", range(len(THEMES)))
def test_every_theme_draws_every_chart(make_panel: MakePanel, look: Look, theme: int) -> None:
    panel = make_panel()
    empty = fresh(panel)
    look.use(THEMES[theme])
    panel.show_now(Shown(made_charts(), running=True))
    assert (np.abs(fresh(panel) - empty).max(axis=2) > 40).sum() > 5000


def test_what_is_on_the_screen_is_what_a_fresh_render_shows(make_panel: MakePanel) -> None:
    panel = make_panel()
    for second in range(3):
        end = made.NOW + second
        panel.show_now(Shown(charts(heard(end_t=end, beats=beats(end, 300.0, odd=3))), running=True))
        QApplication.processEvents()
    assert np.abs(on_screen(panel) - fresh(panel)).max() <= 2


def test_nothing_is_drawn_of_an_empty_session(make_panel: MakePanel) -> None:
    panel = make_panel()
    none = Course(np.empty(0), np.empty(0))
    nothing = heard(end_t=2.0, beats=beats(2.0, 1.0), cues=(), coherence=none, breath=none, pace=none, in_step=(),
                    markers=(), quality="none", why="waiting for the first beats")
    panel.show_now(Shown(charts(nothing), running=True))
    assert panel.spectrum.message == "can't tell: waiting for the first beats"
    assert "64 s" in panel.coherence.message
    assert not panel.in_step.isVisible()


def test_markers_stand_on_every_chart_over_time(make_panel: MakePanel) -> None:
    panel = make_panel()
    panel.show_now(Shown(made_charts(), running=True))
    for plot in panel.time_plots:
        assert [marker.text for marker in plot.overlay.markers] == ["eyes closed", "talked about the week", "sighs"]


def test_charts_are_drawn_one_after_the_other(make_panel: MakePanel, wait_for: WaitFor) -> None:
    panel = make_panel()
    panel.show_charts(Shown(made_charts(), running=True))
    wait_for(lambda: panel.tachogram.figures != "")
    assert not panel.poincare.figures
    wait_for(lambda: panel.poincare.figures != "")


def test_the_axes_stay_where_they_are_while_the_data_fit(make_panel: MakePanel) -> None:
    panel = make_panel()
    seen = set()
    for second in range(9):
        end = made.NOW + second  # NOW is a multiple of 10
        panel.show_now(Shown(charts(heard(end_t=end + 0.5, beats=beats(end, 300.0))), running=True))
        seen.add((panel.tachogram.x_range, panel.tachogram.y_range, panel.coherence.x_range))
    assert len(seen) == 1


def test_a_chart_of_the_past_can_be_zoomed_by_keyboard_and_tells_the_span(
    make_panel: MakePanel, wait_for: WaitFor
) -> None:
    panel = make_panel(zoomable=True)
    panel.show_now(Shown(made_charts()))
    spans: list[tuple[float, float]] = []
    panel.zoomed.connect(lambda low, high: spans.append((low, high)))
    whole = panel.tachogram.x_range
    panel.tachogram.setFocus()
    QTest.keyClick(panel.tachogram, Qt.Key.Key_Plus)
    wait_for(lambda: len(spans) == 1)
    assert spans[0][0] > whole[0] and spans[0][1] < whole[1]
    panel.show_now(Shown(made_charts()))
    assert panel.tachogram.x_range == spans[0]  # new data of the same time leave the zoom alone
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_0):
        QTest.keyClick(panel.tachogram, key)
    assert panel.tachogram.x_range == pytest.approx(whole)
    live = make_panel()
    live.show_now(Shown(made_charts(), running=True))
    before = live.tachogram.x_range
    QTest.keyClick(live.tachogram, Qt.Key.Key_Plus)
    assert live.tachogram.x_range == before


def test_the_ellipse_has_the_axes_that_are_told() -> None:
    x, y = ellipse(Cloud(np.empty(0), np.empty(0), 900.0, 20.0, 60.0))
    along, across = (x - 900 + y - 900) / np.sqrt(2), (y - x) / np.sqrt(2)
    assert along.max() == pytest.approx(60, rel=1e-2) and across.max() == pytest.approx(20, rel=1e-2)
    assert len(ellipse(Cloud(np.empty(0), np.empty(0), 900.0, 20.0, None))[0]) == 0


def test_pyqtgraph_is_loaded_with_the_first_chart_not_with_the_window() -> None:
    asked = "import sys, biosync.gui.window; print('pyqtgraph' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"


@given(low=st.floats(-1e4, 1e4), width=st.floats(0, 1e4), least=st.floats(0.1, 100))
def test_a_range_holds_the_data_and_stays(low: float, width: float, least: float) -> None:
    first = ranges.settled(None, low, low + width, least)
    assert first[0] <= low + 1e-6 * (1 + abs(low)) and first[1] >= low + width - 1e-6 * (1 + abs(low + width))
    assert first[1] - first[0] >= least * (1 - 1e-6)
    inside = ranges.settled(first, low, low + width, least)
    assert inside[1] - inside[0] <= first[1] - first[0] + 1e-6
    where = ranges.marks(*first)
    assert 1 <= len(where) <= 6 and all(first[0] - 1e-6 <= one <= first[1] + 1e-6 for one in where)


@given(low=st.floats(0, 4e4), span=st.floats(1, 1e5), most=st.integers(2, 20))
@example(low=1e-5, span=14401.0, most=2)
def test_times_are_marked_at_whole_times(low: float, span: float, most: int) -> None:
    times = ranges.time_marks(low, low + span, most)
    assert all(low - 1e-6 <= t <= low + span + 1e-6 and t == int(t) for t in times)
    assert len(times) <= most + 1


@given(st.floats(0, 1e6))
def test_a_session_s_chart_has_room_for_the_session(end_t: float) -> None:
    assert end_t <= ranges.session_end(end_t) <= max(300.0, 2.01 * end_t)
    low, high = ranges.sliding(end_t, 300.0)
    assert high - low == pytest.approx(300.0)
    assert -1e-6 <= high - end_t < max(10.0, 300.0 - end_t) + 1e-6

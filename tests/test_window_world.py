"""What was set reaches the sessions that begin in the window; children keep their own rule."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.commands.window_world import CHILD_SEARCH_BPM, WindowWorld, _child_settings, pacer_settings
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings, settings_from
from biosync.preferences import Preferences

PACE = st.floats(4.0, 20.0)


def test_nothing_set_is_the_usual_pacer() -> None:
    assert pacer_settings(Preferences()) == Settings()


@given(st.tuples(PACE, PACE), st.floats(0.3, 0.6))
def test_any_range_makes_settings_that_a_pacer_takes(ends: tuple[float, float], share: float) -> None:
    slowest, fastest = sorted(ends)
    made = pacer_settings(Preferences(slowest_bpm=slowest, fastest_bpm=fastest, inhale_fraction=share))
    assert settings_from({"slowest_bpm": made.slowest_bpm, "fastest_bpm": made.fastest_bpm,
                          "search_slowest_bpm": made.search_slowest_bpm, "search_fastest_bpm": made.search_fastest_bpm})
    assert slowest <= made.search_slowest_bpm <= made.search_fastest_bpm <= fastest
    cue = Pacer(("Ana",), 0.0, made).update(0.0, {})
    assert slowest - 1e-9 <= cue.rate_bpm <= fastest + 1e-9
    assert cue.inhale_fraction == share


def test_a_child_has_a_range_of_its_own() -> None:
    assert (_child_settings().search_slowest_bpm, _child_settings().search_fastest_bpm) == CHILD_SEARCH_BPM


def test_the_demo_breathes_as_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))

    async def rate(inhale: float) -> float:
        world = WindowWorld()
        world.outside().preferring.change(inhale_fraction=inhale)
        return world.demo()._cast.settings.inhale_fraction  # type: ignore[union-attr]

    assert asyncio.run(rate(0.3)) == 0.3
    assert asyncio.run(rate(0.5)) == 0.5


def test_what_is_heavy_is_loaded_after_the_first_frame(tmp_path: Path) -> None:
    program = (
        "import sys; from biosync.commands.window_world import WindowWorld; from biosync.gui import app;"
        "application = app.make_application(); window = app.Window(app.Look(), None, WindowWorld().outside());"
        "window.show(); application.processEvents();"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'scipy', 'pyqtgraph', 'bleak', 'apsw'}))"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "BIOSYNC_HOME": str(tmp_path)}
    command = [sys.executable, "-c", program]
    out = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"

"""The bench of the board measures what it says: made-up clients whose beats come when they should, and busy spans."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtWidgets import QApplication

from tests.bench.window.busy import Busy, percentile_ms
from tests.bench.window.clients import PICTURES_A_SECOND, Clients, until, whole
from tests.bench.window.spans import let_run
from tests.gui import made
from tests.gui.conftest import application as application


def test_a_client_s_beats_come_when_they_should_and_only_a_new_one_makes_another_picture() -> None:
    person = whole("Ana", 0, 20.0)
    assert (np.diff(person.beat_t) > 0).all()
    before, changed = person, 0
    for k in range(20 * PICTURES_A_SECOND):
        t = made.NOW + k / PICTURES_A_SECOND
        now = until(person, t, before)
        assert now.beat_t[-1] <= t and now.beat_t[0] >= t - 76.5 and len(now.beat_t) > 50
        changed += now is not before
        before = now
    assert 15 <= changed <= 22  # at 56 beats a minute


def test_all_sixteen_are_there_with_what_was_known_then() -> None:
    session = Clients(3.0)
    session.begin()
    shown = session.latest
    assert shown is not None and len(shown.people) == 16
    assert all(person.last_beat_t is not None and person.last_beat_t <= session.now() for person in shown.people)


def test_a_busy_span_is_noted_and_waiting_is_not(application: QApplication) -> None:
    busy, first = Busy(), time.thread_time()
    busy.begin()
    let_run(0.1)
    begun = time.thread_time()
    while time.thread_time() - begun < 0.05:
        pass
    let_run(0.1)
    busy.end()
    assert max(busy.cpu) >= 0.05
    assert sum(busy.cpu) <= time.thread_time() - first  # of the 0.2 s that were waited for, nothing
    assert percentile_ms([0.001, 0.002, 0.003], 50) == 2.0

"""The charts of a session that ran are those of the same session afterwards, from the ledger."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from biosync.charts.charts import Charts
from biosync.commands.demo import scenario_scene, scene_cast
from biosync.consent import Consent
from biosync.events import Event, Tick
from biosync.live_charts import SEEN_S
from biosync.run import Cast, LiveSession
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import LedgerStore
from biosync.store.stored_charts import charts_between, stored_heard

SECONDS = 420.0
ASKED_S = 400.0
Told = tuple[Path, str, dict[str, Charts]]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Keep a session of two, one of whom keeps the breath private, and ask for everybody's charts on the way."""
    home, ids, asked = tmp_path_factory.mktemp("charts"), [], {}
    people = scene_cast(scenario_scene("mutual", 2, 3))
    first, second = (member.name for member in people.members)
    consents = (Consent(first, "all", "2026-05-01T10:00:00Z"),
                Consent(second, "coach", "2026-05-01T10:00:00Z", shown=("heart_rate", "rmssd", "coherence")))

    def store(id: str, cast: Cast) -> LedgerStore:
        ids.append(id)
        return LedgerStore(home, id, cast.members, cast.groups, ids.append, cast.settings, cast.consents)

    def ask(event: Event) -> None:
        if isinstance(event, Tick) and event.t == 100.0:
            session.mark("a hard word", second)
        if isinstance(event, Tick) and event.t == ASKED_S:
            asked.update({name: session.charts(name) for name in (first, second)})
            assert session.charts("nobody") is None

    session = LiveSession(replace(people, consents=consents), seconds=SECONDS, speed=None, open_store=store,
                          sinks=[ask])
    asyncio.run(session.run())
    (id,) = ids
    return home, id, asked


def stored(told: Told, person: str, *, own: bool = False) -> Charts:
    home, id, _ = told
    with Ledger.open(home) as ledger:
        heard = stored_heard(ledger, ledger.session(id), person, own=own)
    return charts_between(heard, ASKED_S - SEEN_S, ASKED_S)


def test_the_beats_and_what_stands_on_them_are_the_same(played: Told) -> None:
    for person, live in played[2].items():
        later = stored(played, person)
        n = len(live.beats)
        assert n > 200
        # The last second or two were not labelled yet when it was asked for.
        assert 0 <= len(later.beats) - n <= 4
        assert np.array_equal(later.beats.t_s[:n], live.beats.t_s)
        assert np.array_equal(later.beats.label[:n], live.beats.label)
        assert live.fold is not None and later.fold is not None
        assert np.allclose(later.fold.phase[: len(live.fold.phase)], live.fold.phase, atol=1e-6)
        assert live.cloud is not None and later.cloud is not None
        assert later.cloud.sd1_ms == pytest.approx(live.cloud.sd1_ms, rel=0.05)


def test_the_course_of_coherence_is_the_same_but_for_when_a_beat_was_known(played: Told) -> None:
    for person, live in played[2].items():
        later = stored(played, person)
        known = np.isfinite(live.coherence.value)
        assert np.count_nonzero(known) > 50
        again = np.interp(live.coherence.t_s[known], later.coherence.t_s, later.coherence.value)
        assert np.median(np.abs(again - live.coherence.value[known])) < 5.0


def test_markers_and_times_in_step_are_there_again(played: Told) -> None:
    first, second = played[2]
    assert [marker.text for marker in played[2][second].markers] == ["a hard word"]
    assert played[2][first].markers == ()
    later = stored(played, second)
    assert later.markers == played[2][second].markers
    live_pairs, later_pairs = played[2][second].in_step, later.in_step
    assert [one.other for one in live_pairs] == [one.other for one in later_pairs] == [first]
    assert live_pairs[0].episodes[:1] and later_pairs[0].episodes[0].begin_t == live_pairs[0].episodes[0].begin_t


def test_what_one_keeps_private_stays_so_but_to_themselves(played: Told) -> None:
    _, second = played[2]
    assert played[2][second].hidden == stored(played, second).hidden == {"breath"}
    assert len(played[2][second].breath.t_s) == len(stored(played, second).breath.t_s) == 0
    mine = stored(played, second, own=True)
    assert mine.hidden == frozenset()
    assert len(mine.breath.t_s)

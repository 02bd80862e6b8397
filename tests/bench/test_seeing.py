"""The cue that sees: what it is told is true."""

from __future__ import annotations

import numpy as np

from tests.bench.cue import judge
from tests.bench.cue.people import life
from tests.bench.cue.seeing import LOOK_S, Seeing
from tests.bench.cue.session import play


def test_who_sees_tells_every_lapse_at_once_and_nothing_else() -> None:
    trace = play(life("lapses", "resonator", 4002), Seeing())
    noticed, false, _ = judge.losses(trace)
    assert len(noticed) >= 2
    assert max(noticed) <= LOOK_S + 3
    assert false == 0


def test_who_does_not_follow_is_met_where_they_breathe() -> None:
    trace = play(life("alone", "baroreflex", 4002), Seeing())
    assert judge.end_off_own(trace) < 0.5
    assert set(trace.stage) == {"meet"}
    off = np.array(trace.rate_bpm) - np.minimum(20.0, np.array(trace.own_bpm))
    assert np.median(np.abs(off[60:])) < 0.5

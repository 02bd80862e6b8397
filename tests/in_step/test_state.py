"""What is known from look to look."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from biosync.in_step.state import LEADS_AFTER_S, Leading, Steps
from biosync.together.leader import Lag, cannot_tell

FIRST = Lag(0, 1.5, (1.0, 2.0), "")
SECOND = Lag(1, -1.5, (-2.0, -1.0), "")


def test_a_leader_is_named_after_half_a_minute_of_the_same_and_dropped_at_once() -> None:
    leading = Leading()
    named = []
    for t, lag in enumerate([FIRST] * 5 + [cannot_tell("why")] + [FIRST] * 2 + [SECOND] * 4):
        leading.look(10.0 * t, lag)
        named.append(leading.leader)
    assert named == [None, None, None, 0, 0, None, None, None, None, None, None, 1]


def test_without_a_look_nothing_is_known_of_a_lag() -> None:
    leading = Leading()
    leading.look(0.0, FIRST)
    leading.look(10.0, None)
    assert leading.lag is None and leading.leader is None
    assert LEADS_AFTER_S == 30.0


def test_the_cue_alone_makes_in_step_and_what_is_beyond_it_is_told_apart() -> None:
    plain, both, none = Steps(), Steps(), Steps()
    for t in range(0, 40, 5):
        states = plain.look(t, 0.001, 0.5), both.look(t, 0.001, 0.001), none.look(t, 0.5, 0.5)
    assert states == ("in step", "beyond the cue", "apart")
    assert both.look(45.0, None, None) is None


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=40))
def test_nothing_is_lit_sooner_than_half_a_minute_after_the_first_look(chances: list[float | None]) -> None:
    steps = Steps()
    for i, p in enumerate(chances):
        state = steps.look(5.0 * i, p, p)
        assert state in (None, "apart") or i >= 6
        assert (state is None) == (p is None)

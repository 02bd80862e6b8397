"""Whose breath the cue follows, and how fast that is: the leader settles first, and is followed while calm."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.events import Activation, Quality
from biosync.pacer.leader import SETTLED_S, TURN_S, Leader
from biosync.pacer.reading import Reading
from biosync.pacer.settings import Settings

BOTH = ("ana", "ben")


def told(bpm: float | None, activation: Activation | None = "calm", quality: Quality = "good") -> Reading:
    empty = np.zeros(0)
    return Reading(empty, empty, np.zeros(0, dtype=bool), quality, bpm, 0.9 if bpm else 0.0, activation)


def watch(
    leader: Leader, begin: int, end: int, readings: dict[str, Reading], people: tuple[str, ...] = BOTH
) -> list[float | None]:
    found = []
    for t in range(begin + 1, end + 1):
        leader.look(float(t), 1.0, people, readings)
        found.append(leader.breath_bpm)
    return found


def led_by(who: str) -> Leader:
    return Leader(Settings(mode="one_leads", leader=who), 0.0)


def test_the_chosen_one_leads_and_the_first_where_nobody_or_a_stranger_was_chosen() -> None:
    assert led_by("ben").name(BOTH) == "ben"
    assert led_by("zoe").name(BOTH) == "ana"
    assert Leader(Settings(mode="one_leads"), 0.0).name(BOTH) == "ana"


def test_the_leader_settles_first() -> None:
    leader = led_by("ben")
    found = watch(leader, 0, 60, {"ana": told(18.0), "ben": told(9.5)})
    known = [t + 1 for t, each in enumerate(found) if each is not None]
    assert known[0] >= SETTLED_S
    assert found[-1] == pytest.approx(9.5)


def test_the_leaders_breath_is_followed_smoothly() -> None:
    leader = led_by("ana")
    watch(leader, 0, 60, {"ana": told(12.0)})
    found = watch(leader, 60, 180, {"ana": told(8.0)})
    steps = np.abs(np.diff([each for each in found if each is not None]))
    assert steps.max() < 0.2
    assert found[-1] == pytest.approx(8.0, abs=0.2)


def test_a_leader_may_breathe_as_slowly_as_they_have_practised() -> None:
    assert watch(led_by("ana"), 0, 60, {"ana": told(5.5)})[-1] == pytest.approx(5.5)


def test_who_is_not_calm_is_followed_no_further_until_settled_again() -> None:
    leader = led_by("ana")
    watch(leader, 0, 60, {"ana": told(8.0)})
    found = watch(leader, 60, 120, {"ana": told(16.0, "raised")})
    assert not leader.calm
    assert found == [pytest.approx(8.0)] * 60
    after = watch(leader, 120, 121, {"ana": told(16.0)})
    assert after == [None]  # settling
    assert watch(leader, 121, 400, {"ana": told(9.0)})[-1] == pytest.approx(9.0, abs=0.2)


def test_one_who_cannot_be_read_is_not_followed() -> None:
    leader = led_by("ana")
    watch(leader, 0, 60, {"ana": told(8.0)})
    assert watch(leader, 60, 90, {"ana": told(16.0, quality="none")})[-1] == pytest.approx(8.0)
    assert not leader.calm
    assert watch(leader, 90, 100, {})[-1] == pytest.approx(8.0)


def test_turns_go_round() -> None:
    leader = Leader(Settings(mode="turns"), 0.0)
    readings = {"ana": told(8.0), "ben": told(11.0)}
    names = []
    for k in range(3):
        found = watch(leader, int(k * TURN_S), int((k + 1) * TURN_S) - 1, readings)
        names.append(leader.name(BOTH))
        assert found[-1] == pytest.approx(8.0 if k % 2 == 0 else 11.0)
        watch(leader, int((k + 1) * TURN_S) - 1, int((k + 1) * TURN_S), readings)
        assert leader.breath_bpm is None  # who takes over settles first
    assert names == ["ana", "ben", "ana"]


def test_alone_it_is_always_ones_turn() -> None:
    leader = Leader(Settings(mode="turns"), 0.0)
    assert watch(leader, 0, 600, {"ana": told(8.0)}, ("ana",))[-1] == pytest.approx(8.0)


def test_when_the_leader_goes_the_next_one_is_not_taken_for_them() -> None:
    leader = led_by("ana")
    watch(leader, 0, 60, {"ana": told(8.0), "ben": told(15.0)})
    found = watch(leader, 60, 61, {"ben": told(15.0)}, ("ben",))
    assert found == [None]
    assert watch(leader, 61, 120, {"ben": told(15.0)}, ("ben",))[-1] == pytest.approx(15.0)


def test_nobody_leads_an_empty_room() -> None:
    assert watch(Leader(Settings(mode="turns"), 0.0), 0, 400, {}, ())[-1] is None

"""People in one room live one life together, however and by whomever they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest

from devices.coupling import SCENARIOS
from devices.person import TrueBeat
from devices.room import Room
from devices.virtual import Packet, VirtualStrap
from tests.devices.together import made

Beats = dict[str, list[TrueBeat]]


def asked(scenario: str, seconds: float, order: Sequence[int], step_s: float) -> Beats:
    """Return everybody's beats, each asked in turn after every ``step_s``."""
    one = made(scenario, 2)
    room = Room(one.truth, one.traits)
    beats: Beats = {name: [] for name in one.truth.people}
    for k in range(1, int(seconds / step_s) + 1):
        for who in order:
            guest = room.guests[who % len(room.guests)]
            beats[guest.name] += guest.live_until(k * step_s)
    for guest in room.guests:
        beats[guest.name] += guest.live_until(seconds)
    return beats


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_life_does_not_depend_on_who_is_asked_when(scenario: str) -> None:
    everybody = range(SCENARIOS[scenario].usual)
    whole = asked(scenario, 300, [0], 300)
    assert all(len(beats) > 200 for beats in whole.values())
    assert asked(scenario, 300, everybody, 1.0) == whole
    assert asked(scenario, 300, list(reversed(everybody)), 0.7) == whole
    assert asked(scenario, 300, [1], 2.0) == whole


def test_nobody_is_given_a_beat_that_is_yet_to_come() -> None:
    one = made("mutual", 1)
    ana, ben = Room(one.truth, one.traits).guests
    ana.live_until(30.0)
    beats = ben.live_until(10.0)
    assert beats
    assert all(beat.t <= 10.0 for beat in beats)
    later = ben.live_until(30.0)
    assert later[0].t > 10.0
    assert later[0].t - beats[-1].t == pytest.approx(later[0].rr_s)


def test_what_comes_changes_nothing_of_what_was() -> None:
    """The cue from 100 s on leaves every beat before as it was: the model is causal."""
    lives = []
    for pace in (None, 6.0):
        one = made("calmer", 3)
        guests = Room(one.truth, one.traits).guests
        before = [guest.live_until(100.0) for guest in guests]
        for guest in guests:
            if pace is not None:
                guest.hear(100.0, 0.0, pace, 1.0)
        lives.append((before, [guest.live_until(200.0) for guest in guests]))
    (quiet_before, quiet), (led_before, led) = lives
    assert quiet_before == led_before
    assert quiet != led


def settled_s(slows_at_s: float | None) -> float:
    """Return when both hearts of an escalation are half-way back, with a cue that slows by 5 % at a time, or never."""
    one = made("escalation", 2)
    escalation, usual = one.truth.escalations[0], one.traits[0].heart_rate_bpm
    guests = Room(one.truth, one.traits).guests
    for guest in guests:
        guest.hear(0.0, 0.0, 8.0, 1.0)
    for t in range(5, 600, 5):
        if slows_at_s is not None and t >= slows_at_s:
            for guest in guests:
                guest.hear(float(t), 0.0, 7.6, 1.0)
        rates = [60 / beat.rr_s for beat in guests[0].live_until(float(t))]
        if t > max(escalation.t.values()) + 30 and sum(rates) / len(rates) < usual + escalation.rise_bpm / 2:
            return float(t)
    raise AssertionError("they never settle")


def test_who_rose_together_settles_when_the_cue_slows_and_at_the_latest_as_stated() -> None:
    escalation = made("escalation", 2).truth.escalations[0]
    slows = max(escalation.t.values()) + 40
    assert slows < settled_s(slows) < slows + 40
    assert escalation.latest_t < settled_s(None) < escalation.latest_t + 40


def test_a_strap_asked_a_little_out_of_order_hears_the_same_hearts() -> None:
    def sent(shuffled: bool) -> list[list[Packet]]:
        one, dice = made("group_sit", 1), Random(5)
        straps = [VirtualStrap(guest) for guest in Room(one.truth, one.traits).guests]
        packets: list[list[Packet]] = [[] for _ in straps]
        for _ in range(60):
            order = list(range(len(straps)))
            if shuffled:
                dice.shuffle(order)
            for k in order:
                packets[k] += straps[k].send()
        return packets

    assert sent(shuffled=True) == sent(shuffled=False)

"""The virtual strap: real bytes, about once a second, that tell the truth about the person who wears it."""

from __future__ import annotations

import itertools

import pytest

from devices import battery, heart_rate
from devices.person import Person, Traits, born, with_traits
from devices.virtual import Packet, VirtualStrap


def packets(traits: Traits, seconds: float) -> list[Packet]:
    strap, sent = VirtualStrap(Person(traits)), []
    while strap.next_t <= seconds:
        sent += strap.send()
    return sent


def rr_ticks(sent: list[Packet]) -> list[int]:
    ours = [p for p in sent if p.characteristic == heart_rate.MEASUREMENT]
    return [tick for p in ours for tick in heart_rate.decode(p.payload).rr_ticks]


def test_about_one_notification_a_second_with_times_that_rise() -> None:
    sent = [p for p in packets(born(1), 60) if p.characteristic == heart_rate.MEASUREMENT]
    assert 58 <= len(sent) <= 61
    spacings = [b.t - a.t for a, b in itertools.pairwise(sent)]
    assert min(spacings) > 0.8
    assert max(spacings) < 1.2


def test_the_intervals_are_those_of_the_heart_to_one_tick() -> None:
    traits = born(2)
    truth = Person(traits).live_until(120)
    ticks = rr_ticks(packets(traits, 120))
    assert len(truth) - 4 <= len(ticks) < len(truth)
    for beat, tick in zip(truth[1:], ticks, strict=False):  # the first beat begins the first interval
        assert tick / 1024 == pytest.approx(beat.rr_s, abs=1 / 1024)


def test_rounding_does_not_add_up() -> None:
    traits = born(2)
    truth, ticks = Person(traits).live_until(600), rr_ticks(packets(traits, 600))
    assert sum(ticks) / 1024 == pytest.approx(truth[len(ticks)].t - truth[0].t, abs=1 / 1024)


def test_battery_is_told() -> None:
    levels = [battery.decode(p.payload).percent for p in packets(born(1), 200) if p.characteristic == battery.LEVEL]
    assert len(levels) == 4
    assert all(1 <= level <= 100 for level in levels)


def test_good_contact_is_told_and_poor_contact_spoils_beats() -> None:
    good = packets(born(3), 600)
    poor = packets(with_traits(born(3), {"poor_contact_per_hour": "60"}), 600)
    measured = [heart_rate.decode(p.payload) for p in poor if p.characteristic == heart_rate.MEASUREMENT]
    lost = [m for m in measured if m.contact is False]
    assert 20 < len(lost) < len(measured)
    assert max(rr_ticks(poor)) > 1.5 * max(rr_ticks(good))

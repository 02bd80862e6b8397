"""How a strap is heard, from its packets alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices import reception
from devices.heart_rate import encode
from devices.measurement import HeartRate
from devices.reception import Heard, Reception

GOOD = encode(HeartRate(60, (1024,)))
RATE_ONLY = encode(HeartRate(60))
NO_CONTACT = encode(HeartRate(60, (1024,), contact=False))
LIVE = Heard("live", reception.WELL)


def each_second(payloads: list[bytes], start: float = 0.0) -> list[Heard]:
    """Feed one payload a second; return what was said after each."""
    watch = Reception()
    return [watch.feed(payload, start + second) for second, payload in enumerate(payloads)]


def test_a_good_strap_is_live_from_its_first_packet() -> None:
    assert each_second([GOOD] * 30) == [LIVE] * 30


def test_a_slow_heart_with_packets_between_its_beats_is_live() -> None:
    assert set(each_second([encode(HeartRate(31, (1982,))), RATE_ONLY] * 40)) == {LIVE}


def test_a_sensor_without_intervals_is_heart_rate_only_after_ten_seconds() -> None:
    said = each_second([RATE_ONLY] * 15)
    assert said[:10] == [LIVE] * 10
    assert said[10:] == [Heard("hr_only", reception.ONLY_RATE)] * 5


def test_a_model_known_to_send_none_is_heart_rate_only_at_once_unless_it_sends_some() -> None:
    watch = Reception(sends_rr=False)
    assert watch.feed(RATE_ONLY, 0.0) == Heard("hr_only", reception.ONLY_RATE)
    assert watch.feed(GOOD, 1.0) == LIVE
    assert watch.feed(RATE_ONLY, 2.0) == LIVE


def test_a_rush_of_packets_without_intervals_is_no_proof() -> None:
    watch = Reception()
    assert {watch.feed(RATE_ONLY, n / 1000) for n in range(5000)} == {LIVE}


def test_intervals_that_stop_are_weak_and_come_back() -> None:
    said = each_second([GOOD] * 5 + [RATE_ONLY] * 12 + [GOOD] * 2)
    assert said[16] == Heard("weak", reception.NO_BEATS)
    assert said[17:] == [LIVE] * 2


def test_a_heart_rate_of_zero_is_no_missing_interval() -> None:
    assert set(each_second([encode(HeartRate(0))] * 30)) == {LIVE}


def test_no_contact_three_times_running_is_weak_until_contact_is_back() -> None:
    said = each_second([GOOD, NO_CONTACT, NO_CONTACT, GOOD, NO_CONTACT, NO_CONTACT, NO_CONTACT, GOOD])
    assert said == [LIVE] * 6 + [Heard("weak", reception.NO_CONTACT), LIVE]


def test_what_cannot_be_read_is_weak() -> None:
    said = each_second([b"", b"\x10", b"\x01\x2c", GOOD])
    assert said == [LIVE, LIVE, Heard("weak", reception.UNREADABLE), LIVE]


def test_lost_packets_are_weak_for_ten_seconds() -> None:
    watch = Reception()
    times = [0.0, 1.0, 4.0, 5.0, 13.9, 14.0]
    said = [watch.feed(GOOD, t).why for t in times[:4]]
    assert said == [reception.WELL, reception.WELL, reception.LOSING, reception.LOSING]
    watch = Reception()
    steady = [watch.feed(GOOD, t) for t in [0.0, 3.0, *(3.0 + n for n in range(1, 11))]]
    assert steady[-2] == Heard("weak", reception.LOSING)
    assert steady[-1] == LIVE


@given(st.lists(st.tuples(st.binary(max_size=24), st.floats(0, 20))))
def test_any_packets_at_any_pace_give_a_state(packets: list[tuple[bytes, float]]) -> None:
    watch = Reception()
    t = 0.0
    for payload, pause in packets:
        t += pause
        assert watch.feed(payload, t).state in ("live", "weak", "hr_only")

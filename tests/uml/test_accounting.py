"""The accounting finds exactly what was lost and what came twice, in what virtual straps really send."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices import heart_rate
from devices.person import born
from devices.virtual import VirtualStrap
from tests.uml.accounting import Drift, account, drift, intervals, outside, ticks
from tests.uml.wire import Sent, read, true_beats
from tests.uml.witness import Witness

SECONDS = 240


@cache
def worn(seed: int) -> tuple[Sent, ...]:
    """Return what a virtual strap sends in four minutes, with the truth about its beats."""
    person = Witness(born(seed))
    strap, sent = VirtualStrap(person), list[Sent]()
    for _ in range(SECONDS):
        for packet in strap.send():
            if packet.characteristic == heart_rate.MEASUREMENT:
                sent.append(Sent(packet.t, packet.payload.hex(), tuple(beat.t for beat in person.lived), sent=True))
    return tuple(sent)


def payloads(seed: int) -> list[str]:
    return [packet.payload for packet in worn(seed)]


def test_what_came_whole_is_whole() -> None:
    found = account(payloads(1), payloads(1))
    assert found.whole
    assert (found.sent, found.came) == (SECONDS, SECONDS)


@given(st.integers(0, 5), st.integers(0, SECONDS - 1), st.integers(1, 60))
def test_a_gap_is_as_long_as_it_was_and_stands_where_it_was(seed: int, start: int, length: int) -> None:
    sent = payloads(seed)
    found = account(sent, sent[:start] + sent[start + length :])
    assert len(found.lost) == min(length, SECONDS - start)
    assert found.foreign == ()
    assert all(sent[i] == (sent[:start] + sent[start + length :])[j] for i, j in found.pairs)
    # A payload just behind the gap may by chance equal one just before it: the gap is then seen that much later.
    assert all(start - 2 <= place <= start + length + 2 for place in found.lost)


@given(st.integers(0, 5), st.integers(0, SECONDS - 1))
def test_a_notification_that_came_twice_is_found(seed: int, place: int) -> None:
    sent = payloads(seed)
    came = sent[: place + 1] + sent[place:]
    found = account(sent, came)
    assert found.lost == ()
    assert len(found.foreign) == 1
    assert came[found.foreign[0]] == sent[place]


@given(st.integers(0, 5), st.integers(0, SECONDS - 2))
def test_what_the_strap_never_said_is_found(seed: int, place: int) -> None:
    sent = payloads(seed)
    found = account(sent, [*sent[:place], "ff", *sent[place:]])
    assert (found.lost, found.foreign) == ((), (place,))


def test_everything_lost_and_nothing_sent() -> None:
    assert account(["a", "b"], []).lost == (0, 1)
    assert account([], ["a"]).foreign == (0,)


def test_every_interval_ends_at_the_beat_that_ended_it() -> None:
    beats = intervals(worn(3))
    assert len(beats) > SECONDS * 0.8
    for (earlier, _), (t, rr) in pairwise(beats):
        assert t - earlier == pytest.approx(rr / 1024, abs=1.5 / 1024)  # both ends are rounded to a tick


def test_intervals_that_do_not_belong_to_the_beats_are_no_truth() -> None:
    with pytest.raises(ValueError, match="2 intervals for 1 beats"):
        true_beats(Sent(1.0, "10480004" + "0004", (1.0,), sent=True))


def test_losses_in_a_window_are_expected() -> None:
    assert outside([1.0, 2.0, 3.0, 4.0], [(2.0, 3.0), (9.0, 10.0)]) == [1.0, 4.0]


HOURS = [float(t) for t in range(0, 6 * 3600, 2)]


def test_a_clock_that_runs_away_drifts_and_one_that_is_only_late_does_not() -> None:
    late = drift(HOURS, [t + 0.3 for t in HOURS], settle_s=600.0, hour_s=3600.0)
    fast = drift(HOURS, [t * (1 + 2e-6) for t in HOURS], settle_s=600.0, hour_s=3600.0)
    assert late is not None and fast is not None
    assert late.trend_s == pytest.approx(0.0, abs=1e-9)
    assert late.wander_s == pytest.approx(0.0, abs=1e-9)
    assert fast.trend_s == pytest.approx((HOURS[-1] - 600) * 2e-6, rel=1e-3)
    assert fast.ends_s == pytest.approx(4 * 3600 * 2e-6, rel=1e-3)
    assert fast.most_s == fast.trend_s


def test_neither_trend_nor_ends_hides_a_drift_that_the_other_shows() -> None:
    assert Drift(trend_s=0.001, ends_s=-0.02, wander_s=0.0).most_s == 0.02
    assert Drift(trend_s=-0.03, ends_s=0.02, wander_s=0.0).most_s == 0.03


def test_a_clock_that_is_off_for_an_hour_wanders() -> None:
    off = [t + (0.05 if 7800 <= t < 11400 else 0.0) for t in HOURS]
    found = drift(HOURS, off, settle_s=600.0, hour_s=3600.0)
    assert found is not None
    assert 0.03 < found.wander_s < 0.05
    assert abs(found.trend_s) < 0.02


def test_a_session_too_short_to_drift_says_so() -> None:
    assert drift([0.0, 4000.0], [0.0, 4000.0], settle_s=600.0, hour_s=3600.0) is None
    assert drift([0.0, 10.0], [0.0, 10.0], settle_s=600.0, hour_s=3600.0) is None


def test_intervals_come_back_in_the_straps_own_unit() -> None:
    assert [ticks(rr * 1000 / 1024) for rr in (1, 812, 0xFFFF)] == [1, 812, 0xFFFF]


def test_the_log_is_read_by_strap() -> None:
    lines = [
        {"strap": 1, "t": 1.0, "event": "subscribed"},
        {"strap": 2, "t": 1.5, "event": "packet", "payload": "0048", "beats": [], "sent": False},
        {"strap": 1, "t": 2.0, "event": "packet", "payload": "10480004", "beats": [1.9], "sent": True},
    ]
    logs = read(json.dumps(line) for line in lines)
    assert logs[1].count("subscribed") == 1
    assert logs[1].sent == [Sent(2.0, "10480004", (1.9,), sent=True)]
    assert logs[2].sent == []

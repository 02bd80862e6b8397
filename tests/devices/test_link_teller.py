"""The account of one link: every change is told once, and nothing old is told as known."""

from __future__ import annotations

from devices.battery import LEVEL
from devices.connection_words import Trouble, words
from devices.heart_rate import MEASUREMENT, encode
from devices.link import LinkChange, StrapInfo, Timing
from devices.link_teller import LinkTeller
from devices.measurement import HeartRate

PACKET = encode(HeartRate(60, (1024,)))


def teller() -> tuple[LinkTeller, list[LinkChange]]:
    told: list[LinkChange] = []
    return LinkTeller("A0:9E:1A:00:00:01", told.append), told


def test_the_same_is_not_told_twice() -> None:
    account, told = teller()
    account.attempt("Polar H10 1")
    for t in range(20):
        account.heard(MEASUREMENT, PACKET, float(t))
        account.heard(LEVEL, b"\x50", float(t))
    assert [(change.state, change.battery_percent) for change in told] == [
        ("searching", None), ("connecting", None), ("live", None), ("live", 80)
    ]  # fmt: skip


def test_before_the_first_packet_it_is_searching_afterwards_lost() -> None:
    account, told = teller()
    account.not_seen()
    account.attempt("Polar H10 1")
    account.lost(Trouble.SILENT)
    assert (told[-1].state, account.failures) == ("searching", 1)
    account.attempt("Polar H10 1")
    account.heard(MEASUREMENT, PACKET, 0.0)
    assert account.failures == 0
    account.lost(Trouble.DROPPED)
    account.not_seen()
    account.attempt("Polar H10 1")
    account.failed(words(Trouble.FAILED))
    assert [change.state for change in told[-3:]] == ["lost", "connecting", "lost"]
    assert account.failures == 1


def test_silence_is_a_loss_and_what_comes_after_it_is_judged_anew() -> None:
    account, told = teller()
    account.attempt("Polar H10 1")
    account.silent()
    account.heard(MEASUREMENT, PACKET, 0.0)
    account.silent()
    account.heard(MEASUREMENT, PACKET, 60.0)
    account.silent()
    account.lost(Trouble.SILENT)
    states = ["searching", "connecting", "searching", "live", "lost", "live", "lost", "lost"]
    assert [change.state for change in told] == states
    assert told[-2].why.endswith("; still listening")
    assert told[-1].why.endswith("; trying again")
    assert account.failures == 0


def test_the_battery_is_forgotten_with_the_link_the_rest_is_kept() -> None:
    account, told = teller()
    account.attempt("Polar H10 1")
    account.heard(MEASUREMENT, PACKET, 0.0)
    account.heard(LEVEL, b"\x50", 0.0)
    account.described(StrapInfo(model="H10"))
    account.lost(Trouble.DROPPED)
    assert told[-1] == LinkChange("lost", told[-1].why, "Polar H10 1", None, StrapInfo(model="H10"))


def test_a_sensor_known_to_send_no_intervals_is_told_from_its_first_packet() -> None:
    account, told = teller()
    account.attempt("Polar OH1 55")
    account.heard(MEASUREMENT, encode(HeartRate(60)), 0.0)
    assert told[-1].state == "hr_only"


def test_an_unreadable_battery_is_unknown() -> None:
    account, told = teller()
    account.attempt("Polar H10 1")
    for payload in (b"\x50", b"\xff", b"\x50", b""):
        account.heard(LEVEL, payload, 0.0)
    assert [change.battery_percent for change in told[-4:]] == [80, None, 80, None]


def test_a_new_link_is_judged_anew() -> None:
    """The pause between two links is no lost packet of the second."""
    account, told = teller()
    for start in (0.0, 60.0):
        account.attempt("Polar H10 1")
        account.heard(MEASUREMENT, PACKET, start)
        account.heard(MEASUREMENT, PACKET, start + 1)
        account.lost(Trouble.DROPPED)
    assert "weak" not in [change.state for change in told]


def test_pauses_grow_and_stay() -> None:
    timing = Timing(settle_s=0.0, backoff_s=(0.25, 0.5, 1.0))
    assert [timing.pause_s(failures) for failures in range(6)] == [0.0, 0.25, 0.5, 1.0, 1.0, 1.0]
    assert Timing(settle_s=1.5, backoff_s=(0.25, 2.0)).pause_s(1) == 1.5

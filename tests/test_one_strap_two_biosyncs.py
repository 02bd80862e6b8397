"""A second biosync on the same strap says so, waits, and goes on when the first one is done: two real processes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from biosync.strap_feed import TAKEN
from tests.bluez.strap import Strap
from tests.running import Running, ask

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A = "A0:9E:1A:00:00:01"


def test_the_second_says_so_and_takes_over_when_the_first_ends(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as first:
        first.until_link("live")
        with Running(fake_bluez, tmp_path, f"Ben=ble:{A}") as second:
            assert second.until_link("searching")["why"] == TAKEN
            assert fake_bluez.listeners(A) == 1, "the second does not listen in"
            first.until(lambda event: event["type"] == "beat")
            first.end()
            second.until_link("live")
            assert [state for state, _ in second.links()].count("searching") <= 2
    assert fake_bluez.linked() == set()


def test_one_that_is_killed_does_not_keep_the_strap(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as first:
        first.until_link("live")
        first.kill()
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as second:
        second.until_link("live")
        assert TAKEN not in [why for _, why in second.links()]


def test_a_scan_says_who_has_it(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as session:
        session.until_link("live")
        assert "in use by a running biosync" in ask(fake_bluez, tmp_path, "scan", "--seconds", "0.5").stdout

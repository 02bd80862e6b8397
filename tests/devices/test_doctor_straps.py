"""Every verdict about straps, from made facts, and on every system where it differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devices.doctor import judged
from devices.doctor_facts import Facts, Meeting
from devices.doctor_report import Report
from devices.link import Sighting, StrapInfo
from devices.straps_in_range import ranked
from tests.devices.test_known_straps import Known

A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"
H10 = Sighting("Polar H10 1", A, -60)
ANA = Known("Polar H10 1", A, "Ana", "111")
WELL = Meeting("live", "the strap is heard well", StrapInfo(serial="111"), 87)


def report(
    *sightings: Sighting,
    known: tuple[Known, ...] = (),
    met: dict[str, Meeting] | None = None,
    taken: str = "",
    system: str = "linux",
) -> Report:
    straps = ranked(sightings, known, lambda address: address == taken)
    return judged(Facts(system, straps=straps, known=known, met=met or {}))


def cause(report: Report) -> str:
    assert report.cause is not None and report.cause.check == "straps"
    return f"{report.cause.why}; {report.cause.next_step}"


def test_an_unknown_strap_in_range_can_be_used_once_its_wearer_said_yes() -> None:
    found = report(H10)
    assert found.verdict == "ok" and found.cause is None
    assert (found.straps[0].state, found.straps[0].known, found.straps[0].cause) == ("ok", False, "")
    assert "said yes" in found.straps[0].why


def test_a_known_strap_that_answered_is_told_with_its_battery() -> None:
    (strap,) = report(H10, known=(ANA,), met={A: WELL}).straps
    assert (strap.state, strap.person, strap.battery_percent, strap.serial) == ("ok", "Ana", 87, "111")


def test_none_seen_and_none_known() -> None:
    found = report()
    assert found.verdict == "not_seen"
    assert "put it on" in cause(found) and "moisten" in cause(found)


def test_a_known_one_that_is_not_heard_may_be_held_by_a_phone() -> None:
    found = report(known=(Known("TICKR", A, "Ana"),))
    assert found.verdict == "not_seen"
    assert "Ana's TICKR is not heard" in cause(found) and "phone" in cause(found) and "one link" not in cause(found)


def test_of_a_polar_h10_it_is_said_that_it_keeps_one_link() -> None:
    assert "Polar H10: one link at a time" in cause(report(known=(ANA,)))


def test_several_known_ones_are_all_named() -> None:
    found = report(known=(ANA, Known("TICKR", B, "Ben")))
    assert "none of Ana's Polar H10 1, Ben's TICKR is heard" in cause(found)


def test_a_strap_that_this_computer_holds() -> None:
    found = report(replace(H10, rssi_dbm=None))
    assert found.verdict == "held" and found.straps[0].state == "problem"
    assert "another program on this computer uses it" in cause(found) and "close other programs" in cause(found)


def test_a_strap_that_a_running_biosync_uses() -> None:
    found = report(replace(H10, rssi_dbm=None), taken=A)
    assert found.verdict == "in_use" and "running session" in cause(found)


@pytest.mark.parametrize("name", ["Polar OH1 5", "Polar Sense 5", "TICKR FIT 1", "RHYTHM+ 1", "MZ-3"])
def test_a_model_without_intervals(name: str) -> None:
    found = report(Sighting(name, A, -60))
    assert found.verdict == "no_rr" and "chest strap" in cause(found)


def test_a_known_sensor_that_turned_out_to_send_no_intervals() -> None:
    found = report(H10, known=(ANA,), met={A: Meeting("hr_only", "only the rate", StrapInfo(serial="111"))})
    assert found.verdict == "no_rr"


def test_another_strap_of_the_same_name_is_not_taken_for_the_known_one() -> None:
    found = report(Sighting(ANA.name, B, -60), known=(ANA,), met={B: Meeting("live", "well", StrapInfo(serial="999"))})
    assert found.verdict == "other_strap" and "serial" in cause(found)
    assert (found.straps[0].person, found.straps[0].known) == (None, False)


@pytest.mark.parametrize(("system", "verdict"), [("win32", "old_firmware"), ("linux", "ok"), ("darwin", "ok")])
def test_firmware_that_is_known_to_fail_where_it_does(system: str, verdict: str) -> None:
    info = StrapInfo(serial="111", firmware="5.0.0", software="4.0.4")
    found = report(H10, known=(ANA,), met={A: Meeting("live", "well", info)}, system=system)
    assert found.verdict == verdict and found.straps[0].firmware == "4.0.4"


def test_a_known_strap_that_does_not_answer() -> None:
    met = Meeting("searching", "the strap does not answer: come closer to the computer; trying again")
    found = report(H10, known=(ANA,), met={A: met})
    assert found.verdict == "no_answer"
    assert cause(found) == "Polar H10 1: the strap does not answer; come closer to the computer"


def test_one_that_can_be_used_is_enough_and_the_others_are_told_still() -> None:
    found = report(H10, Sighting("TICKR", B, None), known=(ANA,), met={A: WELL})
    assert found.verdict == "ok"
    assert [strap.state for strap in found.straps] == ["ok", "problem"]


def test_a_strap_that_says_it_is_not_worn_is_told_what_to_do() -> None:
    (strap,) = report(replace(H10, worn=False)).straps
    assert strap.state == "ok" and "not worn" in strap.why and "put it on" in strap.next_step


def test_straps_of_one_name_are_told_apart() -> None:
    found = report(Sighting("TICKR", A, -60), Sighting("TICKR", B, -60))
    assert [strap.label for strap in found.straps] == ["TICKR (00:01)", "TICKR (00:02)"]
    assert [strap.name for strap in found.straps] == ["TICKR", "TICKR"]
    assert any(finding.check == "names" and "TICKR" in finding.why for finding in found.findings)

"""Every trouble of the computer, on every system: which check fails, with which cause and which next step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.connection_words import WHOLE_COMPUTER, Trouble, words
from devices.doctor import judged
from devices.doctor_computer import IN_CONTAINER, computer_findings, explained
from devices.doctor_facts import Block, Computer, Facts

SYSTEMS = ("linux", "win32", "darwin")
SOFT, HARD, FREE = Block(True, False), Block(False, True), Block(False, False)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("trouble", sorted(WHOLE_COMPUTER, key=lambda trouble: trouble.name))
def test_every_trouble_is_one_cause_with_one_step(trouble: Trouble, system: str) -> None:
    report = judged(Facts(system, trouble))
    assert report.cause is not None and report.verdict == explained(trouble, system, Computer()).name.lower()
    assert [finding.state for finding in report.findings].count("problem") == 1
    cause = report.findings.index(report.cause)
    assert {f.state for f in report.findings[:cause]} <= {"ok", "unknown"}
    assert {f.state for f in report.findings[cause + 1 :]} == {"skipped"}
    assert report.cause.why and report.cause.next_step and report.straps == ()


@pytest.mark.parametrize(
    ("system", "trouble", "check"),
    [
        ("linux", Trouble.NO_BUS, "bus"),
        ("linux", Trouble.NO_SERVICE, "service"),
        ("linux", Trouble.SERVICE_SILENT, "service"),
        ("linux", Trouble.NO_PERMISSION, "permission"),
        ("linux", Trouble.OLD_SERVICE, "version"),
        ("linux", Trouble.NO_ADAPTER, "adapter"),
        ("linux", Trouble.NO_LOW_ENERGY, "low_energy"),
        ("linux", Trouble.OFF, "power"),
        ("win32", Trouble.NO_ADAPTER, "adapter"),
        ("win32", Trouble.NO_LOW_ENERGY, "low_energy"),
        ("win32", Trouble.NO_PERMISSION, "permission"),
        ("win32", Trouble.OFF, "power"),
        ("win32", Trouble.SERVICE_SILENT, "service"),
        ("darwin", Trouble.NO_ADAPTER, "adapter"),
        ("darwin", Trouble.NO_PERMISSION, "permission"),
        ("darwin", Trouble.OFF, "power"),
        ("darwin", Trouble.SERVICE_SILENT, "service"),
        ("linux", Trouble.BUSY, "listening"),
        ("win32", Trouble.FAILED, "listening"),
    ],
)
def test_each_trouble_fails_its_own_check_in_its_system_s_words(system: str, trouble: Trouble, check: str) -> None:
    facts = Facts(system, trouble, Computer(may_use=False))
    _, findings = computer_findings(facts)
    (failed,) = [finding for finding in findings if finding.state == "problem"]
    assert failed.check == check
    assert f"{failed.why}: {failed.next_step}" == words(trouble, system)


@pytest.mark.parametrize(
    ("trouble", "computer", "cause"),
    [
        (Trouble.OFF, Computer(blocks=(SOFT,)), Trouble.BLOCKED),
        (Trouble.OFF, Computer(blocks=(HARD,)), Trouble.HARD_BLOCKED),
        (Trouble.NO_ADAPTER, Computer(blocks=(SOFT, HARD)), Trouble.BLOCKED),
        (Trouble.OFF, Computer(blocks=(SOFT, FREE)), Trouble.OFF),
        (Trouble.OFF, Computer(blocks=(FREE,)), Trouble.OFF),
        (Trouble.NO_ADAPTER, Computer(adapters=("hci0",)), Trouble.UNSEEN_ADAPTER),
        (Trouble.NO_ADAPTER, Computer(blocks=(FREE,), adapters=("hci0",)), Trouble.UNSEEN_ADAPTER),
        (Trouble.NO_ADAPTER, Computer(plugged_in=True), Trouble.NO_DRIVER),
        (Trouble.NO_ADAPTER, Computer(), Trouble.NO_ADAPTER),
        (Trouble.NO_SERVICE, Computer(service_installed=False), Trouble.NOT_INSTALLED),
        (Trouble.NO_SERVICE, Computer(service_installed=True), Trouble.NO_SERVICE),
        (Trouble.NO_SERVICE, Computer(service_installed=False, container=True), Trouble.NO_SERVICE),
        (Trouble.NO_PERMISSION, Computer(may_use=False, may_use_now=False), Trouble.NO_PERMISSION),
        (Trouble.NO_PERMISSION, Computer(may_use=True, may_use_now=False), Trouble.NOT_LOGGED_IN_ANEW),
        (Trouble.NO_PERMISSION, Computer(may_use=True, may_use_now=True), Trouble.FORBIDDEN),
        (Trouble.NO_PERMISSION, Computer(), Trouble.FORBIDDEN),
    ],
)
def test_linux_s_own_files_tell_the_cause_behind_the_trouble(
    trouble: Trouble, computer: Computer, cause: Trouble
) -> None:
    assert explained(trouble, "linux", computer) is cause


@pytest.mark.parametrize(
    ("trouble", "computer", "cause"),
    [
        (Trouble.NO_ADAPTER, Computer(service_runs=False), Trouble.NO_SERVICE),
        (Trouble.NO_ADAPTER, Computer(service_runs=True), Trouble.NO_ADAPTER),
        (Trouble.NO_ADAPTER, Computer(), Trouble.NO_ADAPTER),
        (Trouble.SERVICE_SILENT, Computer(privacy=False), Trouble.NO_PERMISSION),
        (Trouble.OFF, Computer(privacy=False), Trouble.OFF),
    ],
)
def test_windows_service_and_privacy_switch_tell_the_cause(
    trouble: Trouble, computer: Computer, cause: Trouble
) -> None:
    assert explained(trouble, "win32", computer) is cause


def test_a_mac_app_without_its_usage_text_is_told_so() -> None:
    report = judged(Facts("darwin", Trouble.NO_USAGE_TEXT, Computer(usage_text=False)))
    assert report.verdict == "no_usage_text" and report.findings[0].check == "usage_text"


@pytest.mark.parametrize("trouble", [Trouble.NO_BUS, Trouble.NO_SERVICE])
def test_in_a_container_the_step_leads_out_of_it(trouble: Trouble) -> None:
    report = judged(Facts("linux", trouble, Computer(container=True)))
    assert report.cause is not None and report.cause.next_step == IN_CONTAINER


def test_the_version_of_the_service_is_told() -> None:
    report = judged(Facts("linux", computer=Computer(service_version="5.66")))
    assert "the Bluetooth service is new enough (BlueZ 5.66)" in [finding.why for finding in report.findings]
    (unread,) = [finding for finding in judged(Facts("linux")).findings if finding.check == "version"]
    assert unread.state == "unknown"


@given(
    st.sampled_from(SYSTEMS), st.sampled_from(sorted(WHOLE_COMPUTER, key=lambda t: t.name)),
    st.builds(Computer, container=st.booleans(), service_installed=st.none() | st.booleans(),
              service_runs=st.none() | st.booleans(), adapters=st.sampled_from([(), ("hci0",)]),
              blocks=st.lists(st.builds(Block, st.booleans(), st.booleans()), max_size=3).map(tuple),
              plugged_in=st.booleans(), may_use=st.none() | st.booleans(), may_use_now=st.none() | st.booleans(),
              usage_text=st.none() | st.booleans(), privacy=st.none() | st.booleans()),
)  # fmt: skip
def test_whatever_the_facts_there_is_one_cause(system: str, trouble: Trouble, computer: Computer) -> None:
    report = judged(Facts(system, trouble, computer))
    assert [finding.state for finding in report.findings].count("problem") == 1
    assert report.verdict != "ok"

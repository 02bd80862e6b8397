"""What the run needs is looked for, and what is missing is one sentence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.uml import cache, machine, needs
from tests.uml.cast import straps
from tests.uml.machine import Parts

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the guest is a Linux program")



def test_a_machine_without_programs_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert {"build-essential", "flex", "bison", "dbus-daemon"} <= set(needs.missing())
    with pytest.raises(needs.Missing):
        needs.check(install=False)


def test_a_cache_that_a_kernel_command_line_cannot_name_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "with space"))
    with pytest.raises(needs.Missing, match="XDG_CACHE_HOME"):
        cache.folder()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "biosync" / "uml"


def test_a_kernel_that_ends_at_once_is_a_failed_scenario(tmp_path: Path) -> None:
    nothing = Parts(Path("/bin/true"), tmp_path, tmp_path)
    outcome = machine.run(nothing, "scan", 0.0, tmp_path / "out", patience_s=10.0)
    assert outcome.wrong == (f"the guest ended without a result: see {tmp_path / 'out'}",)


def test_a_kernel_that_never_ends_is_ended(tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    endless.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    endless.chmod(0o755)
    outcome = machine.run(Parts(endless, tmp_path, tmp_path), "scan", 0.0, tmp_path / "out", patience_s=0.2)
    assert outcome.wrong == ("the guest was still running after 0.2 s",)


def test_all_straps_have_addresses_and_people_of_their_own() -> None:
    worn = straps(16)
    assert len({strap.address for strap in worn}) == len({strap.person for strap in worn}) == 16
    assert {strap.random for strap in worn} == {True, False}
    assert worn[0].source == "P01=ble:A0:9E:1A:00:00:01"

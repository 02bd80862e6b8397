"""What a Linux computer's files tell, read from made-up folders; and that any folder can be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from devices.doctor_facts import Block, Computer
from devices.doctor_linux import computer

PASSWD = "root:x:0:0::/root:/bin/sh\nana:x:1000:1000::/home:/bin/sh\n"


def write(root: Path, **files: str) -> Path:
    """Write files below ``root``; a name's '__' stands for '/'."""
    for name, content in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def look(root: Path, groups: tuple[int, ...] = (1000,), user: int = 1000) -> Computer:
    return computer(root, None, groups, user)


def test_an_empty_folder_tells_nothing(tmp_path: Path) -> None:
    assert look(tmp_path) == Computer(service_installed=False)


@pytest.mark.parametrize(("soft", "hard"), [("1", "0"), ("0", "1"), ("0", "0"), ("1", "1")])
def test_blocks_of_bluetooth_are_read_and_those_of_other_radios_are_not(tmp_path: Path, soft: str, hard: str) -> None:
    folder = "sys__class__rfkill__rfkill"
    write(tmp_path, **{f"{folder}0__type": "wlan\n", f"{folder}0__soft": "1\n", f"{folder}0__hard": "1\n"})
    write(tmp_path, **{f"{folder}1__type": "bluetooth\n", f"{folder}1__soft": soft, f"{folder}1__hard": f"{hard}\n"})
    assert look(tmp_path).blocks == (Block(soft == "1", hard == "1"),)


def test_adapters_of_the_kernel_without_their_links(tmp_path: Path) -> None:
    write(tmp_path, sys__class__bluetooth__hci0__type="", sys__class__bluetooth__hci1__type="")
    (tmp_path / "sys/class/bluetooth/hci0:64").mkdir()
    assert look(tmp_path).adapters == ("hci0", "hci1")


def test_a_dongle_that_is_plugged_in_is_seen_by_its_class(tmp_path: Path) -> None:
    mouse = "sys__bus__usb__devices__1-1__"
    write(tmp_path, **{mouse + "bDeviceClass": "00", mouse + "bDeviceSubClass": "00", mouse + "bDeviceProtocol": "00"})
    assert not look(tmp_path).plugged_in
    dongle = "sys__bus__usb__devices__1-2__"
    write(tmp_path, **{dongle + "bDeviceClass": "e0\n", dongle + "bDeviceSubClass": "01\n"})
    assert not look(tmp_path).plugged_in
    write(tmp_path, **{dongle + "bDeviceProtocol": "01\n"})
    assert look(tmp_path).plugged_in


def test_the_service_is_found_where_systems_put_it_and_while_it_runs(tmp_path: Path) -> None:
    write(tmp_path, proc__self__comm="bluetoothd\n", proc__17__comm="bash\n")
    assert (look(tmp_path).service_installed, look(tmp_path).service_runs) == (False, False)
    write(tmp_path, usr__libexec__bluetooth__bluetoothd="", proc__18__comm="bluetoothd\n")
    assert (look(tmp_path).service_installed, look(tmp_path).service_runs) == (True, True)


@pytest.mark.parametrize(
    ("members", "groups", "user", "told"),
    [
        ("ana", (1000, 111), 1000, (True, True)),
        ("ana", (1000,), 1000, (True, False)),
        ("ben", (1000,), 1000, (False, False)),
        ("", (1000,), 1000, (False, False)),
        ("", (0,), 0, (True, True)),
        ("", (1000,), 4711, (False, False)),
    ],
)
def test_whether_the_person_may_and_whether_this_login_knows(
    tmp_path: Path, members: str, groups: tuple[int, ...], user: int, told: tuple[bool, bool]
) -> None:
    write(tmp_path, etc__passwd=PASSWD, etc__group=f"audio:x:29:\nbluetooth:x:111:{members}\n")
    found = look(tmp_path, groups, user)
    assert (found.may_use, found.may_use_now) == told


@pytest.mark.parametrize("group", ["", "bluetooth", "bluetooth:x:many:ana", "bluetooth:x"])
def test_a_file_of_groups_that_says_nothing_leaves_it_open(tmp_path: Path, group: str) -> None:
    write(tmp_path, etc__group=group)
    assert look(tmp_path).may_use is None


@pytest.mark.parametrize("mark", [".dockerenv", "run/.containerenv", "run/systemd/container"])
def test_a_container_is_known_by_its_marks(tmp_path: Path, mark: str) -> None:
    assert not look(tmp_path).container
    write(tmp_path, **{mark: ""})
    assert look(tmp_path).container


@pytest.mark.skipif(sys.platform != "linux", reason="reads this computer")
def test_this_computer_can_be_read() -> None:
    assert isinstance(computer(Path("/"), "5.66", os.getgroups(), os.getuid()), Computer)

"""Sources that name a strap only half: which strap they get, who is told what, and who must prove to be who."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from biosync.run_problems import SessionProblem
from biosync.sources import Source, parse
from biosync.store.ledger.kinds import Strap as Known
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.strap_use import StrapUse
from biosync.strap_search import examine, look_for, named
from devices.radio import Radio
from tests.bluez.strap import SERIAL, Strap
from tests.devices.listening import PATIENCE_S, QUICK, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A, B, C = (f"A0:9E:1A:00:00:0{n}" for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    return tmp_path


def knows(home: Path, *straps: Known) -> None:
    with Ledger.open(home) as ledger:
        for strap in straps:
            ledger.remember(strap)


async def found(*texts: str) -> tuple[list[tuple[str | None, str]], list[str]]:
    """Return person and address of each source, and what was said."""
    said: list[str] = []
    sources = await named([parse(text) for text in texts], 0.3, said.append, Radio(timing=QUICK))
    return [(source.person, source.where) for source in sources], said


def worn(address: str, serial: bytes, name: str = "TICKR", **traits: object) -> Strap:
    return Strap(address, name=name, information={SERIAL: serial}, period_s=0.02, **traits)  # type: ignore[arg-type]


async def test_known_straps_are_taken_best_first_and_unknown_ones_are_not(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"), Known("TICKR", B, "Ben", "2"))
    fake_bluez.add(worn(A, b"1", "H10", rssi=-70), worn(B, b"2", rssi=-50), worn(C, b"3", "H9", rssi=-30))
    assert await found("ble", "ble") == ([("Ben", B), ("Ana", A)], [])
    assert fake_bluez.calls("Connect") == 0


async def test_a_known_name_at_a_new_address_proves_itself_by_its_serial(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("TICKR", A, "Ana", "1"))
    fake_bluez.add(worn(B, b"1"))
    assert await found("ble") == ([("Ana", B)], [])
    assert fake_bluez.linked() == set()


async def test_another_one_of_that_name_is_let_go_told_and_listed(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("TICKR", A, "Ana", "1"))
    fake_bluez.add(worn(B, b"2"))
    said: list[str] = []
    with pytest.raises(SessionProblem, match="no strap that this biosync knows"):
        await named([Source("ble", None)], 0.3, said.append, Radio(timing=QUICK))
    assert said == [
        "TICKR is not used: it looked like Ana's, but this is another strap of the same name", f"unknown: TICKR  {B}"
    ]  # fmt: skip
    assert fake_bluez.linked() == set()


async def test_who_may_be_named_is_named_and_where_nothing_is_heard_that_is_said(fake_bluez: FakeBluez) -> None:
    with pytest.raises(SessionProblem, match="no heart-rate strap is in range: wet it"):
        await found("ble")
    fake_bluez.add(worn(B, b"1"))
    with pytest.raises(SessionProblem, match=f"biosync run Ana=ble:{B}$"):
        await found("ble")


async def test_one_whose_serial_can_not_be_read_is_not_taken(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("TICKR", A, "Ana", "1"))
    fake_bluez.add(Strap(B, name="TICKR", information={}, period_s=0.02))
    with pytest.raises(SessionProblem):
        await found("ble")


async def test_of_two_of_one_name_the_right_one_is_found(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("TICKR", A, "Ana", "1"))
    fake_bluez.add(worn(B, b"2", rssi=-40), worn(C, b"1", rssi=-80))
    assert (await found("ble"))[0] == [("Ana", C)]


async def test_an_address_is_kept_for_who_named_it(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"), Known("TICKR", B, "Ben", "2"))
    fake_bluez.add(worn(A, b"1", "H10", rssi=-40), worn(B, b"2", rssi=-80))
    assert (await found("ble", f"Zoe=ble:{A.lower()}"))[0] == [("Ben", B), ("Zoe", A)]


async def test_an_address_alone_is_called_by_its_surely_known_wearer_else_by_its_name(
    fake_bluez: FakeBluez, at_home: Path
) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"), Known("TICKR", C, "Ben", "2"))
    fake_bluez.add(worn(A, b"1", "H10"), worn(B, b"2"))
    assert (await found(f"ble:{A}", f"ble:{B}"))[0] == [("Ana", A), ("TICKR", B)]


async def test_a_strap_that_a_running_biosync_uses_is_left_to_it(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"))
    fake_bluez.add(worn(A, b"1", "H10"))
    use = StrapUse(at_home, A)
    use.take()
    said: list[str] = []
    with pytest.raises(SessionProblem):
        await named([Source("ble", None)], 0.3, said.append, Radio(timing=QUICK))
    assert said == [f"in use by a running biosync: H10  {A}"]
    use.release()
    assert (await found("ble"))[0] == [("Ana", A)]


async def test_the_look_ends_as_soon_as_nothing_more_could_change_it(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"), Known("TICKR", B, "Ben", "2"))
    fake_bluez.add(worn(A, b"1", "H10"), worn(B, b"2"))
    radio = Radio(timing=QUICK)
    async with asyncio.timeout(PATIENCE_S):  # a look that does not end early takes minutes
        both = await named([Source("ble", None), Source("ble", None, A)], 300.0, print, radio)
    assert [source.person for source in both] == ["Ben", "Ana"]


async def test_the_look_goes_on_while_a_known_strap_is_out_of_sight(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"), Known("TICKR", B, "Ben", "2"))
    fake_bluez.add(worn(A, b"1", "H10", rssi=-90), worn(B, b"2", rssi=-50, in_range=False))
    looking = asyncio.create_task(named([Source("ble", None)], 300.0, print, Radio(timing=QUICK)))
    await until(lambda: fake_bluez.calls("StopDiscovery") > 0)
    assert not looking.done()
    fake_bluez.change(B, in_range=True)
    assert [source.person for source in await looking] == ["Ben"]


async def test_an_address_that_is_not_there(fake_bluez: FakeBluez) -> None:
    with pytest.raises(SessionProblem, match=f"the strap {A} is not in range"):
        await found(f"ble:{A}")


async def test_what_is_named_wholly_needs_no_scan(fake_bluez: FakeBluez) -> None:
    assert (await found(f"Ana=ble:{A}", "demo:Ben"))[0] == [("Ana", A), ("Ben", "")]
    assert fake_bluez.calls("StartDiscovery") == 0


async def test_the_window_sees_straps_best_first_with_reasons(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"))
    fake_bluez.add(worn(A, b"1", "H10", rssi=-85), worn(B, b"2", rssi=-50))
    straps = await look_for(0.3)
    assert [(strap.address, strap.person, strap.reasons) for strap in straps] == [
        (A, "Ana", ("Ana's", "weak signal")), (B, None, ("strong signal",))
    ]  # fmt: skip


async def test_the_window_s_doctor_connects_to_nobody(fake_bluez: FakeBluez, at_home: Path) -> None:
    knows(at_home, Known("H10", A, "Ana", "1"))
    fake_bluez.add(worn(A, b"1", "H10"))
    assert (await examine(0.3)).verdict == "ok"
    assert fake_bluez.calls("Connect") == 0

"""A strap that was chosen because it is known must not turn out to be another one: never by its address alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from biosync.engine import Member
from biosync.events import Notification, Raw
from biosync.store.ledger.kinds import Strap as Known
from biosync.store.ledger.reader import Ledger
from biosync.strap_feed import PROOF_S, StrapFeed
from biosync.straps import StrapLetGo
from devices.heart_rate import MEASUREMENT
from devices.link import LinkChange, StrapInfo
from tests.bluez.strap import SERIAL, Strap, packet
from tests.driven import driven

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"
NAME = "Polar H10 12345678"
LET_GO = (
    f"the strap {NAME} at {A} is not the one that this biosync knows (its serial number differs), so it was let go: "
    "once its wearer has said yes, name it by its address, as in Ana=ble:ADDRESS"
)


@pytest.fixture(autouse=True)
def ana_is_known(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        ledger.remember(Known(NAME, A, "Ana", "12345678"))


def worn(serial: bytes | None, address: str = A) -> Strap:
    return Strap(address, period_s=0.05, information={} if serial is None else {SERIAL: serial})


@pytest.mark.parametrize("source", ["ble", "Zoe=ble"])
def test_another_strap_at_the_known_address_is_let_go_and_nothing_of_it_is_kept(
    fake_bluez: FakeBluez, tmp_path: Path, source: str
) -> None:
    fake_bluez.add(worn(b"99999999"))
    with driven(tmp_path, "run", source, "--seconds", "20") as program:
        code, err = program.end()
    assert (code, err) == (1, f"biosync: {LET_GO}\n")
    assert fake_bluez.linked() == set() and fake_bluez.sent(A) > 0
    assert [line["type"] for line in program.lines if line["type"] in ("beat", "metrics")].count("beat") == 0
    assert program.lines[-1]["stored"] is None
    with Ledger.open(tmp_path) as ledger:
        assert ledger.sessions() == [] and ledger.straps() == [Known(NAME, A, "Ana", "12345678")]


def test_the_others_go_on_without_it(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(worn(b"99999999"), Strap(B, name="TICKR", period_s=0.05))
    with driven(tmp_path, "run", "ble", f"Ben=ble:{B}") as program:
        gone = program.until("link", person="Ana", state="gone")
        program.until("beat", person="Ben")
        assert fake_bluez.linked() == {B}
        program.process.terminate()
        assert program.end() == (0, "")
    assert gone["why"] == LET_GO
    assert program.lines[-1]["beats"]["Ana"] == 0  # type: ignore[index]


@pytest.mark.parametrize("serial", [b"12345678", None])
def test_the_right_one_and_one_that_tells_no_serial_lose_no_beat(
    fake_bluez: FakeBluez, tmp_path: Path, serial: bytes | None
) -> None:
    fake_bluez.add(worn(serial))
    with driven(tmp_path, "run", "ble") as program:
        program.until("beat", person="Ana")
        sent = fake_bluez.sent(A)
        program.process.terminate()
        assert program.end() == (0, "")
    assert program.lines[-1]["beats"]["Ana"] >= sent  # type: ignore[index]


def test_one_that_is_named_by_its_address_is_used_and_told(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(worn(b"99999999"))
    with driven(tmp_path, "run", f"Ana=ble:{A}") as program:
        program.until("beat", person="Ana")
        program.process.terminate()
        assert program.end() == (0, "")
    assert any("this is another strap of the same name" in str(line.get("why")) for line in program.lines)


class _SlowToTell:
    """A radio whose strap beats once a second, and tells its serial after ``PROOF_S`` and some beats more."""

    def __init__(self, kept: list[Notification]) -> None:
        self.kept = kept
        self.handed_on: list[int] = []

    async def listen(
        self,
        address: str,
        *,
        now: Callable[[], float],
        on_data: Callable[[str, bytes, float], None],
        on_state: Callable[[LinkChange], None],
    ) -> None:
        live = LinkChange("live", "well", NAME)
        on_state(live)
        for second in range(int(PROOF_S) + 3):
            on_data(MEASUREMENT, packet(second), float(second))
            self.handed_on.append(len(self.kept))
        on_state(LinkChange("live", "well", NAME, info=StrapInfo(serial="99999999")))



async def test_one_that_does_not_tell_in_time_is_taken_at_its_word_until_it_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    kept: list[Notification] = []

    def hand_on(event: Raw | Member) -> None:
        if isinstance(event, Notification):
            kept.append(event)

    radio = _SlowToTell(kept)
    known = [Known(NAME, A, "Ana", "12345678")]
    feed = StrapFeed("Ana", A, None, known, unnamed=True, radio=radio)  # type: ignore[arg-type]  # it needs listen alone
    with pytest.raises(StrapLetGo):
        await feed.listen(lambda: 0.0, hand_on)
    assert radio.handed_on == [0, 0, 0, 0, 0, 0, 7, 8]
    assert [event.t for event in kept] == [float(second) for second in range(8)]

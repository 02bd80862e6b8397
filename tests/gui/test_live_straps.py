"""The whole window with real parts: bleak's own backend on an emulated Bluetooth service, the session, the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from biosync.casting import cast, parts
from biosync.commands.window_world import WindowWorld
from biosync.gui.theme import Look
from biosync.gui.views.coach import CoachView
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets import strap_finder
from biosync.gui.window import Window
from biosync.sources import parse
from biosync.store.ledger.reader import Ledger
from tests.bluez.control import FakeBluez
from tests.bluez.strap import Strap
from tests.gui.conftest import WaitFor

ANA, BEN, IDA = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02", "A0:9E:1A:00:00:03"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def window(look: Look, home: Path, fake_bluez: FakeBluez, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    monkeypatch.setattr(strap_finder, "FIRST_SCAN_S", 0.5)
    for number, address in enumerate((ANA, BEN, IDA)):
        fake_bluez.add(Strap(address, name=f"Polar H10 {number}", period_s=0.1))
    made_window = Window(look, None, WindowWorld().outside())
    made_window.show()
    yield made_window
    made_window.close()


def agree(window: Window, wait_for: WaitFor, **wearers: str) -> None:
    """Have every strap of ``wearers`` (name to address) named and agreed to, on the page that is seen."""
    page = window.view.straps  # type: ignore[attr-defined]
    wait_for(lambda: {row.strap.address for row in page.rows} >= set(wearers.values()))
    rows = {row.strap.address: row for row in page.rows}
    for address in wearers.values():
        rows[address].tick()
    for name, address in wearers.items():
        rows[address].name_it(name)
        rows[address].say_yes()
    assert page.asks == ""


def beats(window: Window) -> dict[str, int]:
    """Return how many beats each person has in sight."""
    shown = window.stage.moment(0.0, None).snapshot
    return {person.name: len(person.beat_t) for person in shown.people} if shown else {}


def hidden(window: Window) -> dict[str, frozenset[str]]:
    """Return which figures of each person the screen keeps back."""
    shown = window.stage.moment(0.0, None).snapshot
    return {person.name: person.hidden for person in shown.people} if shown else {}


OWN = {"heart_rate", "rmssd", "coherence", "breath"}


def test_one_under_16_has_no_score_on_the_screen(window: Window, wait_for: WaitFor) -> None:
    window.connect_strap()
    wait_for(lambda: window._pages.start.choosing)
    page = window._pages.start.straps
    wait_for(lambda: len(page.rows) == 3)
    page.rows[0].tick()
    page.rows[0].name_it("Kim")
    page.rows[0].put_guardian("Eva")
    page.rows[0].say_yes()
    page._together.click()
    wait_for(lambda: beats(window).get("Kim", 0) >= 1)
    assert hidden(window) == {"Kim": {"coherence"}}


def test_two_begin_together_and_both_hearts_come(window: Window, wait_for: WaitFor, home: Path) -> None:
    window.connect_strap()
    wait_for(lambda: window._pages.start.choosing)
    agree(window, wait_for, Ana=ANA, Ben=BEN)
    window._pages.start.straps._together.click()
    wait_for(lambda: isinstance(window.view, TogetherView))
    wait_for(lambda: len(beats(window)) == 2 and min(beats(window).values()) >= 5)
    assert hidden(window) == {"Ana": OWN, "Ben": OWN}
    bridge = window.stage.bridge
    assert bridge is not None
    window.toggle_session()
    wait_for(lambda: not bridge.alive)
    with Ledger.open(home) as ledger:
        session = ledger.sessions()[0]
        consents = ledger.consents(session.id)
    assert session.people == ("Ana", "Ben")
    assert [(one.person, one.sharing, one.guardian) for one in consents] == [
        ("Ana", "rhythm", None), ("Ben", "rhythm", None)]
    assert all("the shared rhythm only" in one.agreed for one in consents)
    again = cast(parts([parse(f"replay:{session.id}")]))
    assert [(one.person, one.sharing) for one in again.consents] == [("Ana", "rhythm"), ("Ben", "rhythm")]


def test_one_joins_a_coachs_board_and_leaves_it(window: Window, wait_for: WaitFor, fake_bluez: FakeBluez) -> None:
    window.connect_strap()
    wait_for(lambda: window._pages.start.choosing)
    agree(window, wait_for, Ana=ANA, Ben=BEN)
    window._pages.start.straps._apart.click()
    wait_for(lambda: isinstance(window.view, CoachView) and len(beats(window)) == 2)
    window.add_client()
    agree(window, wait_for, Ida=IDA)
    window.view.straps._together.click()  # type: ignore[attr-defined]
    wait_for(lambda: isinstance(window.view, CoachView))
    wait_for(lambda: beats(window).get("Ida", 0) >= 5)
    assert hidden(window)["Ida"] == OWN
    window.select("Ida")
    window.leave_person()
    wait_for(lambda: window.stage.people == ("Ana", "Ben"))
    wait_for(lambda: IDA not in fake_bluez.linked())
    assert window.running


def test_who_left_the_board_comes_back_into_their_group(
    window: Window, wait_for: WaitFor, fake_bluez: FakeBluez
) -> None:
    window.connect_strap()
    wait_for(lambda: window._pages.start.choosing)
    agree(window, wait_for, Ana=ANA, Ben=BEN)
    window._pages.start.straps._together.click()
    wait_for(lambda: isinstance(window.view, TogetherView) and len(beats(window)) == 2)
    wait_for(lambda: set(shared_cue(window, "Ana")) == {"Ana", "Ben"})
    window.next_view()
    window.next_view()
    assert isinstance(window.view, CoachView)
    window.select("Ana")
    window.leave_person()
    wait_for(lambda: window.stage.people == ("Ben",) and ANA not in fake_bluez.linked())
    window.add_client()
    agree(window, wait_for, Ana=ANA)
    window.view.straps._together.click()  # type: ignore[attr-defined]
    wait_for(lambda: set(shared_cue(window, "Ana")) == {"Ana", "Ben"})


def shared_cue(window: Window, name: str) -> tuple[str, ...]:
    """Return who goes by the cue of ``name``."""
    shown = window.stage.moment(0.0, None).snapshot
    person = next(one for one in shown.people if one.name == name) if shown else None
    return person.cue.people if person is not None and person.cue is not None else ()


def test_a_strap_that_counts_as_anothers_from_now_on_is_told_once_on_the_quiet_line(
    window: Window, wait_for: WaitFor, home: Path, fake_bluez: FakeBluez
) -> None:
    window.connect_strap()
    wait_for(lambda: window._pages.start.choosing)
    agree(window, wait_for, Ana=ANA)
    window._pages.start.straps._together.click()
    wait_for(lambda: beats(window).get("Ana", 0) >= 3)
    assert window.note.said == []
    bridge = window.stage.bridge
    window.back()
    wait_for(lambda: bridge is not None and not bridge.alive)
    window.back()
    window.connect_strap()
    agree(window, wait_for, Ben=ANA)
    window._pages.start.straps._together.click()
    wait_for(lambda: beats(window).get("Ben", 0) >= 3 and bool(window.note.said))
    links = fake_bluez.calls("Connect")
    fake_bluez.drop(ANA)
    wait_for(lambda: fake_bluez.calls("Connect") > links)
    heard = beats(window)["Ben"]
    wait_for(lambda: beats(window)["Ben"] >= heard + 3)
    assert window.note.said == [
        "Until now this strap was Ana's, and from now on it counts as Ben's: if that is wrong, end the session, and "
        "connect the strap under the name Ana again."
    ]

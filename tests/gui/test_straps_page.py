"""The page of the straps: ranked, ticked, named, agreed to; and the doctor's words where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton

from biosync.gui.outside import Wearer
from biosync.gui.theme import Look
from biosync.gui.widgets import strap_finder
from biosync.gui.widgets.signal_bars import SignalBars, lit
from biosync.gui.widgets.straps_page import StrapsPage
from biosync.run_problems import SessionProblem
from devices.doctor_report import Report
from devices.link import Sighting
from devices.straps_in_range import FoundStrap, ranked
from tests.gui import made
from tests.gui.conftest import WaitFor

Begun = list[tuple[tuple[Wearer, ...], bool]]
Open = Callable[..., StrapsPage]


class Air:
    """What the next scan hears, and what the doctor says."""

    def __init__(self) -> None:
        self.straps: Sequence[FoundStrap] = made.STRAPS
        self.error: Exception | None = None
        self.report = made.OFF
        self.scans = self.examinations = 0

    async def scan(self, seconds: float) -> Sequence[FoundStrap]:
        self.scans += 1
        if self.error is not None:
            raise self.error
        return self.straps

    async def examine(self, seconds: float) -> Report:
        self.examinations += 1
        return self.report


@pytest.fixture
def air() -> Air:
    return Air()


@pytest.fixture
def opened(look: Look, air: Air, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr(strap_finder, "_AGAIN_MS", 20)
    pages: list[StrapsPage] = []

    def open_page(*, joining: bool = False, taken: Sequence[str] = ()) -> StrapsPage:
        page = StrapsPage(look, air.scan, air.examine, joining=joining)
        page.resize(720, 600)
        page.show()
        page.open(taken)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close_scan()
        page.close()


def begun(page: StrapsPage) -> Begun:
    """Return a list that fills with what the page begins."""
    found: Begun = []
    page.begin.connect(lambda wearers, together: found.append((wearers, together)))
    return found


def test_straps_come_best_first_with_their_reasons(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = made.KNOWN
    page = opened()
    wait_for(lambda: len(page.rows) == 2)
    assert [row.called for row in page.rows] == ["Polar H10 7A3B", "Garmin HRM"]
    assert page.rows[0]._reasons._whole == "Ana's · strong signal · worn"
    bars = page.rows[0].findChild(SignalBars)
    assert bars is not None
    assert bars.accessibleName() == "strong signal"


@pytest.mark.parametrize(("rssi", "bars"), [(None, 0), (-99, 1), (-85, 1), (-75, 2), (-65, 3), (-40, 4)])
def test_a_stronger_signal_has_more_bars(rssi: int | None, bars: int) -> None:
    assert lit(rssi) == bars


def test_it_begins_only_once_the_wearer_is_named_and_says_yes(opened: Open, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    heard, row = begun(page), page.rows[0]
    assert not page._together.isEnabled()
    row.tick()
    assert (page.asks, row._yes.isEnabled()) == ("Who wears Polar H10 7A3B?", False)
    QTest.keyClicks(row._name, "Ana d")
    assert page.asks == "Ana d has not said yes yet."
    row.say_yes()
    assert page.asks == ""
    page._together.click()
    wait_for(lambda: bool(heard))
    (wearer,), together = heard[0]
    assert (wearer.name, wearer.address, wearer.strap, together) == (
        "Ana d", "A0:00:00:00:00:01", "Polar H10 7A3B", True)
    assert wearer.consent.agreed == "I wear Polar H10 7A3B, and biosync may use it in this session."


def test_a_click_on_the_line_chooses_and_one_below_takes_nothing_back(opened: Open, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    row = page.rows[0]
    left, line = Qt.MouseButton.LeftButton, QPoint(row.width() // 2, 12)
    QTest.mouseClick(row, left, pos=line)
    assert row.ticked
    wait_for(lambda: row._more.height() > 60)
    QTest.mouseClick(row, left, pos=QPoint(8, row.height() - 12))
    assert row.ticked
    QTest.mouseClick(row, left, pos=line)
    assert not row.ticked


def test_all_of_it_can_be_done_with_the_keyboard(opened: Open, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    heard, row = begun(page), page.rows[0]
    page.activateWindow()
    QTest.keyClick(row._tick, Qt.Key.Key_Space)
    assert page.focusWidget() is row._name
    QTest.keyClicks(row._name, "Ana")
    QTest.keyClick(row._name, Qt.Key.Key_Return)
    assert page.focusWidget() is row._yes
    QTest.keyClick(row._yes, Qt.Key.Key_Space)
    assert page.focusWidget() is page._together
    QTest.keyClick(page._together, Qt.Key.Key_Space)
    wait_for(lambda: len(heard) == 1)


def test_a_yes_does_not_outlive_what_it_was_said_to(opened: Open, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    ana, ben = page.rows[:2]
    for row, name in ((ana, "Ana"), (ben, "Ben")):
        row.tick()
        row.name_it(name)
    for row in (ana, ben):
        row.say_yes()
    assert page.asks == ""
    ana._sharing.choose("all")
    assert page.asks == "Ana has not said yes yet."
    ana.say_yes()
    QTest.keyClicks(ben._name, "ny")
    assert page.asks == "Benny has not said yes yet."
    ben.say_yes()
    ana.put_guardian("")
    assert page.asks.startswith("Under 16")


def test_who_is_alone_with_a_known_strap_is_not_asked_again(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = made.KNOWN
    page = opened()
    wait_for(lambda: len(page.rows) == 2)
    page.rows[0].tick()
    assert (page.rows[0].answer.name, page.asks) == ("Ana", "")


def test_with_others_there_everybody_says_yes_anew(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = made.KNOWN
    page = opened()
    wait_for(lambda: len(page.rows) == 2)
    page.rows[0].tick()
    page.rows[1].tick()
    page.rows[1].name_it("Ben")
    page.rows[1].say_yes()
    assert page.asks == "Ana has not said yes yet."
    page.rows[1].tick(False)
    assert page.asks == ""


def test_a_likely_wearer_is_asked(opened: Open, air: Air, wait_for: WaitFor) -> None:
    known = made.KnownStrap("Polar H10 7A3B", "A0:00:00:00:00:09", "Ana", "7A3B")
    air.straps = ranked([Sighting("Polar H10 7A3B", "A0:00:00:00:00:01", -54)], [known])
    page = opened()
    wait_for(lambda: len(page.rows) == 1)
    page.rows[0].tick()
    assert page.rows[0].answer.name == "Ana"
    assert page.asks == "Ana has not said yes yet."


def test_several_begin_together_or_each_alone(opened: Open, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    assert page._apart.isHidden()
    heard = begun(page)
    for row in page.rows[:2]:
        row.tick()
    for row, name in zip(page.rows[:2], ("Ana", "Ben"), strict=True):
        row.name_it(name)
        row._sharing.choose("coach", ("rmssd",))
        row.say_yes()
    for count, button in enumerate((page._together, page._apart), start=1):
        assert button.isVisibleTo(page) and button.isEnabled()
        button.click()
        wait_for(lambda count=count: len(heard) == count)  # type: ignore[misc]
    assert [together for _, together in heard] == [True, False]
    assert [(one.name, one.consent.sharing, one.consent.shown) for one in heard[0][0]] == [
        ("Ana", "coach", ("rmssd",)), ("Ben", "coach", ("rmssd",))]


def test_a_choice_outlives_the_next_scans_and_rows_do_not_jump(opened: Open, air: Air, wait_for: WaitFor) -> None:
    page = opened()
    wait_for(lambda: len(page.rows) == 3)
    page.rows[1].tick()
    page.rows[1].name_it("Ben")
    before = [row.called for row in page.rows]
    air.straps = made.STRAPS[::-1][:2]
    scans = air.scans
    wait_for(lambda: air.scans >= scans + 2)
    assert [row.called for row in page.rows] == before[1:]
    assert page.rows[0].answer.name == "Ben"
    air.straps = ()
    wait_for(lambda: page.rows[0]._reasons._whole == "not heard now")


def test_the_doctors_words_stand_in_the_lists_place(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = ()
    page = opened()
    wait_for(lambda: "Bluetooth is switched off." in page.said)
    assert "Switch it on in the settings, or with" in page.said
    air.straps = made.STRAPS
    wait_for(lambda: len(page.rows) == 3)
    assert "switched off" not in page.said


def test_a_scan_that_fails_is_told_at_once_and_then_by_the_doctor(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.error = SessionProblem("the bus can't be reached")
    page = opened()
    wait_for(lambda: "The bus can't be reached." in page.said or air.examinations > 0)
    wait_for(lambda: "Bluetooth is switched off." in page.said)
    assert page.rows == []


def test_look_again_looks_at_once(opened: Open, air: Air, wait_for: WaitFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strap_finder, "_AGAIN_MS", 60_000)
    air.straps = ()
    page = opened()
    page._finder._again.setInterval(60_000)
    wait_for(lambda: not page._advice.isHidden() and page._finder._again.isActive())
    air.straps = made.STRAPS
    page._advice._button.click()
    wait_for(lambda: len(page.rows) == 3)


def test_names_are_shown_as_they_are_and_never_as_markup(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = ranked([Sighting("<b>R&D</b>", "A0:00:00:00:00:01", -54)])
    page = opened()
    wait_for(lambda: len(page.rows) == 1)
    row = page.rows[0]
    assert row._title.textFormat() == Qt.TextFormat.PlainText
    row.tick()
    row.name_it("A&B")
    row.say_yes()
    assert row._yes.text() == "✓ A&&B says yes"


def test_a_strap_that_another_biosync_uses_can_not_be_ticked(opened: Open, air: Air, wait_for: WaitFor) -> None:
    air.straps = ranked([Sighting("Polar H10", "A0:00:00:00:00:01", -54)], taken=lambda _: True)
    page = opened()
    wait_for(lambda: len(page.rows) == 1)
    page.rows[0].tick()
    assert not page.rows[0].ticked
    assert "in use" in page.rows[0]._reasons._whole


def test_one_who_joins_has_a_name_of_their_own_and_chooses_what_a_coach_sees(opened: Open, wait_for: WaitFor) -> None:
    page = opened(joining=True, taken=("Mara",))
    wait_for(lambda: len(page.rows) == 3)
    row, heard = page.rows[0], begun(page)
    row.tick()
    row.name_it("Mara")
    row.say_yes()
    assert page.asks == "Two people can't have the same name here: Mara."
    row.name_it("Ida")
    row.put_guardian("Eva")
    assert page.asks.startswith("Under 16, one begins a session from its start")
    row._young.setChecked(False)
    assert row._sharing.isVisibleTo(page)
    row.say_yes()
    page._together.click()
    wait_for(lambda: bool(heard))
    assert heard[0][0][0].consent.sharing == "coach"
    assert heard[0][1] is False


def test_every_control_has_a_name_and_a_tooltip(opened: Open, wait_for: WaitFor) -> None:
    page = opened(joining=True, taken=("Mara",))
    wait_for(lambda: len(page.rows) == 3)
    page.rows[0].tick()
    controls = [page.findChildren(kind) for kind in (QPushButton, QCheckBox, QLineEdit, QComboBox)]
    for control in (one for kind in controls for one in kind if one.isVisibleTo(page)):
        assert control.accessibleName() or control.text()  # type: ignore[attr-defined]
        assert control.toolTip(), control


def test_many_straps_come_into_the_list_a_few_a_turn_and_all_are_there_best_first(
    look: Look, air: Air, wait_for: WaitFor
) -> None:
    many = ranked([Sighting(f"Strap {k}", f"A0:00:00:00:00:{k:02}", -80 + (7 * k) % 20) for k in range(8)])
    page = StrapsPage(look, air.scan, air.examine)
    page._show(many)
    assert 0 < len(page.rows) < 8
    wait_for(lambda: len(page.rows) == 8)
    assert [row.strap for row in page.rows] == list(many)
    page._show(many[:1])
    page._show(many)
    page.leave()
    assert len(page.rows) < 8
    page.close_scan()

"""I need a person: by key from every view, offline, by country, with date and sources; numbers as they are dialled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from biosync.gui.help_lines import ELSEWHERE, country_name, help_lines
from biosync.gui.theme import Look
from biosync.gui.view import ViewName
from biosync.gui.views.help import HelpPage
from biosync.gui.window import Window
from tests.gui import made

SURE = {
    "DE": "0800 111 0 111", "AT": "142", "CH": "143", "GB": "116 123", "IE": "116 123", "US": "988", "CA": "988",
    "NL": "113", "BE": "1813", "FR": "3114", "ES": "024", "NO": "116 123", "DK": "70 201 201", "PL": "116 123",
    "AU": "13 11 14", "NZ": "1737",
}
EMERGENCY = {"DE": "112", "US": "911", "CA": "911", "GB": "999", "AU": "000", "NZ": "111", "JP": "119"}


class NoActions:
    def back(self) -> None: ...

    def show_keys(self) -> None: ...


@pytest.fixture
def page(look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HelpPage]:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    window = Window(look, None, made.outside(made.MadeSession))
    window.show()
    window.show_help()
    found = window.view
    assert isinstance(found, HelpPage)
    yield found
    window.close()


def test_the_numbers_that_everybody_knows_are_there() -> None:
    found = {country.code: country for country in help_lines().countries}
    assert len(found) >= 20
    for code, number in SURE.items():
        assert number in [line.number for line in found[code].lines], code
    for code, number in EMERGENCY.items():
        assert number in found[code].emergency, code


def test_every_entry_is_whole() -> None:
    known = help_lines()
    codes = [country.code for country in known.countries]
    assert codes == sorted(set(codes))
    assert known.date >= date(2026, 1, 1)
    for country in known.countries:
        assert QLocale.codeToTerritory(country.code) != QLocale.Country.AnyCountry
        assert country.emergency and country.lines
        assert any(not line.whom for line in country.lines), f"{country.code} has no line for everybody"
        for line in country.lines:
            assert line.name and line.whom in ("", "children", "violence")
            assert re.fullmatch(r"[0-9][0-9 -]*[0-9]", line.number)
            assert re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", line.source)


@pytest.mark.parametrize("view", ["breathe", "together", "coach"])
def test_it_is_one_key_away_from_every_view_while_the_session_goes_on(look: Look, view: ViewName) -> None:
    window = Window(look, lambda: made.MadeSession(made.snapshot(made.person())), made.outside(made.MadeSession),
                    view=view)
    window.show()
    QTest.keyClick(window.view, Qt.Key.Key_H)
    assert isinstance(window.view, HelpPage)
    assert window.running
    window.close()


def test_all_countries_can_be_chosen_and_each_shows_its_numbers(page: HelpPage) -> None:
    known = help_lines()
    for row in range(page.country.count()):
        page.country.setCurrentIndex(row)
        country = known.of(page.country.itemData(row))
        said = page.said
        if country is None:
            assert any(ELSEWHERE in text and "not in this list" in text for text in said)
        else:
            assert all(line.number in said and line.source in said for line in country.lines)
            assert " · ".join(country.emergency) in said


def test_it_says_its_date_and_that_numbers_may_have_changed(page: HelpPage) -> None:
    told = " ".join(page.said)
    assert str(help_lines().date.year) in told and "may have changed" in told
    assert "stored copies of public pages" in told and "nobody was called" in told


def test_the_country_is_that_of_the_system(look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    for code in ("AT", "NZ", "XX"):
        monkeypatch.setattr("biosync.gui.views.help.country_here", lambda code=code: code)
        found = HelpPage(look, made.outside(made.MadeSession), NoActions())  # type: ignore[arg-type]
        assert found.country.currentData() == (code if code != "XX" else "")


def test_every_country_has_a_german_name_too() -> None:
    QLocale.setDefault(QLocale("de"))
    names = {country.code: country_name(country.code) for country in help_lines().countries}
    assert names["DE"] == "Deutschland" and names["AT"] == "Österreich"
    assert all(re.search("[a-zA-Z]", name) for name in names.values())

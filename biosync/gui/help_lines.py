"""Lines at which people answer, by country: from a file that ships with the app, so that no network is needed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal

from PySide6.QtCore import QLocale

For = Literal["", "children", "violence"]
ELSEWHERE = "112"
"""Most mobile telephones put this number through to the emergency service of the country in which they are."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line: its ``name`` as it calls itself, its ``number``, whom it is for ("" for everybody), and the site of
    those who run it."""

    name: str
    number: str
    source: str
    whom: For = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 ``code``, with its ``emergency`` numbers and its lines."""

    code: str
    emergency: tuple[str, ...]
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class HelpLines:
    """All countries, and the ``date`` on which every number was last looked up."""

    date: date
    countries: tuple[Country, ...]

    def of(self, code: str) -> Country | None:
        """Return the country with this code, None where its lines are not known."""
        return next((country for country in self.countries if country.code == code), None)


def help_lines() -> HelpLines:
    """Read the file."""
    found = tomllib.loads(files("biosync.gui").joinpath("assets", "help_lines.toml").read_text(encoding="utf-8"))
    countries = tuple(
        Country(
            entry["code"],
            tuple(entry["emergency"]),
            tuple(HelpLine(one["name"], one["number"], one["source"], one.get("for", "")) for one in entry["lines"]),
        )
        for entry in found["country"]
    )
    return HelpLines(found["date"], countries)


def country_here() -> str:
    """Return the code of the country that the system is set to."""
    return QLocale.territoryToCode(QLocale.system().territory())


def country_name(code: str) -> str:
    """Return the country's name in the user's language where Qt knows it so, else in the country's own."""
    territory = QLocale.codeToTerritory(code)
    if QLocale().language() == QLocale.Language.German:
        return _GERMAN.get(code, QLocale.territoryToString(territory))
    return QLocale.territoryToString(territory)


_GERMAN = {
    "AT": "Österreich", "AU": "Australien", "BE": "Belgien", "BR": "Brasilien", "CA": "Kanada", "CH": "Schweiz",
    "DE": "Deutschland", "DK": "Dänemark", "ES": "Spanien", "FI": "Finnland", "FR": "Frankreich",
    "GB": "Großbritannien", "IE": "Irland", "IN": "Indien", "IT": "Italien", "JP": "Japan", "NL": "Niederlande",
    "NO": "Norwegen", "NZ": "Neuseeland", "PL": "Polen", "PT": "Portugal", "SE": "Schweden", "US": "USA",
}
"""Qt itself names countries in English and in their own languages only."""

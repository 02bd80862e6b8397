"""Everything that is said is said in German too: nothing missing, nothing left over, nothing that escapes; live."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from biosync.gui import words
from biosync.gui.languages.catalogue import Catalogue, german, places
from biosync.gui.languages.literals import GUI, pattern, texts_below, window_texts
from biosync.gui.languages.missing import missing, unlike, unused
from biosync.gui.languages.speaking import Speaking, locale_of
from biosync.gui.page import PageName
from biosync.gui.pages import _PAGES
from biosync.gui.preferring import Preferring
from biosync.gui.theme import Look
from biosync.gui.view import ViewName
from biosync.gui.window import Window
from biosync.preferences import Preferences
from devices.connection_words import Trouble, cause_and_step
from devices.connection_words import words as trouble_words
from tests.gui import made
from tests.gui.conftest import WaitFor

GERMAN = german(lambda text: text.replace(".", ","))
SHOWN = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setWindowTitle",
    "setStatusTip", "setWhatsThis", "addItem", "addItems", "drawText", "QLabel", "QPushButton", "QCheckBox", "label",
    "quiet_button", "Hint", "Title", "Tick", "show_problem", "say", "set_whole", "tell", "_answer", "rename",
}
"""What puts a text on the screen."""
NO_WORDS = {"biosync", "Esc", "dBm", "title", "name", "body", "quiet", "warn", "alert", "badge", "English", "Deutsch"}
"""Names, keys, units and roles: the same in every language."""


@pytest.fixture
def preferring() -> Iterator[Preferring]:
    """Preferences that the language follows; English again afterwards."""
    made_up = Preferring(Preferences(language="en"), lambda now: "")
    speaking = Speaking(made_up)
    yield made_up
    speaking.silence()
    QApplication.processEvents()


# --- nothing escapes ---


def test_every_text_has_a_german_one_and_none_is_left_over() -> None:
    assert missing(GERMAN) == {"window": {}, "below": {}}
    assert unused(GERMAN) == []
    assert unlike(GERMAN) == []
    assert len(window_texts()) > 250 and len(texts_below()) > 200


def test_the_command_lists_what_is_missing() -> None:
    run = subprocess.run([sys.executable, "-m", "biosync.gui.languages.missing"], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "Nothing is missing.\n")


def test_a_text_without_german_is_found(tmp_path: Path) -> None:
    (tmp_path / "view.py").write_text('words.tr("breathe in")\nwords.tr("hum a tune")\n', encoding="utf-8")
    assert [text for text in window_texts(tmp_path) if text not in GERMAN.window] == ["hum a tune"]


def test_tr_is_given_literals_and_numbers_are_written_by_the_locale() -> None:
    for path in GUI.rglob("*.py"):
        if path.name == "words.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) == "tr":
                assert isinstance(node.args[0], ast.Constant), f"{path.name}: {ast.unparse(node)}"
    assert [text for text in window_texts() if re.search(r"\{\w*[:!]", text)] == []


def test_no_literal_reaches_a_widget_past_the_translation() -> None:
    escaped = []
    for path in sorted(GUI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _called(node) in SHOWN:
                given = [*node.args, *(key.value for key in node.keywords)]
                escaped += [f"{path.name}:{node.lineno} {text}" for one in given for text in _untranslated(one)]
    assert escaped == []


def test_a_literal_past_the_translation_is_found() -> None:
    found = [list(_untranslated(ast.parse(code, mode="eval").body)) for code in (
        '"Close"', 'f"{n} beats"', 'words.tr("Close")', 'words.tr("{n} beats").format(n=n)', '"Esc"', 'x or "none"')]
    assert found == [["Close"], [" beats"], [], [], [], ["none"]]


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _untranslated(node: ast.AST) -> Iterator[str]:
    """Give the words under ``node`` that nothing translates."""
    if isinstance(node, ast.Call | ast.Lambda | ast.Subscript | ast.Compare):
        return  # what a call returns is looked at where it is made
    if isinstance(node, ast.Constant):
        text = node.value.strip() if isinstance(node.value, str) else ""
        if re.search("[A-Za-z]{3}", text) and text not in NO_WORDS and "_" not in text:
            yield node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from _untranslated(child)


# --- sentences from below ---


@pytest.mark.parametrize("text", sorted(texts_below()))
def test_every_sentence_from_below_is_said_in_german_with_all_that_is_put_in(text: str) -> None:
    put_in = {name: f"{number}7.5" if number % 2 else f"Name{number}" for number, name in enumerate(places(text), 1)}
    english = re.sub(r"\{(\w+)\}", lambda place: put_in[place[1]], text)
    said = GERMAN.find(english)
    if said is None:
        assert not re.search("[A-Za-z]{3}", re.sub(r"\{\w+\}", "", text)), f"{english!r} is not said in German"
        return
    assert said != english or re.sub(r"\{\w+\}", "", text) == re.sub(r"\{\w+\}", "", GERMAN.below[text])
    for value in put_in.values():
        assert value.replace(".", ",") in said


def test_what_stands_in_a_sentence_is_said_in_german_too() -> None:
    link = "the link broke: stay close to the computer and keep the strap on"
    assert GERMAN.find(f"{link}; trying again") == GERMAN.below[link] + "; ich versuche es wieder"
    assert GERMAN.find("lost: back to your own breath, 7.4 a minute") == (
        "verloren: zurück zu deinem eigenen Atem, 7,4 pro Minute")
    asleep = " is not heard: asleep because it is not worn, out of reach, or held by a phone or a watch"
    assert (GERMAN.find(f"Ana's Polar H10{asleep}") or "").startswith("Polar H10 von Ana ist nicht zu hören: schläft")


def test_a_sentence_with_its_capital_and_stop_is_known_too() -> None:
    assert GERMAN.find("The beats are clear.") == "Die Schläge sind klar."


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert GERMAN.find("a sentence of nobody: none at all") is None
    assert GERMAN.find("Ana") is None


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_is_told_whole_and_as_cause_and_step(trouble: Trouble, system: str) -> None:
    assert GERMAN.find(trouble_words(trouble, system))
    for half in cause_and_step(trouble, system):
        assert GERMAN.find(half)


def test_patterns_are_made_of_the_source() -> None:
    def of(code: str) -> str | None:
        return pattern(ast.parse(code, mode="eval").body)

    assert of('f"{self._name} leads: {rate:.1f} a minute"') == "{name} leads: {rate} a minute"
    assert of('"two " f"{n} and {n}"') == "two {n} and {n2}"
    assert of('f"{isolated(strap.label)} is here" + " now"') == "{label} is here now"
    assert of("said") is None


def test_sentences_are_remembered_but_not_without_end() -> None:
    catalogue = Catalogue({}, {"{rate} a minute": "{rate} pro Minute"}, lambda text: text)
    for number in range(3000):
        assert catalogue.find(f"{number} a minute") == f"{number} pro Minute"
    assert len(catalogue._found) < 2000


# --- in the window, live ---


def test_numbers_and_days_are_written_as_the_language_does(preferring: Preferring) -> None:
    assert words.pace(6.2) == "6.2 a minute"
    preferring.change(language="de")
    assert words.pace(6.2) == "6,2 pro Minute"
    assert words.number(12345.678, 2) == "12.345,68"
    preferring.change(language="en")
    assert words.pace(6.2) == "6.2 a minute"


def test_the_systems_language_is_taken_where_none_was_set() -> None:
    system = QLocale.system()
    assert locale_of("system").language() in (system.language(), QLocale.Language.English)
    assert locale_of("de").language() == QLocale.Language.German
    assert locale_of("en").language() == QLocale.Language.English


def _texts(widget: QWidget) -> set[str]:
    """Return all that is written on ``widget`` and its children, or told to a screen reader."""
    found: set[str] = set()
    old = widget._pages._retired.pages if isinstance(widget, Window) else []
    for one in (widget, *widget.findChildren(QWidget)):
        if any(gone is one or gone.isAncestorOf(one) for gone in old):
            continue  # it only waits until its radio is let go of
        found |= {one.toolTip(), one.accessibleName()}
        if isinstance(one, QLabel | QAbstractButton):
            found.add(one.text())
        if isinstance(one, QComboBox):
            found |= {one.itemText(row) for row in range(one.count())}
    return found - {""}


def english_in(widget: QWidget) -> set[str]:
    """Return what is still English on ``widget``."""
    plain = {text for text, said in GERMAN.window.items() if said != text and not places(text)}
    with_key = re.compile(r" +\S+$| \([^)]*\)$")
    return {text for text in _texts(widget) if text in plain or with_key.sub("", text) in plain}


@pytest.mark.parametrize("view", ["breathe", "together", "coach"])
def test_a_running_session_speaks_german_at_once_and_english_again(
    look: Look, preferring: Preferring, view: ViewName, wait_for: WaitFor
) -> None:
    session = made.MadeSession(made.snapshot(made.person()))
    window = Window(look, lambda: session, made.outside(made.MadeSession, preferring=preferring), view=view)
    window.show()
    wait_for(lambda: bool(window.stage.people))
    before = window.session_view
    assert english_in(window)
    preferring.change(language="de")
    wait_for(lambda: window.session_view is not before)
    wait_for(lambda: not english_in(window))
    assert window.running and window.view is window.session_view and window.frame_clock.running
    preferring.change(language="en")
    wait_for(lambda: "Full screen  F" in _texts(window))
    window.close()


@pytest.mark.parametrize("name", sorted(_PAGES))
def test_every_page_speaks_german_at_once(
    look: Look, preferring: Preferring, name: PageName, wait_for: WaitFor, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    window = Window(look, None, made.outside(made.MadeSession, preferring=preferring))
    window.show()
    window.show_page(name)
    wait_for(lambda: isinstance(window.view, _PAGES[name]))
    page = window.view
    assert english_in(window)
    preferring.change(language="de")
    wait_for(lambda: window.view is not page)
    assert isinstance(window.view, _PAGES[name])
    wait_for(lambda: not english_in(window))
    window.back()
    assert not english_in(window.view)
    window.close()


def test_the_focus_stays_on_the_language_that_was_just_chosen(
    look: Look, preferring: Preferring, wait_for: WaitFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    window = Window(look, None, made.outside(made.MadeSession, preferring=preferring))
    window.show()
    window.activateWindow()
    window.show_settings()
    box = next(one for one in window.view.findChildren(QComboBox) if one.accessibleName() == "Language")
    box.setFocus()
    preferring.change(language="de")
    wait_for(lambda: isinstance(window.focusWidget(), QComboBox) and window.focusWidget().accessibleName() == "Sprache")
    window.close()


def test_what_was_said_and_who_was_chosen_outlive_the_language(
    look: Look, preferring: Preferring, wait_for: WaitFor
) -> None:
    people = [made.person(name, number) for number, name in enumerate(("Ana", "Ben"))]
    window = Window(look, lambda: made.MadeSession(made.snapshot(*people)),
                    made.outside(made.MadeSession, preferring=preferring), view="coach")
    window.show()
    wait_for(lambda: len(window.stage.people) == 2)
    window.select("Ben")
    window.note.say("the beats are clear")
    before = window.session_view
    preferring.change(language="de")
    wait_for(lambda: window.session_view is not before)
    assert window.note.said == ["The beats are clear."]
    assert window._actions.selected == "Ben"
    window.close()


def test_the_straps_page_and_the_passphrase_work_after_a_change(
    look: Look, preferring: Preferring, wait_for: WaitFor
) -> None:
    ledger = made.MadeLedger("a secret")
    window = Window(look, None, made.outside(made.MadeSession, preferring=preferring, ledger=ledger))
    window.show()
    first, asked = window._pages.start, window._overlays.passphrase
    preferring.change(language="de")
    wait_for(lambda: window._pages.start is not first and window._overlays.passphrase is not asked)
    window.connect_strap()
    card = window._overlays.passphrase
    wait_for(card.isVisible)
    assert "Passphrase" in card.text and not english_in(card)
    card.given.emit("a secret")
    wait_for(lambda: window._pages.start.choosing)
    wait_for(lambda: len(window._pages.start.straps.rows) == 3)
    assert not english_in(window._pages.start)
    window.close()

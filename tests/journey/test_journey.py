"""biosync as somebody meets it who has never seen it: the installed command on a real display, by mouse and keyboard.

Nothing is asked of biosync's insides: what a screen reader tells, what the screen shows, and what is kept afterwards.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from biosync.store.ledger.reader import Ledger
from tests.journey.desktop import Desktop
from tests.journey.newcomer import BIOSYNC, Newcomer

Arrive = Callable[..., Newcomer]
CUE, HEART = "Breath cue", "Heart rate of the last minute"
ROUND, BOARD = "The shared breath cue, and who breathes with it", "Clients, those who need you first"


def test_alone_without_hardware(arrive: Arrive, desktop: Desktop, home: Path) -> None:
    ana = arrive()
    ana.sees("Calm down together")
    ana.keep("solo-start")
    assert desktop.titles() == ["biosync"]
    ana.click("Try it with a virtual strap")
    ana.sees(CUE)
    ana.moves(CUE)
    ana.sees("SIMULATED")
    ana.until(lambda: "a minute" in ana.told(CUE), "a pace")
    ana.until(lambda: "heart rate" in ana.told(HEART), "the figures told")
    ana.keep("solo-breathe")
    ana.click("Too slow")
    ana.sees("a little faster")
    ana.press("minus")
    ana.sees("a little slower")
    ana.press("question")
    ana.sees("Keys", "label")
    ana.keep("solo-keys")
    ana.press("Escape")
    ana.misses("start, or stop; a replay: pause, or go on")
    ana.press("r")
    ana.sees("reduced motion")
    ana.moves(CUE)
    ana.keep("solo-bar")
    ana.press("Escape")
    ana.until(lambda: "Space starts again" in ana.told(CUE), "the end told")
    ana.sees("Close")
    ana.keep("solo-ended")
    ana.press("Escape")
    ana.sees("Calm down together")
    assert ana.leaves() == 0, ana.said
    assert "Traceback" not in ana.said
    with Ledger.open(home) as ledger:
        assert not ledger.sessions()  # nobody's heart was measured


def test_a_pair_by_its_story(arrive: Arrive, desktop: Desktop) -> None:
    both = arrive()
    both.sees("Calm down together")
    both.press("g")
    both.sees("In step", "push button")
    both.keep("pair-stories")
    both.click("Role: Take turns")
    both.sees("Each of you leads for three minutes")
    both.click("In step", "push button")
    both.sees("SIMULATED")
    both.until(lambda: {"Ana", "Ben"} <= _named(both.told(ROUND)), "both round the cue")
    both.until(lambda: "a minute" in both.told(ROUND), "a pace")
    both.moves(ROUND)
    both.keep("pair-together")
    both.until(lambda: both.find("Ana's turn") or both.find("Ben's turn"), "somebody's turn")
    before = desktop.windows()
    both.press("p")
    both.until(lambda: desktop.windows() > before, "the menu")
    both.keep("pair-roles")
    both.press("Up", "Up", "Up", "Up", "Return")  # from the last role up to the first one
    both.sees("Meet in the middle", "push button")
    both.press("v")
    both.sees(CUE)
    both.moves(CUE)
    both.keep("pair-breathe")
    both.press("Escape")
    both.until(lambda: "Space starts again" in both.told(CUE), "the end told")
    assert both.leaves() == 0, both.said
    assert "Traceback" not in both.said


def test_a_coach_with_twelve(arrive: Arrive, desktop: Desktop, home: Path) -> None:
    coach = arrive("demo", "--people", "12", "--each", "--store")
    coach.until(lambda: len(_cards(coach)) == 12, "twelve cards")
    coach.keep("coach-board")
    coach.moves(BOARD)
    name = _cards(coach)[4]
    coach.click(name, "filler")
    coach.sees(f"Note about {name}")
    coach.until(lambda: "beats" in coach.told("beat to beat (RR), ms") or coach.find("spectrum"), "the charts")
    coach.press("m")
    coach.sees(f"{name} at ")
    coach.write("eyes closed")
    coach.keep("coach-marker")
    coach.press("Return")
    coach.misses(f"{name} at ")
    coach.press("w")
    coach.write("sleeps badly")
    coach.press("Escape")
    coach.keep("coach-charts")
    coach.press("Down")
    coach.misses(f"Note about {name}")
    coach.press("Escape")
    coach.until(lambda: len(_cards(coach)) == 12, "the board again")
    coach.press("c")
    coach.until(lambda: len(desktop.titles()) == 2, "the clients' screen")
    assert any(title.startswith("biosync, for the clients") for title in desktop.titles())
    coach.keep("coach-clients-screen")
    coach.hand_to("biosync, for the clients")
    coach.press("Escape")
    coach.until(lambda: desktop.titles() == ["biosync"], "the clients' screen gone")
    coach.hand_to("biosync")
    assert coach.leaves() == 0, coach.said
    assert "Traceback" not in coach.said
    with Ledger.open(home) as ledger:
        (session,) = ledger.sessions()
        assert len(session.people) == 12
        assert [(one.person, one.text) for one in ledger.markers(session.id)] == [(name, "eyes closed")]
        assert [(one.person, one.text) for one in ledger.notes(session.id)] == [(name, "sleeps badly")]


def test_what_was_kept_is_seen_again_reported_and_deleted(arrive: Arrive, home: Path, tmp_path: Path) -> None:
    _keep_two(home, tmp_path)
    with Ledger.open(home) as ledger:
        stored = {one.id for one in ledger.sessions()}
    assert len(stored) == 2
    ana = arrive()
    ana.click("Sessions", "push button")
    ana.sees("2 sessions")
    ana.keep("review-list")
    ana.click("Open", "push button")
    ana.sees("beat to beat (RR), ms")
    ana.keep("review-open")
    ana.press("p")
    ana.click("File")
    paper = tmp_path / "report.pdf"
    ana.press("ctrl+a")
    ana.write(str(paper))
    ana.keep("review-report")
    ana.press("Return")
    ana.sees("Written to ")
    assert paper.read_bytes().startswith(b"%PDF")
    ana.press("r")
    ana.sees("Place in the recording")
    ana.sees("SIMULATED")  # a made-up heart stays one when it is seen again
    ana.moves(CUE)
    ana.keep("review-replay")
    ana.press("Escape")
    ana.until(lambda: "Space starts again" in ana.told(CUE), "the end told")
    ana.press("s")
    ana.sees("2 sessions")
    ana.press("Delete")
    ana.sees("Keep it")
    ana.keep("review-delete")
    ana.press("Escape")
    ana.misses("Keep it")
    ana.press("Delete")
    ana.sees("Keep it")
    ana.press("Tab", "space")
    ana.sees("1 session")
    ana.keep("review-deleted")
    assert ana.leaves() == 0, ana.said
    assert "Traceback" not in ana.said
    with Ledger.open(home) as ledger:
        assert len({one.id for one in ledger.sessions()} & stored) == 1


def test_what_is_set_holds_at_once_and_is_kept(arrive: Arrive, home: Path) -> None:
    ana = arrive()
    ana.click("Settings", "push button")
    ana.sees("Looks and language")
    dark = ana.brightness
    ana.keep("settings")
    ana.choose("Colours of the window", "light")
    ana.until(lambda: ana.brightness > 2 * dark, "a light window")
    ana.keep("settings-light")
    ana.choose("Language of the window", "Deutsch")
    ana.sees("Einstellungen")
    ana.misses("Looks and language")
    ana.keep("settings-german")
    ana.choose("Sprache des Fensters", "English")
    ana.sees("Looks and language")
    ana.press("Escape")
    ana.sees("Calm down together")
    assert ana.leaves() == 0, ana.said
    kept = json.loads((home / "settings.json").read_text())
    assert (kept["theme"], kept["language"]) == ("light", "en")
    again = arrive()
    again.sees("Calm down together")
    again.until(lambda: again.brightness > 2 * dark, "light again")
    assert again.leaves() == 0, again.said


def _cards(coach: Newcomer) -> list[str]:
    """Return who has a card, in the order of the board."""
    seen = coach.screen
    board = next((place for place, one in enumerate(seen) if one.name == BOARD), len(seen))
    return [one.name for one in seen[board + 1 :] if one.name and one.description]


def _named(told: str) -> set[str]:
    return {part.partition(":")[0].strip() for part in told.split(";")}


def _keep_two(home: Path, folder: Path) -> None:
    """Keep a session of the demo, and one that was imported."""
    text = folder / "polar.txt"
    text.write_text("\n".join(str(800 + 40 * (k % 10 < 5)) for k in range(300)) + "\n")
    for command in (["demo", "--seconds", "60", "--speed", "max", "--store", "--json"],
                    ["sessions", "import", str(text), "--started", "2026-11-03T10:00:00+00:00"]):
        subprocess.run([str(BIOSYNC), *command], check=True, capture_output=True,
                       env={**os.environ, "BIOSYNC_HOME": str(home)})

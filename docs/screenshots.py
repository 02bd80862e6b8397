"""Take the pictures of every view in every state: ``python -m docs.screenshots [FOLDER [NAME...]]``, from the project's
folder, into ``screenshots`` if not told otherwise; with names (``coach-dark-1440x900``) or beginnings of names
(``coach``), only those.

Offscreen, from made-up people, so that anyone can take them again: in three themes, two sizes and two languages.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QLocale, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from biosync.consent import FIGURES
from biosync.events import InStep
from biosync.gui import words
from biosync.gui.app import make_application, palette
from biosync.gui.languages.speaking import Speaking
from biosync.gui.outside import Examine, Scan
from biosync.gui.preferring import Preferring
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look, style_sheet
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.join import JoinView
from biosync.gui.views.start import StartView
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets.advice_panel import AdvicePanel
from biosync.gui.widgets.straps_page import StrapsPage
from biosync.gui.window import Window
from biosync.pacer.sentences import UNREAD
from biosync.preferences import Language, Preferences
from biosync.snapshot import PersonView, Practice, Snapshot
from devices.doctor_report import Report
from devices.straps_in_range import FoundStrap
from docs.coach_shots import client_screen_shots, client_shots, grouped
from docs.page_shots import page_shots
from docs.session_shots import report_picture, session_shots
from tests.gui import made

SIZES = ((1440, 900), (900, 600))
THEMES = {"dark": DARK, "light": LIGHT, "contrast": HIGH_CONTRAST}
COUNTRIES: dict[Language, str] = {"en": "en_GB", "de": "de_DE"}
LANGUAGES = tuple(COUNTRIES)
IN_BREATH = made.NOW + 3.2
MODES = {
    "reduced": Preferences(motion="reduced"), "no-numbers": Preferences(numbers=False),
    "rhythm-only": Preferences(cue=False), "eyes-open": Preferences(eyes_open=True, tones=True),
}
PAPER_NAME = "report-paper-794x1123"


class NoActions:
    """Buttons in a picture do nothing."""

    def __getattr__(self, name: str) -> Callable[..., str | None]:
        return lambda *told: "" if name == "note_about" else None


def session_shot(
    view: SessionView, snapshot: Snapshot | None, *, running: bool = True, selected: str | None = None,
    now: float = IN_BREATH,
) -> QWidget:
    """Show a view as it is after a few seconds."""
    now = now if snapshot else 0.0
    for step in range(40):
        view.advance(Moment(snapshot, now, step * 0.1, running, selected))
    return view


def breathe_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Breathe in every state."""
    for name, person in made.states(IN_BREATH).items():
        shown = replace(person, origin="simulated") if name == "live" else person
        yield f"breathe-{name}", session_shot(BreatheView(look, NoActions()), made.snapshot(shown, now=IN_BREATH))
    yield "breathe-empty", session_shot(BreatheView(look, NoActions()), None)
    yield "breathe-ended", session_shot(BreatheView(look, NoActions()), made.snapshot(made.person()), running=False)
    for name, preferences in MODES.items():
        view = BreatheView(look, NoActions())
        view.prefer(preferences)
        yield f"breathe-{name}", session_shot(view, made.snapshot(made.person(now=IN_BREATH)))
    alone = made.person(now=IN_BREATH)
    young = _without_cue(made.snapshot(made.states(IN_BREATH)["warming"]))
    yield "breathe-finding", session_shot(BreatheView(look, NoActions()), young)
    faded = replace(alone.cues[0], strength=0.35, resonance_bpm=5.6, resonance_sd_bpm=0.18)
    yield "breathe-faded", session_shot(BreatheView(look, NoActions()), made.snapshot(replace(alone, cues=(faded,))))
    found = replace(faded, strength=1.0, why="")
    yield "breathe-found", session_shot(BreatheView(look, NoActions()), made.snapshot(replace(alone, cues=(found,))))
    three = [made.person(name, i, now=IN_BREATH, bpm=60.0 + 7 * i) for i, name in enumerate(("Ana", "Ben", "Lea"))]
    yield "breathe-group", session_shot(BreatheView(look, NoActions()), made.snapshot(*three))
    kept = [replace(one, hidden=frozenset(FIGURES)) for one in three]
    kept[1] = replace(kept[1], left=True)
    yield "breathe-private", session_shot(BreatheView(look, NoActions()), made.snapshot(*kept), selected="Lea")


def together_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Together for two to eight, in each state of the band and of the signals."""
    two, now = ("Ana", "Ben"), IN_BREATH
    lost = replace(made.person("Ben", 1, now=now, silent_s=14.0, link="lost"))
    shown = {
        "beyond": made.together(*two, pairs=[made.pair(in_step="beyond the cue", now=now)], now=now),
        "in-step": made.together(*two, pairs=[made.pair(leader="Ana", now=now)], now=now),
        "opposite": made.together(*two, pairs=[made.pair(synchrony=-0.6, now=now)], now=now),
        "apart": made.together(*two, pairs=[made.pair(in_step="apart", now=now)], now=now),
        "settling": made.together(*two, pairs=[made.pair(in_step="apart", look=True, course=False, now=now)], now=now),
        "early": made.together(*two, now=20.0),
        "finding": _without_cue(made.together(*two, now=20.0)),
        "lost": made.together(*two, pairs=[made.pair(in_step=None, now=now)], now=now, kept=[lost], why=UNREAD),
        "alone": made.together(*two, now=now, kept=[replace(made.person("Ben", 1, now=now), left=True)]),
        "three": made.together("Ana", "Ben", "Lea", now=now, all_in_step="in step", pairs=[
            made.pair("Ana", "Ben", "beyond the cue", now=now), made.pair("Ana", "Lea", "apart", now=now),
            made.pair("Ben", "Lea", "in step", now=now)]),
        "eight": _many(8, now),
        "twelve": _many(12, now),
    }
    for name, snapshot in shown.items():
        yield f"together-{name}", session_shot(TogetherView(look, NoActions()), snapshot, now=snapshot.t)
    for name, preferences in MODES.items():
        view = TogetherView(look, NoActions())
        view.prefer(preferences)
        yield f"together-{name}", session_shot(view, shown["in-step"])
    led = tuple(replace(one, origin="simulated", practice=Practice("settle", "one_leads", "Ben"))
                for one in shown["in-step"].people)
    yield "together-led", session_shot(TogetherView(look, NoActions()), replace(shown["in-step"], people=led))
    yield "together-ended", session_shot(TogetherView(look, NoActions()), shown["in-step"], running=False)


def _without_cue(snapshot: Snapshot) -> Snapshot:
    """Return people for whom the pacer has no cue yet."""
    return replace(snapshot, people=tuple(replace(one, cues=()) for one in snapshot.people))


def _many(count: int, now: float) -> Snapshot:
    names = made.NAMES[:count]
    states: tuple[InStep, ...] = ("in step", "apart", "apart", "beyond the cue", "apart")
    several = list(combinations(names, 2))
    pairs = [made.pair(a, b, states[i % 5], now=now) for i, (a, b) in enumerate(several)]
    return made.together(*names, pairs=pairs, all_in_step="in step", now=now)


def coach_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Coach with few, many and no clients."""
    twelve = made.twelve(IN_BREATH)
    sixteen = [made.person(name, i, now=IN_BREATH, bpm=56.0 + 2 * i) for i, name in enumerate(made.NAMES)]
    yield "coach", session_shot(CoachView(look, NoActions()), twelve)
    yield "coach-4", session_shot(CoachView(look, NoActions()), made.snapshot(*twelve.people[:4]))
    yield "coach-16", session_shot(CoachView(look, NoActions()), made.snapshot(*sixteen))
    yield "coach-states", session_shot(CoachView(look, NoActions()), made.snapshot(*_mixed()))
    yield "coach-empty", session_shot(CoachView(look, NoActions()), None)
    yield "coach-groups", session_shot(CoachView(look, NoActions()), grouped(IN_BREATH))
    twenty = [made.person(f"{name} {k // 16 + 1}", k, now=IN_BREATH) for k, name in enumerate(made.NAMES * 2)][:20]
    yield "coach-pages", session_shot(CoachView(look, NoActions()), made.snapshot(*twenty))
    yield from client_shots(look, IN_BREATH)
    yield from client_screen_shots(look, IN_BREATH)


def _mixed() -> list[PersonView]:
    """Return one client in each honest state, and one who keeps the figures private."""
    people = [replace(one, name=name) for one, name in zip(made.states(IN_BREATH).values(), made.NAMES, strict=False)]
    people.append(replace(made.person(made.NAMES[7], now=IN_BREATH), hidden=frozenset(FIGURES)))
    return [replace(one, number=number) for number, one in enumerate(people)]


def start_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield the welcome, the straps in range with the answers of their wearers, and the doctor's words."""

    async def found(seconds: float) -> Sequence[FoundStrap]:
        return made.STRAPS

    async def known(seconds: float) -> Sequence[FoundStrap]:
        return made.KNOWN

    async def nothing(seconds: float) -> Sequence[FoundStrap]:
        return ()

    async def off(seconds: float) -> Report:
        return made.OFF

    yield "start", start_view(look, found, off)
    for name, scan, answer in (
        ("start-straps", found, _answer_nothing), ("start-known", known, _answer_alone),
        ("start-together", found, _answer_both), ("start-no-bluetooth", nothing, _answer_nothing),
    ):
        view = start_view(look, scan, off)
        view.connect_strap()
        _until_found(view.straps)
        answer(view.straps)
        yield name, view
        view.close_work()
    several = start_view(look, found, off)
    several.show_stories()
    yield "start-stories", several
    join = JoinView(look, found, off)
    join.open(("Mara", "Jon"))
    _until_found(join.straps)
    _answer_coach(join.straps)
    yield "join", join
    join.close_work()


def start_view(look: Look, scan: Scan, examine: Examine) -> StartView:
    """Return the Start view of somebody who has chosen that one leads."""
    return StartView(look, scan, examine, Preferring(Preferences(mode="one_leads"), lambda now: ""))


def _until_found(page: StrapsPage) -> None:
    """Wait for the straps, or for the doctor's words in their place."""
    for _ in range(200):
        wait()
        if page.rows or not page.findChildren(AdvicePanel)[0].isHidden():
            return
    raise TimeoutError("neither a strap nor advice came")


def _answer_nothing(page: StrapsPage) -> None:
    pass


def _answer_alone(page: StrapsPage) -> None:
    page.rows[0].tick()


def _answer_both(page: StrapsPage) -> None:
    for row, name in zip(page.rows, ("Ana", "Ben"), strict=False):
        row.tick()
        row.name_it(name)
    page.rows[0].say_yes()
    page.rows[1].put_guardian("Eva")


def _answer_coach(page: StrapsPage) -> None:
    page.rows[0].tick()
    page.rows[0].name_it("Ida")


def window_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield what lies over a view: the keys, the notes, a problem, the passphrase; and a replay with its bar."""
    window = _window(look)
    window.show_keys()
    yield "keys", window
    window.show_keys()
    window.note.say(words.said(
        "Session 20261123-101500-a1b2 was cut off; what came in until then is kept."
        " To look at it: biosync sessions show 20261123-101500-a1b2"))
    yield "note", window
    window.show_notes()
    yield "notes", window
    window.show_notes()
    window.choose_practice()
    wait()
    if window.practice_menu is not None:
        yield "practice", window.practice_menu
        window.practice_menu.hide()
    window.show_problem(words.tr("A session is running: end it first, then you can see another one again."))
    yield "problem", window
    window.close()
    locked = Window(look, None, made.outside(made.MadeSession, ledger=made.MadeLedger("a secret")))
    locked.show()
    locked.connect_strap()
    wait()
    yield "passphrase", locked
    locked.close()
    replayed = _window(look, duration_s=1830.0)
    yield "replay", replayed
    replayed.close()


def _window(look: Look, duration_s: float | None = None) -> Window:
    session = made.MadeSession(made.snapshot(made.person(origin="replay" if duration_s else "strap")))
    session.duration_s = duration_s
    window = Window(look, lambda: session, made.outside(made.MadeSession))
    window.show()
    wait(2200)  # until the cue has come
    return window


def wait(ms: int = 150) -> None:
    """Let Qt work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


Shoot = Callable[[Look], Iterator[tuple[str, QWidget]]]
GROUPS: dict[tuple[str, ...], Shoot] = {
    ("breathe",): breathe_shots, ("together",): together_shots, ("coach", "client"): coach_shots,
    ("start", "join"): start_shots, ("settings", "help"): page_shots, ("sessions",): session_shots,
    ("keys", "note", "practice", "problem", "passphrase", "replay"): window_shots,
}
"""What takes the pictures whose names begin so."""


def shots(look: Look, wanted: Sequence[str] = ()) -> Iterator[tuple[str, QWidget]]:
    """Yield the views and states whose pictures begin with one of the ``wanted`` (none: all), each as it is to be seen;
    it holds until the next one is asked for."""
    for begins, shoot in GROUPS.items():
        near = any(one.startswith(begin) or begin.startswith(one) for one in wanted for begin in begins)
        if near or not wanted:
            yield from shoot(look)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Make everything in this language meanwhile, with the dates of the country where most speak it."""
    told = Speaking(Preferring(Preferences(language=language), lambda now: ""))
    QLocale.setDefault(QLocale(COUNTRIES[language]))
    try:
        yield
    finally:
        told.silence()
        QLocale.setDefault(QLocale(COUNTRIES["en"]))


def shown_at(widget: QWidget, look: Look, size: tuple[int, int]) -> None:
    """Show ``widget`` in this size, laid out and with its last words."""
    if not isinstance(widget, Window):
        widget.setStyleSheet(style_sheet(look.tokens))
    if not isinstance(widget, QMenu):
        widget.resize(*size)
    widget.show()
    if isinstance(widget, SessionView):
        widget.setFocus()
    wait(50)  # until lists have settled in their new size


def main(folder: Path, wanted: Sequence[str] = ()) -> None:
    """Take the pictures whose names begin with one of the ``wanted`` (none: all) into ``folder``."""
    application = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    for theme, language in product(THEMES, LANGUAGES):
        ends = {size: f"{theme}-{size[0]}x{size[1]}{'' if language == 'en' else '-' + language}" for size in SIZES}
        look = Look(THEMES[theme])
        application.setPalette(palette(look))
        asked = {size: _beginnings(wanted, end) for size, end in ends.items()}
        with speaking(language):
            for name, widget in shots(look, [one for some in asked.values() for one in some]):
                for size, end in ends.items():
                    whole = f"{name}-{end}"
                    if not wanted or any(whole.startswith(one) for one in asked[size]):
                        shown_at(widget, look, size)
                        widget.grab().save(str(folder / f"{whole}.png"))
                widget.hide()
    if not wanted or PAPER_NAME in wanted:
        report_picture().save(str(folder / f"{PAPER_NAME}.png"))


def _beginnings(wanted: Sequence[str], end: str) -> tuple[str, ...]:
    """Return those of the ``wanted`` that may end so: a whole name asks for one theme, size and language only."""
    ends = [f"{theme}-{size[0]}x{size[1]}" for theme, size in product(THEMES, SIZES)]
    whole = [one for one in wanted if any(f"-{other}" in one for other in ends)]
    fitting = tuple(one for one in wanted if one not in whole or one.endswith(f"-{end}"))
    return fitting or (("nothing",) if wanted else ())


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m docs.screenshots")
    asked.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    asked.add_argument("names", nargs="*")
    told = asked.parse_args()
    main(told.folder, told.names)

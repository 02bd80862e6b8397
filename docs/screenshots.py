"""Take the pictures of every view in every state: ``python -m docs.screenshots [FOLDER [NAME...]]``, from the project's
folder; with names (``coach-dark-1440x900``), only those.

Offscreen, from made-up people, so that anyone can take them again; 1440x900 and 900x600, dark and light.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from biosync.gui.app import make_application, palette
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look, style_sheet
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.start import StartView
from biosync.gui.window import Window
from biosync.run_problems import SessionProblem
from biosync.snapshot import Snapshot
from tests.gui import made

SIZES = ((1440, 900), (900, 600))
THEMES = {"dark": DARK, "light": LIGHT}
IN_BREATH = made.NOW + 3.2


class NoActions:
    """Buttons in a picture do nothing."""

    def __getattr__(self, name: str) -> Callable[[], None]:
        return lambda: None


def session_shot(view: SessionView, snapshot: Snapshot | None, *, running: bool = True) -> QWidget:
    """Show a view as it is after a few seconds."""
    now = IN_BREATH if snapshot else 0.0
    for step in range(40):
        view.advance(Moment(snapshot, now, step * 0.1, running))
    return view


def breathe_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Breathe in every state."""
    for name, person in made.states(IN_BREATH).items():
        shown = replace(person, origin="simulated") if name == "live" else person
        yield f"breathe-{name}", session_shot(BreatheView(look, NoActions()), made.snapshot(shown, now=IN_BREATH))
    yield "breathe-empty", session_shot(BreatheView(look, NoActions()), None)
    yield "breathe-ended", session_shot(BreatheView(look, NoActions()), made.snapshot(made.person()), running=False)
    reduced = BreatheView(look, NoActions())
    reduced.toggle_motion()
    yield "breathe-reduced", session_shot(reduced, made.snapshot(made.person(now=IN_BREATH)))
    three = [made.person(name, i, now=IN_BREATH, bpm=60.0 + 7 * i) for i, name in enumerate(("Ana", "Ben", "Lea"))]
    yield "breathe-group", session_shot(BreatheView(look, NoActions()), made.snapshot(*three))


def coach_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield Coach with few, many and no clients."""
    twelve = made.twelve(IN_BREATH)
    sixteen = [made.person(name, i, now=IN_BREATH, bpm=56.0 + 2 * i) for i, name in enumerate(made.NAMES)]
    yield "coach", session_shot(CoachView(look, NoActions()), twelve)
    yield "coach-4", session_shot(CoachView(look, NoActions()), made.snapshot(*twelve.people[:4]))
    yield "coach-16", session_shot(CoachView(look, NoActions()), made.snapshot(*sixteen))
    yield "coach-empty", session_shot(CoachView(look, NoActions()), None)


def start_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield the welcome, the straps in range, and what stands in their place when there is no Bluetooth."""

    async def found(seconds: float) -> tuple[made.Strap, ...]:
        return made.STRAPS

    async def nothing(seconds: float) -> tuple[made.Strap, ...]:
        raise SessionProblem("This computer has no Bluetooth: plug in a Bluetooth adapter, or try a virtual strap.")

    yield "start", StartView(look, found)
    for name, scan in (("start-straps", found), ("start-no-bluetooth", nothing)):
        view = StartView(look, scan)
        view.connect_strap()
        wait()
        if view.straps.rows:
            view.straps.pick(0)
        yield name, view
        view.close_scan()


def window_shots(look: Look) -> Iterator[tuple[str, QWidget]]:
    """Yield what lies over a view: the keys, and a problem."""

    async def found(seconds: float) -> tuple[made.Strap, ...]:
        return made.STRAPS

    def make() -> made.MadeSession:
        return made.MadeSession(made.snapshot(made.person()))

    window = Window(look, make, start_demo=make, start_strap=lambda name, address: make(), scan=found)
    window.show()
    wait()
    window.show_keys()
    yield "keys", window
    window.show_keys()
    window.show_problem("The strap can't be reached: wear it, wet its electrodes, and close other apps.")
    yield "problem", window
    window.close()


def wait(ms: int = 150) -> None:
    """Let Qt work for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def save(widget: QWidget, look: Look, size: tuple[int, int], path: Path) -> None:
    """Take the picture of ``widget``."""
    if not isinstance(widget, Window):
        widget.setStyleSheet(style_sheet(look.tokens))
    widget.resize(*size)
    widget.show()
    if isinstance(widget, SessionView):
        widget.setFocus()
    wait(20)
    widget.grab().save(str(path))
    widget.hide()


def main(folder: Path, names: Sequence[str] = ()) -> None:
    """Take the pictures with these ``names`` (none: all) into ``folder``."""
    application = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    shots = (breathe_shots, coach_shots, start_shots, window_shots)
    for theme, tokens in {**THEMES, "contrast": HIGH_CONTRAST}.items():
        look = Look(tokens)
        application.setPalette(palette(look))
        for size in SIZES if theme != "contrast" else SIZES[:1]:
            for shoot in shots:
                for name, widget in shoot(look):
                    whole = f"{name}-{theme}-{size[0]}x{size[1]}"
                    if not names or whole in names:
                        save(widget, look, size, folder / f"{whole}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pictures", sys.argv[2:])

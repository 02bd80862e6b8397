"""Every view opens, survives a session without a snapshot and without people, and draws every state and theme."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton

from biosync import catalog
from biosync.gui.theme import THEMES, Look
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.together import TogetherView
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.residue import fresh

VIEWS: dict[str, type[SessionView]] = catalog.offered("biosync.gui.views", "VIEW", type)
SIZES = ((640, 480), (900, 600), (1440, 900), (3840, 2160))


class Actions:
    """Remembers what a view asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Callable[[], None]:
        return lambda: self.asked.append(name)


@pytest.fixture(params=sorted(VIEWS))
def view(request: pytest.FixtureRequest, look: Look) -> SessionView:
    return VIEWS[request.param](look, Actions())


def draw(view: SessionView, snapshot: Snapshot | None, *, now: float = made.NOW, running: bool = True) -> None:
    """Have the view draw some frames."""
    for frame in range(3):
        view.advance(Moment(snapshot, now, frame / 10, running))


def test_breathe_and_coach_are_there() -> None:
    assert {"breathe", "coach"} <= set(VIEWS)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("snapshot", [None, Snapshot(0.0, ())], ids=["none", "empty"])
def test_survives_an_empty_session(view: SessionView, snapshot: Snapshot | None, size: tuple[int, int]) -> None:
    view.resize(*size)
    view.show()
    for running in (True, False):
        draw(view, snapshot, now=0.0, running=running)
        assert fresh(view).shape[:2] == size[::-1]
    view.hide()


@pytest.mark.parametrize("state", sorted(made.states()))
def test_draws_every_state_in_every_theme(view: SessionView, look: Look, state: str) -> None:
    view.resize(900, 600)
    pictures = []
    for tokens in THEMES:
        look.use(tokens)
        draw(view, made.snapshot(made.states()[state]))
        pictures.append(fresh(view))
    assert not np.array_equal(pictures[0], pictures[1])


def test_states_look_different_at_once(view: SessionView) -> None:
    view.resize(900, 600)
    pictures = {}
    for name, person in made.states().items():
        view.reset()
        draw(view, made.snapshot(person))
        pictures[name] = fresh(view)
    names = sorted(pictures)
    for a, b in ((a, b) for a in names for b in names if a < b):
        if isinstance(view, TogetherView) and (a, b) == ("live", "warming"):
            continue  # there it is the coherence that warms up, and Together shows no coherence
        changed = (np.abs(pictures[a] - pictures[b]).max(axis=2) > 40).sum()
        assert changed > 150, (a, b, changed)


def test_a_session_that_ended_shows_no_live_figure(view: SessionView) -> None:
    view.resize(900, 600)
    draw(view, made.snapshot(made.person()))
    live = fresh(view)
    draw(view, made.snapshot(made.person()), running=False)
    assert (np.abs(fresh(view) - live).max(axis=2) > 40).sum() > 150


def test_survives_people_who_come_and_go(view: SessionView) -> None:
    view.resize(900, 600)
    for count in (1, 16, 3, 0, 20, 8):
        people = [made.person(made.NAMES[i % 16] + " " * (i // 16), i) for i in range(count)]
        draw(view, made.snapshot(*people))
        fresh(view)


@pytest.mark.parametrize("origin", ["simulated", "replay", "strap"])
def test_made_up_hearts_wear_a_badge(view: SessionView, origin: str) -> None:
    view.resize(900, 600)
    draw(view, made.snapshot(made.person(origin=origin)))  # type: ignore[arg-type]
    badge = view._header.badge  # type: ignore[attr-defined]
    assert badge == {"simulated": "SIMULATED", "replay": "REPLAY", "strap": ""}[origin]


def test_every_control_has_a_name_a_tooltip_with_its_key_and_a_keyboard_way(view: SessionView) -> None:
    buttons = view.findChildren(QAbstractButton)
    assert len(buttons) >= 3
    for button in buttons:
        assert button.accessibleName()
        assert button.toolTip().endswith(")")
        assert button.focusPolicy().value & 1


def test_controls_ask_the_window(view: SessionView) -> None:
    for button in view.findChildren(QAbstractButton):
        button.click()
    asked = view._actions.asked  # type: ignore[attr-defined]
    assert {"back", "show_keys", "toggle_full_screen"} <= set(asked)


def test_a_line_can_be_told(view: SessionView) -> None:
    view.resize(900, 600)
    draw(view, made.snapshot(made.person()))
    before = fresh(view)
    view.tell("marked at 3:12", 0.3)
    view.advance(Moment(made.snapshot(made.person()), made.NOW, 0.3, True))
    assert (np.abs(fresh(view) - before).max(axis=2) > 40).sum() > 50

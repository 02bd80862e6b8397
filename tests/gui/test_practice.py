"""Programs, roles and modes: chosen before a session and while it runs, shown as they are, remembered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from biosync.consent import FIGURES
from biosync.gui.practising import MODES, PROGRAMS, in_force, mode_name, mode_rule, program_name, program_rule
from biosync.gui.preferring import Preferring
from biosync.gui.scenarios import stories
from biosync.gui.theme import Look
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.together import MOST, TogetherView, seated
from biosync.gui.widgets.practice_field import PracticeField
from biosync.gui.window import Window
from biosync.preferences import Preferences
from biosync.snapshot import Practice, Snapshot
from devices.coupling import SCENARIOS
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.residue import fresh
from tests.gui.test_every_view import Actions

Key = Qt.Key
TWO = made.together("Ana", "Ben", pairs=[made.pair()])


class Scene:
    """A window in which ``shown`` runs."""

    def __init__(self, look: Look, shown: Snapshot) -> None:
        self.session = made.MadeSession(shown)
        self.preferring = Preferring(Preferences(), lambda now: "")
        self.window = Window(look, lambda: self.session, made.outside(made.MadeSession, preferring=self.preferring))
        self.window.show()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def entry(self, text: str) -> QAction:
        menu = self.window.practice_menu
        assert menu is not None
        return next(action for action in menu.actions() if action.text() == text)


@pytest.fixture
def alone(look: Look, wait_for: WaitFor) -> Iterator[Scene]:
    scene = Scene(look, made.snapshot(made.person()))
    wait_for(lambda: bool(scene.window.stage.people))
    yield scene
    scene.window.close()


@pytest.fixture
def pair(look: Look, wait_for: WaitFor) -> Iterator[Scene]:
    scene = Scene(look, TWO)
    wait_for(lambda: isinstance(scene.window.session_view, TogetherView))
    yield scene
    scene.window.close()


def draw(view: SessionView, snapshot: Snapshot | None, *, running: bool = True) -> None:
    view.resize(900, 600)
    for frame in range(30):
        view.advance(Moment(snapshot, made.NOW, frame / 10, running))


def test_every_program_and_role_has_a_name_and_a_rule_of_its_own() -> None:
    assert len({program_name(one) for one in PROGRAMS} | {mode_name(one) for one in MODES}) == 6
    assert len({program_rule(one) for one in PROGRAMS} | {mode_rule(one) for one in MODES}) == 6
    assert program_rule("find").startswith("finding your rhythm: ")
    assert in_force(Practice("settle"), several=False) == "Settle"
    assert in_force(Practice("settle", "one_leads", "Ben"), several=True) == "Ben leads"
    assert in_force(Practice("settle", "turns", "Ana"), several=True) == "Ana's turn"


def test_what_is_picked_is_kept_and_who_leads_is_one_of_those_who_are_there(look: Look) -> None:
    preferring = Preferring(Preferences(), lambda now: "")
    field = PracticeField(look, preferring)
    field._programs._group.button(0).click()
    field.show_people(("Ana", "Ben"))
    assert field.leader is None
    field._modes._group.button(1).click()
    assert (preferring.now.program, preferring.now.mode) == ("settle", "one_leads")
    field._leader.setCurrentIndex(1)
    assert field.leader == "Ben"
    field.show_people(("Ben", "Cleo"))
    assert field.leader == "Ben"
    field.show_people(("Cleo",))
    assert not field._roles.isVisibleTo(field)
    again = PracticeField(look, preferring)
    assert (again._programs.chosen, again._modes.chosen) == (0, 1)


def test_p_offers_the_programs_to_one_and_what_is_chosen_is_said_to_the_pacer(alone: Scene, wait_for: WaitFor) -> None:
    wait_for(lambda: bool(alone.window.session_view._why.text))  # type: ignore[attr-defined]  # the cue's own reason
    alone.press(Key.Key_P)
    menu = alone.window.practice_menu
    assert menu is not None and menu.isVisible()
    offered = [action.text() for action in menu.actions() if action.isCheckable()]
    assert offered == ["Settle", "Find my rhythm", "Without the cue"]
    assert alone.entry("Find my rhythm").isChecked()
    alone.entry("Without the cue").trigger()
    wait_for(lambda: alone.session.said == ["without"])
    assert alone.preferring.now.program == "without"
    assert alone.window.session_view._why.text == program_rule("without")  # type: ignore[attr-defined]


def test_p_offers_the_roles_to_two_and_each_of_them_may_lead(pair: Scene, wait_for: WaitFor) -> None:
    pair.press(Key.Key_P)
    menu = pair.window.practice_menu
    assert menu is not None
    offered = [action.text() for action in menu.actions() if action.isCheckable()]
    assert offered[3:] == ["Meet in the middle", "Ana leads", "Ben leads", "Take turns"]
    pair.entry("Ben leads").trigger()
    wait_for(lambda: pair.session.said == ["lead"])
    assert pair.session.said_by == ["Ben"]
    assert pair.preferring.now.mode == "one_leads"


def test_after_the_end_there_is_nothing_to_choose(alone: Scene) -> None:
    alone.window.stage.stop()
    alone.press(Key.Key_P)
    assert alone.window.practice_menu is None


def test_what_holds_stands_in_the_header(look: Look) -> None:
    view = TogetherView(look, Actions())
    people = tuple(replace(one, practice=Practice("find", "one_leads", "Ben")) for one in TWO.people)
    draw(view, replace(TWO, people=people))
    assert view._header._buttons[1].text() == "Ben leads  P"


@pytest.mark.parametrize(
    "key, name", [(Key.Key_T, "tones"), (Key.Key_X, "numbers"), (Key.Key_B, "cue"), (Key.Key_E, "eyes_open")]
)
def test_keys_turn_the_modes_round_and_the_view_says_so(alone: Scene, key: Qt.Key, name: str) -> None:
    before = getattr(alone.preferring.now, name)
    alone.press(key)
    assert getattr(alone.preferring.now, name) is not before
    view = alone.window.session_view
    assert isinstance(view, BreatheView)
    assert view.preferences == alone.preferring.now
    assert view._why.text
    alone.press(key)
    assert getattr(alone.preferring.now, name) is before


def test_r_changes_the_motion_and_it_is_remembered(alone: Scene) -> None:
    alone.press(Key.Key_R)
    assert alone.preferring.now.motion == "reduced"
    alone.press(Key.Key_R)
    assert alone.preferring.now.motion == "full"


class Written:
    """Every text that a view paints or holds."""

    def __init__(self, view: SessionView, monkeypatch: pytest.MonkeyPatch) -> None:
        from PySide6.QtGui import QPainter
        from PySide6.QtWidgets import QLabel

        self.texts: list[str] = []
        whole = QPainter.drawText

        def note(painter: QPainter, *args: object) -> object:
            self.texts.extend(one for one in args if isinstance(one, str))
            return whole(painter, *args)  # type: ignore[call-overload]

        monkeypatch.setattr(QPainter, "drawText", note)
        fresh(view)
        self.texts += [one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view)]

    @property
    def numbers(self) -> list[str]:
        return [text for text in self.texts if any(map(str.isdigit, text)) and "H10" not in text]


@pytest.mark.parametrize("state", ["live", "warming", "held", "lost"])
def test_without_numbers_no_number_is_seen_and_with_them_there_are(
    look: Look, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, shown in ((BreatheView, made.snapshot(made.states()[state])), (TogetherView, TWO)):
        view = kind(look, Actions())
        draw(view, shown)
        assert Written(view, monkeypatch).numbers
        view.prefer(Preferences(numbers=False))
        for running in (True, False):
            draw(view, shown, running=running)
            assert Written(view, monkeypatch).numbers == []


def test_without_the_cue_nothing_of_it_is_left(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, shown in ((BreatheView, made.snapshot(made.person())), (TogetherView, TWO)):
        view = kind(look, Actions())
        draw(view, shown)
        assert any("breathe" in text for text in Written(view, monkeypatch).texts)
        view.prefer(Preferences(cue=False))
        view.reset()
        draw(view, shown)
        told = Written(view, monkeypatch).texts
        assert not any("breathe" in text or "a minute" in text or "the cue" in text for text in told)
        before = fresh(view)
        view.advance(Moment(shown, made.NOW + 2.0, 2.95, True))
        if kind is TogetherView:  # in Breathe the curve goes on
            middle = np.s_[250:350, 400:500]
            assert np.array_equal(fresh(view)[middle], before[middle])


def test_with_open_eyes_the_cue_is_small_and_its_word_still_there(look: Look) -> None:
    view = BreatheView(look, Actions())
    draw(view, made.snapshot(made.person()))
    fresh(view)
    large = view._disc._largest
    view.prefer(Preferences(eyes_open=True))
    draw(view, made.snapshot(made.person()))
    fresh(view)
    assert view._disc._largest < 0.6 * large
    assert "breathe" in view._disc.accessibleDescription()


def test_reduced_motion_together_keeps_every_size(look: Look) -> None:
    view = TogetherView(look, Actions())
    view.prefer(Preferences(motion="reduced"))
    sizes, strengths = set(), set()
    view.resize(900, 600)
    for step in range(60):
        view.advance(Moment(TWO, made.NOW + step / 6, step / 6, True))
        if step > 20:
            sizes.add((round(view._round._radius, 3), *view._round.sizes))
            strengths.add(view._round._face.strength)
    assert len(sizes) == 1
    assert max(strengths) - min(strengths) > 0.3


def test_of_more_than_eight_those_who_are_here_are_seated_first_and_the_rest_is_told(look: Look) -> None:
    twelve = made.together(*made.NAMES[:12], all_in_step="in step")
    people = tuple(replace(one, left=one.number in (0, 3)) for one in twelve.people)
    shown = seated(replace(twelve, people=people))
    assert [one.number for one in shown] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert len(seated(twelve)) == MOST
    view = TogetherView(look, Actions())
    draw(view, replace(twelve, people=people))
    assert "8 of 12 are shown" in view._header._detail.accessibleName()


def test_that_figures_are_kept_private_is_said(look: Look) -> None:
    view = TogetherView(look, Actions())
    draw(view, TWO)
    assert view._header._detail.accessibleName() == "all signals good"
    draw(view, replace(TWO, people=tuple(replace(one, hidden=frozenset(FIGURES)) for one in TWO.people)))
    assert view._header._detail.accessibleName() == "all signals good · figures are private"


def test_every_scenario_has_its_story() -> None:
    told = stories()
    assert {story.scenario for story in told} == set(SCENARIOS)
    assert all(story.means and story.title != story.scenario for story in told)

"""What a key changes of how a session is shown and led: modes, motion, tones, programs and roles; all remembered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from biosync.events import Mode, Program
from biosync.gui import words
from biosync.gui.dressing import Dressing
from biosync.gui.in_step import shared
from biosync.gui.practising import MODES, PROGRAMS, mode_name, mode_rule, program_name, program_rule, saying
from biosync.gui.preferring import Preferring, less_motion
from biosync.gui.session_actions import SessionActions
from biosync.gui.stage import Stage
from biosync.snapshot import Practice


class Modes:
    """Changes what is set in ``preferring``, says so in the view, and offers programs and roles in a menu."""

    def __init__(
        self, window: QWidget, actions: SessionActions, stage: Stage, preferring: Preferring, dressing: Dressing
    ) -> None:
        self._window, self._actions, self._stage, self._preferring = window, actions, stage, preferring
        self._dressing = dressing
        self.menu: QMenu | None = None

    def toggle(self, name: str) -> None:
        """Turn the preference ``name`` (tones, numbers, cue, eyes_open) round."""
        on = not getattr(self._preferring.now, name)
        self._preferring.change(**{name: on})
        self._actions.tell(_said(name, on))

    def toggle_motion(self) -> None:
        """Change between full and reduced motion."""
        reduced = not less_motion(self._preferring.now.motion)
        self._preferring.change(motion="reduced" if reduced else "full")
        self._actions.tell(words.tr("reduced motion") if reduced else words.tr("full motion"))

    def choose_practice(self) -> None:
        """Offer what the cue of the session that runs may go by."""
        snapshot = self._stage.moment(0.0, None).snapshot
        here = [person for person in snapshot.people if not person.left] if snapshot is not None else []
        if self._stage.bridge is None or not here:
            return
        whose = next((person for person in here if person.name == self._actions.selected), here[0])
        names = self._stage.people if shared(snapshot) and len(here) > 1 else ()
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = self._menu(whose.practice, names)
        size, at = self.menu.sizeHint(), self._window.rect().center()
        self.menu.popup(self._window.mapToGlobal(at - QPoint(size.width() // 2, size.height() // 2)))

    def _menu(self, practice: Practice, names: tuple[str, ...]) -> QMenu:
        menu = QMenu(self._window)
        self._dressing.dress(menu)
        menu.setToolTipsVisible(True)
        menu.setAccessibleName(words.tr("Program and roles"))
        _title(menu, words.tr("Program"))
        programs = QActionGroup(menu)
        for program in PROGRAMS:
            action = _entry(menu, programs, program_name(program), program_rule(program), practice.program == program)
            action.triggered.connect(partial(self._take_program, program))
        if names:
            menu.addSeparator()
            _title(menu, words.tr("Role"))
            self._add_roles(menu, practice, names)
        return menu

    def _add_roles(self, menu: QMenu, practice: Practice, names: tuple[str, ...]) -> None:
        roles = QActionGroup(menu)
        for mode in MODES:
            for leader in names if mode == "one_leads" else (None,):
                chosen = practice.mode == mode and leader in (None, practice.leads)
                action = _entry(menu, roles, mode_name(mode, leader), mode_rule(mode), chosen)
                action.triggered.connect(partial(self._take_role, mode, leader))

    def _take_program(self, program: Program, *_: bool) -> None:
        self._preferring.change(program=program)
        self._actions.choose(program, None, program_rule(program))

    def _take_role(self, mode: Mode, leader: str | None, *_: bool) -> None:
        self._preferring.change(mode=mode)
        self._actions.choose(saying(mode), leader, f"{mode_name(mode, leader)}: {mode_rule(mode)}")


def _title(menu: QMenu, text: str) -> None:
    menu.addAction(text).setEnabled(False)


def _entry(menu: QMenu, group: QActionGroup, text: str, meaning: str, chosen: bool) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(chosen)
    action.setToolTip(words.as_sentence(meaning))
    group.addAction(action)
    return action


def _said(name: str, on: bool) -> str:
    return {
        "tones": (words.tr("tones off"), words.tr("tones on: they rise while you breathe in, and fall while out")),
        "numbers": (words.tr("without numbers"), words.tr("with numbers")),
        "cue": (words.tr("without the breath cue: your own rhythm only"), words.tr("with the breath cue")),
        "eyes_open": (words.tr("a large cue"), words.tr("eyes open: a small cue")),
    }[name][on]

"""Together: one cue for two to eight people, who is in step with whom, and the course of the session."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from biosync.cues import disc
from biosync.events import Cue
from biosync.gui import words
from biosync.gui.in_step import said
from biosync.gui.own_breath import OwnBreaths
from biosync.gui.state import State, signal_state
from biosync.gui.theme import SPACE, Look
from biosync.gui.view import Actions, Moment, SessionView
from biosync.gui.widgets.course_strip import CourseStrip
from biosync.gui.widgets.cue_face import word_opacity
from biosync.gui.widgets.header import Header, Hint, Title
from biosync.gui.widgets.labels import FadingLine
from biosync.gui.widgets.round import Round, RoundFace, Sitter
from biosync.gui.widgets.state_words import StateWords
from biosync.snapshot import PersonView, Snapshot

MOST = 8
_FADE_S = 1.6
_FAINT = 0.3
_SLOWLY_S = 0.5
"""Words, people and the strip are looked at so often; the cue moves with each frame."""
_LEAVE, _STOP = 0, 4
_WELL = ("live", "warming", "paused")


class TogetherView(SessionView):
    """The shared cue with the people round it, the state in words, and the strip of the session."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, actions)
        self._header = Header(look, _hints(actions))
        self._header.show_hint(_LEAVE, False)
        self._round, self._words = Round(look), StateWords(look)
        self._why, self._course = FadingLine(look), CourseStrip(look)
        self.reset()
        self._lay_out()

    @property
    def state(self) -> str:
        """The state in words as it stands under the cue."""
        return self._words.said.state

    def reset(self) -> None:
        """Forget the session that was."""
        self._presence = 0.0
        self._seconds: float | None = None
        self._slowly_at = float("-inf")
        self._drawn: tuple[Snapshot | None, bool, str | None] = (None, False, None)
        self._sitters: tuple[Sitter, ...] = ()
        self._breaths = OwnBreaths()
        self._explained = ""

    def tell(self, text: str, seconds: float) -> None:
        """Show ``text`` in the line above the strip."""
        self._why.say(text, seconds)

    def advance(self, moment: Moment) -> None:
        """Draw the cue where its plan has it now, the people's breaths, and the rest as often as it needs."""
        people = moment.snapshot.people[:MOST] if moment.snapshot else ()
        cue = next((person.cue_at(moment.now) for person in people if not person.left), None)
        self._fade(moment, cue is not None)
        drawn = (moment.snapshot, moment.running, moment.selected)
        changed = drawn[0] is not self._drawn[0] or drawn[1:] != self._drawn[1:]
        if changed or moment.seconds - self._slowly_at >= _SLOWLY_S:
            self._drawn, self._slowly_at = drawn, moment.seconds
            self._show_slowly(moment, people)
        self._move(moment, people, cue)
        self._explain(moment, cue)

    def _show_slowly(self, moment: Moment, people: tuple[PersonView, ...]) -> None:
        self._sitters = tuple(_sitter(person, moment) for person in people)
        self._words.show_said(said(moment.snapshot, moment.now, running=moment.running))
        self._course.show_course(moment.snapshot.pairs if moment.snapshot else (), moment.now)
        self._header.show_time(words.duration(moment.now))
        self._header.show_origins(frozenset(person.origin for person in people))
        self._header.show_title(_title(people, moment))
        self._header.show_hint(_LEAVE, moment.running and moment.selected is not None)
        self._header.rename(_STOP, words.tr("Stop  Esc") if moment.running else words.tr("Close  Esc"))

    def _fade(self, moment: Moment, has_cue: bool) -> None:
        step = 0.0 if self._seconds is None else (moment.seconds - self._seconds) / _FADE_S
        self._seconds = moment.seconds
        aim = (1.0 if has_cue else _FAINT) if moment.running else 0.0
        self._presence += max(-step, min(step, aim - self._presence))

    def _move(self, moment: Moment, people: tuple[PersonView, ...], cue: Cue | None) -> None:
        word = pace = ""
        level, opacity = 0.0, 1.0
        if cue is not None:
            phase = cue.phase_at(moment.now)
            level, opacity = disc.level(phase, cue.inhale_fraction), word_opacity(phase, cue)
            if moment.running:
                word, pace = words.phase(phase < cue.inhale_fraction), words.under_the_word(cue)
        elif moment.running:
            word = words.tr("finding your rhythm") if people else words.tr("starting")
        strength = round(self._presence * (cue.strength if cue else 1.0), 3)
        pairs = moment.snapshot.pairs if moment.snapshot and moment.running else ()
        self._round.show_face(RoundFace(word, pace, strength, self._sitters, pairs))
        self._round.move_to(level, opacity)
        self._round.breathe(self._breaths.levels(people, moment.now, running=moment.running))

    def _explain(self, moment: Moment, cue: Cue | None) -> None:
        if cue is not None and moment.running and cue.why and cue.why != self._explained:
            self._explained = cue.why
            self._why.say(words.said(cue.why), moment.seconds)
        self._why.advance(moment.seconds)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(3 * SPACE, 0, 3 * SPACE, 0)
        row.addWidget(_button(words.tr("Too fast  −"), words.tr("The cue is too fast (−)"), self._actions.too_fast))
        row.addWidget(self._why, 1)
        row.addWidget(_button(words.tr("Too slow  +"), words.tr("The cue is too slow (+)"), self._actions.too_slow))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._header)
        column.addWidget(self._round, 1)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self._course)


VIEW = TogetherView


def _sitter(person: PersonView, moment: Moment) -> Sitter:
    signal: State = signal_state(person, moment.now) if moment.running else "over"
    state = "" if signal in ("live", "over") else words.signal(signal, person)
    chosen = person.name == moment.selected
    return Sitter(person.name, person.number, state, signal in ("live", "warming", "over"), person.left, chosen)


def _title(people: tuple[PersonView, ...], moment: Moment) -> Title:
    if not moment.running or not people:
        return Title(words.tr("Together"), "")
    if moment.selected is not None:
        return Title(words.tr("Together"), words.tr("{name} is chosen · L: {name} leaves").format(name=moment.selected))
    total = len(moment.snapshot.people) if moment.snapshot else 0
    if total > MOST:
        return Title(words.tr("Together"), words.tr("{shown} of {count} are shown").format(shown=MOST, count=total))
    states = [(person, signal_state(person, moment.now)) for person in people]
    bad = [f"{one.name}: {words.signal(state, one)}" for one, state in states if state not in _WELL]
    if bad:
        return Title(words.tr("Together"), " · ".join(bad), None, "warn")
    warming = any(state == "warming" for _, state in states)
    return Title(words.tr("Together"), words.tr("warming up") if warming else words.tr("all signals good"))


def _hints(actions: Actions) -> tuple[Hint, ...]:
    return (
        Hint(words.tr("Leave"), "L", words.tr("The chosen person leaves; the others go on"), actions.leave_person),
        Hint(words.tr("View"), "V", words.tr("The next view of this session"), actions.next_view),
        Hint(words.tr("Keys"), "?", words.tr("Show the keys"), actions.show_keys),
        Hint(words.tr("Full screen"), "F", words.tr("Fill the screen, or leave it"), actions.toggle_full_screen),
        Hint(words.tr("Stop"), "Esc", words.tr("Stop; the cue fades and asks for nothing"), actions.back),
    )


def _button(text: str, tooltip: str, do: object) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    button.clicked.connect(do)
    return button

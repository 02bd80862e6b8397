"""Together: one cue for two to eight people, who is in step with whom, and the course of the session."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from biosync.consent import FIGURES
from biosync.cues import disc
from biosync.events import Cue
from biosync.gui import words
from biosync.gui.in_step import said
from biosync.gui.own_breath import OwnBreaths
from biosync.gui.practising import in_force
from biosync.gui.state import State, signal_state
from biosync.gui.theme import SPACE, Look
from biosync.gui.view import Actions, Moment, SessionView
from biosync.gui.widgets.course_strip import CourseStrip
from biosync.gui.widgets.cue_face import word_opacity
from biosync.gui.widgets.header import ROOMY, WIDE, Header, Hint, Title
from biosync.gui.widgets.labels import PART, FadingLine, quiet_button
from biosync.gui.widgets.practice_hints import practice_hints, tones_words
from biosync.gui.widgets.round import Round, RoundFace, Sitter
from biosync.gui.widgets.state_words import StateWords
from biosync.preferences import Preferences
from biosync.snapshot import PersonView, Snapshot

MOST = 8
_FADE_S = 1.6
_FAINT = 0.3
_STILL, _DIMMEST = 0.7, 0.45
"""With reduced motion the disc stays at the first of its size, and fades between the second and all of its strength."""
_SLOWLY_S = 0.5
"""Words, people and the strip are looked at so often; the cue moves with each frame."""
_LEAVE, _PRACTICE, _TONES, _STOP = 0, 1, 2, 6
_WELL = ("live", "warming", "paused")


class TogetherView(SessionView):
    """The shared cue with the people round it, the state in words, and the strip of the session."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, actions)
        self._header = Header(look, _hints(actions))
        self._header.show_hint(_LEAVE, False)
        self._round, self._words = Round(look), StateWords(look)
        self._why, self._course = FadingLine(look), CourseStrip(look)
        self._preferences = Preferences()
        self._slower, self._faster = _faster_and_slower(actions)
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

    def prefer(self, preferences: Preferences) -> None:
        """Go by what is set now: motion, numbers, the cue or the people alone, and eyes open."""
        super().prefer(preferences)
        if not preferences.cue:
            self._why.clear()
        self._preferences = preferences
        self._round.make_small(preferences.eyes_open)
        for button in (self._slower, self._faster):
            button.setVisible(preferences.cue)
        self._course.show_modes(numbers=preferences.numbers)
        self._header.rename(_TONES, tones_words(preferences))
        self._slowly_at = float("-inf")

    def tell(self, text: str, seconds: float) -> None:
        """Show ``text`` in the line above the strip."""
        self._why.say(text, seconds)

    def advance(self, moment: Moment) -> None:
        """Draw the cue where its plan has it now, the people's breaths, and the rest as often as it needs."""
        people = seated(moment.snapshot)
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
        numbers = self._preferences.numbers
        told = said(moment.snapshot, moment.now, running=moment.running)
        self._words.show_said(told if numbers else replace(told, detail=""))
        self._course.show_course(moment.snapshot.pairs if moment.snapshot else (), moment.now)
        self._header.show_time(words.duration(moment.now) if numbers else "")
        self._header.show_origins(frozenset(person.origin for person in people))
        self._header.show_title(_title(people, moment))
        self._header.show_hint(_PRACTICE, moment.running and bool(people))
        if people:
            self._header.rename(_PRACTICE, f"{in_force(people[0].practice, several=True)}  P")
        self._header.show_hint(_LEAVE, moment.running and moment.selected is not None)
        self._header.rename(_STOP, words.tr("Stop  Esc") if moment.running else words.tr("Close  Esc"),
                            "" if moment.running else words.tr("Leave the session that is over"))

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
                word = words.phase(phase < cue.inhale_fraction)
                pace = words.under_the_word(cue, numbers=self._preferences.numbers)
        elif moment.running:
            word = words.tr("finding your rhythm") if people else words.tr("starting")
        strength = round(self._presence * (cue.strength if cue else 1.0), 3)
        if self._less_motion and cue is not None:
            strength, level = round(strength * (_DIMMEST + (1 - _DIMMEST) * level), 2), _STILL
        if not self._preferences.cue:
            word, pace, strength = "", "", 0.0
        pairs = moment.snapshot.pairs if moment.snapshot and moment.running else ()
        self._round.show_face(RoundFace(word, pace, strength, self._sitters, pairs))
        self._round.move_to(level, opacity)
        moves = moment.running and not self._less_motion
        self._round.breathe(self._breaths.levels(people, moment.now, running=moves))

    def _explain(self, moment: Moment, cue: Cue | None) -> None:
        if cue is not None and moment.running and cue.why and cue.why != self._explained:
            self._explained = cue.why
            readable = self._preferences.numbers or not any(map(str.isdigit, cue.why))
            if self._preferences.cue and readable:
                self._why.say(words.said(cue.why), moment.seconds)
        self._why.advance(moment.seconds)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(3 * SPACE, 0, 3 * SPACE, 0)
        row.addWidget(self._slower)
        row.addWidget(self._why, 1)
        row.addWidget(self._faster)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._header)
        column.addWidget(self._round, 1)
        column.addWidget(self._words)
        column.addLayout(row)
        column.addWidget(self._course)


VIEW = TogetherView


def seated(snapshot: Snapshot | None) -> tuple[PersonView, ...]:
    """Return the people who are shown, eight at most, in their order: those who are here before those who left."""
    people = snapshot.people if snapshot is not None else ()
    if len(people) <= MOST:
        return people
    shown = {person.name for person in sorted(people, key=lambda person: person.left)[:MOST]}
    return tuple(person for person in people if person.name in shown)


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
    everybody = moment.snapshot.people if moment.snapshot else ()
    states = [(person, signal_state(person, moment.now)) for person in everybody]
    bad = [f"{one.name}: {words.signal(state, one)}" for one, state in states if state not in _WELL]
    if bad:
        return Title(words.tr("Together"), PART.join(bad), None, "warn")
    warming = any(state == "warming" for _, state in states)
    well = words.tr("warming up") if warming else words.tr("all signals good")
    said = [well]
    if len(everybody) > MOST:
        whole = words.tr("{shown} of {count} are shown; what is said below is of all · {signals}")
        short = words.tr("{shown} of {count} shown · {signals}")
        said = [told.format(shown=MOST, count=len(everybody), signals=well) for told in (whole, short)]
    if all(person.hidden >= set(FIGURES) for person in everybody):
        said = [f"{told}{PART}{words.tr('figures are private')}" for told in said] + said[-1:]
    return Title(words.tr("Together"), said[0], shorter=tuple(said[1:]))


def _hints(actions: Actions) -> tuple[Hint, ...]:
    return (
        Hint(words.tr("Leave"), "L", words.tr("The chosen person leaves; the others go on"), actions.leave_person),
        *practice_hints(actions),
        Hint(words.tr("View"), "V", words.tr("The next view of this session"), actions.next_view, from_px=WIDE),
        Hint(words.tr("Keys"), "?", words.tr("Show the keys"), actions.show_keys,
             from_px=ROOMY),  # the list leads on to settings and help
        Hint(words.tr("Full screen"), "F", words.tr("Fill the screen, or leave it"), actions.toggle_full_screen,
             from_px=WIDE),
        Hint(words.tr("Stop"), "Esc", words.tr("Stop; the cue fades and asks for nothing"), actions.back),
    )


def _faster_and_slower(actions: Actions) -> tuple[QPushButton, QPushButton]:
    return (
        quiet_button(words.tr("Too fast"), "−", words.tr("The cue is too fast"), actions.too_fast),
        quiet_button(words.tr("Too slow"), "+", words.tr("The cue is too slow"), actions.too_slow),
    )

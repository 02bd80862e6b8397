"""Breathe: one cue fills the view, for one person or for one group that shares it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from biosync.cues import bar, disc
from biosync.events import Cue
from biosync.gui import words
from biosync.gui.practising import in_force
from biosync.gui.state import Figure, Figures, State, figures, signal_state
from biosync.gui.theme import SPACE, Look
from biosync.gui.view import Actions, Moment, SessionView
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.cue_face import NO_COHERENCE, CueFace, word_opacity
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.header import ROOMY, WIDE, Header, Hint, Title
from biosync.gui.widgets.labels import PART, FadingLine, quiet_button
from biosync.gui.widgets.practice_hints import practice_hints, tones_words
from biosync.gui.widgets.strip import Strip
from biosync.preferences import Preferences
from biosync.snapshot import PersonView, Snapshot

_FADE_S = 1.6
"""How long the cue takes to come and to go."""
_STRIP_FPS = 10
_TELL_S, _READ_S = 60.0, 9.0
"""What was found of the own rhythm is told at most so often."""
_LEAVE, _PRACTICE, _TONES, _STOP = 0, 1, 2, 6
"""Where these controls stand in the header."""
_READER_S = 5.0
"""Screen readers are told the figures at most so often."""
_TROUBLES: tuple[State, ...] = ("hr_only", "held", "lost")
"""Of these states the reason, and what to do, stands in the line under the cue."""
_FAINT = 0.3
"""The disc's strength while it waits for the first plan."""


class BreatheView(SessionView):
    """The cue, the reason for its pace, and the heart rate of the last minute."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, actions)
        self._header = Header(look, _hints(actions))
        self._header.show_hint(_LEAVE, False)
        self._disc, self._bar = DiscCue(look), BarCue(look)
        self._why = FadingLine(look)
        self._strip = Strip(look)
        self._preferences = Preferences()
        self._slower, self._faster = _faster_and_slower(actions)
        self.reset()
        self._lay_out()

    def reset(self) -> None:
        """Forget the session that was."""
        self._presence = 0.0
        self._seconds: float | None = None
        self._strip_at = self._header_at = self._reader_at = float("-inf")
        self._drawn: tuple[Snapshot | None, bool, str | None] = (None, False, None)
        self._said = self._resonance = ""
        self._told_at = float("-inf")

    @property
    def preferences(self) -> Preferences:
        """What the view goes by."""
        return self._preferences

    def prefer(self, preferences: Preferences) -> None:
        """Go by what is set now: motion, numbers, the cue or the rhythm alone, and eyes open."""
        super().prefer(preferences)
        if not preferences.cue:
            self._why.clear()
        self._preferences = preferences
        self._cues.setCurrentWidget(self._bar if self._less_motion else self._disc)
        for cue in (self._disc, self._bar):
            cue.make_small(preferences.eyes_open)
        for widget in (self._cue_room, self._slower, self._faster):
            widget.setVisible(preferences.cue)
        for widget in self._rooms:
            widget.setVisible(not preferences.cue)
        self._column.setStretchFactor(self._strip, 0 if preferences.cue else 8)
        self._strip.show_modes(numbers=preferences.numbers, wave=preferences.cue)
        self._header.rename(_TONES, tones_words(preferences))
        self._header_at = self._strip_at = float("-inf")

    def tell(self, text: str, seconds: float) -> None:
        """Show ``text`` in the line under the cue."""
        self._why.say(text, seconds)

    def advance(self, moment: Moment) -> None:
        """Draw the cue where its plan has it now, and the rest as often as it needs."""
        people = moment.snapshot.people if moment.snapshot else ()
        person = people[0] if people else None
        cue = person.cue_at(moment.now) if person else None
        self._fade(moment, cue is not None)
        self._move(moment, person, cue, len(people))
        self._explain(moment, cue, person if len(people) == 1 else None)
        drawn = (moment.snapshot, moment.running, moment.selected)
        changed = drawn[0] is not self._drawn[0] or drawn[1:] != self._drawn[1:]
        self._drawn = drawn
        if changed or moment.seconds - self._header_at >= 0.5:
            self._header_at = moment.seconds
            self._show_header(moment, people)
        if moment.seconds - self._reader_at >= _READER_S:
            self._reader_at = moment.seconds
            self._strip.setAccessibleDescription(_read_out(people, moment, self._preferences))
        if changed or (moment.running and moment.seconds - self._strip_at >= 1 / _STRIP_FPS):
            self._strip_at = moment.seconds
            self._strip.show_snapshot(moment.snapshot, moment.now, running=moment.running, selected=moment.selected)

    def _fade(self, moment: Moment, has_cue: bool) -> None:
        step = 0.0 if self._seconds is None else (moment.seconds - self._seconds) / _FADE_S
        self._seconds = moment.seconds
        aim = (1.0 if has_cue else _FAINT) if moment.running else 0.0
        self._presence += max(-step, min(step, aim - self._presence))

    def _move(self, moment: Moment, person: PersonView | None, cue: Cue | None, people: int) -> None:
        widget = self._bar if self._less_motion else self._disc
        shown = figures(person, moment.now) if person else None
        widget.show_face(self._face(moment, person, shown, cue, people))
        if cue is None:
            widget.move_to(0.0)
            return
        phase = cue.phase_at(moment.now)
        level = (bar if self._less_motion else disc).level(phase, cue.inhale_fraction)
        widget.move_to(level, word_opacity(phase, cue) if moment.running else 1.0)

    def _face(
        self, moment: Moment, person: PersonView | None, shown: Figures | None, cue: Cue | None, people: int
    ) -> CueFace:
        strength = round(self._presence * (cue.strength if cue else 1.0), 3)
        numbers = self._preferences.numbers
        if not moment.running:
            text = words.duration(moment.now) if moment.now > 0 and numbers else words.tr("ended")
            return CueFace(text, words.tr("Space starts again"), strength)
        coherence = shown.coherence if shown and people == 1 else NO_COHERENCE
        note = _note(coherence, shown, person, numbers=numbers) if shown and person else ""
        if cue is None:
            word = _waiting(shown.signal, person) if shown and person else words.tr("starting")
            return CueFace(word, "", strength, coherence, note, numbers)
        word = words.phase(cue.phase_at(moment.now) < cue.inhale_fraction)
        return CueFace(word, words.under_the_word(cue, numbers=numbers), strength, coherence, note, numbers)

    def _explain(self, moment: Moment, cue: Cue | None, alone: PersonView | None) -> None:
        trouble = self._trouble(moment, alone)
        if trouble:
            self._why.say(trouble, moment.seconds)  # it stays, as long as it is so
            self._said = ""
        elif cue is not None and moment.running and cue.why and cue.why != self._said:
            self._said = cue.why
            if self._may_say(cue.why):
                self._why.say(words.said(cue.why), moment.seconds)
            self._told_at = max(self._told_at, moment.seconds - _TELL_S + _READ_S)  # the reason is read first
        elif alone is not None and cue is not None and moment.running and moment.seconds - self._told_at >= _TELL_S:
            self._tell_resonance(cue, moment.seconds)
        self._why.advance(moment.seconds)

    def _trouble(self, moment: Moment, alone: PersonView | None) -> str:
        """Return what is the matter with the signal, and what to do: the header has no room for it."""
        state = signal_state(alone, moment.now) if alone is not None and moment.running else "live"
        why = words.why_signal(state, alone) if alone is not None and state in _TROUBLES else ""
        return why if self._preferences.numbers or not any(map(str.isdigit, why)) else ""

    def _tell_resonance(self, cue: Cue, seconds: float) -> None:
        told = words.resonance(cue)
        if told and told != self._resonance and self._may_say(told):
            self._resonance, self._told_at = told, seconds
            self._why.say(told, seconds)

    def _may_say(self, text: str) -> bool:
        """Tell if a line about the cue fits what is shown: without the cue nothing is said of it, nor numbers where
        none are wanted."""
        return self._preferences.cue and (self._preferences.numbers or not any(map(str.isdigit, text)))

    def _show_header(self, moment: Moment, people: tuple[PersonView, ...]) -> None:
        self._header.show_time(words.duration(moment.now) if self._preferences.numbers else "")
        self._header.show_origins(frozenset(person.origin for person in people))
        self._header.rename(_STOP, words.tr("Stop  Esc") if moment.running else words.tr("Close  Esc"),
                            "" if moment.running else words.tr("Leave the session that is over"))
        self._header.show_hint(_PRACTICE, moment.running and bool(people))
        if people:
            self._header.rename(_PRACTICE, f"{in_force(people[0].practice, several=len(people) > 1)}  P")
        if len(people) == 1:
            self._header.show_title(_title(people[0], moment, numbers=self._preferences.numbers))
        elif people:
            self._header.show_title(_group_title(people, moment))
        self._header.show_hint(_LEAVE, moment.running and moment.selected is not None)

    def _lay_out(self) -> None:
        self._cue_room = QWidget()
        self._cues = QStackedLayout(self._cue_room)
        self._cues.addWidget(self._disc)
        self._cues.addWidget(self._bar)
        row = QHBoxLayout()
        row.setContentsMargins(3 * SPACE, 0, 3 * SPACE, 0)
        row.addWidget(self._slower)
        row.addWidget(self._why, 1)
        row.addWidget(self._faster)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._header)
        self._rooms = (QWidget(), QWidget())  # without the cue, the strip is large and in the middle between them
        column.addWidget(self._cue_room, 1)
        column.addWidget(self._rooms[0], 1)
        column.addLayout(row)
        column.addWidget(self._strip, 0)
        column.addWidget(self._rooms[1], 1)
        self.prefer(self._preferences)


VIEW = BreatheView


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


def _waiting(signal: State, person: PersonView) -> str:
    return words.tr("finding your rhythm") if signal in ("warming", "live") else words.signal(signal, person)


def _note(coherence: Figure, shown: Figures, person: PersonView, *, numbers: bool) -> str:
    if coherence.state in ("live", "private"):
        return ""
    if coherence.state == "warming":
        return words.gathering(coherence.left_s if numbers else 0.0)
    return words.signal(shown.signal, person, shown.silent_s if numbers else 0.0)


def _title(person: PersonView, moment: Moment, *, numbers: bool) -> Title:
    shown = figures(person, moment.now)
    if not moment.running:
        return Title(person.name, person.device, person.number)
    signal, battery = words.signal(shown.signal, person, shown.silent_s if numbers else 0.0), ""
    why = ""
    if shown.signal not in _TROUBLES:  # that stands in the line under the cue
        why = words.why_signal(shown.signal, person)
    if person.link and person.link.battery_percent is not None and numbers:
        battery = words.tr("battery {percent} %").format(percent=person.link.battery_percent)
    told = ((person.device, signal, why, battery), (signal, battery), (person.device, signal), (signal,))
    said = dict.fromkeys(PART.join(part for part in parts if part) for parts in told)
    role = {"lost": "alert", "held": "warn", "hr_only": "warn"}.get(shown.signal, "quiet")
    whole, *shorter = said
    return Title(person.name, whole, person.number, role, shorter=tuple(shorter))


def _read_out(people: tuple[PersonView, ...], moment: Moment, preferences: Preferences) -> str:
    """Return in words, for those who hear the screen, the figures of one alone; of several the hearts alone."""
    if not people:
        return words.tr("starting") if moment.running else words.tr("ended")
    told = [(person, figures(person, moment.now, running=moment.running)) for person in people]
    if not preferences.numbers:
        return "; ".join(f"{person.name}: {words.signal(shown.signal, person)}" for person, shown in told)
    if len(people) > 1:
        said = words.tr("{name}: heart rate {rate}")
        return "; ".join(said.format(name=person.name, rate=words.whole(shown.heart_rate)) for person, shown in told)
    (_, shown), = told
    return words.tr("heart rate {rate}, RMSSD {rmssd}, coherence {coherence}").format(
        rate=words.whole(shown.heart_rate), rmssd=words.whole(shown.rmssd), coherence=words.whole(shown.coherence))


def _group_title(people: tuple[PersonView, ...], moment: Moment) -> Title:
    chosen = next((person for person in people if person.name == moment.selected), None)
    if chosen is not None:
        shown = figures(chosen, moment.now, running=moment.running)
        detail = words.tr("is chosen · {signal}").format(signal=words.signal(shown.signal, chosen, shown.silent_s))
        return Title(chosen.name, detail, chosen.number)
    names = ", ".join(person.name for person in people)
    states = [(person, figures(person, moment.now)) for person in people]
    troubled = [
        f"{person.name}: {words.signal(shown.signal, person, shown.silent_s)}"
        for person, shown in states
        if shown.signal not in ("live", "warming")
    ]
    role = "warn" if troubled else "quiet"
    return Title(names, PART.join(troubled) or words.tr("one cue for all"), None, role)

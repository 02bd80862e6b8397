"""The clients' screen: a window of its own with the cue and nothing else, for a second screen in the room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeyEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from biosync.cues import bar, disc
from biosync.gui import words
from biosync.gui.stage import Stage
from biosync.gui.theme import SPACE, Look, style_sheet
from biosync.gui.view import Moment
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.cue_face import CueFace, word_opacity
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.gui.widgets.frame_clock import FrameClock
from biosync.gui.widgets.labels import label
from biosync.snapshot import PersonView, Snapshot

MOST = 4
"""So many cues are shown at once."""
_FPS = 60.0
_FAINT = 0.3


class CueTile(QWidget):
    """One cue, and under it whose it is, where that needs to be said."""

    def __init__(self, look: Look, *, reduced: bool) -> None:
        super().__init__()
        self._shape = bar if reduced else disc
        self._cue = BarCue(look) if reduced else DiscCue(look)
        self._names = label(role="body")
        self._names.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.addWidget(self._cue, 1)
        column.addWidget(self._names)

    @property
    def names(self) -> str:
        """Whose cue it is, as it stands under it."""
        return self._names.text()

    def show_person(self, person: PersonView, moment: Moment, names: str) -> None:
        """Show the cue of ``person`` where it is now: a word, and no number."""
        if names != self._names.text():
            self._names.setText(names)
        cue = person.cue_at(moment.now)
        if cue is None or not moment.running:
            word = words.tr("starting") if moment.running else words.tr("thank you")
            self._cue.show_face(CueFace(word, "", _FAINT))
            self._cue.move_to(0.0)
            return
        phase = cue.phase_at(moment.now)
        self._cue.show_face(CueFace(words.phase(phase < cue.inhale_fraction), "", cue.strength))
        self._cue.move_to(self._shape.level(phase, cue.inhale_fraction), word_opacity(phase, cue))


class ClientScreen(QWidget):
    """A cue for each group that is ``chosen`` (None: for all, up to four). ``closed`` tells that it is seen no more."""

    closed = Signal()

    def __init__(self, look: Look, moment: Callable[[float], Moment], *, reduced: bool = False) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(words.tr("biosync, for the clients"))
        self.setAccessibleName(words.tr("The clients' screen"))
        self.setMinimumSize(320, 240)
        self.resize(960, 640)
        self._look, self._moment, self._reduced = look, moment, reduced
        self._chosen: str | None = None
        self._tiles: list[CueTile] = []
        self._badge = QLabel()
        self._badge.setProperty("role", "badge")
        self._badge.hide()
        self._clock = FrameClock(self)
        self._clock.tick.connect(self.advance)
        self._grid = QGridLayout()
        column = QVBoxLayout(self)
        column.addLayout(self._grid, 1)
        column.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignHCenter)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def tiles(self) -> list[CueTile]:
        """The cues that are shown."""
        return list(self._tiles)

    @property
    def chosen(self) -> str | None:
        """Whose cue is shown, None for everybody's."""
        return self._chosen

    @property
    def badge(self) -> str:
        """What tells of hearts that are not measured live, empty where all are."""
        return self._badge.text()

    def choose(self, person: str | None) -> None:
        """Show the cue of ``person``, or (None) of all."""
        self._chosen = person

    def advance(self, seconds: float) -> None:
        """Draw what is at the viewer's time ``seconds``."""
        moment = self._moment(seconds)
        groups = cue_groups(moment.snapshot)
        shown = [one for one in groups if self._chosen is None or self._chosen in one] or groups
        shown = shown[:MOST]
        self._have(max(1, len(shown)))
        people = {person.name: person for person in moment.snapshot.people} if moment.snapshot is not None else {}
        for tile, names in zip(self._tiles, shown, strict=False):
            tile.show_person(people[names[0]], moment, ", ".join(names) if len(groups) > 1 else "")
        self._show_origins(frozenset(people[names[0]].origin for names in shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F fills the screen or leaves it; Esc leaves it, else closes; C closes."""
        if event.key() in (Qt.Key.Key_F, Qt.Key.Key_F11) or (event.key() == Qt.Key.Key_Escape and self.isFullScreen()):
            self.showNormal() if self.isFullScreen() else self.showFullScreen()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_C):
            self.close()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Move while it can be seen."""
        super().showEvent(event)
        self._clock.start(_FPS)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while it can't."""
        super().hideEvent(event)
        self._clock.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that it is closed."""
        super().closeEvent(event)
        self.closed.emit()

    def _have(self, count: int) -> None:
        if count == len(self._tiles):
            return
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.deleteLater()
        self._tiles = [CueTile(self._look, reduced=self._reduced) for _ in range(count)]
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // 2, place % 2, 1, 2 if count == 1 or (count == 3 and place == 2) else 1)

    def _show_origins(self, origins: frozenset[str]) -> None:
        badges = {"simulated": words.tr("SIMULATED"), "replay": words.tr("REPLAY")}
        text = " · ".join(badges[origin] for origin in sorted(origins) if origin in badges)
        if text != self._badge.text():
            self._badge.setText(text)
            self._badge.setVisible(bool(text))

    def _dress(self) -> None:
        self.setStyleSheet(style_sheet(self._look.tokens))


class ClientScreens:
    """The clients' screen of ``window``: there is one, while it is wanted; ``reduced`` tells if motion is to be."""

    def __init__(self, look: Look, stage: Stage, window: QWidget, reduced: Callable[[], bool]) -> None:
        self._look, self._stage, self._window, self._reduced = look, stage, window, reduced
        self._screen: ClientScreen | None = None

    @property
    def screen(self) -> ClientScreen | None:
        """The screen, None while it is closed."""
        return self._screen

    def toggle(self, person: str | None) -> None:
        """Show the cue of ``person``, or (None) of all; close it where just that is shown already."""
        if self._screen is not None and self._screen.chosen == person:
            self.close()
            return
        if self._screen is None:
            self._screen = ClientScreen(
                self._look, lambda seconds: self._stage.moment(seconds, None), reduced=self._reduced())
            self._screen.closed.connect(self._gone)
            self._screen.choose(person)
            self._put()
        self._screen.choose(person)

    def close(self) -> None:
        """Close it."""
        if self._screen is not None:
            self._screen.close()

    def _put(self) -> None:
        """Fill another screen where there is one; else stand beside the coach's window."""
        assert self._screen is not None
        other = other_screen(self._window.screen(), QGuiApplication.screens())
        if other is None:
            self._screen.show()
            return
        self._screen.setScreen(other)
        self._screen.setGeometry(other.geometry())
        self._screen.showFullScreen()

    def _gone(self) -> None:
        if self._screen is not None:
            self._screen.deleteLater()
            self._screen = None


def cue_groups(snapshot: Snapshot | None) -> list[tuple[str, ...]]:
    """Return who shares a cue, everybody who is here in just one of them, in the order of everybody."""
    found: list[tuple[str, ...]] = []
    for person in snapshot.people if snapshot is not None else ():
        if person.left or any(person.name in group for group in found):
            continue
        sharing = person.cue.people if person.cue is not None else (person.name,)
        assert snapshot is not None
        found.append(tuple(one.name for one in snapshot.people if one.name in sharing and not one.left))
    return [group for group in found if group]


def other_screen(own: QScreen, screens: list[QScreen]) -> QScreen | None:
    """Return a screen that is not the coach's ``own``, None where there is no other."""
    return next((screen for screen in screens if screen is not own), None)

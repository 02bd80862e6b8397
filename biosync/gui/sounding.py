"""When the tones are heard: while a session runs, its cue is shown, and tones are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from biosync.events import Cue
from biosync.gui.preferring import Preferring
from biosync.gui.stage import Stage
from biosync.snapshot import PersonView
from biosync.sound.player import Device, Heard, Player


class Sounding(QObject):
    """One player while it is needed. ``told`` carries why nothing can be heard, once a run; nothing else fails."""

    told = Signal(str)
    _failed = Signal(str)

    def __init__(
        self, stage: Stage, preferring: Preferring, open_speaker: Callable[[], Device], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stage, self._preferring, self._open_speaker = stage, preferring, open_speaker
        self._player: Player | None = None
        self._fading: Player | None = None
        self._said = False
        preferring.changed.connect(self.look)
        stage.over.connect(self.look)
        stage.begun.connect(self.look)
        self._failed.connect(self._tell)

    @property
    def plays(self) -> bool:
        """True while a player is on."""
        return self._player is not None

    def look(self) -> None:
        """Begin to play, or end, as things are now."""
        now = self._preferring.now
        wanted = now.tones and now.cue and self._stage.running
        if wanted and self._player is None:
            self._player = Player(self._heard, self._open_speaker, self._failed.emit)
            self._player.start()
        elif not wanted and self._player is not None:
            self._player.end()
            self._fading, self._player = self._player, None

    def close(self) -> None:
        """End at once, also what still fades: the window closes."""
        for player in (self._player, self._fading):
            if player is not None:
                player.close()
        self._player = self._fading = None

    def _heard(self) -> Heard:
        """Return what is to be heard; asked by the device's thread, so only what may be read from any thread is."""
        bridge = self._stage.bridge
        snapshot = bridge.latest if bridge is not None else None
        if bridge is None or snapshot is None or bridge.paused:
            return Heard((), 0.0 if bridge is None else bridge.now(), 0.0)
        return Heard(_shared(snapshot.people), bridge.now(), self._preferring.now.volume)

    def _tell(self, sentence: str) -> None:
        self._player = None
        if not self._said:
            self._said = True
            self.told.emit(sentence)


def _shared(people: Sequence[PersonView]) -> Sequence[Cue]:
    """Return the plans of the one cue of those who are here; none where there are several cues: that would be noise."""
    here = [person for person in people if not person.left]
    cue = here[0].cue if here else None
    return here[0].cues if cue is not None and {person.name for person in here} <= set(cue.people) else ()

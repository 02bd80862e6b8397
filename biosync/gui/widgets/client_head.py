"""The line over one client's charts: who, in which state, and the figures of now."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.state import Figure
from biosync.gui.theme import SPACE, Look, person_shape
from biosync.gui.widgets.card_face import CardFace, spoken, state_token, state_words
from biosync.gui.widgets.labels import ElidedLabel, label, set_role
from biosync.gui.widgets.shapes import shape_pixmap

_ROOM_PX = 620
_ROLES = {"alert": "alert", "warn": "warn", "heart": "warn"}


class ClientHead(QWidget):
    """Name and state on the left, the figures on the right; one that is not live is a dash."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shape, self._name = QLabel(), label(role="name")
        self._state, self._bond = ElidedLabel("quiet"), ElidedLabel("quiet")
        self._rate = label(role="title")
        self._values = {key: label(role="body") for key in ("rmssd", "coherence", "breath", "pace")}
        self._titles = {key: label(title, "quiet") for key, title in _titles().items()}
        self._number = -1
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()
        look.changed.connect(self._draw_shape)

    def show_face(self, face: CardFace) -> None:
        """Show what stands on the client's card, and the breath and the pace."""
        person, shown = face.person, face.shown
        if person.number != self._number:
            self._number = person.number
            self._draw_shape()
        self._name.setText(person.name)
        why = words.why_signal(shown.signal, person)
        self._state.set_whole(state_words(face) if shown.signal == "held" or not why
                              else f"{state_words(face)}: {why}")
        set_role(self._state, _ROLES.get(state_token(face), "quiet"))
        self._bond.set_whole(face.bond.said if face.bond is not None else words.tr("alone with the cue"))
        self._rate.setText(f"{words.whole(shown.heart_rate)} {words.tr('bpm')}")
        self._values["rmssd"].setText(_with_unit(shown.rmssd, words.tr("ms")))
        self._values["coherence"].setText(_with_unit(shown.coherence, ""))
        breath = person.metrics.breath_bpm if person.metrics is not None and shown.signal == "live" else None
        hidden = "breath" in person.hidden
        self._values["breath"].setText(words.tr("private") if hidden else words.DASH if breath is None
                                       else words.number(breath, 1))
        cue = person.cue
        runs = cue is not None and shown.signal != "over"
        self._values["pace"].setText(words.number(cue.rate_bpm, 1) if cue is not None and runs else words.DASH)
        self.setAccessibleName(person.name)
        if spoken(face) != self.accessibleDescription():
            self.setAccessibleDescription(spoken(face))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for; the charts have it all."""
        super().resizeEvent(event)
        for key in ("breath", "pace"):
            self._titles[key].setVisible(self.width() >= _ROOM_PX)
            self._values[key].setVisible(self.width() >= _ROOM_PX)

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(SPACE)
        who.addWidget(self._shape)
        who.addWidget(self._name)
        who.addWidget(self._state)
        who.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(SPACE // 2)
        left.addLayout(who)
        left.addWidget(self._bond)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, SPACE, 0)
        row.setSpacing(3 * SPACE)
        row.addLayout(left, 1)
        row.addWidget(self._rate)
        for key, value in self._values.items():
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(self._titles[key])
            column.addWidget(value)
            row.addLayout(column)

    def _draw_shape(self) -> None:
        if self._number >= 0:
            color = self._look.person_color(self._number)
            self._shape.setPixmap(
                shape_pixmap(person_shape(self._number), color, 2 * SPACE, self.devicePixelRatioF()))


def _titles() -> dict[str, str]:
    return {
        "rmssd": words.tr("RMSSD"), "coherence": words.tr("coherence"), "breath": words.tr("breaths / min"),
        "pace": words.tr("cue / min"),
    }


def _with_unit(figure: Figure, unit: str) -> str:
    return f"{words.whole(figure)} {unit}".strip() if figure.value is not None else words.whole(figure)

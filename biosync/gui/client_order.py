"""The order of clients for a coach: need first, those who belong together side by side, and nothing jumps."""

from __future__ import annotations

from collections.abc import Sequence

from biosync.gui.belonging import adjacent
from biosync.gui.order import NeedOrder, need
from biosync.gui.widgets.card_face import CardFace

_READING_S = 5.0
"""While the pointer has moved over the board within so long, somebody reads, and no card moves."""


class ClientOrder:
    """``needs`` holds how much each client needs to be looked at just now. Time is the viewer's, in seconds."""

    def __init__(self) -> None:
        self.needs: dict[str, int] = {}
        self._order = NeedOrder()
        self._read_at = float("-inf")

    def read(self, seconds: float) -> None:
        """Remember that somebody reads."""
        self._read_at = seconds

    def update(self, seconds: float, faces: Sequence[CardFace]) -> list[str]:
        """Return the names of ``faces`` in the order to show them."""
        names = [face.person.name for face in faces]
        needs = [need(face.shown.signal, face.rising) for face in faces]
        self.needs = dict(zip(names, needs, strict=True))
        order = self._order.update(seconds, needs, hold=seconds - self._read_at < _READING_S)
        bonds = {face.person.name: face.bond for face in faces if face.bond is not None}
        return adjacent((names[index] for index in order), bonds)

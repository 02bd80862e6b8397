"""Where people sit round the shared cue, and the curves of the bands between them."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

from biosync.gui.theme import SPACE

_SEAT = 0.15
"""A person's largest radius as a share of half the height."""
_DISC, _DISC_OF_TWO = 0.62, 0.8
"""The largest disc's radius as a share of the ring's height; it is larger where nobody sits above or below."""
_BAND_ROOM = 0.2
"""So much of the disc's radius stays free around it."""
_WIDEST = 1.6
"""The ring may be so many times as wide as it is high."""
_STEPS = 96
_BESIDE = 0.3
"""From this cosine of its direction on a name stands beside its seat."""
_RAISED = 0.6
"""A name beside a seat above or below keeps so much of the seat further out, clear of the bands from there."""
_BANDS_REACH = 0.9
"""A band over a place where nobody sits reaches so far at most, as a share of the ring."""
_NAME_WIDTH, _NAME_HEIGHT = 128.0, 40.0


@dataclass(frozen=True, slots=True)
class RoundLayout:
    """All in device independent pixels. ``disc`` is the largest disc's radius, ``seat`` a person's largest radius,
    ``rx`` and ``ry`` the ring's; ``count`` people sit on it."""

    center: QPointF
    rx: float
    ry: float
    disc: float
    seat: float
    count: int

    def angle(self, place: int) -> float:
        """Return the direction of the seat ``place``, clockwise from the right, in radians."""
        return _angle(place, self.count)

    def seat_at(self, place: int) -> QPointF:
        """Return the middle of the seat ``place``."""
        return self._on_ring(self.angle(place), 1.0)

    def seat_rect(self, place: int) -> QRectF:
        """Return all that a person at ``place`` may cover, the name aside."""
        reach = self.seat * 1.25 + 2
        at = self.seat_at(place)
        return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)

    def name_rect(self, place: int) -> QRectF:
        """Return where the name of ``place`` stands, with a line for the signal: outside the ring, clear of bands."""
        at, angle, reach = self.seat_at(place), self.angle(place), self.seat * 1.25 + 4
        if self.beside(place):
            left = at.x() + reach if cos(angle) > 0 else at.x() - reach - _NAME_WIDTH
            middle = at.y() + sin(angle) * self.seat * _RAISED
            return QRectF(left, middle - _NAME_HEIGHT / 2, _NAME_WIDTH, _NAME_HEIGHT)
        top = at.y() + reach if sin(angle) > 0 else at.y() - reach - _NAME_HEIGHT
        return QRectF(at.x() - _NAME_WIDTH / 2, top, _NAME_WIDTH, _NAME_HEIGHT)

    def beside(self, place: int) -> int:
        """Return 1 where the name stands to the right of its seat, -1 to the left, 0 above or below."""
        across = cos(self.angle(place))
        return 0 if abs(across) < _BESIDE else 1 if across > 0 else -1

    def band(self, first: int, second: int) -> QPolygonF:
        """Return the curve from seat to seat: round the disc and never over it, the further apart the closer to it."""
        a, b = self.angle(first), self.angle(second)
        turn = (b - a) % (2 * pi)
        if turn > pi + 1e-9:
            turn -= 2 * pi
        if self.count == 2:
            turn = -pi  # below the disc, as a hammock hangs
        inner = self.disc * (1 + _BAND_ROOM)
        share = abs(turn) / pi if self.count > 3 else 0.5
        dip = max(0.0, 1.0 - inner / self.ry) * (0.25 + 0.75 * share)
        return QPolygonF([
            self._on_ring(a + turn * step / _STEPS, 1.0 - dip * sin(pi * step / _STEPS)) for step in range(_STEPS + 1)
        ])

    def _on_ring(self, angle: float, share: float) -> QPointF:
        return QPointF(
            self.center.x() + cos(angle) * self.rx * share, self.center.y() + sin(angle) * self.ry * share
        )


def round_layout(width: float, height: float, count: int) -> RoundLayout:
    """Return the layout of ``count`` people in a view of ``width`` by ``height``."""
    seat = min(max(12.0, height / 2 * _SEAT), 90.0)
    angles = [_angle(place, count) for place in range(max(1, count))]
    above, below = _needs(angles, seat, count)
    ry = max(40.0, min((height - a.fixed - b.fixed) / (a.share + b.share) for a in above for b in below))
    room = width / 2 - seat * 1.25 - 4 - _NAME_WIDTH
    rx = max(40.0, min(ry * _WIDEST, room / max(abs(cos(angle)) for angle in angles)))
    ry = min(ry, rx)
    highest, lowest = (max(one.fixed + one.share * ry for one in needs) for needs in (above, below))
    middle = highest + max(0.0, height - highest - lowest) / 2
    nearest = min(hypot(rx * cos(angle), ry * sin(angle)) for angle in angles)
    free = min(middle, height - middle) - SPACE
    disc = ry * _DISC_OF_TWO if count == 2 else min(ry * _DISC, (nearest - seat * 1.4) / (1 + _BAND_ROOM / 2), free)
    return RoundLayout(QPointF(width / 2, middle), rx, ry, max(24.0, disc), seat, count)


@dataclass(frozen=True, slots=True)
class _Need:
    """So much has to lie over, or under, the middle: ``fixed`` and a ``share`` of the ring's height."""

    fixed: float
    share: float


def _angle(place: int, count: int) -> float:
    """Of an odd number one sits above; of an even one nobody does, nor below: so the disc has the most room."""
    if count == 2:
        return pi if place == 0 else 0.0
    return 2 * pi * (place + (0.5 if count and count % 2 == 0 else 0.0)) / max(1, count) - pi / 2


def _needs(angles: list[float], seat: float, count: int) -> tuple[tuple[_Need, ...], tuple[_Need, ...]]:
    """Return what the highest and the lowest seat need with their names, and the bands where nobody sits."""
    if count == 2:
        return (_Need(2.0 * SPACE, 1.0),), (_Need(2.0 * SPACE, 1.0),)
    seat_alone = seat * 1.25 + 4
    with_name = max(seat_alone, seat * _RAISED + _NAME_HEIGHT / 2)
    over = seat_alone + _NAME_HEIGHT if count % 2 else with_name
    bands = _Need(SPACE, _BANDS_REACH)
    highest, lowest = (max(0.0, *(sign * sin(angle) for angle in angles)) for sign in (-1, 1))
    return (_Need(over, highest), bands), (_Need(with_name, lowest), bands)

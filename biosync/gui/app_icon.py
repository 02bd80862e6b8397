"""The icon of the app, from its drawing."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""What windows, taskbars and switchers ask for, in pixels."""


def app_icon() -> QIcon:
    """Return the icon in every size that is asked for."""
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray(files("biosync.gui").joinpath("assets", "biosync.svg").read_bytes()))
    icon = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        drawing.render(painter)
        painter.end()
        icon.addPixmap(pixmap)
    return icon

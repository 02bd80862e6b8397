"""The canary for PySide6 6.12.0 on Python before 3.12, which loses a reference to None per void Qt call."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication, QWidget


def test_none_keeps_its_references(application: QApplication) -> None:
    widget, point = QWidget(), QPointF()
    before = sys.getrefcount(None)
    for _ in range(500):
        widget.update()
        point.setX(1.0)
    assert sys.getrefcount(None) >= before - 50

"""The icon is there in every size, from its drawing, and the app has its right name."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from biosync.gui.app_icon import app_icon


def test_the_icon_is_drawn_in_every_size(application: QApplication) -> None:
    icon = app_icon()
    for size in (16, 32, 48, 256):
        image = icon.pixmap(size).toImage()
        assert image.width() >= size
        colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert len(colours) > 20
        assert image.pixelColor(0, 0).alpha() == 0


def test_windows_and_taskbars_show_its_name_and_icon(application: QApplication) -> None:
    assert application.applicationDisplayName() == "biosync"
    assert application.desktopFileName() == "biosync"
    assert not application.windowIcon().isNull()

"""Settings: everything that can be set, in groups; applied at once, and kept."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from biosync.gui import words
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions
from biosync.gui.theme import Look
from biosync.gui.widgets.page_frame import PageFrame


class SettingsPage(Page):
    """Every control shows ``outside.preferring.now``, and changes it."""

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__(look, outside, actions)
        frame = PageFrame(self, words.tr("Settings"), actions.back)
        self._tones = QCheckBox(words.tr("Tones that rise with the in-breath and fall with the out-breath"))
        self._tones.setChecked(outside.preferring.now.tones)
        self._tones.toggled.connect(lambda on: outside.preferring.change(tones=on))
        frame.column.addWidget(self._tones)
        frame.column.addStretch(1)

    def open(self) -> None:
        """Take the focus."""
        self._tones.setFocus()


PAGE = SettingsPage

"""Asks where a session's report or export is to be written, and what goes into it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.review.questions import ENDINGS, FILE_KINDS, FileKind, Saving
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.line_field import LineField
from biosync.gui.widgets.tick import Choice


class SaveCard(Card):
    """``wanted`` carries what is to be written (a Saving)."""

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._title, self._said = label(role="name"), label(role="warn")
        self._kind, self._person = Choice(look), Choice(look)
        self._path = LineField(words.tr("File"), words.tr("Where it is written to; Enter writes it"))
        self._choose = QPushButton(words.tr("Choose …"))
        self._back, self._write = QPushButton(words.tr("Back  Esc")), QPushButton(words.tr("Write  Enter"))
        self._id = ""
        self._kept: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self._overwrite = False
        self._set_up()
        self._lay_out()

    @property
    def text(self) -> str:
        """What the card says besides its title."""
        return self._said.text()

    @property
    def path(self) -> Path:
        """Where it would be written to."""
        return Path(self._path.text().strip()).expanduser()

    def ask(self, id: str, people: Sequence[str], kept: Sequence[str], person: str | None, kind: FileKind) -> None:
        """Ask for a file of this session; ``kept`` are those whose figures are for themselves alone, ``person`` is who
        looks, None for nobody in particular."""
        self._id, self._kept, self._people = id, tuple(kept), tuple(people)
        self._title.setText(words.tr("Write session {id}").format(id=id))
        self._kind.setCurrentIndex(FILE_KINDS.index(kind))
        self._fill_people(person)
        self._suggest()
        self._say("")
        self.lie_over(self._path)

    def refuse(self, sentence: str, *, there: bool = False) -> None:
        """Say why it could not be written; ``there``: a file of that name is in the way, which may be overwritten."""
        self._overwrite = there
        self._write.setText(words.tr("Overwrite  Enter") if there else words.tr("Write  Enter"))
        self._write.setEnabled(True)
        self._say(sentence)

    def _give(self) -> None:
        if not self._write.isEnabled() or not self._path.text().strip():
            return
        self._write.setEnabled(False)
        self._say("")
        chosen = self._person.currentData()
        person = None if chosen is None or len(self._people) == 1 else str(chosen)
        self.wanted.emit(Saving(self._id, person, self._of_kind, self.path, self._overwrite))

    @property
    def _of_kind(self) -> FileKind:
        return FILE_KINDS[self._kind.currentIndex()]

    def _fill_people(self, person: str | None) -> None:
        self._person.blockSignals(True)
        self._person.clear()
        whole = len(self._people) > 1
        if whole and (not self._kept or self._of_kind == "pdf") and self._of_kind != "rr":
            everybody = words.tr("Everybody, as far as they agreed") if self._kept else words.tr("Everybody")
            self._person.addItem(everybody, None)
        for name in self._people:
            self._person.addItem(words.tr("{name} alone").format(name=name) if whole else name, name)
        self._person.setCurrentIndex(max(0, self._person.findData(person)))
        self._person.blockSignals(False)

    def _kind_chosen(self) -> None:
        self._fill_people(self._person.currentData())
        self._suggest()

    def _suggest(self) -> None:
        """Suggest a name, in the folder that stands there, else among a person's documents."""
        place = QStandardPaths.StandardLocation.DocumentsLocation
        folder = self.path.parent if self._path.text().strip() else Path(QStandardPaths.writableLocation(place))
        if not folder.is_dir():
            folder = Path.home()
        chosen = self._person.currentData()
        whose = "" if chosen is None or len(self._people) == 1 else "-" + "".join(
            letter if letter.isalnum() else "-" for letter in str(chosen))
        self._path.setText(str(folder / f"biosync-{self._id}{whose}.{ENDINGS[self._of_kind]}"))

    def _changed(self) -> None:
        self._overwrite = False
        self._write.setText(words.tr("Write  Enter"))
        self._write.setEnabled(bool(self._path.text().strip()))
        self._say("")

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)
        self._said.setVisible(bool(sentence))
        if not self.isHidden():
            self.place()

    def _browse(self) -> None:
        dialog = QFileDialog(self, words.tr("Where to?"), str(self.path.parent))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.selectFile(self.path.name)
        dialog.fileSelected.connect(self._path.setText)
        dialog.open()  # it does not hold up what goes on behind it

    def _set_up(self) -> None:
        for kind in FILE_KINDS:
            self._kind.addItem(_kind_words(kind), kind)
        for choice, name in ((self._kind, words.tr("What kind of file")), (self._person, words.tr("Whose part"))):
            choice.setAccessibleName(name)
            choice.setToolTip(f"{name} ({words.tr('up and down')})")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._kind.currentIndexChanged.connect(lambda _: self._kind_chosen())
        self._person.currentIndexChanged.connect(lambda _: self._suggest())
        self._path.textChanged.connect(lambda _: self._changed())
        self._path.returnPressed.connect(self._give)
        self._choose.clicked.connect(lambda _: self._browse())
        self._back.clicked.connect(lambda _: self.close_it())
        self._write.clicked.connect(lambda _: self._give())
        self._write.setProperty("role", "main")
        self._choose.setToolTip(words.tr("Look for a folder and a name (Tab, then Space)"))
        self._back.setToolTip(words.tr("Write nothing (Esc)"))
        self._write.setToolTip(words.tr("Write the file (Enter)"))
        for button in (self._choose, self._back, self._write):
            button.setAccessibleName(button.text())
            button.setAutoDefault(True)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        grid.addWidget(self._kind, 0, 0)
        grid.addWidget(self._person, 0, 1)
        grid.addWidget(self._path, 1, 0, 1, 2)
        grid.addWidget(self._choose, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._path.setMinimumWidth(56 * SPACE)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch()
        row.addWidget(self._write)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._title)
        column.addLayout(grid)
        column.addWidget(self._said)
        column.addLayout(row)


def _kind_words(kind: FileKind) -> str:
    return {
        "pdf": words.tr("Report to hand over (PDF)"),
        "csv": words.tr("Table of every beat (CSV)"),
        "jsonl": words.tr("The whole session (JSON lines)"),
        "rr": words.tr("Intervals alone (RR text)"),
    }[kind]

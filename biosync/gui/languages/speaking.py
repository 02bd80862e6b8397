"""The language in force: the one that was set, or the system's; every window is told when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from biosync.gui.languages.catalogue import Catalogue, german
from biosync.gui.preferring import Preferring
from biosync.gui.words import CONTEXT
from biosync.preferences import Language, Preferences


class Translator(QTranslator):
    """Asks a catalogue for what stands for the window's texts; Qt's own texts have their own files."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def isEmpty(self) -> bool:
        """Tell Qt that there is something in it."""
        return False

    def translate(
        self, context: str | bytes, sourceText: str | bytes, disambiguation: str | bytes | None = None, n: int = -1
    ) -> str:
        """Return what stands for a text; the text itself where nothing does."""
        text = sourceText if isinstance(sourceText, str) else bytes(sourceText).decode()
        if _text(context) != CONTEXT:
            return ""
        return self._catalogue.find(text) or text


class Speaking(QObject):
    """Follows ``preferring``; the system's language, and of that English, where nothing was set or is known."""

    def __init__(self, preferring: Preferring, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferring = preferring
        self._installed: list[QTranslator] = []
        self._spoken = "en"
        self.follow()
        preferring.changed.connect(self.follow)

    @property
    def spoken(self) -> str:
        """The language in force, as ISO 639: en or de."""
        return self._spoken

    def follow(self) -> None:
        """Speak as was set."""
        wanted = self._preferring.now.language
        QLocale.setDefault(locale_of(wanted))
        spoken = "de" if QLocale().language() == QLocale.Language.German else "en"
        if spoken == self._spoken:
            return
        self._spoken = spoken
        self.silence()
        if spoken == "de":
            self._install(Translator(german(_number), self))
            qt = QTranslator(self)
            if qt.load(QLocale(QLocale.Language.German), "qtbase", "_",
                       QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self._install(qt)

    def silence(self) -> None:
        """Take away what was installed: English is left."""
        for one in self._installed:
            QCoreApplication.removeTranslator(one)
            one.deleteLater()  # with its catalogue
        self._installed.clear()

    def _install(self, translator: QTranslator) -> None:
        self._installed.append(translator)
        QCoreApplication.installTranslator(translator)


@contextmanager
def spoken_in(language: Language) -> Iterator[None]:
    """Say everything in ``language`` meanwhile, where no window sets one: on paper. A Qt application must be there."""
    before = QLocale()
    speaking = Speaking(Preferring(Preferences(language=language), lambda now: ""))
    try:
        yield
    finally:
        speaking.silence()
        QLocale.setDefault(before)


def locale_of(language: Language) -> QLocale:
    """Return how numbers and dates are written: as the system does where it speaks this language, too."""
    system = QLocale.system()
    if language == "system":
        return system if system.language() != QLocale.Language.C else QLocale(QLocale.Language.English)
    wanted = QLocale.Language.German if language == "de" else QLocale.Language.English
    return system if system.language() == wanted else QLocale(wanted)


def _number(text: str) -> str:
    """Return a number with a point as the language writes it."""
    return QLocale().toString(float(text), "f", len(text.partition(".")[2]))


def _text(given: str | bytes) -> str:
    return given if isinstance(given, str) else bytes(given).decode()

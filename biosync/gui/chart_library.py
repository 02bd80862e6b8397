"""What draws the charts, and every class of Qt: loaded in the window's own thread, a piece a turn, once it is seen.

PySide makes a class when it is first asked for, and keeps what it knows of all classes in one table. The window's
thread reads that table at every event, without Python's lock (``QObject.metaObject``). On Python before 3.12, a class
of Qt or one derived from it that came to be in a worker meanwhile changed the table under its hands: the window crashed
at once, or the collector did some time later. So all classes come to be here, and no worker imports what draws.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from biosync.gui.bridge import Errand, sentence
from biosync.gui.turns import Turns

_LOG = logging.getLogger(__name__)
QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")
DRAWN_WITH = (
    "pyqtgraph", "biosync.gui.charts.plot", "biosync.gui.charts.panel", "biosync.gui.plots.charts",
    "biosync.gui.plots.trend", "biosync.gui.report.pdf",
)  # fmt: skip
_COUNTED_WITH = (
    "numpy.linalg", "biosync.metrics.spectrum", "biosync.store.review.reported", "cProfile",
    "multiprocessing.connection", "pydoc", "xml.etree.ElementTree",
)  # fmt: skip
"""What charts, reports and pyqtgraph need and is not of Qt: left to a worker, since it takes longest."""


class ChartLibrary(QObject):
    """``ready`` once all is loaded; ``failed`` carries one sentence where it can't be."""

    ready = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._errand: Errand | None = None
        self._pieces: list[Callable[[], None]] = [partial(_make_classes, name) for name in QT]
        self._pieces += [partial(_load, name) for name in DRAWN_WITH]
        self._turns = Turns(self)

    @property
    def loaded(self) -> bool:
        """True once nothing is left to load."""
        return not self._pieces

    def load(self) -> None:
        """Load it, unless that was done or is under way; what failed is tried again."""
        if self._errand is None:
            self._errand = Errand(_load_what_counts, self)
            self._errand.answered.connect(self._begin)  # a method, so that it is called in this thread
            self._errand.problem.connect(self._fail)
            self._errand.start()

    def close(self) -> None:
        """Load nothing more: the application ends."""
        self._turns.clear()
        if self._errand is not None:
            self._errand.close()

    def _begin(self) -> None:
        self._turns.add(self._take_next)

    def _fail(self, why: str) -> None:
        if self._errand is not None:
            self._errand.let_go()
            self._errand = None
        self.failed.emit(why)

    def _take_next(self) -> None:
        try:
            self._pieces[0]()
        except Exception as error:  # noqa: BLE001  # whatever a library's import raises: a person sees one sentence
            _LOG.debug("the charts can't be loaded", exc_info=True)
            self._fail(sentence(error))
            return
        del self._pieces[0]
        if self.loaded:
            self.ready.emit()
        else:
            self._turns.add(self._take_next)


def chart_library() -> ChartLibrary:
    """Return the application's only one."""
    application = QCoreApplication.instance()
    assert application is not None, "a Qt application comes first"
    found = application.findChild(ChartLibrary)
    if isinstance(found, ChartLibrary):
        return found
    made = ChartLibrary(application)
    application.aboutToQuit.connect(made.close)
    return made


def _make_classes(module: str) -> None:
    loaded = importlib.import_module(module)
    for name in dir(loaded):
        getattr(loaded, name)


def _load(module: str) -> None:
    importlib.import_module(module)


async def _load_what_counts() -> None:
    for module in _COUNTED_WITH:
        importlib.import_module(module)

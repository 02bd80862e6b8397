"""A row of controls goes on in a second line where it is too narrow, and asks for no more width than its widest."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from biosync.gui.review.wrapped_row import WrappedRow


def row(*texts: str) -> tuple[QWidget, WrappedRow, list[QPushButton]]:
    box = QWidget()
    made = WrappedRow(box, gap=4)
    buttons = [QPushButton(text) for text in texts]
    for button in buttons:
        made.addWidget(button)
    return box, made, buttons


def test_it_wraps_as_words_do(application: QApplication) -> None:
    box, made, buttons = row("Open", "Search", "Compare", "Delete")
    box.resize(made.sizeHint().width() + 2, 100)
    box.show()
    assert {button.y() for button in buttons} == {0}
    box.resize(made.sizeHint().width() - 10, 100)
    application.processEvents()
    assert [button.y() for button in buttons[:3]] == [0, 0, 0]
    assert buttons[3].y() >= buttons[0].height() and buttons[3].x() == 0
    assert made.heightForWidth(made.minimumSize().width()) == sum(button.sizeHint().height() for button in buttons)


def test_lines_may_have_a_gap_between_them(application: QApplication) -> None:
    box = QWidget()
    made = WrappedRow(box, gap=4, line_gap=10)
    for text in ("One", "Two"):
        made.addWidget(QPushButton(text))
    one, two = (made.itemAt(place).widget() for place in (0, 1))  # type: ignore[union-attr]
    box.resize(made.minimumSize().width(), 200)
    box.show()
    assert two.y() - one.y() == one.height() + 10
    assert made.heightForWidth(box.width()) == one.height() + 10 + two.height()


def test_what_is_hidden_takes_no_room(application: QApplication) -> None:
    box, made, buttons = row("Open", "Search", "Compare")
    box.show()
    whole = made.sizeHint().width()
    buttons[1].hide()
    assert made.sizeHint().width() == whole - buttons[1].sizeHint().width() - 4
    assert made.minimumSize().width() == max(buttons[k].minimumSizeHint().width() for k in (0, 2))


def test_it_can_be_emptied(application: QApplication) -> None:
    _, made, _ = row("Open")
    assert made.itemAt(1) is None and made.takeAt(1) is None
    assert made.takeAt(0) is not None
    assert made.count() == 0 and made.sizeHint().width() == 0

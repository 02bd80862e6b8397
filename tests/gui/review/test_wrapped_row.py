"""A row of controls goes on in a second line where it is too narrow, and asks for no more width than its widest."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from biosync.gui.review.wrapped_row import WrappedRow


def row(*texts: str, line_gap: int = 0) -> tuple[QWidget, WrappedRow, list[QPushButton]]:
    """Return a box with such a row over a line of text."""
    box, made = QWidget(), WrappedRow(gap=4, line_gap=line_gap)
    buttons = [QPushButton(text) for text in texts]
    for button in buttons:
        made.add(button)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(made)
    column.addWidget(QLabel("under it"), 1)
    return box, made, buttons


def test_it_wraps_as_words_do(application: QApplication) -> None:
    box, made, buttons = row("Open", "Search", "Compare", "Delete")
    box.resize(made.sizeHint().width() + 2, 100)
    box.show()
    assert {button.y() for button in buttons} == {0}
    box.resize(made.sizeHint().width() - 10, 200)
    application.processEvents()
    assert [button.y() for button in buttons[:3]] == [0, 0, 0]
    assert buttons[3].y() >= buttons[0].height() and buttons[3].x() == 0
    assert made.height() == buttons[3].geometry().bottom() + 1, "what is under it makes room"
    narrow = made.minimumSizeHint().width()
    assert made.heightForWidth(narrow) == sum(button.sizeHint().height() for button in buttons)


def test_lines_may_have_a_gap_between_them(application: QApplication) -> None:
    box, made, (one, two) = row("One", "Two", line_gap=10)
    box.resize(made.minimumSizeHint().width(), 200)
    box.show()
    application.processEvents()
    assert made.width() < one.width() + 4 + two.width()
    assert two.y() - one.y() == one.height() + 10
    assert made.heightForWidth(made.minimumSizeHint().width()) == one.height() + 10 + two.height()


def test_what_is_hidden_takes_no_room(application: QApplication) -> None:
    box, made, buttons = row("Open", "Search", "Compare")
    box.show()
    whole = made.sizeHint().width()
    place = buttons[1].x()
    buttons[1].hide()
    application.processEvents()
    assert made.sizeHint().width() == whole - buttons[1].sizeHint().width() - 4
    assert made.minimumSizeHint().width() == max(buttons[k].sizeHint().width() for k in (0, 2))
    assert buttons[2].x() == place
    box.hide()
    buttons[1].show()  # what happens while nobody sees it counts as well
    box.show()
    application.processEvents()
    assert buttons[1].x() == place < buttons[2].x()


def test_a_longer_text_moves_the_ones_behind_it(application: QApplication) -> None:
    box, _, buttons = row("Open", "Search")
    box.resize(800, 100)
    box.show()
    before = buttons[1].x()
    buttons[0].setText("Open what is chosen")
    application.processEvents()
    assert buttons[1].x() > before
    assert buttons[0].width() == buttons[0].sizeHint().width()


def test_it_can_be_emptied_and_filled_anew(application: QApplication) -> None:
    box, made, _ = row("Open")
    box.show()
    made.clear()
    application.processEvents()
    assert made.sizeHint().width() == 0 and made.heightForWidth(100) == 0
    made.add(again := QPushButton("Again"))
    application.processEvents()
    assert again.isVisible() and made.sizeHint().width() == again.width()

"""A line that is too long for its place: cut between its parts, never within a number."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics

from biosync.gui.theme import SMALL, font
from biosync.gui.widgets.labels import ElidedLabel, whole_words

WHOLE = "Polar H10 · signal good · battery 84 %"


@pytest.mark.parametrize(
    ("room_of", "shown"),
    [
        (WHOLE, WHOLE),
        (WHOLE[:-3], "Polar H10 · signal good …"),
        ("Polar H10 · signal good …", "Polar H10 · signal good …"),
        ("Polar H10 · signal", "Polar H10 …"),
    ],
)
def test_parts_that_do_not_fit_are_left_out_whole(room_of: str, shown: str) -> None:
    line = ElidedLabel()
    line.resize(line.fontMetrics().horizontalAdvance(room_of) + 2, 20)
    line.set_whole(WHOLE)
    assert line.text() == shown
    assert line.toolTip() == ("" if shown == WHOLE else WHOLE)


def test_a_single_part_ends_in_an_ellipsis() -> None:
    line = ElidedLabel()
    line.resize(line.fontMetrics().horizontalAdvance("Polar"), 20)
    line.set_whole("Polar H10 of the laboratory")
    assert line.text().endswith("…") and line.text().startswith("Pol")


@pytest.mark.parametrize("shown", ["swings 14 bpm · 96 % with the cue", "swings 14 bpm", "14 bpm"])
def test_shorter_words_that_fit_stand_in_the_place_of_longer_ones(shown: str) -> None:
    line = ElidedLabel()
    line.resize(line.fontMetrics().horizontalAdvance(shown) + 2, 20)
    line.set_whole("swings 14 bpm · 96 % with the cue", "swings 14 bpm", "14 bpm")
    assert line.text() == shown
    assert line.toolTip() == ("" if "cue" in shown else "swings 14 bpm · 96 % with the cue")
    assert line.accessibleName() == "swings 14 bpm · 96 % with the cue"


def test_where_not_even_the_shortest_words_fit_they_are_cut() -> None:
    line = ElidedLabel()
    line.resize(line.fontMetrics().horizontalAdvance("swings") + 2, 20)
    line.set_whole("swings 14 bpm · 96 % with the cue", "swings 14 bpm")
    assert line.text().endswith("…")


@pytest.mark.parametrize(("room_of", "shown"), [
    ("talked about the week", "talked about the week"), ("talked about …", "talked about …"), ("talked …", "talked …"),
    ("talk", ""),
])
def test_what_somebody_wrote_ends_after_a_whole_word(room_of: str, shown: str) -> None:
    metrics = QFontMetrics(font(SMALL))
    assert whole_words(metrics, "talked about the week", metrics.horizontalAdvance(room_of)) == shown

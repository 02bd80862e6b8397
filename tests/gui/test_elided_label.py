"""A line that is too long for its place: cut between its parts, never within a number."""

from __future__ import annotations

import pytest

from biosync.gui.widgets.labels import ElidedLabel

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

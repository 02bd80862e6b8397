"""Plain lines for people: which news of a strap are worth a line."""

from __future__ import annotations

import io

from biosync.events import Link, LinkState
from biosync.streams import PlainLines


def told(*links: tuple[LinkState, str]) -> list[str]:
    out = io.StringIO()
    say = PlainLines(out)
    for t, (state, why) in enumerate(links):
        say(Link(float(t), "Ana", state, why))
    return [line.partition(": ")[2] for line in out.getvalue().splitlines()]


def test_that_all_is_well_takes_no_line_and_what_is_remarkable_then_takes_one() -> None:
    well = "the strap is heard well"
    note = f"{well}; until now this strap was Ben's"
    assert told(("live", well), ("live", note), ("live", note), ("live", well)) == [note]


def test_what_is_wrong_is_told_once_until_it_changes() -> None:
    assert told(("lost", "gone"), ("lost", "gone"), ("lost", "off"), ("live", "well"), ("lost", "off")) == [
        "gone", "off", "off"
    ]  # fmt: skip

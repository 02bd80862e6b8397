"""The list: newest first, found by names and marks, and nothing told of one who keeps theirs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from biosync.consent import Consent
from biosync.events import Marker, Note
from biosync.store.ledger.problems import NoSuchPerson
from biosync.store.ledger.reader import Ledger
from biosync.store.review.listed import listed
from biosync.store.review.opened import opened
from biosync.store.review.permission import ALL_FIGURES, keepers, kept_from
from biosync.store.review.searching import matches
from tests.store.review.made import STARTED, keep

AT = "2026-05-31T16:30:00Z"


def test_newest_first_with_what_was_marked(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        old = keep(ledger, "Ana", seconds=60, markers=[Marker(20.0, "Ana", "door bell")])
        new = keep(ledger, "Ben", seconds=60, started=STARTED + timedelta(days=3), complete=False)
        first, second = listed(ledger)
    assert (first.session.id, second.session.id) == (new, old)
    assert second.marked == ("door bell",)
    assert not first.session.complete
    assert second.course is not None and any(second.course)


def test_words_find_names_marks_and_dates(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        keep(ledger, "Ana", seconds=60, markers=[Marker(20.0, None, "Türklingel im Flur")])
        (one,) = listed(ledger)
    assert matches(one, "")
    for text in ("ana", "türklingel", "flur ANA", "2026-05-31", one.session.id[:8]):
        assert matches(one, text), text
    for text in ("ben", "ana ben", "2026-06"):
        assert not matches(one, text), text


def test_notes_are_found_but_not_those_about_one_who_keeps_theirs(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        id = keep(ledger, "Ana", "Ben", seconds=60, sharing={"Ana": "rhythm", "Ben": "all"})
        ledger.note(id, Note(10.0, "Ana", "slept badly"))
        ledger.note(id, Note(10.0, "Ben", "new medicine"))
        (everybody,), (hers,) = listed(ledger), listed(ledger, "Ana")
        part = opened(ledger, ledger.session(id), "Ana")
        own = opened(ledger, ledger.session(id), "Ana", own=True)
    assert matches(everybody, "medicine") and not matches(everybody, "slept")
    assert matches(hers, "slept badly")
    assert (part.note, own.note) == ("", "slept badly")


def test_of_one_who_keeps_theirs_neither_course_nor_marks_are_told(tmp_path: Path) -> None:
    marks = [Marker(10.0, "Ana", "secret of Ana"), Marker(20.0, "Ben", "word of Ben"), Marker(30.0, None, "for all")]
    with Ledger.open(tmp_path) as ledger:
        keep(ledger, "Ana", "Ben", seconds=60, markers=marks, sharing={"Ana": "rhythm", "Ben": "all"})
        (everybody,) = listed(ledger)
        (hers,) = listed(ledger, "Ana")
        (his,) = listed(ledger, "Ben")
        assert listed(ledger, "Lea") == []
    assert (everybody.course, everybody.kept) == (None, ("Ana",))
    assert everybody.marked == ("word of Ben", "for all")
    assert hers.course is not None and max(x for x in hers.course if x) < 75, "hers alone"
    assert hers.marked == ("secret of Ana", "word of Ben", "for all")
    assert his.marked == ("word of Ben", "for all")
    assert not matches(his, "secret")


def test_who_agrees_to_all_is_shown(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        keep(ledger, "Ana", "Ben", seconds=60, sharing={"Ana": "all", "Ben": "all"})
        (one,) = listed(ledger)
    assert one.course is not None and one.kept == ()


def test_what_goes_into_something_handed_over() -> None:
    both, none = ("Ana", "Ben"), frozenset[str]()
    rhythm, everything = Consent("Ana", "rhythm", AT), Consent("Ben", "all", AT)
    assert kept_from(both, [rhythm, everything]) == {"Ana": ALL_FIGURES, "Ben": ALL_FIGURES}, "all, if both agree"
    assert kept_from(both, [Consent("Ana", "all", AT), everything]) == {"Ana": none, "Ben": none}
    assert kept_from(both, [rhythm, everything], "Ana") == {"Ana": none, "Ben": ALL_FIGURES}
    ticked = Consent("Ana", "coach", AT, None, ("rmssd",))
    assert kept_from(both, [ticked]) == {"Ana": ALL_FIGURES - {"rmssd"}, "Ben": none}
    assert kept_from(("Ana",), [rhythm]) == {"Ana": none}
    child = Consent("Ana", "rhythm", AT, "Eva")
    assert kept_from(("Ana",), [child]) == {"Ana": {"coherence"}}
    assert kept_from(both, [child], "Ana")["Ana"] == {"coherence"}
    with pytest.raises(NoSuchPerson, match="Lea"):
        kept_from(both, [], "Lea")
    assert keepers(both, [rhythm, everything]) == ("Ana",)
    assert keepers(("Ana",), [rhythm]) == ()

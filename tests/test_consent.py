"""What people agreed to holds on every surface: which figures a screen may show."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from biosync.consent import FIGURES, SHARINGS, Consent, hidden_figures, seen_by_others
from biosync.engine import Engine, Member
from biosync.events import Join, Leave, Metrics
from biosync.snapshots import Snapshots
from biosync.streams import PlainLines
from biosync.terminal import picture

AT = "2026-11-23T10:15:00Z"
OWN = {*FIGURES, "breath"}
CONSENTS = st.builds(
    Consent,
    st.just("Ana"),
    st.sampled_from(SHARINGS),
    st.just(AT),
    st.sampled_from([None, "Eva"]),
    st.lists(st.sampled_from(FIGURES), unique=True).map(tuple),
)


@given(CONSENTS)
def test_what_is_hidden_and_what_others_see_is_all_there_is(consent: Consent) -> None:
    hidden, seen = hidden_figures(consent, alone=False), seen_by_others(consent)
    assert hidden | seen == OWN
    assert hidden & seen <= ({"coherence"} if consent.guardian else set())
    assert ("coherence" in hidden_figures(consent, alone=True)) == (consent.guardian is not None)


def test_by_default_the_others_see_no_figure() -> None:
    assert seen_by_others(Consent("Ana", "rhythm", AT)) == frozenset()
    assert seen_by_others(Consent("Ana", "own", AT)) == frozenset()


def test_a_coach_sees_what_the_client_ticked() -> None:
    assert seen_by_others(Consent("Ana", "coach", AT, None, ("rmssd",))) == {"rmssd"}
    assert seen_by_others(Consent("Ana", "all", AT)) == OWN


def of_two(*consents: Consent) -> Snapshots:
    """Return the pictures of a session of Ana and Ben."""
    names = ("Ana", "Ben")
    return Snapshots(Engine([Member(name, "strap", "strap") for name in names], [names]), consents)


def test_a_picture_hides_what_its_people_keep_to_themselves() -> None:
    ana, ben = of_two(Consent("Ana", "rhythm", AT), Consent("Ben", "all", AT)).take(0.0).people
    assert ana.hidden == OWN
    assert ben.hidden == frozenset()


def test_who_was_asked_nothing_hides_nothing() -> None:
    assert [one.hidden for one in of_two().take(0.0).people] == [frozenset(), frozenset()]


def test_who_is_alone_hides_nothing_until_another_joins_and_even_when_that_one_has_left() -> None:
    engine = Engine([Member("Ana", "strap", "strap")], [("Ana",)])
    snapshots = Snapshots(engine, [Consent("Ana", "rhythm", AT)])
    assert snapshots.take(0.0).people[0].hidden == frozenset()
    join = Join(1.0, "Ben", "strap", "strap", group=())
    engine.feed(join)
    snapshots.note(join)
    snapshots.agree(Consent("Ben", "coach", AT, None, ("heart_rate",)))
    assert [one.hidden for one in snapshots.take(1.0).people] == [OWN, OWN - {"heart_rate"}]
    leave = Leave(2.0, "Ben")
    engine.feed(leave)
    snapshots.note(leave)
    assert snapshots.take(2.0).people[0].hidden == OWN


MEASURED = Metrics(5.0, "Ana", 61.0, 42.0, 2.0, 77.0, None, 6.1, 0.9, 8.0, 0.5, "good", "calm", "")


def told(*consents: Consent) -> str:
    """Return the plain lines of a moment with figures."""
    out = io.StringIO()
    PlainLines(out, True, consents)(MEASURED)
    return out.getvalue()


@pytest.mark.parametrize("figure", ["61", "42", "77"])
def test_plain_lines_leave_out_what_is_kept(figure: str) -> None:
    ben = Consent("Ben", "all", AT)
    assert figure not in told(Consent("Ana", "rhythm", AT), ben)
    assert figure in told(Consent("Ana", "all", AT), ben)
    assert figure in told()


def test_a_terminal_says_private_where_a_figure_is_kept() -> None:
    names = ("Ana", "Ben")
    engine = Engine([Member(name, "strap", "strap") for name in names], [names])
    engine.people["Ana"].metrics = MEASURED
    snapshots = Snapshots(engine, [Consent("Ana", "coach", AT, None, ("rmssd",)), Consent("Ben", "all", AT)])
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(picture(snapshots.take(5.0), 5.0))
    text = console.export_text()
    assert text.count("private") == 3
    assert "42 ms" in text
    assert "61 bpm" not in text and "77" not in text and "6.1" not in text

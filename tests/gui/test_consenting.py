"""What has to be answered before a strap is used, and what the answers become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.consent import FIGURES, SHARINGS, seen_by_others
from biosync.gui.consenting import Answer, consent, missing, sentence

AT = "2026-11-23T10:15:00Z"
ANSWERS = st.builds(
    Answer,
    strap=st.just("Polar H10"),
    address=st.just("A0:00:00:00:00:01"),
    name=st.sampled_from(["", "Ana", "Ben"]),
    yes=st.booleans(),
    under_16=st.booleans(),
    guardian=st.sampled_from(["", "Eva"]),
    sharing=st.sampled_from(SHARINGS),
    shown=st.lists(st.sampled_from(FIGURES), unique=True).map(tuple),
)


def answer(name: str = "Ana", *, yes: bool = True, **other: object) -> Answer:
    """Return what one has answered."""
    return Answer("Polar H10", "A0:00:00:00:00:01", name, yes, **other)  # type: ignore[arg-type]


@given(st.lists(ANSWERS, max_size=3), st.sets(st.sampled_from(["Ana", "Ben"])))
def test_nothing_is_missing_only_when_everybody_is_named_apart_and_said_yes(
    answers: list[Answer], taken: set[str]
) -> None:
    complete = bool(answers) and all(
        one.yes and one.name and one.name not in taken and (one.guardian or not one.under_16) for one in answers
    ) and len({one.name for one in answers}) == len(answers)
    assert (missing(answers, taken) == "") == complete


@pytest.mark.parametrize(
    ("answers", "asks"),
    [
        ([], "Choose a strap."),
        ([answer(""), answer("Ben")], "Who wears Polar H10?"),
        ([answer(), answer()], "Two people can't have the same name here: Ana."),
        ([answer(under_16=True)], "Under 16, a guardian is here and is named: who is with Ana?"),
        ([answer(), answer("Ben", yes=False)], "Ben has not said yes yet."),
    ],
)
def test_what_is_missing_is_one_sentence(answers: list[Answer], asks: str) -> None:
    assert missing(answers) == asks


@given(ANSWERS)
def test_a_consent_holds_just_what_was_agreed_to(one: Answer) -> None:
    made_consent = consent(one, AT, alone=False)
    assert made_consent.guardian == (one.guardian if one.under_16 else None)
    assert made_consent.shown == (one.shown if one.sharing == "coach" else ())
    assert made_consent.agreed == sentence(one, alone=False)


def test_by_default_the_others_see_the_shared_rhythm_only() -> None:
    made_consent = consent(answer(), AT, alone=False)
    assert made_consent.sharing == "rhythm"
    assert seen_by_others(made_consent) == frozenset()
    assert "The others see the shared rhythm only." in made_consent.agreed

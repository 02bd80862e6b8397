"""What a SOURCE may say, and what it is answered when it says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.sources import Source, SourceError, demo_people, parse, unique
from devices.person import born


@pytest.mark.parametrize(
    ("text", "kind", "person", "where"),
    [
        ("ble:A0:9E:1A:00:00:01", "ble", None, "A0:9E:1A:00:00:01"),
        ("Ana=ble:A0:9E:1A:00:00:01", "ble", "Ana", "A0:9E:1A:00:00:01"),
        ("ble", "ble", None, ""),
        ("Ben=replay:a=b.txt", "replay", "Ben", "a=b.txt"),
        ("replay:C:\\rr=1.txt", "replay", None, "C:\\rr=1.txt"),
        ("demo", "demo", "Ana", ""),
        ("demo:Zoe", "demo", "Zoe", ""),
        ("Kim=demo:Zoe", "demo", "Kim", ""),
    ],
)
def test_source(text: str, kind: str, person: str | None, where: str) -> None:
    source = parse(text)
    assert (source.kind, source.person, source.where) == (kind, person, where)


@pytest.mark.parametrize(
    "text", ["demo:Zoe?seed=3&resonance_bpm=5.4&follows=false", "Zoe=demo?seed=3&resonance_bpm=5.4&follows=no"]
)
def test_traits(text: str) -> None:
    source = parse(text)
    assert source.person == "Zoe"
    assert source.traits is not None
    assert (source.traits.seed, source.traits.resonance_bpm, source.traits.follows) == (3, 5.4, False)
    assert source.traits.heart_rate_bpm == born(3).heart_rate_bpm


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("polar", "not a source"),
        ("", "not a source"),
        ("replay:", "not a source"),
        (" =demo", "no name before the ="),
        ("demo:Ana?height=3", "no trait 'height'"),
        ("demo:Ana?seed=x", "the trait seed is a number"),
        ("ble:", "no strap's address"),
        ("ble:xyz", "no strap's address"),
        ("demo:Ana?nonsense", "no trait 'nonsense'"),
    ],
)
def test_what_is_no_source_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_source_or_a_source_error(text: str) -> None:
    try:
        assert isinstance(parse(text), Source)
    except SourceError as error:
        assert str(error)


def test_equal_names_are_told_apart() -> None:
    names = [s.person for s in unique([parse("Ana=demo"), parse("Ana=demo"), parse("Ana 2=demo"), parse("ble")])]
    assert names == ["Ana", "Ana 2", "Ana 2 2", None]


def test_demo_people_are_different_and_the_same_for_the_same_seed() -> None:
    people = demo_people(16, 5)
    assert people == demo_people(16, 5)
    assert len({p.person for p in people}) == len({p.traits for p in people}) == 16
    assert people != demo_people(16, 6)

"""The order of the straps in range, and the reasons given for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from devices.link import Sighting
from devices.straps_in_range import ranked
from tests.devices.test_known_straps import Known

A, B, C = (f"A0:9E:1A:00:00:0{n}" for n in (1, 2, 3))


def order(*sightings: Sighting, known: tuple[Known, ...] = (), taken: str = "") -> list[str]:
    return [strap.address for strap in ranked(sightings, known, lambda address: address == taken)]


def test_a_known_strap_comes_before_a_stronger_unknown_one() -> None:
    assert order(Sighting("H10", A, -40), Sighting("TICKR", B, -88), known=(Known("TICKR", B, "Ben"),)) == [B, A]


def test_surely_known_comes_before_probably_known() -> None:
    known = (Known("TICKR", B, "Ben"), Known("H10", "A0:9E:1A:00:00:77", "Ana"))
    assert order(Sighting("H10", A, -40), Sighting("TICKR", B, -88), known=known) == [B, A]


def test_a_worn_one_comes_before_a_nearer_one_that_is_not() -> None:
    assert order(Sighting("1", A, -40, False), Sighting("2", B, -60), Sighting("3", C, -80, True)) == [C, B, A]


def test_the_nearer_one_comes_first_and_a_held_one_last() -> None:
    assert order(Sighting("1", A, None), Sighting("2", B, -80), Sighting("3", C, -60)) == [C, B, A]


def test_what_can_not_be_used_comes_last_even_if_known() -> None:
    known = (Known("H10", A, "Ana"), Known("Polar OH1 5", B, "Ben"))
    sightings = Sighting("H10", A, -40), Sighting("Polar OH1 5", B, -40), Sighting("TICKR", C, -90)
    assert order(*sightings, known=known, taken=A) == [C, B, A]


def test_the_reasons_are_said_in_words() -> None:
    known = (Known("TICKR", A, "Ana"), Known("H10", "A0:9E:1A:00:00:77", "Ben"))
    sightings = [Sighting("TICKR", A, -60, True), Sighting("H10", B, -70, False), Sighting("Polar OH1 5", C, None)]
    assert [strap.reasons for strap in ranked(sightings, known)] == [
        ("Ana's", "strong signal", "worn"),
        ("probably Ben's", "good signal", "not worn"),
        ("connected to this computer already", "heart rate only"),
    ]
    assert ranked([Sighting("H9", C, -81)], (), lambda _: True)[0].reasons == ("in use by a running biosync",)
    assert ranked([Sighting("H9", C, -81)])[0].reasons == ("weak signal",)


def test_straps_of_one_name_are_told_apart() -> None:
    twins = ranked([Sighting("TICKR", A, -60), Sighting("TICKR", B, -70), Sighting("H10", C, -80)])
    assert [strap.label for strap in twins] == ["TICKR (00:01)", "TICKR (00:02)", "H10"]
    assert "another one here has the same name" in twins[0].reasons
    assert "another one here has the same name" not in twins[2].reasons


def test_of_two_of_one_name_only_the_known_address_is_the_known_strap() -> None:
    twins = ranked([Sighting("TICKR", A, -60), Sighting("TICKR", B, -70)], [Known("TICKR", B, "Ana")])
    assert [(strap.address, strap.person) for strap in twins] == [(B, "Ana"), (A, None)]


@given(
    st.lists(
        st.builds(
            Sighting, st.sampled_from(["TICKR", "H10", "MZ-3"]), st.sampled_from([A, B, C]),
            st.none() | st.integers(-120, -20), st.sampled_from([None, True, False]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_nothing_is_lost_or_made_up(sightings: list[Sighting]) -> None:
    found = ranked(sightings, [Known("TICKR", A, "Ana")])
    assert sorted((s.address, s.name) for s in found) == sorted((s.address, s.name) for s in sightings)
    assert all(strap.reasons for strap in found)

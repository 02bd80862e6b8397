"""Which adapter takes a strap that several hear."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from devices.radio.choice import Place, best

places = st.builds(
    Place,
    st.sampled_from(["hci0", "hci1", "hci2"]),
    st.integers(-100, -30),
    st.integers(0, 12),
    st.booleans(),
    st.booleans(),
    st.integers(0, 5),
)


def test_the_stronger_signal_wins_and_the_first_of_equals() -> None:
    assert best([Place("hci0", -70), Place("hci1", -60)]) == Place("hci1", -60)
    assert best([Place("hci0", -60), Place("hci1", -60)]) == Place("hci0", -60)


def test_twelve_straps_heard_alike_are_spread_evenly() -> None:
    straps = Counter({"hci0": 0, "hci1": 0})
    for _ in range(12):
        chosen = best(Place(adapter, -60, straps[adapter]) for adapter in ("hci0", "hci1"))
        assert chosen is not None
        straps[chosen.adapter] += 1
    assert straps == {"hci0": 6, "hci1": 6}


def test_one_heard_far_better_by_a_busy_adapter_goes_there_all_the_same() -> None:
    assert best([Place("hci0", -50, straps=5), Place("hci1", -85)]) == Place("hci0", -50, straps=5)


def test_a_strap_stays_where_it_worked_unless_that_has_become_far_weaker() -> None:
    assert best([Place("hci0", -60), Place("hci1", -68, worked_last=True)]) == Place("hci1", -68, worked_last=True)
    assert best([Place("hci0", -60), Place("hci1", -75, worked_last=True)]) == Place("hci0", -60)


def test_where_it_keeps_failing_the_other_adapter_gets_its_turn() -> None:
    assert best([Place("hci0", -60, failures=2), Place("hci1", -70)]) == Place("hci1", -70)


def test_nowhere_is_room() -> None:
    assert best([Place("hci0", -60, full=True), Place("hci1", -60, full=True)]) is None
    assert best([]) is None


@given(st.lists(places, min_size=1, max_size=4))
def test_a_full_adapter_is_never_chosen_and_a_free_one_always_found(heard: list[Place]) -> None:
    chosen = best(heard)
    if chosen is None:
        assert all(place.full for place in heard)
    else:
        assert chosen in heard and not chosen.full

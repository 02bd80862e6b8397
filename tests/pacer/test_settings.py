"""What a setup line may say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.pacer.settings import Settings, settings_from


def test_the_contracts_setup_is_the_default() -> None:
    contract = {
        "start_bpm": None, "slowest_bpm": 4, "fastest_bpm": 20, "search_slowest_bpm": 4.5, "resonance_bpm": None,
        "resonance_sd_bpm": None, "inhale_fraction": 0.4, "mode": "meet_in_the_middle", "leader": None,
    }  # fmt: skip
    assert settings_from(contract) == settings_from({}) == Settings()


def test_a_child_is_searched_from_six_to_ten_where_that_is_asked() -> None:
    settings = settings_from({"search_slowest_bpm": 6, "search_fastest_bpm": 10, "program": "find"})
    assert (settings.search_slowest_bpm, settings.search_fastest_bpm, settings.program) == (6, 10, "find")


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        ({"speed": 3}, "no key 'speed'"),
        ({"start_bpm": 40}, "between 4 and 20"),
        ({"slowest_bpm": None}, "between 4 and 20"),
        ({"slowest_bpm": 3}, "between 4 and 20"),
        ({"slowest_bpm": 12, "fastest_bpm": 8}, "above fastest"),
        ({"inhale_fraction": 0.9}, "between 0.3 and 0.6"),
        ({"search_slowest_bpm": 8}, "search_slowest_bpm lies above search_fastest_bpm"),
        ({"search_fastest_bpm": 25}, "between 4 and 20"),
        ({"resonance_sd_bpm": -1}, "between 0 and 10"),
        ({"mode": "race"}, "mode is one of"),
        ({"program": "sleep"}, "program is one of settle, find, without"),
        ({"leader": 7}, "a person's name"),
        ({"start_bpm": True}, "a number"),
    ],
)
def test_what_it_may_not_say_is_refused_in_words(wish: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        settings_from(wish)


@given(
    st.dictionaries(
        st.sampled_from(["start_bpm", "mode", "leader", "program", "resonance_sd_bpm", "x"]),
        st.none() | st.text() | st.floats() | st.booleans(),
    )
)
def test_anything_is_settings_or_a_value_error(wishes: dict[str, object]) -> None:
    try:
        settings_from(wishes)
    except ValueError as error:
        assert str(error)

"""Known models, and names from the air made safe to show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.straps import MODELS, clean_text, display_name, isolated, model_of, rr_delay_s


@pytest.mark.parametrize(
    ("texts", "delay_s"),
    [
        (("Polar H10 12345678",), 2.6),
        (("Movesense 174630000192",), 0.4),
        (("HRM-Dual:123456",), 0.7),
        (("TRACKR HR 0A1B",), 2.1),
        (("my strap", "Polar", "H10"), 2.6),
        (("Polar H9 1",), None),
        ((None, ""), None),
        ((), None),
    ],
)
def test_the_delay_is_found_by_the_advertised_name_or_by_manufacturer_and_model(
    texts: tuple[str | None, ...], delay_s: float | None
) -> None:
    assert rr_delay_s(*texts) == delay_s


@pytest.mark.parametrize("name", ["Polar OH1 55", "Polar Sense 12", "TICKR FIT 1", "RHYTHM+ 3", "MZ-3"])
def test_optical_sensors_are_known_to_send_no_intervals(name: str) -> None:
    model = model_of(name)
    assert model is not None and not model.sends_rr


def test_no_mark_of_a_model_hides_another_model() -> None:
    for model in MODELS:
        for mark in model.marks:
            assert model_of(mark.upper()) is model


def test_names_lose_control_and_direction_characters() -> None:
    assert clean_text("\x1b[31mred\u202e\u200b\n\tname\x00 ") == "[31mredname"
    assert clean_text("a\u00a0 b\u2028c") == "a b c"
    assert clean_text("דופק") == "דופק"


@pytest.mark.parametrize("raw", [None, "", " ", "\x00", "\u200f\u202e"])
def test_a_strap_without_a_visible_name_is_called_by_its_address(raw: str | None) -> None:
    assert display_name(raw, "A0:9E:1A:00:0B:01") == "Strap 0B:01"


def test_only_right_to_left_names_are_isolated_from_what_follows() -> None:
    assert isolated("Polar H10 1") == "Polar H10 1"
    assert isolated("דופק 1") == "\u2068דופק 1\u2069"
    assert isolated("قلب") == "\u2068قلب\u2069"


@given(st.text(max_size=200))
def test_any_name_becomes_one_line_of_visible_characters(raw: str) -> None:
    name = display_name(raw, "A0:9E:1A:00:0B:01")
    assert name and name == name.strip() and len(name) <= 40
    assert not [c for c in name if unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp")]

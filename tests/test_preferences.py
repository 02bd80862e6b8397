"""What a person set is kept whole, and a file that was damaged costs nothing but itself."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from biosync.preferences import Preferences, fits, load, preferences_file, preferences_from, save

SET = Preferences(theme="light", language="de", volume=0.25, slowest_bpm=5.0, fastest_bpm=9.0, tones=True)


def test_what_was_set_is_there_next_time(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    assert load(home) == (Preferences(), "")
    assert save(home, SET) == ""
    assert load(home) == (SET, "")
    assert [path.name for path in home.iterdir()] == ["settings.json"]


def test_a_damaged_file_is_told_and_the_usual_settings_are_used(tmp_path: Path) -> None:
    preferences_file(tmp_path).write_bytes(b"{\xff")
    assert load(tmp_path)[0] == Preferences()
    assert "can't be read" in load(tmp_path)[1]
    preferences_file(tmp_path).write_text('{"theme": "li')
    assert "are damaged" in load(tmp_path)[1]


def test_what_does_not_fit_is_left_out_alone(tmp_path: Path) -> None:
    preferences_file(tmp_path).write_text(json.dumps({"theme": "pink", "volume": 3, "language": "de", "colour": 1}))
    made, sentence = load(tmp_path)
    assert made == replace(Preferences(), language="de")
    assert "theme, volume, colour" in sentence


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "can't be kept" in save(tmp_path / "file", SET)


def test_limits_that_cross_are_not_taken() -> None:
    made, bad = preferences_from({"slowest_bpm": 10.0, "fastest_bpm": 6.0})
    assert (made.slowest_bpm, made.fastest_bpm, bad) == (4.0, 20.0, ["slowest_bpm"])


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(Preferences.__slots__)) | st.text(max_size=5), JSON) | JSON)
def test_any_json_gives_preferences_that_fit(values: object) -> None:
    made, _ = preferences_from(values)
    assert all(fits(name, getattr(made, name)) for name in Preferences.__slots__)
    assert made.slowest_bpm <= made.fastest_bpm

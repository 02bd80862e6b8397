"""Firmware that is known to fail: found by model, version and system; every entry has a source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.firmware import FAILING, failing
from devices.straps import MODELS


@pytest.mark.parametrize("entry", FAILING)
def test_every_entry_is_found_on_its_systems_and_has_a_source(entry) -> None:  # type: ignore[no-untyped-def]
    model = next(model for model in MODELS if model.name == entry.model)
    version = ".".join(map(str, entry.first))
    for system in ("linux", "win32", "darwin"):
        found = failing(system, version, model.marks[0].upper())
        assert found is (entry if system in entry.systems else None)
    assert entry.source.startswith("https://") and entry.why and entry.next_step


@pytest.mark.parametrize("version", ["4.0.4", "v4.0.4", " 4.0.4 (build 7)"])
def test_a_version_is_read_out_of_its_text(version: str) -> None:
    assert failing("win32", version, None, "Polar Electro Oy", "Polar H10") is FAILING[0]


@pytest.mark.parametrize("version", ["4.0.5", "3.0.56", "5.0.0", "4.0", "4", "", "new", None])
def test_other_versions_are_not_accused(version: str | None) -> None:
    assert failing("win32", version, "Polar H10 1") is None
    assert failing("win32", "4.0.4", "Polar H9 1") is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_taken(version: str, name: str) -> None:
    assert failing("win32", version, name) in (None, *FAILING)

"""Every scenario is told in the docs, with its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.uml.scenarios import SCENARIOS

PAGE = Path(__file__).parents[2] / "docs" / "bluetooth-testing.md"


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_is_described(name: str) -> None:
    assert f"| `{name}` |" in PAGE.read_text(encoding="utf-8")
    assert SCENARIOS[name].run.__doc__

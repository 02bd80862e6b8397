"""Every figure has its place in the docs."""

from __future__ import annotations

from pathlib import Path

from biosync.catalog import offered
from biosync.metrics.base import Metric

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"


def test_the_page_names_every_figure() -> None:
    text = PAGE.read_text()
    keys = [key for metric in offered("biosync.metrics", "METRIC", Metric).values() for key in metric.keys]
    assert [key for key in keys if f"`{key}`" not in text] == []

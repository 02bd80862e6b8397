"""The catalogue finds the files of a folder, and says so when one offers the wrong thing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from biosync.catalog import modules, offered
from biosync.metrics.base import Metric


def _package(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch, **files: str) -> None:
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    for file, text in files.items():
        (package / f"{file}.py").write_text(text)
    monkeypatch.syspath_prepend(folder)
    for loaded in [one for one in sys.modules if one.split(".")[0] == name]:
        monkeypatch.delitem(sys.modules, loaded)


def test_lists_every_metric_file_by_name() -> None:
    names = [module.__name__ for module in modules("biosync.metrics")]
    assert names == sorted(names)
    assert {"biosync.metrics.rmssd", "biosync.metrics.coherence"} <= set(names)


def test_a_new_file_is_found_and_one_that_offers_nothing_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package(tmp_path, "planted_kinds", monkeypatch, base="X = 1", new="THING = 'here'")
    assert offered("planted_kinds", "THING", str) == {"new": "here"}


def test_a_wrong_offer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(tmp_path, "planted_wrong", monkeypatch, odd="METRIC = 3")
    with pytest.raises(TypeError, match=r"planted_wrong\.odd\.METRIC is a int, not a Metric"):
        offered("planted_wrong", "METRIC", Metric)


def test_a_package_that_is_not_there_is_an_import_error() -> None:
    with pytest.raises(ImportError):
        modules("biosync.nothing_here")

"""The docs name what there is, their links lead somewhere, and their examples still say what they show."""

from __future__ import annotations

import argparse
import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from biosync import catalog, events
from biosync.analysis import analyze
from biosync.cli import COMMANDS
from biosync.heart.intervals import Beats
from biosync.pacer.settings import Settings
from biosync.sources import parse
from biosync.store.reading import FORMATS
from devices.person import Traits

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SKIPPED = ("build", "dist", "__pycache__", "node_modules")
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def missing(names: list[str], page: str) -> list[str]:
    """Return those of ``names`` that do not stand as code in ``page``."""
    return [name for name in names if f"`{name}" not in text(page)]


# --- everything there is has its place ---


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_described_and_the_readme_names_it(command: str) -> None:
    assert f"\n## biosync {command}\n" in text("docs/commands.md")
    assert f"\n| [`biosync {command}`](#biosync-{command}) |" in text("docs/commands.md")
    assert f"biosync {command}" in text("README.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_described_under_its_command(command: str) -> None:
    parser = argparse.ArgumentParser()
    COMMANDS[command].add(parser)
    options = [name for action in parser._actions for name in action.option_strings if name not in ("-h", "--help")]
    section = text("docs/commands.md").split(f"\n## biosync {command}\n")[1].split("\n## ")[0]
    assert [option for option in options if f"`{option}" not in section] == []


def test_every_event_of_the_stream_and_every_key_is_described() -> None:
    for kind in (events.Session, events.Link, events.Beat, events.Metrics, events.Cue, events.Marker, events.Say,
                 events.End):  # fmt: skip
        keys = [field.name for field in dataclasses.fields(kind)]
        assert missing([kind.__name__.lower(), *keys], "docs/commands.md") == []


def test_every_live_figure_is_explained() -> None:
    told_elsewhere = {"t", "person", "quality", "why"}
    figures = [field.name for field in dataclasses.fields(events.Metrics) if field.name not in told_elsewhere]
    assert missing(figures, "docs/metrics.md") == []


def test_every_label_is_explained() -> None:
    assert missing(list(events.LABELS), "docs/artefacts.md") == []


def test_every_key_of_an_analysis_is_named() -> None:
    rr_ms = 850 + 40 * np.sin(np.arange(300) / 2)
    n = len(rr_ms)
    found = analyze(Beats(np.cumsum(rr_ms) / 1000, rr_ms, np.zeros(n, dtype=np.int8), np.zeros(n, dtype=np.bool_)))
    both = text("docs/commands.md") + text("docs/metrics.md")
    assert len(keys := set(_keys(found))) > 40
    assert [key for key in sorted(keys - {"t"}) if f"`{key}`" not in both] == []


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _keys(inner)


def test_every_file_that_the_catalogue_finds_is_named() -> None:
    found = [module for module in catalog.modules("devices") if hasattr(module, "CHARACTERISTICS")]
    for room in ("biosync.cues", "biosync.gui.views", "biosync.store.formats"):
        found += catalog.modules(room)
    assert len(found) >= 11
    names = [f"{module.__name__.rpartition('.')[2]}.py" for module in found]
    assert missing(names, "docs/architecture.md") == []


def test_every_file_format_is_read_and_described() -> None:
    modules = catalog.modules("biosync.store.formats")
    assert set(FORMATS) == set(modules)
    assert missing([f"store/formats/{m.__name__.rpartition('.')[2]}.py" for m in modules], "docs/formats.md") == []


def test_every_key_of_the_window_is_listed() -> None:
    from biosync.gui.keys import keys

    assert missing([key.name for key in keys()], "docs/first-session.md") == []


def test_every_view_and_everything_that_can_be_set_is_described_on_the_page_of_the_window() -> None:
    from biosync.preferences import Preferences

    page = text("docs/window.md")
    views = [module.__name__.rpartition(".")[2] for module in catalog.modules("biosync.gui.views")]
    assert len(views) >= 8
    assert [name for name in views if f"*{name.capitalize()}*" not in page] == []
    assert missing([field.name for field in dataclasses.fields(Preferences)], "docs/window.md") == []


def test_the_number_of_countries_with_help_is_true() -> None:
    from biosync.gui.help_lines import help_lines

    assert f"in {len(help_lines().countries)} countries" in text("CHANGELOG.md")


def test_the_welcome_says_what_the_page_on_safety_quotes() -> None:
    from biosync.gui.views.start import _care

    page = " ".join(text("docs/safety.md").replace("\n> ", " ").split())
    assert [sentence for sentence in _care() if sentence not in page] == []


def test_what_the_pacer_can_be_told_is_described() -> None:
    assert missing([field.name for field in dataclasses.fields(Settings)], "docs/pacer.md") == []
    assert missing(["meet", "lead", "search", "hold", "rest"], "docs/pacer.md") == []


def test_every_trait_of_a_virtual_person_is_named() -> None:
    assert missing([field.name for field in dataclasses.fields(Traits)], "docs/commands.md") == []
    assert parse("demo:NAME?seed=3&follows=false").person == "NAME"  # as the page writes it


def test_the_readme_links_every_page() -> None:
    pages = [page.relative_to(ROOT).as_posix() for page in DOCS.glob("*.md")]
    assert [page for page in pages if f"({page})" not in text("README.md")] == []


# --- links and examples ---


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    broken = []
    for target in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in _anchors(file)):
            broken.append(target)
    assert broken == []


def _anchors(file: Path) -> set[str]:
    """Return the names under which the headings of a page can be linked."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _examples() -> list[tuple[str, str, list[str]]]:
    """Return the page, the command and the output of every example in a ``console`` block."""
    found = []
    for page in PAGES:
        for language, block in _FENCE.findall(page.read_text(encoding="utf-8")):
            if language == "console":
                for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                    command, *output = example.splitlines()
                    found.append((page.name, command, output))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="the examples are written for a POSIX shell")
@pytest.mark.parametrize(("page", "command", "output"), _examples())
def test_examples_say_what_they_show(page: str, command: str, output: list[str], tmp_path: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        command, shell=True, cwd=tmp_path, text=True, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
        env={**os.environ, "PATH": path, "BIOSYNC_HOME": str(tmp_path)},
    )  # fmt: skip
    assert ran.stdout.splitlines() == output


def test_there_are_examples_to_run() -> None:
    assert len(_examples()) >= 8


# --- nothing of anybody's machine ---

# Put together here, so that this file does not hold what it forbids. A path counts where it begins, not inside another.
_PATHS = [*(f"/{folder}/" for folder in ("home", "Users", "root", "work", "opt")), "C:" + "\\Users", f"{ROOT}/"]
_REGISTRIES = [".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
_BEGINS = r"(?<![\w.~%$}-])"
_UNWANTED = re.compile("|".join(
    [*(_BEGINS + re.escape(path) for path in _PATHS), *map(re.escape, _REGISTRIES), "index" + "-url"]
))  # fmt: skip


def _text_files() -> Iterator[Path]:
    for folder, inner, names in os.walk(ROOT):
        at_top = Path(folder) == ROOT
        inner[:] = [
            name for name in inner
            if name not in SKIPPED and not name.endswith(".egg-info") and ((name == ".ci" and at_top) or name[0] != ".")
        ]  # fmt: skip
        for name in names:
            if name != ".git":  # a file in a worktree
                yield Path(folder) / name


def test_no_file_names_a_path_of_a_machine_or_a_registry() -> None:
    found: dict[str, list[str]] = {}
    read = 0
    for file in _text_files():
        try:
            content = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        read += 1
        if unwanted := _UNWANTED.findall(content):
            found[file.relative_to(ROOT).as_posix()] = unwanted
    assert read > 100
    assert found == {}


_UNWANTED_PIECES = [*_PATHS, *(f"https://{host}/" + "simple" for host in _REGISTRIES), "--index" + "-url x"]


_UNWANTED_PIECES = [*_PATHS, *(f"https://{host}/" + "simple" for host in _REGISTRIES), "--index" + "-url x"]


@pytest.mark.parametrize("piece", _UNWANTED_PIECES)
def test_what_is_unwanted_would_be_seen(piece: str) -> None:
    assert _UNWANTED.search(f"see {piece}x")


def test_a_folder_of_the_same_name_elsewhere_is_no_path_of_a_machine() -> None:
    assert not _UNWANTED.search("https://example.test/home/x and ~/jobs/x")

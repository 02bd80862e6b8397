"""Names that could steer a terminal, turn a line round or end it: shown safely, and whole in the JSON stream."""

from __future__ import annotations

import io
import json
import subprocess
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import End, Join, Leave, Link, Metrics, Session
from biosync.snapshot import PersonView
from biosync.streams import JsonLines, PlainLines
from devices.straps import in_a_line
from tests.bluez.strap import Strap
from tests.driven import BIOSYNC
from tests.running import Running
from tests.test_terminal import NOTHING, shown

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A = "A0:9E:1A:00:00:01"
HEBREW = "\u05d3\u05d5\u05e4\u05e7"
NAMES = st.text(min_size=1, max_size=20) | st.text("\x1b[31m\u202e\x85\u2028\x9b2Ja" + HEBREW, min_size=1, max_size=20)


def unseen(text: str) -> list[str]:
    """Return the characters of ``text`` that steer a terminal or turn text round, but for the isolates that end."""
    allowed = "\n\u2068\u2069"
    return [c for c in text if c not in allowed and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]


@given(name=NAMES)
def test_plain_lines_show_any_name_safely(name: str) -> None:
    out = io.StringIO()
    say = PlainLines(out)
    say(Session(0.0, "id", "2026-01-01T00:00:00Z", (name,), False))
    for event in (Join(1.0, name, "strap", "x"), Link(2.0, name, "lost", "gone"), Leave(3.0, name)):
        say(event)
    say(Metrics(4.0, name, *NOTHING_KNOWN))
    say(End(5.0, {name: 3}, None))
    lines = out.getvalue().split("\n")
    assert len(lines) == 8 and unseen(out.getvalue()) == []
    assert out.getvalue().count("\u2068") == out.getvalue().count("\u2069")


NOTHING_KNOWN = (None, None, None, None, None, None, None, None, None, "none", None, "no beats")


@given(name=NAMES)
def test_the_stream_has_any_name_as_it_is_on_one_line(name: str) -> None:
    out = io.StringIO()
    JsonLines(out)(Link(1.0, name, "live", "here"))
    assert len(out.getvalue().splitlines()) == 1
    assert json.loads(out.getvalue())["person"] == name
    assert [c for c in unseen(out.getvalue()) if ord(c) < 0x10000] == []


@given(name=NAMES)
def test_the_terminal_shows_any_name_safely(name: str) -> None:
    text = shown(PersonView(name, 0, "strap", "strap", None, NOTHING, 64.0, None))
    assert unseen(text) == []


def test_letters_of_every_script_stay(tmp_path: Path) -> None:
    assert in_a_line("Zo\u00eb \U0001f600") == "Zo\u00eb \U0001f600"
    assert in_a_line(HEBREW) == f"\u2068{HEBREW}\u2069"
    assert in_a_line("\x1b\u202e") == "?"


def test_a_strap_s_name_becomes_its_wearer_s(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, name=f"\u202e{HEBREW}\x1b[2J", period_s=0.05))
    with Running(fake_bluez, tmp_path, f"ble:{A}") as session:
        session.until_link("live")
        assert session.events[0]["people"] == [f"{HEBREW}[2J"]


@pytest.mark.parametrize("source", [b"A\x85=demo", b"demo:A\xff", b"replay:\xff.txt"])
def test_bytes_that_are_no_text_are_refused_in_one_line(source: bytes, tmp_path: Path) -> None:
    done = subprocess.run([*BIOSYNC, "run", source, "--json"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("biosync: ") and done.stderr.count("\n") == 1

"""``run replay:X --from S``: begins S seconds in, with the figures of one who has heard all before."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from biosync.cli import main
from biosync.events import Beat, Cue, End, Event, Link, Session
from biosync.streams import From

FIGURES = ("beat", "metrics", "cue")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    file = tmp_path / "ana.txt"
    file.write_text("\n".join(str(800 + 60 * ((k * 7) % 5)) for k in range(150)))
    return file


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, object]], str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


@pytest.mark.parametrize("speed", ["max", "40"])
def test_its_figures_are_as_if_all_before_had_been_heard(
    capsys: pytest.CaptureFixture[str], recording: Path, speed: str
) -> None:
    _, whole, _ = told(capsys, "run", f"replay:{recording}", "--json", "--speed", "max")
    code, late, err = told(capsys, "run", f"replay:{recording}", "--json", "--speed", speed, "--from", "80")
    assert (code, err) == (0, "")
    assert late[0]["type"] == "session"
    after = [line for line in late if line["type"] in FIGURES and line["t"] >= 80]  # type: ignore[operator]
    assert after == [line for line in whole if line["type"] in FIGURES and line["t"] >= 80]  # type: ignore[operator]
    before = [line["type"] for line in late if line["t"] < 80]  # type: ignore[operator]
    assert before == ["session", "link", "cue"]
    assert late[-1]["beats"] == whole[-1]["beats"]


def test_seconds_count_from_there(capsys: pytest.CaptureFixture[str], recording: Path) -> None:
    asked = ("run", f"replay:{recording}", "--json", "--speed", "max", "--from", "50", "--seconds", "9")
    _, lines, _ = told(capsys, *asked)
    assert lines[-1]["t"] == 59.0


@pytest.mark.parametrize(
    "arguments, why",
    [
        (["demo:Ana", "--from", "5"], "--from is for replay sources: what is live begins now"),
        (["replay:{}", "--from", "500"], "--from 500 is after the end: the recording lasts 138 s"),
        (["replay:{}", "--from", "-1"], "'-1' is not a number above 0"),
        (["replay:{}", "--from", "soon"], "'soon' is not a number"),
    ],
)
def test_what_has_no_such_time_is_told(
    capsys: pytest.CaptureFixture[str], recording: Path, arguments: list[str], why: str
) -> None:
    code, lines, err = told(capsys, "run", *(text.format(recording) for text in arguments), "--json")
    assert (code, lines) == (2, [])
    assert why in err


def test_what_was_held_back_stands_when_it_begins() -> None:
    seen: list[Event] = []
    sink = From(seen.append, 10.0)
    session = Session(0.0, "x", "2026-01-01T00:00:00Z", ("Ana", "Ben"), False)
    links = [Link(0.0, "Ana", "live", "a"), Link(3.0, "Ana", "lost", "b"), Link(1.0, "Ben", "live", "c")]
    alone = [Cue(1.0, (name,), 12.0, 0.2, 0.4, "meet", 1.0, "w") for name in ("Ana", "Ben")]
    both = Cue(5.0, ("Ana", "Ben"), 10.0, 0.2, 0.4, "meet", 1.0, "w")
    now = Beat(10.0, "Ana", 800.0, "normal", 9.0, 0.1)
    early = Beat(9.9, "Ana", 800.0, "normal", 9.0, 0.1)
    for event in (session, links[0], *alone, links[2], links[1], early, both, now):
        sink(event)
    assert seen == [session, links[2], links[1], both, now]


def test_one_that_ends_before_says_only_how_it_stood() -> None:
    seen: list[Event] = []
    sink = From(seen.append, 10.0)
    link, end = Link(0.0, "Ana", "live", "a"), End(5.0, {"Ana": 0}, None)
    for event in (link, end):
        sink(event)
    assert seen == [link, end]


def test_plain_lines_tell_early_coherence_at_the_end_of_a_short_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    from biosync.streams import PlainLines
    from tests.playing import play

    out = io.StringIO()
    lines = PlainLines(out)
    for event in play("demo:Ana", seconds=60):
        lines(event)
    assert "coherence so far" in out.getvalue().splitlines()[-2]
    assert "needs 64 s" in out.getvalue().splitlines()[-2]

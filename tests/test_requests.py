"""What another program asks on standard input: understood or told in a sentence, and never in the way."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.commands.requests import LONGEST_LINE, Request, RequestError, parse_request
from tests.driven import BIOSYNC, driven

JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    "line, request_",
    [
        ('{"join": "Ana=demo"}', Request("join", "Ana=demo")),
        ('{"join": "demo", "group": ["Ben"]}', Request("join", "demo", group=("Ben",))),
        ('{"join": "demo", "group": []}', Request("join", "demo", group=())),
        ('{"leave": "Ana"}', Request("leave", "Ana")),
        ('{"say": "too_slow", "person": "Ana"}', Request("say", "too_slow", "Ana")),
        ('{"say": "stop", "person": null}', Request("say", "stop")),
        ('{"mark": "the door bell"}', Request("mark", "the door bell")),
    ],
)
def test_what_can_be_asked(line: str, request_: Request) -> None:
    assert parse_request(line) == request_


@pytest.mark.parametrize(
    "line, why",
    [
        ("rubbish", "is no JSON"),
        ("[]", "is a JSON object"),
        ("{}", "this line has none of them"),
        ('{"join": "demo", "leave": "Ana"}', "this line has join and leave"),
        ('{"leave": "Ana", "why": "tired"}', "a request to leave has no key 'why'"),
        ('{"leave": ["Ana"]}', "'leave' takes a text, such as"),
        ('{"mark": " "}', "'mark' takes a text"),
        ('{"say": "faster"}', "one can say too_slow, too_fast, stop, go, settle, find, without, "),
        ('{"say": "go", "person": 3}', "'person' takes a name"),
        ('{"join": "demo", "group": "Ana"}', "'group' takes a list of names"),
        ('{"mark": "\\ud800"}', "is no JSON"),
        ("[" * 50_000, "is no JSON"),
    ],
)
def test_what_can_not_be_asked_is_told_in_one_sentence(line: str, why: str) -> None:
    with pytest.raises(RequestError) as error:
        parse_request(line)
    assert why in str(error.value)
    assert "\n" not in str(error.value) and len(str(error.value)) < 250


@given(
    st.text(max_size=40)
    | JSON.map(json.dumps)
    | st.dictionaries(st.sampled_from(["join", "leave", "say", "mark", "person", "group"]), JSON).map(json.dumps)
)
def test_any_line_is_a_request_or_one_sentence(line: str) -> None:
    try:
        request = parse_request(line)
    except RequestError as error:
        assert "\n" not in str(error)
    else:
        assert request.text.strip()
        request.text.encode()


def test_a_program_drives_a_session(tmp_path: Path) -> None:
    with driven(tmp_path, "demo", "--speed", "10") as program:
        program.until("cue")
        program.ask('{"join": "Mara=demo"}\n{"join": "Ben=demo", "group": []}\n')
        assert program.until("link", person="Mara")["state"] == "live"
        assert program.until("cue", people=["Ana", "Mara"])
        assert program.until("cue", people=["Ben"])
        program.ask('{"say": "too_slow", "person": "Ben"}\n{"mark": "bell"}\n\n{"leave": "Ana"}\n')
        assert program.until("say")["person"] == "Ben"
        marker = program.until("marker")
        assert (marker["person"], marker["text"]) == (None, "bell")
        assert program.until("link", person="Ana", state="gone")["why"] == "left"
        assert program.until("cue", people=["Mara"])
        program.ask('{"leave": "Mara"}\n{"leave": "Ben"}')
        program.process.stdin.close()  # type: ignore[union-attr]  # the last line needs no end
        program.process.stdin = None
        code, err = program.end()
        assert (code, err) == (0, "")
        assert list(program.lines[-1]["beats"]) == ["Ana", "Mara", "Ben"]  # type: ignore[call-overload]


def test_a_line_that_can_not_be_done_is_told_and_changes_nothing(tmp_path: Path) -> None:
    bad = ["rubbish", '{"leave": "Zoe"}', '{"join": "Zoe=replay:nowhere"}', '{"join": "ble:1"}',
           '{"join": "ble:A0:9E:1A:00:00:01"}', "x" * (LONGEST_LINE + 5), '{"mark": "in order"}']  # fmt: skip
    with driven(tmp_path, "demo", "--speed", "20") as program:
        program.until("session")
        program.ask("\n".join(bad) + "\n")
        program.until("marker")
        program.process.terminate()
        code, err = program.end()
    assert code == 0
    told = err.splitlines()
    assert len(told) == len(bad) - 1
    assert all(line.startswith("biosync: ") for line in told)
    whys = ["no JSON", "no 'Zoe' here", "no such file", "no strap's address", "own speed", "longer"]
    for line, why in zip(told, whys, strict=True):
        assert why in line
    assert {line["person"] for line in program.lines if line["type"] == "link"} == {"Ana"}
    assert list(program.lines[-1]["beats"]) == ["Ana"]  # type: ignore[call-overload]


@pytest.mark.parametrize("shell", ["{} </dev/null", "{} <&-", "{} 0>/dev/null", "printf 'x' | {}"])
def test_input_that_ends_or_is_closed_changes_nothing(shell: str, tmp_path: Path) -> None:
    command = " ".join([*BIOSYNC, "demo", "--json", "--seconds", "3", "--speed", "max"])
    done = subprocess.run(shell.format(command), shell=True, capture_output=True, text=True,
                          env={**os.environ, "BIOSYNC_HOME": str(tmp_path)})  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout.splitlines()[-1])["t"] == 3.0
    assert "Traceback" not in done.stderr and "Fatal" not in done.stderr


def test_input_that_stays_open_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    with driven(tmp_path, "demo", "--seconds", "2", "--speed", "max") as program:
        assert program.until("end")["t"] == 2.0
        assert program.process.wait(10) == 0


def test_somebody_who_asks_without_pause_does_not_hold_up_the_session(tmp_path: Path) -> None:
    with driven(tmp_path, "demo", "--speed", "20") as program:
        program.ask('{"mark": "again"}\n' * 3000 + '{"leave": "Ana"}\n')
        code, err = program.end()
    assert (code, err) == (0, "")
    assert sum(line["type"] == "marker" for line in program.lines) == 3000
    told_t = [line["t"] for line in program.lines if line["type"] == "metrics"]
    assert told_t == [float(second) for second in range(1, len(told_t) + 1)]
    assert len(told_t) >= int(program.lines[-1]["t"]) - 1  # type: ignore[call-overload]

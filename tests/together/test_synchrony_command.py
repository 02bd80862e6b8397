"""``biosync synchrony`` as people and scripts use it: the installed command, on files."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biosync.together.series import Series
from tests.together.people import Pair, pair

BIOSYNC = Path(sys.executable).with_name("biosync")
PAIR_KEYS = {"people", "synchrony", "p_value", "beyond_chance", "beyond_cue", "leader", "lag_s", "lag_interval_s"}


def asked(folder: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        [BIOSYNC, "synchrony", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    return result


def answer(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked(folder, *arguments, "--json").stdout)
    return found


def complaint(folder: Path, *arguments: str, code: int) -> str:
    line = asked(folder, *arguments, code=code).stderr
    assert line.startswith("biosync: ") and line.count("\n") == 1
    return line


def write(file: Path, series: Series, zero_s: float = 0.0) -> None:
    rr_ms = 60000 / series.heart_rate_bpm
    rows = [f"{t + rr / 2000 + zero_s:.4f},{rr:.3f}" for t, rr in zip(series.t_s, rr_ms, strict=True)]
    file.write_text("\n".join(["t,rr_ms", *rows]), encoding="utf-8")


def write_cue(file: Path, made: Pair) -> None:
    t = np.arange(0.0, 201.0)
    cycles = made.cues[0].at(t)
    rows = [f"{at:.1f},{rate:.4f},{phase:.5f}" for at, rate, phase in
            zip(t, np.gradient(cycles) * 60, cycles % 1, strict=True)]  # fmt: skip
    file.write_text("\n".join(["t,rate_bpm,phase", *rows]), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("synchrony")
    led, cued = pair(3, shared_bpm=4.0, lead_s=1.5), pair(4, cue="moving", shared_bpm=2.5)
    for name, series in (("ana", led.first), ("ben", led.second), ("cara", cued.first), ("dan", cued.second)):
        write(here / f"{name}.csv", series)
    write_cue(here / "cue.csv", cued)
    return here


def test_the_object_is_that_of_the_contract(folder: Path) -> None:
    found = answer(folder, "ana.csv", "ben.csv")
    assert found["people"] == ["ana", "ben"] and found["group"] is None
    (pair_found,) = found["pairs"]
    assert set(pair_found) >= PAIR_KEYS
    assert pair_found["people"] == ["ana", "ben"]
    assert pair_found["beyond_chance"] is True and pair_found["beyond_cue"] is None
    assert pair_found["leader"] == "ana"
    low, high = pair_found["lag_interval_s"]
    assert 0 < low <= 1.5 <= high


def test_with_a_cue_what_it_explains_is_taken_out(folder: Path) -> None:
    for cue in (["--cue", "cue.csv"], ["--cue", "cara=cue.csv", "--cue", "dan=cue.csv"]):
        beyond = answer(folder, "cara.csv", "dan.csv", *cue)["pairs"][0]["beyond_cue"]
        assert beyond["beyond_chance"] is True
        assert 0.1 < beyond["synchrony"] < 0.9


def test_three_are_a_group(folder: Path) -> None:
    found = answer(folder, "ana.csv", "ben.csv", "cara.csv")
    assert [one["people"] for one in found["pairs"]] == [["ana", "ben"], ["ana", "cara"], ["ben", "cara"]]
    assert set(found["group"]) >= {"order", "p_value", "members"}
    assert list(found["group"]["members"]) == ["ana", "ben", "cara"]


def test_the_clock_error_widens_the_interval_until_nobody_leads(folder: Path) -> None:
    sure, unsure = (answer(folder, "ana.csv", "ben.csv", "--clock-error", error)["pairs"][0] for error in ("0", "2"))
    assert sure["leader"] == "ana" and unsure["leader"] is None
    assert unsure["lag_interval_s"] == pytest.approx(
        [sure["lag_interval_s"][0] - 2, sure["lag_interval_s"][1] + 2]
    )


def test_words_say_yes_cannot_tell_and_why(folder: Path) -> None:
    led = asked(folder, "ana.csv", "ben.csv").stdout
    assert "in step beyond chance   yes (p" in led
    assert "ana, by 1." in led and "--clock-error" in led
    cued = asked(folder, "cara.csv", "dan.csv", "--cue", "cue.csv").stdout
    assert "in step beyond the cue  yes" in cued
    assert "cannot tell: the lag is too small" in cued
    assert "connected" not in led + cued
    strangers = asked(folder, "ben.csv", "dan.csv").stdout
    assert "in step beyond chance   not shown" in strangers
    group = asked(folder, "ana.csv", "ben.csv", "cara.csv").stdout
    assert "All 3 together" in group and "cara's part" in group


def test_people_in_one_file_and_equal_names(folder: Path) -> None:
    both = (folder / "both.csv")
    rows = [line.split(",") for name in ("ana", "ben") for line in (folder / f"{name}.csv").read_text().split("\n")[1:]]
    names = ["Ana"] * (len((folder / "ana.csv").read_text().split("\n")) - 1)
    named = [f"{t},{rr},{'Ana' if i < len(names) else 'Ben'}" for i, (t, rr) in enumerate(rows)]
    both.write_text("\n".join(["t,rr_ms,person", *named]), encoding="utf-8")
    assert answer(folder, "both.csv")["pairs"][0]["leader"] == "Ana"
    assert answer(folder, "both.csv", "both.csv")["people"] == ["Ana", "Ben", "Ana 2", "Ben 2"]


def session(folder: Path, name: str, lines: Sequence[dict[str, Any]]) -> None:
    (folder / name).write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")


def beats(made: Pair, names: Sequence[str] = ("Ana", "Ben")) -> list[dict[str, Any]]:
    found = [
        {"type": "beat", "t": t + 1, "person": name, "rr_ms": 60000 / bpm,
         "beat_t": t + 30 / bpm, "t_uncertainty_s": 0.2}
        for name, series in zip(names, (made.first, made.second), strict=True)
        for t, bpm in zip(series.t_s.tolist(), series.heart_rate_bpm.tolist(), strict=True)
    ]  # fmt: skip
    return sorted(found, key=lambda line: float(line["t"]))


def test_a_session_tells_its_cue_itself_and_is_named_in_its_order(folder: Path) -> None:
    made = pair(4, cue="moving", shared_bpm=2.5)
    t = np.arange(0.0, 201.0)
    cycles = made.cues[0].at(t)
    cues = [
        {"type": "cue", "t": at, "people": ["Ana", "Ben"], "rate_bpm": rate, "phase": phase}
        for at, rate, phase in zip(t.tolist(), (np.gradient(cycles) * 60).tolist(), (cycles % 1).tolist(), strict=True)
    ]
    head = {"type": "session", "t": 0.0, "started": "2026-01-01T10:00:00Z", "people": ["Ben", "Ana"]}
    session(folder, "own.jsonl", [head, *cues, *beats(made)])
    found = answer(folder, "own.jsonl")
    assert found["people"] == ["Ben", "Ana"]
    assert found["pairs"][0]["beyond_cue"]["beyond_chance"] is True
    by_file = answer(folder, "own.jsonl", "--cue", "cue.csv")["pairs"][0]["beyond_cue"]
    assert found["pairs"][0]["beyond_cue"]["synchrony"] == pytest.approx(by_file["synchrony"], abs=0.01)


def test_sessions_that_say_when_they_began_are_laid_on_one_clock(folder: Path) -> None:
    made = pair(3, shared_bpm=4.0, lead_s=1.5)
    for name, second, back in (("Ana", "00", 0.0), ("Ben", "05", 5.0)):
        lines = [line for line in beats(made) if line["person"] == name]
        moved = [{**line, "beat_t": line["beat_t"] - back} for line in lines]
        head = {"type": "session", "t": 0.0, "started": f"2026-01-01T10:00:{second}Z", "people": [name]}
        session(folder, f"{name}.jsonl", [head, *moved])
    assert answer(folder, "Ana.jsonl", "Ben.jsonl")["pairs"][0]["lag_s"] == pytest.approx(1.5, abs=0.4)


def test_what_a_strap_holds_back_is_taken_off_and_its_doubt_counts(folder: Path) -> None:
    made = pair(3, shared_bpm=4.0, lead_s=1.5)

    def arrivals(delay_s: float, doubt_s: float) -> list[dict[str, Any]]:
        members = [
            {"person": name, "delay_s": told, "delay_uncertainty_s": doubt_s}
            for name, told in (("Ana", 0.0), ("Ben", delay_s))
        ]
        head = {"type": "session", "t": 0.0, "started": "2026-01-01T10:00:00Z", "people": ["Ana", "Ben"]}
        raw = [
            {"type": "interval", "t": line["beat_t"] + (delay_s if line["person"] == "Ben" else 0.0),
             "person": line["person"], "rr_ms": [line["rr_ms"]]}
            for line in beats(made)
        ]  # fmt: skip
        return [{**head, "members": members}, *sorted(raw, key=lambda line: float(line["t"]))]

    session(folder, "told.jsonl", arrivals(2.0, 0.1))
    session(folder, "doubted.jsonl", arrivals(2.0, 1.1))
    told, doubted = (answer(folder, f"{name}.jsonl")["pairs"][0] for name in ("told", "doubted"))
    assert told["lag_s"] == pytest.approx(1.5, abs=0.5)
    assert told["leader"] == "Ana"
    assert doubted["leader"] is None and "clocks" in doubted["why"]


def test_wrong_use_is_one_sentence(folder: Path) -> None:
    assert "--help" in complaint(folder, code=2)
    assert "only ana" in complaint(folder, "ana.csv", code=2)
    assert "no such file" in complaint(folder, "ana.csv", "nobody.csv", code=1)
    assert "'zoe', who is not here; there are: ana, ben" in complaint(
        folder, "ana.csv", "ben.csv", "--cue", "zoe=nothing.csv", code=2
    )
    assert "two files for ana" in complaint(
        folder, "ana.csv", "ben.csv", "--cue", "ana=cue.csv", "--cue", "ana=cue.csv", code=2
    )
    assert "names no file" in complaint(folder, "ana.csv", "ben.csv", "--cue", "ana=", code=2)
    assert "needs names" in complaint(folder, "ana.csv", "ben.csv", "--cue", "cue.csv", "--cue", "cue.csv", code=2)
    for error in ("-1", "nan", "soon"):
        assert "seconds" in complaint(folder, "ana.csv", "ben.csv", "--clock-error", error, code=2)
    assert "up to 16" in complaint(folder, *["ana.csv"] * 17, code=2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("t,rr_ms\n1,800\n", "header that names t, rate_bpm, phase"),
        ("", "header"),
        ("t,rate_bpm,phase\n", "at least one row"),
        ("t,rate_bpm,phase\n0,6,0\n1,six,0.1\n", "line 3"),
        ("t,rate_bpm,phase\n0,6\n", "too few"),
        ("t,rate_bpm,phase\n5,6,0\n1,6,0\n", "must rise"),
        ("t;rate_bpm;phase\n0;6,0;\n", "phase"),
    ],
)
def test_a_cue_file_that_is_none_is_refused_with_the_reason(folder: Path, text: str, why: str) -> None:
    (folder / "bad.csv").write_text(text, encoding="utf-8")
    line = complaint(folder, "ana.csv", "ben.csv", "--cue", "bad.csv", code=1)
    assert "bad.csv" in line and why in line


def test_people_who_share_no_time_are_told_when_they_were_there(folder: Path) -> None:
    write(folder / "later.csv", pair(3).first, 500.0)
    line = complaint(folder, "ana.csv", "later.csv", code=1)
    assert "share no time (ana from 0 to 199 s; later from 501 to 699 s)" in line


def test_a_short_time_is_unknown_and_no_error(folder: Path) -> None:
    write(folder / "short.csv", pair(3).first.between(0.0, 20.0))
    found = answer(folder, "short.csv", "ben.csv")["pairs"][0]
    assert found["synchrony"] is None and found["p_value"] is None and found["beyond_chance"] is False
    assert "cannot tell" in asked(folder, "short.csv", "ben.csv").stdout

"""The commands as a newcomer types them: output, exit codes, one line for every error, and never a traceback."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from biosync.cli import COMMANDS, main
from biosync.store.ledger.reader import Ledger
from tests.bluez.strap import Strap

BIOSYNC = [sys.executable, "-m", "biosync.cli"]
NO_DISPLAY = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, and no display."""
    home = tmp_path / "home"
    monkeypatch.setenv("BIOSYNC_HOME", str(home))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return home


def said(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, list[str], str]:
    """Return the exit code, the lines of output and the errors of a command."""
    code = main(command)
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert COMMANDS[name].HELP.split()[0] in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [
        ["dance"],
        ["demo", "--people", "0"],
        ["demo", "--people", "many"],
        ["demo", "--seconds", "-3"],
        ["demo", "--speed", "fast"],
        ["run"],
        ["run", "polar"],
        ["run", "demo:Ana?height=3"],
        ["run", "demo:Ana", "--group", "Ana,"],
        ["run", "demo:Ana", "--group", "Ana,Zoe", "--json"],
        ["run", "demo:A", "demo:B", "--group", "A,B", "--each", "--json"],
        ["run", "ble:"],
        ["run", "ble:xyz"],
        ["run", "A=ble:A0:9E:1A:00:00:01", "B=ble:a0:9e:1a:00:00:01"],
        ["demo", "--seed", "abc"],
        ["run", "ble:A0:9E:1A:00:00:01", "--speed", "3"],
        ["decode"],
        ["analyze"],
        ["analyze", "x", "y"],
        ["scan", "--seconds", "nan"],
    ],
)
def test_wrong_use_is_told_in_one_line_with_exit_code_2(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *command)
    assert (code, out) == (2, [])
    assert err.startswith("biosync: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "helps"),
    [
        (["--foo"], "biosync"), (["dance"], "biosync"), (["pace", "foo"], "biosync pace"),
        (["analyze", "a", "b"], "biosync analyze"), (["demo", "--foo"], "biosync demo"),
        (["demo", "--version"], "biosync demo"), (["sessions"], "biosync sessions"),
        (["sessions", "list", "foo"], "biosync sessions list"), (["sessions", "show"], "biosync sessions show"),
    ],
)  # fmt: skip
def test_the_help_that_is_named_is_that_of_the_command(
    command: list[str], helps: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, *command)
    assert (code, out) == (2, [])
    assert err.endswith(f" (see {helps} --help)\n") and err.count("\n") == 1


def test_each_alone_and_a_group_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    both = ("run", "demo:A", "demo:B", "--group", "A,B", "--each", "--json", "--seconds", "2", "--speed", "max")
    code, out, err = said(capsys, *both)
    assert (code, out) == (2, [])
    assert "--each" in err and "--group" in err and "leave out one" in err
    for one in (both[:3] + both[5:], both[:5] + both[6:]):
        assert said(capsys, *one)[0] == 0


@pytest.mark.parametrize(("beats", "told"), [(1, "1 beat in"), (2, "2 beats in")])
def test_one_beat_is_one_beat(beats: int, told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "ana.txt"
    file.write_text("800\n" * beats)
    assert said(capsys, "analyze", str(file))[1][0].startswith(told)
    _, out, _ = said(capsys, "run", f"replay:{file}", "--speed", "max")
    assert any(line.startswith(f"ana: {told}") for line in out)


def test_decode(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "decode", "--json", "0648", "10 49 5e 03 96 03")
    assert code == 0
    assert json.loads(out[0]) == {"heart_rate_bpm": 72, "rr_ms": [], "contact": True, "energy_kj": None}
    assert json.loads(out[1])["rr_ms"] == [862 / 1024 * 1000, 918 / 1024 * 1000]


def test_decode_tells_what_is_wrong_and_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "decode", "--json", "10482c", "", "xyz", "0648")
    assert code == 1
    assert ["error" in json.loads(line) for line in out] == [True, True, True, False]


def test_decode_reads_lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("0648\r\n\n10482c03\n"))
    code, out, _ = said(capsys, "decode", "--json", "-")
    assert code == 1
    assert [json.loads(line).get("heart_rate_bpm") for line in out] == [72, None, 72]


def test_demo_json_is_json_alone_with_the_contracts_keys(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "demo", "--people", "2", "--each", "--json", "--seconds", "70", "--speed", "max")
    assert code == 0
    events = [json.loads(line) for line in out]
    keys = {event["type"]: set(event) for event in events}
    assert keys["session"] >= {"t", "id", "started", "people", "simulated"}
    assert keys["link"] >= {"t", "person", "state", "why", "battery_percent"}
    assert keys["beat"] >= {"t", "person", "rr_ms", "label", "beat_t", "t_uncertainty_s"}
    assert keys["metrics"] >= {
        "t", "person", "heart_rate_bpm", "rmssd_ms", "coherence_ratio", "coherence_score", "coherence_early",
        "breath_bpm", "breath_confidence", "rsa_bpm", "cue_locked_share", "quality", "activation",
    }  # fmt: skip
    assert keys["cue"] >= {"t", "people", "rate_bpm", "phase", "inhale_fraction", "stage", "strength", "why"}
    assert keys["end"] >= {"t", "beats", "stored"}
    assert all(a["t"] <= b["t"] for a, b in itertools.pairwise(events))
    assert events[0]["simulated"] is True


def test_demo_in_plain_lines_ends_by_itself_with_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "demo", "--speed", "max")
    assert code == 0
    assert "no display and no terminal" in err
    assert len(out) > 10
    assert "beats in 60 s" in out[-2]
    assert out[-1] == "Nothing was kept."


def test_demo_is_kept_when_asked(capsys: pytest.CaptureFixture[str], at_home: Path) -> None:
    _, out, _ = said(capsys, "demo", "--json", "--seconds", "5", "--speed", "max", "--store")
    stored = json.loads(out[-1])["stored"]
    with Ledger.open(at_home) as ledger:
        assert [session.id for session in ledger.sessions()] == [stored]


def test_demo_is_not_kept_otherwise(capsys: pytest.CaptureFixture[str], at_home: Path) -> None:
    said(capsys, "demo", "--json", "--seconds", "5", "--speed", "max")
    assert not at_home.exists()


def test_replay_and_names(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "evening.txt.gz"
    file.write_bytes(gzip.compress(b"800\n810\n" * 60))
    code, out, _ = said(capsys, "run", f"replay:{file}", f"Ana=replay:{file}", "--json", "--speed", "max")
    assert code == 0
    assert json.loads(out[-1])["beats"] == {"evening": 120, "Ana": 120}


def test_equal_names_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "run", "demo", "demo?seed=2", "--json", "--seconds", "2", "--speed", "max")
    assert json.loads(out[0])["people"] == ["Ana", "Ana 2"]


@pytest.mark.parametrize("command", [["run", "replay:{}", "--json"], ["analyze", "{}"]])
@pytest.mark.parametrize("content", [b"", b"words and more words\nof no use\n", None, b"\x00\xff\x13"])
def test_a_file_that_is_no_recording_is_told_in_one_line_with_exit_code_1(
    command: list[str], content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file.txt"
    if content is not None:
        file.write_bytes(content)
    code, out, err = said(capsys, *(part.format(file) for part in command))
    assert (code, out) == (1, [])
    assert err.startswith("biosync: ")
    assert "file.txt" in err
    assert err.count("\n") == 1


def test_analyze_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "rr.txt"
    file.write_text("\n".join(str(800 + 30 * (k % 7)) for k in range(400)))
    code, out, err = said(capsys, "analyze", str(file), "--json", "--no-correction")
    result = json.loads(out[0])
    assert (code, err, len(out), result["beats"]) == (0, "", 1, 400)
    assert {"beats", "duration_s", "quality", "time", "coherence", "respiration"} <= set(result)


def test_analyze_in_words_and_whose(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "two.csv"
    file.write_text("person,rr_ms\n" + "Ana,800\nBen,900\n" * 50)
    code, _, err = said(capsys, "analyze", str(file))
    assert (code, "choose one with --person: Ana, Ben" in err) == (1, True)
    code, out, _ = said(capsys, "analyze", str(file), "--person", "Ben")
    assert code == 0
    assert any("mean_nn_ms" in line and "900" in line for line in out)
    assert said(capsys, "analyze", str(file), "--person", "Zoe")[0] == 1


def test_pace_answers_line_by_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"t": 1, "rr_ms": [800]}\nrubbish\n{"t": 2, "rr_ms": [810]}\n'))
    code, out, _ = said(capsys, "pace")
    assert code == 0
    assert ["error" in json.loads(line) for line in out] == [False, True, False]


def test_output_that_nobody_reads_any_more_ends_cleanly() -> None:
    demo = " ".join([*BIOSYNC, "demo", "--json", "--speed", "max", "--seconds", "600"])
    done = subprocess.run(
        f"{demo} | head -3; exit ${{PIPESTATUS[0]}}", shell=True, executable="/bin/bash", capture_output=True, text=True
    )
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == ""


@pytest.mark.parametrize("command", [["scan"], ["run", "ble:A0:9E:1A:00:00:01", "--seconds", "2"]])
def test_without_bluetooth_one_clear_sentence_and_exit_code_1(command: list[str], tmp_path: Path) -> None:
    environment = {**NO_DISPLAY, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path / 'nothing'}"}
    done = subprocess.run([*BIOSYNC, *command], env=environment, capture_output=True, text=True)
    if sys.platform == "linux":
        assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("biosync: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "command", ["decode --json 10482c03", "demo --json --speed max --seconds 20", "demo --speed max", "pace"]
)
def test_output_that_can_not_be_written_is_one_sentence(command: str) -> None:
    program = f"echo '{{\"t\": 1}}' | {' '.join(BIOSYNC)} {command} >/dev/full"
    done = subprocess.run(program, shell=True, env=NO_DISPLAY, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "biosync: the output can't be written: No space left on device"
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix shell")
def test_closed_output_is_no_traceback() -> None:
    program = f"{' '.join(BIOSYNC)} decode 10482c03 >&-"
    done = subprocess.run(program, shell=True, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_virtual_people_are_different_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, "run", "A=demo", "B=demo", "demo", "demo", "--json", "--seconds", "20", "--speed", "max")
    events = [json.loads(line) for line in out]
    hearts = {name: tuple(e["rr_ms"] for e in events if e["type"] == "beat" and e["person"] == name)
              for name in events[0]["people"]}  # fmt: skip
    assert len(set(hearts.values())) == len(hearts) == 4


STRAP = "A0:9E:1A:00:00:01"


def test_scan_lists_a_strap(fake_bluez) -> None:  # type: ignore[no-untyped-def]
    fake_bluez.add(Strap(STRAP))
    environment = {**NO_DISPLAY, **fake_bluez.environment}
    command = [*BIOSYNC, "scan", "--seconds", "1", "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert set(json.loads(line)) >= {"name", "address", "rssi_dbm", "known", "reasons"}
    assert json.loads(line)["address"] == STRAP


def test_run_listens_to_a_strap_keeps_it_and_lets_it_go(fake_bluez, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    fake_bluez.add(Strap(STRAP, period_s=0.05))
    environment = {**NO_DISPLAY, **fake_bluez.environment, "BIOSYNC_HOME": str(tmp_path)}
    done = subprocess.run(
        [*BIOSYNC, "run", f"Ana=ble:{STRAP}", "--seconds", "3", "--json"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(e["type"] == "link" and e["state"] == "live" and e["person"] == "Ana" for e in events)
    assert events[-1]["beats"]["Ana"] > 5
    with Ledger.open(tmp_path) as ledger:
        assert ledger.session(events[-1]["stored"]).beats == events[-1]["beats"]
        assert [(strap.address, strap.person) for strap in ledger.straps()] == [(STRAP, "Ana")]
    assert not fake_bluez.linked()


def test_a_strap_that_is_not_there_fails_and_keeps_nothing(fake_bluez, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    environment = {**NO_DISPLAY, **fake_bluez.environment, "BIOSYNC_HOME": str(tmp_path)}
    done = subprocess.run(
        [*BIOSYNC, "run", f"Ana=ble:{STRAP}", "--seconds", "1", "--json"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "no beat came from any strap" in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["stored"] is None
    with Ledger.open(tmp_path) as ledger:
        assert ledger.sessions() == []


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux lists a process's threads so")
@pytest.mark.parametrize("wish", [None, "2"])
def test_linear_algebra_keeps_to_one_thread_unless_the_user_says_otherwise(wish: str | None) -> None:
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    program = (
        "import os; from biosync.cli import main; main(['pace']); import numpy.linalg;"
        f"print(len(os.listdir('/proc/self/task')), *map(os.environ.get, {names}))"
    )
    if wish is not None:
        environment["OPENBLAS_NUM_THREADS"] = wish
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, input='{"t": 1}\n', capture_output=True, text=True, check=True
    )
    threads, *told = answer.stdout.splitlines()[-1].split()
    assert told == [wish or "1", "1"]
    assert threads == "1" or wish is not None

"""The keys of the terminal view: what they are, what they do, and that the terminal is as before afterwards."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.run_problems import SessionProblem
from biosync.snapshot import PersonView, Snapshot
from biosync.terminal_controls import Controls
from biosync.terminal_keys import KeyDecoder

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo terminals", allow_module_level=True)

import fcntl
import pty
import termios


@pytest.mark.parametrize(
    "data, keys",
    [
        (b"sF m", ["s", "F", " ", "m"]),
        (b"\x1b[D\x1b[C", ["left", "right"]),
        (b"\x1bOD", ["left"]),
        (b"\x1b[1;5C", ["right"]),
        (b"\x1b[5~q", ["q"]),
        (b"\x1bq", []),
        (b"\x1b\x1b[D", ["esc", "left"]),
        ("−".encode(), ["−"]),
        (b"\xff\xfem", ["m"]),
    ],
)
def test_bytes_become_keys_however_they_are_cut(data: bytes, keys: list[str]) -> None:
    for cut in range(len(data) + 1):
        decoder = KeyDecoder()
        assert decoder.feed(data[:cut]) + decoder.feed(data[cut:]) + decoder.close() == keys


def test_esc_alone_is_known_only_when_nothing_follows() -> None:
    decoder = KeyDecoder()
    assert decoder.feed(b"\x1b") == []
    assert decoder.open
    assert decoder.close() == ["esc"]
    assert not decoder.open


@given(st.binary(max_size=40))
def test_any_bytes_are_keys_or_nothing(data: bytes) -> None:
    decoder = KeyDecoder()
    assert all(key for key in decoder.feed(data) + decoder.close())
    assert decoder.feed(b"\x1b[Dq")[-1] == "q"


class Noted:
    """A session that notes what is asked of it; ``duration_s`` makes it a replay."""

    def __init__(self, *people: str, duration_s: float | None = None) -> None:
        self.duration_s = duration_s
        self.paused = False
        self.done: list[object] = []
        views = tuple(PersonView(name, k, "strap", "", None, None, 0.0, None) for k, name in enumerate(people))
        self.latest = Snapshot(1.0, views)

    def now(self) -> float:
        return 100.0

    def stop(self) -> None:
        self.done.append("stop")

    def say(self, text: str, person: str | None = None) -> None:
        self.done.append(text)

    def mark(self, text: str, person: str | None = None) -> None:
        self.done.append(("mark", text))

    def leave(self, person: str) -> None:
        if person == "Ben":
            raise SessionProblem("not Ben")
        self.done.append(("leave", person))

    def pause(self) -> None:
        self.paused = True

    def go_on(self) -> None:
        self.paused = False

    def seek(self, t: float) -> None:
        self.done.append(t)


def pressed(session: Noted, *keys: str) -> Controls:
    controls = Controls(session)  # type: ignore[arg-type]
    for key in keys:
        controls.press(key)
    return controls


def test_what_the_keys_of_a_live_session_do() -> None:
    session = Noted("Ana")
    pressed(session, "s", "+", "F", "-", "m", "left", " ", "x", "", "esc", "Q")
    assert session.done == ["too_slow", "too_slow", "too_fast", "too_fast", ("mark", "marker"), "stop", "stop"]
    assert not session.paused


def test_what_the_keys_of_a_replay_do() -> None:
    session = Noted("Ana", duration_s=300.0)
    controls = pressed(session, "left", "right", " ", "s", "m")
    assert session.done == [70.0, 130.0]
    assert session.paused and "Space goes on" in controls.hint
    controls.press(" ")
    assert not session.paused and "Space pauses" in controls.hint


def test_anyone_leaves_by_number_and_l() -> None:
    session = Noted("Ana", "Ben")
    controls = pressed(session, "l")
    assert session.done == [] and "number" in controls.note
    controls.press("1")
    assert controls.selected == "Ana" and "Ana leaves" in controls.hint
    controls.press("l")
    assert session.done == [("leave", "Ana")] and controls.selected is None
    for key in ("2", "l"):
        controls.press(key)
    assert controls.note == "not Ben"
    assert pressed(Noted("Ana", "Ben"), "2", "2", "9").selected is None
    assert pressed(Noted("Ana"), "1").selected is None


# --- a real terminal ---


class Terminal:
    """A pseudo-terminal with biosync in it, as the first job of a session of its own."""

    def __init__(self, *command: str, home: Path, crash_in: str = "") -> None:
        self.leader, self.follower = pty.openpty()
        fcntl.ioctl(self.follower, termios.TIOCSWINSZ, b"\x30\x00\x64\x00\x00\x00\x00\x00")
        self.before = self.modes()
        self.painted = ""
        environment = {**os.environ, "TERM": "xterm", "BIOSYNC_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_FRONT, crash_in, *command],
            stdin=self.follower, stdout=self.follower, stderr=self.follower, env=environment, start_new_session=True,
        )  # fmt: skip

    def modes(self) -> list[object]:
        return termios.tcgetattr(self.follower)

    @property
    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.follower)[3] & termios.ECHO)

    def press(self, keys: str) -> None:
        os.write(self.leader, keys.encode())

    def until(self, text: str) -> None:
        """Read what is painted until ``text`` is there, in what has come since the last look."""
        seen = ""
        while text not in seen:
            ready, _, _ = select.select([self.leader], [], [], 20.0)
            assert ready, f"{text!r} does not come; the last of it: {seen[-600:]}"
            seen += os.read(self.leader, 65536).decode(errors="replace")
            self.painted += seen

    def ended(self) -> int:
        """Return the exit code; what is painted meanwhile is read, so that nothing waits for us."""
        while self.process.poll() is None:
            if select.select([self.leader], [], [], 0.05)[0]:
                self.painted += os.read(self.leader, 65536).decode(errors="replace")
        while select.select([self.leader], [], [], 0)[0]:
            self.painted += os.read(self.leader, 65536).decode(errors="replace")
        return self.process.returncode


_IN_FRONT = """
import fcntl, importlib, signal, sys, termios
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests under nohup ignores it, and so would we
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the terminal is this session's, and we are its foreground
from biosync.cli import main
if sys.argv[1]:
    room, _, name = sys.argv[1].rpartition(".")
    setattr(importlib.import_module(room), name, lambda *args: 1 / 0)
sys.exit(main(sys.argv[2:]))
"""


@contextmanager
def terminal(tmp_path: Path, *command: str, crash_in: str = "") -> Iterator[Terminal]:
    one = Terminal(*command, home=tmp_path, crash_in=crash_in)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.wait()
        os.close(one.leader)
        os.close(one.follower)


def test_keys_are_heard_without_echo_and_the_terminal_is_as_before(tmp_path: Path) -> None:
    with terminal(tmp_path, "demo", "--terminal", "--people", "2") as one:
        one.until("s too slow")
        assert not one.echoes
        one.press("s")
        one.until("noted: too slow")
        one.press("m")
        one.until("this moment is marked")
        one.press("2")
        one.until("l: Ben leaves")
        one.press("l")
        one.until("paused")
        one.press("\x1b")
        assert one.ended() == 0
        assert one.modes() == one.before
        assert "Traceback" not in one.painted


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_and_the_terminal_is_as_before(tmp_path: Path, number: signal.Signals) -> None:
    with terminal(tmp_path, "demo", "--terminal") as one:
        one.until("s too slow")
        one.process.send_signal(number)
        assert one.ended() == 0
        assert one.modes() == one.before


def test_ctrl_c_ends_it_too(tmp_path: Path) -> None:
    with terminal(tmp_path, "demo", "--terminal") as one:
        one.until("s too slow")
        one.press("\x03")
        assert one.ended() == 0
        assert one.modes() == one.before


def test_after_a_crash_the_terminal_is_as_before(tmp_path: Path) -> None:
    with terminal(tmp_path, "demo", "--terminal", crash_in="biosync.terminal.picture") as one:
        assert one.ended() == 1
        assert "ZeroDivisionError" in one.painted
        assert one.modes() == one.before


def test_a_replay_is_paused_set_and_ended(tmp_path: Path) -> None:
    file = tmp_path / "ana.txt"
    file.write_text("\n".join(str(800 + 40 * (k % 5)) for k in range(400)))
    with terminal(tmp_path, "run", f"Ana=replay:{file}", "--terminal", "--from", "100") as one:
        one.until(" of 5:52   Space pauses")
        one.press(" ")
        one.until("(paused)   Space goes on")
        one.press("\x1b[C")
        one.until("2:1")
        one.press("\x1b[D\x1b[D")
        one.until("1:1")
        one.press("q")
        assert one.ended() == 0
        assert one.modes() == one.before


def test_without_a_terminal_for_keys_it_runs_all_the_same(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "biosync.cli", "demo", "--terminal", "--seconds", "1", "--speed", "4"]
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.PIPE,
                               env={**os.environ, "TERM": "xterm", "BIOSYNC_HOME": str(tmp_path)})  # fmt: skip
    os.close(follower)
    painted = b""
    while True:
        try:
            painted += os.read(leader, 65536)
        except OSError:
            break
    os.close(leader)
    assert program.wait(20) == 0
    assert program.stderr is not None and program.stderr.read() == b""
    assert b"Ctrl-C ends" in painted

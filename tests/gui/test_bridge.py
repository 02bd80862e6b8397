"""The bridge: calls go down into the session's loop, snapshots and endings come up."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from biosync.casting import cast, duration_s, newcomer, parts
from biosync.clock import ReplayClock
from biosync.gui.bridge import Bridge, Errand, sentence
from biosync.player import Player
from biosync.run import LiveSession, Newcomer
from biosync.run_problems import SessionProblem
from biosync.sources import parse
from tests.gui import made
from tests.gui.conftest import WaitFor


class Deaf(made.MadeSession):
    """A session that does not hear that it should stop."""

    def stop(self) -> None:
        """Do nothing."""


class Stuck(made.MadeSession):
    """A session that blocks its loop until it is released."""

    entered = threading.Event()
    release = threading.Event()

    async def run(self) -> None:
        """Block."""
        self.entered.set()
        self.release.wait(5.0)


def heard(bridge: Bridge) -> tuple[list[str], list[str]]:
    """Return lists of endings and problems, which fill."""
    ends: list[str] = []
    problems: list[str] = []
    bridge.finished.connect(lambda: ends.append("end"))
    bridge.problem.connect(problems.append)
    return ends, problems


def test_the_latest_snapshot_and_the_time_come_up(wait_for: WaitFor) -> None:
    shown = made.snapshot(made.person())
    bridge = Bridge(lambda: made.MadeSession(shown))
    assert bridge.latest is None
    assert bridge.now() == 0.0
    bridge.start()
    wait_for(lambda: bridge.latest is shown)
    assert bridge.now() == made.NOW
    assert bridge.close()


def test_words_and_markers_go_down_in_the_sessions_own_thread(wait_for: WaitFor) -> None:
    session = made.MadeSession()
    threads: list[str] = []
    bridge = Bridge(lambda: threads.append(threading.current_thread().name) or session)  # type: ignore[func-returns-value]
    bridge.start()
    wait_for(lambda: bool(threads))
    wait_for(lambda: bridge._session is not None)
    bridge.say("too_slow")
    bridge.mark("here")
    wait_for(lambda: session.said == ["too_slow"] and session.marked == ["here"])
    assert threads == ["Bridge"]
    assert bridge.close()


def test_what_is_loaded_is_not_looked_through_again_while_a_session_runs(wait_for: WaitFor) -> None:
    gc.unfreeze()
    bridge = Bridge(made.MadeSession)
    bridge.start()
    wait_for(lambda: gc.get_freeze_count() > 10_000)
    gc.collect()
    begun = time.thread_time()
    gc.collect()
    assert time.thread_time() - begun < 0.02
    assert bridge.close()
    gc.unfreeze()


def test_a_stop_ends_the_session_and_is_told(wait_for: WaitFor) -> None:
    bridge = Bridge(made.MadeSession)
    ends, problems = heard(bridge)
    bridge.start()
    bridge.stop()
    wait_for(lambda: ends == ["end"])
    assert problems == []
    wait_for(lambda: not bridge.alive)


def test_calls_after_the_end_are_harmless(wait_for: WaitFor) -> None:
    bridge = Bridge(made.MadeSession)
    ends, _ = heard(bridge)
    bridge.start()
    bridge.stop()
    wait_for(lambda: ends == ["end"])
    bridge.say("too_fast")
    bridge.mark("late")
    bridge.stop()
    assert bridge.close()


def test_our_own_errors_speak_for_themselves(wait_for: WaitFor) -> None:
    bridge = Bridge(lambda: made.MadeSession(error=SessionProblem("the strap is not seen: put it on")))
    ends, problems = heard(bridge)
    bridge.start()
    wait_for(lambda: bool(problems))
    assert problems == ["The strap is not seen: put it on."]
    assert ends == []


def test_a_session_that_cannot_be_made_is_told_in_one_sentence(wait_for: WaitFor) -> None:
    def broken() -> made.MadeSession:
        raise ZeroDivisionError("division by zero")

    bridge = Bridge(broken)
    _, problems = heard(bridge)
    bridge.start()
    wait_for(lambda: bool(problems))
    assert "ZeroDivisionError" in problems[0]
    assert "Traceback" not in problems[0]
    assert "\n" not in problems[0]


def test_a_session_that_does_not_listen_is_cancelled_within_a_second(application: QApplication) -> None:
    bridge = Bridge(Deaf)
    ends, problems = heard(bridge)
    bridge.start()
    begun = time.monotonic()
    assert bridge.close()
    assert time.monotonic() - begun < 1.0
    application.processEvents()
    assert ends == problems == []


def test_a_session_that_blocks_does_not_hold_up_the_window(application: QApplication) -> None:
    bridge = Bridge(Stuck)
    bridge.start()
    assert Stuck.entered.wait(5.0)
    begun = time.monotonic()
    assert not bridge.close()
    assert time.monotonic() - begun < 1.0
    Stuck.release.set()


def test_an_errand_brings_its_answer(wait_for: WaitFor) -> None:
    async def ask() -> str:
        await asyncio.sleep(0)
        return "a strap"

    errand = Errand(ask)
    answers: list[object] = []
    errand.answered.connect(answers.append)
    errand.start()
    wait_for(lambda: answers == ["a strap"])


@pytest.mark.parametrize("error", [SessionProblem(""), KeyError("name"), OSError("no route")])
def test_other_errors_become_one_sentence(error: Exception, application: QApplication) -> None:
    said = sentence(error)
    assert type(error).__name__ in said
    assert said.endswith(".")


# --- a real session in its thread ---


def simulated(name: str) -> Newcomer:
    return newcomer(parts([parse(f"demo:{name}")])[0])


def test_people_join_and_leave_and_what_can_not_be_is_told(wait_for: WaitFor) -> None:
    bridge = Bridge(lambda: LiveSession(cast(parts([parse("demo:Ana")])), speed=20.0))
    ends, problems = heard(bridge)
    told: list[str] = []
    bridge.told.connect(told.append)
    bridge.start()
    wait_for(lambda: bridge.latest is not None)
    bridge.join(lambda: simulated("Mara"), ("Ana",))
    wait_for(lambda: people(bridge) == [("Ana", False), ("Mara", False)])
    bridge.leave("Zoe")
    wait_for(lambda: told == ["There is no 'Zoe' here; there are: Ana, Mara."])
    bridge.leave("Ana")
    wait_for(lambda: people(bridge) == [("Ana", True), ("Mara", False)])
    assert (ends, problems, bridge.duration_s, bridge.paused) == ([], [], None, False)
    bridge.leave("Mara")
    wait_for(lambda: ends == ["end"])
    assert problems == []


def people(bridge: Bridge) -> list[tuple[str, bool]]:
    return [(view.name, view.left) for view in bridge.latest.people] if bridge.latest else []


def test_a_replay_is_paused_and_set_through_the_bridge(wait_for: WaitFor, tmp_path: Path) -> None:
    file = tmp_path / "ana.txt"
    file.write_text("\n".join(["800", "820", "850"] * 60))
    everybody = parts([parse(f"replay:{file}")])
    length = duration_s(everybody)
    assert length is not None
    bridge = Bridge(lambda: Player(lambda clock: LiveSession(cast(everybody), clock=clock), length, ReplayClock()))
    told: list[str] = []
    bridge.told.connect(told.append)
    bridge.start()
    wait_for(lambda: bridge.latest is not None)
    assert bridge.duration_s == length
    bridge.pause()
    wait_for(lambda: bridge.paused)
    bridge.seek(90.0)
    wait_for(lambda: bridge.now() == 90.0 and bridge.latest is not None and bridge.latest.t >= 89.0)
    bridge.join(lambda: simulated("Mara"))
    wait_for(lambda: len(told) == 1 and "nobody joins" in told[0])
    bridge.go_on()
    wait_for(lambda: bridge.now() > 90.0)
    assert bridge.close()


def test_a_session_may_look_for_its_straps_first(wait_for: WaitFor) -> None:
    looking = threading.Event()
    found = threading.Event()

    async def look_then_make() -> made.MadeSession:
        looking.set()
        while not found.is_set():
            await asyncio.sleep(0)
        return made.MadeSession(made.snapshot(made.person()))

    bridge = Bridge(look_then_make)
    bridge.start()
    wait_for(looking.is_set)
    assert bridge.latest is None
    found.set()
    wait_for(lambda: bridge.latest is not None)
    assert bridge.close()


def test_a_stop_ends_the_look_for_straps(wait_for: WaitFor) -> None:
    looking = threading.Event()

    async def never_finds() -> made.MadeSession:
        looking.set()
        await asyncio.Event().wait()
        raise AssertionError

    bridge = Bridge(never_finds)
    ends, problems = heard(bridge)
    bridge.start()
    wait_for(looking.is_set)
    bridge.stop()
    wait_for(lambda: ends == ["end"])
    assert problems == []


def test_what_is_asked_before_the_thread_runs_is_done_then(wait_for: WaitFor) -> None:
    async def wait_for_ever() -> None:
        await asyncio.Event().wait()

    errand, asked = Errand(wait_for_ever), list[str]()
    ends: list[str] = []
    errand.finished.connect(lambda: ends.append("end"))
    errand.call(asked.append, "early")
    errand.cancel()
    assert asked == []
    errand.start()
    wait_for(lambda: bool(ends))
    assert asked == ["early"]


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_the_end_of_work_that_nobody_waits_for_any_more_is_no_error(application: QApplication) -> None:
    let_go = threading.Event()

    async def wait() -> None:
        await asyncio.to_thread(let_go.wait, 5.0)

    errand = Errand(wait)
    errand.start()
    shiboken6.delete(errand)
    let_go.set()
    errand._thread.join(5.0)
    assert not errand._thread.is_alive()

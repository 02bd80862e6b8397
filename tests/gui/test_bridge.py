"""The bridge: calls go down into the session's loop, snapshots and endings come up."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from PySide6.QtWidgets import QApplication

from biosync.gui.bridge import Bridge, Errand, sentence
from biosync.run_problems import SessionProblem
from tests.gui import made
from tests.gui.conftest import WaitFor


class Deaf(made.MadeSession):
    """A session that does not hear that it should stop."""

    def stop(self) -> None:
        """Do nothing."""


class Stuck(made.MadeSession):
    """A session that blocks its loop until it is released."""

    release = threading.Event()

    async def run(self) -> None:
        """Block."""
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

"""Cycles are collected in the window's thread, whoever made them."""

from __future__ import annotations

import gc
import threading

from biosync.gui.collecting import Collector
from tests.gui.conftest import WaitFor


class Cycle:
    """Knows itself, and notes in which thread it was collected."""

    deleted_in: list[threading.Thread]

    def __init__(self, deleted_in: list[threading.Thread]) -> None:
        self.deleted_in, self.itself = deleted_in, self

    def __del__(self) -> None:
        self.deleted_in.append(threading.current_thread())


def test_what_a_worker_leaves_is_collected_in_the_windows_thread(wait_for: WaitFor) -> None:
    deleted_in: list[threading.Thread] = []
    worker = threading.Thread(target=lambda: [Cycle(deleted_in) for _ in range(5000)])
    worker.start()
    worker.join()
    assert not deleted_in, "the worker collects nothing"
    wait_for(lambda: len(deleted_in) >= 4000)
    assert set(deleted_in) == {threading.main_thread()}


def test_what_has_become_old_is_collected_too(wait_for: WaitFor) -> None:
    deleted_in: list[threading.Thread] = []
    old = [Cycle(deleted_in)]
    gc.collect()  # it lives, and is old from now on
    old.clear()
    kept: list[object] = []

    def collected() -> bool:
        kept.append([[] for _ in range(1000)])
        return bool(deleted_in)

    wait_for(collected)


def test_afterwards_it_is_pythons_again(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.close()
    assert gc.isenabled()

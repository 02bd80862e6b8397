"""Three straps, two adapters, and everything that can happen to them: a state machine for hypothesis.

The radio runs in a loop of its own thread, as in the window, so that faults meet it in the middle of anything.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import threading
import time
import traceback
from collections.abc import Coroutine
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from devices.link import Timing
from devices.radio import Radio
from tests.bluez.control import HCI0, HCI1, FakeBluez
from tests.bluez.strap import Strap
from tests.devices.listening import Heard, until

T = TypeVar("T")

ANA, BEN, CLEO = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02", "A0:9E:1A:00:00:03"
STRAPS = (ANA, BEN, CLEO)
FAILED = "org.bluez.Error.Failed"
ERRORS = [
    (FAILED, "le-connection-abort-by-remote"),
    (FAILED, "Software caused connection abort"),
    (FAILED, "le-connection-concurrent-connection-limit"),
    ("org.bluez.Error.InProgress", "Operation already in progress"),
    ("org.freedesktop.DBus.Error.UnknownObject", "no object"),
]
REFUSALS = [None, ("org.bluez.Error.NotPermitted", "Notify acquired"), (FAILED, "ATT error: 0x05")]
FAST = Timing(
    start_s=0.2,
    slice_s=0.05,
    search_s=0.05,
    connect_s=0.1,
    answer_s=0.1,
    read_s=0.05,
    silence_s=0.2,
    let_go_s=2.0,
    settle_s=0.0,
    backoff_s=(0.01,),
    hear_s=0.02,
    full_s=0.05,
    empty_s=0.1,
    slept_s=0.5,
)
STRAY = b"\x00\x3c"
a_strap = st.sampled_from(STRAPS)
an_adapter = st.sampled_from([HCI0, HCI1])


@dataclass
class Ears:
    """The radio and those who listen, in a thread of their own. ``slept_s``: how long the computer has slept.
    ``complaints``: what asyncio would have printed."""

    slept_s: float = 0.0
    complaints: list[str] = field(default_factory=list)
    listeners: dict[str, concurrent.futures.Future[None]] = field(default_factory=dict)
    heard: dict[str, Heard] = field(default_factory=lambda: {address: Heard() for address in STRAPS})

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda loop, context: self.complaints.append(str(context)))
        self._thread = threading.Thread(target=self._loop.run_forever, name="radio")
        self._thread.start()
        self._radio = self.ask(self._make())

    async def _make(self) -> Radio:
        return Radio(timing=FAST, clock=lambda: time.monotonic() + self.slept_s)

    def ask(self, work: Coroutine[Any, Any, T]) -> T:
        """Do ``work`` in the radio's loop and return what comes of it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30.0)

    def join(self, address: str) -> None:
        """Listen to a strap."""
        heard = self.heard[address]
        work = self._radio.listen(address, now=heard.now, on_data=heard.take_data, on_state=heard.take_state)
        self.listeners[address] = listener = asyncio.run_coroutine_threadsafe(work, self._loop)
        listener.add_done_callback(self._ended)

    def _ended(self, listener: concurrent.futures.Future[None]) -> None:
        """Note what a listener raised; only we end it."""
        error = None if listener.cancelled() else listener.exception()
        if error is not None:
            self.complaints.append("".join(traceback.format_exception(error)))

    def leave(self, address: str) -> None:
        """End listening; return when the strap has been let go."""
        listener = self.listeners.pop(address)
        changes = len(self.heard[address].changes)
        listener.cancel()
        self.ask(self.heard[address].until_state("gone", after=changes))

    def close(self) -> None:
        """End the loop and its thread."""
        self.ask(self._end_of_tasks())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10.0)
        self._loop.close()

    async def _end_of_tasks(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Faults(RuleBasedStateMachine):
    """Whatever happened before: when all is well, all straps are live; nothing came twice, nothing that was sent to a
    subscriber is missing."""

    def __init__(self) -> None:
        super().__init__()
        self.bluez = FakeBluez()
        os.environ.update(self.bluez.environment)
        self.up, self.hung = True, False
        self.powered = {HCI0: True, HCI1: True}
        self.bluez.plug(HCI1)
        self.bluez.add(Strap(ANA, period_s=0.002, rssi=-50), Strap(BEN, period_s=0.002), Strap(CLEO, period_s=0.003))
        self.bluez.also_heard(ANA, HCI1, -60)
        self.bluez.also_heard(BEN, HCI1, -60)
        self.ears = Ears()
        for address in STRAPS:
            self.ears.join(address)
        self.ears.ask(self.ears.heard[ANA].until_packets(1))

    # --- straps ---

    @rule(address=a_strap)
    def drop(self, address: str) -> None:
        self.bluez.drop(address)

    @rule(address=a_strap)
    def drop_and_signal_it_twice(self, address: str) -> None:
        self.bluez.twice(address)

    @rule(address=a_strap)
    def signal_late(self, address: str) -> None:
        self.bluez.drop(address)
        self.bluez.stray(address, STRAY)

    @rule(address=a_strap, quiet=st.booleans())
    def silence(self, address: str, quiet: bool) -> None:
        self.bluez.change(address, quiet=quiet)

    @rule(address=a_strap)
    def carry_away(self, address: str) -> None:
        self.bluez.leave(address)

    @rule(address=a_strap)
    def carry_back(self, address: str) -> None:
        self.bluez.change(address, in_range=True)

    @rule(address=a_strap, held=st.booleans())
    def phone(self, address: str, held: bool) -> None:
        self.bluez.change(address, advertises=not held)

    @rule(address=a_strap, errors=st.lists(st.sampled_from(ERRORS), max_size=4))
    def connect_errors(self, address: str, errors: list[tuple[str, str]]) -> None:
        self.bluez.change(address, connect_errors=errors)
        self.bluez.drop(address)

    @rule(address=a_strap, resolves=st.sampled_from(["yes", "drops", "half", "ends", "never"]))
    def discovery(self, address: str, resolves: str) -> None:
        self.bluez.change(address, resolves=resolves)

    @rule(address=a_strap, refusal=st.sampled_from(REFUSALS))
    def refuse(self, address: str, refusal: tuple[str, str] | None) -> None:
        self.bluez.change(address, notify_error=refusal)

    # --- the computer ---

    @precondition(lambda self: self.up)
    @rule(adapter=an_adapter, on=st.booleans())
    def power(self, adapter: str, on: bool) -> None:
        if adapter in self.powered and self.powered[adapter] != on:
            self.bluez.power(on, adapter)
            self.powered[adapter] = on

    @precondition(lambda self: self.up)
    @rule(adapter=an_adapter)
    def plug_or_unplug(self, adapter: str) -> None:
        if self.powered.pop(adapter, None) is not None:
            self.bluez.unplug(adapter)
        else:
            self.bluez.plug(adapter)
            self.powered[adapter] = True

    @rule(adapter=an_adapter, most=st.sampled_from([0, 1, 99]))
    def limit(self, adapter: str, most: int) -> None:
        self.bluez.limit_links(most, adapter)

    @rule()
    def kill_or_start(self) -> None:
        if self.up:
            self.bluez.crash()
        else:
            self.bluez.start()
        self.up, self.hung = not self.up, False

    @precondition(lambda self: self.up)
    @rule()
    def freeze_or_thaw(self) -> None:
        self.hung = not self.hung
        self.bluez.hang(self.hung)

    @rule()
    def sleep(self) -> None:
        self.ears.slept_s += 60.0

    # --- people ---

    @rule(address=a_strap)
    def join_or_leave(self, address: str) -> None:
        if address not in self.ears.listeners:
            self.ears.join(address)
        elif not self.hung:  # letting go of a hung service takes as long as we have patience
            self.ears.leave(address)

    @rule(address=a_strap, packets=st.integers(1, 5))
    def wait_for_packets(self, address: str, packets: int) -> None:
        """As long as there is hope, but not long."""
        heard = self.ears.heard[address]
        wanted = len(heard.packets) + packets
        with contextlib.suppress(TimeoutError):
            self.ears.ask(asyncio.wait_for(heard.until_packets(wanted), 0.05))

    # --- the end ---

    def teardown(self) -> None:
        try:
            self.heal()
            self.all_is_well()
        finally:
            self.ears.close()
            self.bluez.close()

    def heal(self) -> None:
        if not self.up:
            self.bluez.start()
        if self.hung:
            self.bluez.hang(False)
        for adapter in (HCI0, HCI1):
            if adapter not in self.powered:
                self.bluez.plug(adapter)
            elif not self.powered[adapter]:
                self.bluez.power(True, adapter)
            self.bluez.limit_links(99, adapter)
        well = dict(quiet=False, in_range=True, advertises=True, resolves="yes", notify_error=None, connect_errors=[])
        for address in STRAPS:
            self.bluez.change(address, **well)

    def all_is_well(self) -> None:
        ears = self.ears
        for address in ears.listeners:
            ears.ask(ears.heard[address].until_packets(len(ears.heard[address].packets) + 60))
        ears.ask(until(self._all_is_settled))
        for address in list(ears.listeners):
            ears.leave(address)
        assert self.bluez.linked() == set()
        assert not self.bluez.discovering()
        assert ears.complaints == []
        for address in STRAPS:
            self.nothing_twice_nothing_missing(address)

    def _all_is_settled(self) -> bool:
        """A busy computer may take a pause of its own for silence once more: that passes."""
        live = [address for address in self.ears.listeners if self.ears.heard[address].last.state == "live"]
        once = [address for address in live if self.bluez.listeners(address) == 1]
        return once == list(self.ears.listeners) and self.bluez.linked() == set(once)

    def nothing_twice_nothing_missing(self, address: str) -> None:
        packets = [payload for payload in self.ears.heard[address].packets if payload != STRAY]
        numbers = [int.from_bytes(payload[2:4], "little") for payload in packets]
        assert all(after > before for before, after in pairwise(numbers))
        missing = set(range(self.bluez.sent(address))) - set(numbers)
        assert missing <= self.bluez.unsure(address)

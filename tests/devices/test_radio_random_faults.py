"""Any sequence of faults, thousands of steps: the end is right, nothing came twice, nothing sent is missing.

BIOSYNC_FAULT_RUNS sets how many sequences of 200 steps are tried (usually 12).
"""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.bluez import bus

RUNS = int(os.environ.get("BIOSYNC_FAULT_RUNS", "12"))
STEPS = 200


@pytest.mark.skipif(bus.missing() is not None, reason=str(bus.missing()))
def test_after_any_faults_every_strap_is_live_and_nothing_is_double_or_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.devices.radio_machine import Faults  # needs dbus-fast, which is only there on Linux

    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "")  # the machine sets its own; this puts back what was there
    run_state_machine_as_test(
        Faults,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            phases=[Phase.generate],  # hundreds of runs in real time to shorten a failure would take too long
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

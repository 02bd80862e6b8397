"""What sessions measured becomes what the next one starts from."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.engine import Member
from biosync.home import ledger_file
from biosync.pacer.search import DRIFT_SD_BPM
from biosync.store.ledger.kinds import Measured
from biosync.store.ledger.locking import lock_with_passphrase
from biosync.store.memory import Known, Memory, combined
from tests.store.ledger.measured import session

PACES = st.floats(4.0, 20.0)
SPREADS = st.floats(0.15, 3.0)


def measured(*found: tuple[float, float]) -> list[Measured]:
    return [Measured(bpm, sd_bpm, 500.0) for bpm, sd_bpm in found]


def test_nothing_measured_is_nothing_known() -> None:
    assert combined([]) is None


def test_one_session_is_taken_as_it_is() -> None:
    assert combined(measured((5.6, 0.25))) == Known(5.6, 0.25)


def test_two_are_weighted_by_their_inverse_variances_the_older_one_with_a_session_of_drift() -> None:
    known = combined(measured((5.4, 0.3), (5.8, 0.2)))
    assert known is not None
    older, newer = 1 / (0.3**2 + DRIFT_SD_BPM**2), 1 / 0.2**2
    assert known.bpm == pytest.approx((5.4 * older + 5.8 * newer) / (older + newer))
    assert known.sd_bpm == pytest.approx((older + newer) ** -0.5)


def test_a_sudden_change_counts_almost_as_if_nothing_had_been_known() -> None:
    known = combined(measured((5.0, 0.2), (5.0, 0.2), (5.0, 0.2), (6.6, 0.2)))
    assert known is not None
    assert known.bpm > 6.4
    assert known.sd_bpm < 0.2


@given(st.lists(st.tuples(PACES, SPREADS), min_size=1, max_size=12))
def test_what_is_known_lies_within_what_was_measured_and_is_surer(found: list[tuple[float, float]]) -> None:
    known = combined(measured(*found))
    assert known is not None
    paces = [bpm for bpm, _ in found]
    assert min(paces) - 1e-9 <= known.bpm <= max(paces) + 1e-9
    assert 0 < known.sd_bpm <= found[-1][1] + 1e-9


def test_the_stated_spread_holds_a_resonance_that_drifts() -> None:
    dice = np.random.default_rng(1)
    held, errors, alone = [], [], []
    for _ in range(2000):
        truth = 5.6 + np.cumsum(dice.normal(0, DRIFT_SD_BPM, 6))
        found = [(x + s * dice.normal(), float(s)) for x, s in zip(truth, dice.uniform(0.2, 0.5, 6), strict=True)]
        known = combined(measured(*found))
        assert known is not None
        errors.append(abs(known.bpm - truth[-1]))
        alone.append(abs(found[-1][0] - truth[-1]))
        held.append(errors[-1] <= 1.645 * known.sd_bpm)
    assert 0.88 < np.mean(held) < 0.95, "stated: 0.90"
    assert np.median(errors) < 0.8 * np.median(alone), "several sessions tell no more than the last one"


def test_made_up_hearts_and_real_ones_of_a_name_never_mix(tmp_path: Path) -> None:
    session(tmp_path, "real", Member("Ana", "strap", "H10"), 5.2)
    session(tmp_path, "made up", Member("Ana", "simulated", "virtual strap"), 6.4)
    memory = Memory.of(tmp_path)
    assert memory.reminded(Member("Ana", "strap", "H9")).resonance_bpm == 5.2
    assert memory.reminded(Member("Ana", "simulated", "virtual strap")).resonance_bpm == 6.4
    for stranger in (Member("Ben", "strap", "H10"), Member("Ana", "replay", "recording")):
        assert memory.reminded(stranger) == stranger


def test_the_order_of_the_sessions_is_that_of_their_dates(tmp_path: Path) -> None:
    ana = Member("Ana", "strap", "H10")
    session(tmp_path, "later", ana, 5.8, 0.2, started="2026-02-01T12:00:00Z")
    session(tmp_path, "sooner", ana, 5.2, 0.2, started="2026-01-01T12:00:00Z")
    assert Memory.of(tmp_path).known["Ana", False] == combined(measured((5.2, 0.2), (5.8, 0.2)))


def test_without_a_ledger_nothing_is_known_and_nothing_is_made(tmp_path: Path) -> None:
    assert Memory.of(tmp_path / "nowhere") == Memory()
    assert not (tmp_path / "nowhere").exists()


def test_a_locked_ledger_that_nobody_opened_tells_nothing(tmp_path: Path) -> None:
    session(tmp_path, "first", Member("Ana", "strap", "H10"), 5.2)
    lock_with_passphrase(tmp_path, "words")
    assert Memory.of(tmp_path).known, "this process was given the passphrase"
    content = ledger_file(tmp_path).read_bytes()
    elsewhere = tmp_path / "copied"
    elsewhere.mkdir()
    ledger_file(elsewhere).write_bytes(content)
    assert Memory.of(elsewhere) == Memory()
    assert not math.isnan(Memory.of(tmp_path).known["Ana", False].sd_bpm)

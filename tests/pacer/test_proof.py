"""The trial that begins every lead."""

from __future__ import annotations

from biosync.pacer.proof import STAGES, Proof


def test_breaths_at_the_pace_where_they_were_met_prove_nothing() -> None:
    proof = Proof(12.0)
    for _ in range(20):
        proof.breath(12.0, True)
    assert not proof.given
    assert proof.floor_bpm == 12.0 * (1 - STAGES[0][0])


def test_staying_with_a_cue_that_has_moved_at_every_stage_is_the_proof() -> None:
    proof = Proof(12.0)
    for share, breaths in STAGES:
        assert not proof.given
        for _ in range(breaths):
            proof.breath(12.0 * (1 - share), True)
    assert proof.given
    assert proof.floor_bpm == 0.0
    proof.breath(8.0, False)
    assert proof.given


def test_a_missed_breath_takes_one_away() -> None:
    proof = Proof(12.0)
    for with_cue in [True, True, True, False, True]:
        proof.breath(11.2, with_cue)
    assert proof.floor_bpm == 12.0 * (1 - STAGES[0][0])
    proof.breath(11.2, True)
    assert proof.floor_bpm == 12.0 * (1 - STAGES[1][0])

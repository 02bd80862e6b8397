"""The trial that begins every lead."""

from __future__ import annotations

from biosync.pacer.proof import PROVING_BREATHS, Proof


def test_breaths_at_the_pace_where_they_were_met_prove_nothing() -> None:
    proof = Proof(12.0)
    for _ in range(20):
        proof.breath(12.0, True)
    assert not proof.given
    assert proof.floor_bpm == 12.0 * 0.93


def test_staying_with_a_cue_that_has_moved_is_the_proof() -> None:
    proof = Proof(12.0)
    for _ in range(PROVING_BREATHS):
        proof.breath(11.2, True)
    assert proof.given
    assert proof.floor_bpm == 0.0


def test_a_missed_breath_takes_one_away_and_what_is_proved_stays() -> None:
    proof = Proof(12.0)
    for with_cue in [True, True, True, False, True]:
        proof.breath(11.2, with_cue)
    assert not proof.given
    proof.breath(11.2, True)
    assert proof.given
    proof.breath(11.2, False)
    assert proof.given

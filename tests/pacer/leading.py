"""Leads of somebody who followed, and was lost."""

from __future__ import annotations

from biosync.pacer.lead import MET, OWN_SD_BPM, Lead

TRIAL_BPM, PROOF_CYCLES, TRIAL_REACH_BPM = MET
HALF_S = 0.6 * PROOF_CYCLES * 60 / (0.8 - OWN_SD_BPM)
"""More than half of what the proof takes at 0.8 below their own breath."""
TRIAL_S = 1.2 * PROOF_CYCLES * 60 / (TRIAL_BPM - OWN_SD_BPM)
"""Somewhat longer than a trial takes."""


def proven(t: float = 0.0, own_bpm: float = 14.0) -> Lead:
    lead = Lead()
    lead.meet(t, own_bpm)
    lead.stayed(own_bpm - TRIAL_BPM, TRIAL_S)
    assert lead.proven
    return lead


def lost_at(lead: Lead, t: float, rate_bpm: float, surely: bool = True) -> None:
    """Lose them while they are led, ``surely`` or so it seems, and meet them again later."""
    lead.lost(t, rate_bpm, leading=True)
    lead.away(t + 10, surely)
    lead.meet(t + 60, 14.0)
    lead.stayed(14.0 - TRIAL_BPM, 4 * TRIAL_S)
    assert lead.proven

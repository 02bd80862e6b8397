"""How soon a person's heart settled by itself in a stored session: does what was learned together become one's own?"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from biosync.events import Activation, Marker
from biosync.heart.correction import correct
from biosync.heart.intervals import Intervals
from biosync.metrics.activation import activation
from biosync.metrics.heart_rate import heart_rate
from biosync.store.ledger.kinds import StoredSession
from biosync.store.timeline import labelled
from biosync.together.course import marks_stress
from biosync.together.course_recovery import Recovering, Recovery
from biosync.together.course_rising import Rising

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

HEART_RATE_S = 10.0
SILENT_S = 5.0
"""Without a beat for so long nothing is known of now."""


def recovery_alone(ledger: Ledger, session: StoredSession, person: str) -> tuple[float, bool] | None:
    """Return the median time (s) in which ``person``'s heart rate came half-way back in ``session``, where nobody else
    took part, and if it is from stresses that somebody marked: where any was, only these count, else from the peaks.
    None where somebody took part, or there was nothing to come back from. LedgerError where it can't be read."""
    if len(session.people) > 1:
        return None
    x = correct(labelled(ledger.timeline(session.id, person)))
    found = recoveries(x, ledger.markers(session.id))
    marked = any(one.marked for one in found)
    took_s = [one.took_s for one in found if one.marked == marked]
    return (median(took_s), marked) if took_s else None


def recoveries(x: Intervals, markers: Sequence[Marker]) -> list[Recovery]:
    """Return each recovery in the intervals ``x`` of one person alone, looked at every second."""
    if not len(x):
        return []
    rising, recovering, marks = Rising(), Recovering(), sorted(one.when for one in markers if marks_stress(one))
    found = []
    for t in np.arange(float(x.t_s[0]) + 1, float(x.t_s[-1]) + 1).tolist():
        before = rising.since_t
        rising.look(t, _activation(x, t))
        if rising.since_t is not None and before is None:
            recovering.begins(rising.since_t, marked=False)
        while marks and marks[0] <= t:
            recovering.begins(marks.pop(0), marked=True)
        recovery = recovering.look(t, heart_rate(x.last(HEART_RATE_S, until=t))["heart_rate_bpm"], in_step=False)
        found += [recovery] if recovery is not None else []
    return found


def _activation(x: Intervals, t: float) -> Activation | None:
    n = int(np.searchsorted(x.t_s, t, side="right"))
    if not n or t - x.t_s[n - 1] > SILENT_S:
        return None
    return activation(x.t_s[:n], np.asarray(60000 / x.rr_ms[:n], dtype=np.float64))

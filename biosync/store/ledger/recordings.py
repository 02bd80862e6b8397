"""From a session's events to one person's recording."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from biosync.events import Interval, Notification
from biosync.store.recording import Recording
from biosync.track import DUPLICATE_S
from devices import heart_rate
from devices.device import DecodeError


def recording(
    person: str, events: Iterable[Notification | Interval], clock_zero_s: float, simulated: bool
) -> Recording:
    """Return the intervals of one person's ``events``; ``clock_zero_s``: when the session began, since 1970."""
    gathered = _Gathered()
    for event in events:
        if isinstance(event, Interval):
            gathered.interval(event)
        else:
            gathered.notification(event)
    return gathered.recording(person, clock_zero_s, simulated)


class _Gathered:
    """Columns of one person's intervals, as a session takes them: what came twice counts once."""

    def __init__(self) -> None:
        self._rr_ms: list[float] = []
        self._lost: list[bool] = []
        self._arrival_s: list[float] = []
        self._t_s: list[float] = []
        self._silent_s: list[float] = []
        self._stated = False
        self._last: tuple[float, bytes] | None = None

    def notification(self, event: Notification) -> None:
        if event.characteristic != heart_rate.MEASUREMENT:
            return
        last, self._last = self._last, (event.t, event.payload)
        if last is not None and last[1] == event.payload and event.t - last[0] < DUPLICATE_S:
            return
        try:
            rr_ms = [rr for rr in heart_rate.decode(event.payload).rr_ms if rr > 0]
        except DecodeError:
            return  # as live: kept for whoever can read it one day
        self._add(event.t, rr_ms, None, False)

    def interval(self, event: Interval) -> None:
        self._stated = True
        self._add(event.t, event.rr_ms, event.beat_t, event.gap)

    def _add(self, t: float, rr_ms: Sequence[float], beat_t: float | None, gap: bool) -> None:
        last_t = math.nan if beat_t is None else beat_t
        to_come = math.fsum(rr_ms)
        for place, rr in enumerate(rr_ms):
            to_come -= rr
            self._rr_ms.append(rr)
            self._lost.append(gap and place == 0)
            self._arrival_s.append(t)
            self._t_s.append(last_t - to_come / 1000)
        if not rr_ms:
            self._silent_s.append(t)

    def recording(self, person: str, clock_zero_s: float, simulated: bool) -> Recording:
        t_s = np.array(self._t_s, dtype=np.float64)
        timed = len(t_s) > 0 and not np.isnan(t_s).any()
        return Recording(
            person,
            np.array(self._rr_ms, dtype=np.float64),
            np.array(self._lost, dtype=np.bool_),
            t_s=t_s if timed else None,
            arrival_s=None if timed else np.array(self._arrival_s, dtype=np.float64),
            silent_s=None if timed else np.array(self._silent_s, dtype=np.float64),
            clock_zero_s=clock_zero_s,
            gaps_stated=timed and self._stated,
            simulated=simulated,
        )

"""A session from all sides, and what must hold of it whatever was done to it (pure)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile
from math import inf

from devices import heart_rate
from tests.uml.accounting import Account, Drift, Window, account, drift, intervals, outside, ticks
from tests.uml.cast import Strap
from tests.uml.heard import Heard
from tests.uml.wire import StrapLog

UNDER_WAY_S = 0.2
"""What was sent so shortly before a fault or the end may not have arrived."""
_SETTLE_S, _HOUR_S = 600.0, 3600.0
_WELL = {"live", "weak", "gone"}


@dataclass
class Story:
    """``stored``: the payloads in the ledger by person. ``troubles``: when a strap's notifications may be lost, by its
    number. ``ended_at``: when biosync stopped to listen. Times on the guest's monotonic clock (s)."""

    straps: list[Strap]
    heard: Heard
    logs: dict[int, StrapLog]
    stored: dict[str, list[str]]
    troubles: dict[int, list[Window]]
    ended_at: float

    def wrong(self) -> list[str]:
        """Return a sentence for everything that should not be."""
        return [sentence for strap in self.straps for sentence in self._wrong_with(strap)]

    def figures(self) -> dict[str, float]:
        """Return the notifications that came and were lost, beats told, links in vain, and the widest drift."""
        accounts = [self._account(strap) for strap in self.straps]
        beats = sum(len(beats) for beats in self.heard.beats.values())
        drifts = [one for strap in self.straps if (one := self._drift(strap)) is not None]
        found: dict[str, float] = {
            "came": sum(found.came for found in accounts),
            "lost": sum(len(self._lost(strap, found, [])) for strap, found in zip(self.straps, accounts, strict=True)),
            "beats": beats,
            "fruitless": sum(log.fruitless for log in self.logs.values()),
        }
        if drifts:
            found["drift_ms"] = round(1000 * max(one.most_s for one in drifts), 2)
            found["trend_ms"] = round(1000 * max(abs(one.trend_s) for one in drifts), 2)
            found["wander_ms"] = round(1000 * max(one.wander_s for one in drifts), 2)
        return found

    def _drift(self, strap: Strap) -> Drift | None:
        truth = intervals(self.logs[strap.number].sent)
        beats = self.heard.beats.get(strap.person, [])
        pairs = account([rr for _, rr in truth], [ticks(rr_ms) for _, rr_ms in beats]).pairs
        return drift([truth[i][0] for i, _ in pairs], [beats[j][0] for _, j in pairs], _SETTLE_S, _HOUR_S)

    def _account(self, strap: Strap) -> Account:
        sent = [packet.payload for packet in self.logs[strap.number].sent]
        return account(sent, self.stored.get(strap.person, []))

    def _lost(self, strap: Strap, found: Account, troubles: list[Window]) -> list[float]:
        """Return when the notifications were sent that did not come, outside of ``troubles`` and before the end."""
        sent, end = self.logs[strap.number].sent, (self.ended_at - UNDER_WAY_S, inf)
        return outside([sent[place].t for place in found.lost], [*troubles, end])

    def _wrong_with(self, strap: Strap) -> Iterator[str]:
        yield from self._wrong_notifications(strap)
        yield from self._wrong_beats(strap)
        if strap.number not in self.troubles:
            yield from self._wrong_links(strap)

    def _wrong_notifications(self, strap: Strap) -> Iterator[str]:
        found = self._account(strap)
        lost = self._lost(strap, found, self.troubles.get(strap.number, []))
        if lost:
            yield f"{strap.person}: {len(lost)} of {found.sent} notifications were lost, the first at {lost[0]:.2f} s"
        if found.foreign:
            yield f"{strap.person}: {len(found.foreign)} notifications came twice or changed: {found.foreign[:5]}"

    def _wrong_beats(self, strap: Strap) -> Iterator[str]:
        payloads = self.stored.get(strap.person, [])
        kept = [rr for payload in payloads for rr in heart_rate.decode(bytes.fromhex(payload)).rr_ticks]
        told = [ticks(rr_ms) for _, rr_ms in self.heard.beats.get(strap.person, [])]
        if told != kept:
            yield f"{strap.person}: the stream told {len(told)} beats; {len(kept)} intervals came from the strap"
        counted = self.heard.counted(strap.person)
        if counted != len(told):
            yield f"{strap.person}: the stream told {len(told)} beats, and counted {counted} at its end"

    def _wrong_links(self, strap: Strap) -> Iterator[str]:
        states = [link.state for link in self.heard.links if link.person == strap.person]
        once_live = list(dropwhile(lambda state: state != "live", states))
        if not once_live or not set(once_live) <= _WELL:
            yield f"{strap.person}: nothing was done to this strap, but its link went {' '.join(states)}"
        if (times := self.logs[strap.number].count("subscribed")) != 1:
            yield f"{strap.person}: nothing was done to this strap, but it was subscribed to {times} times"


def stored_payloads(lines: Iterable[str]) -> dict[str, list[str]]:
    """Return the heart-rate payloads by person, in order, in an export as JSON lines."""
    found: dict[str, list[str]] = {}
    for line in lines:
        record = json.loads(line)
        if record["type"] == "notification" and record["characteristic"] == heart_rate.MEASUREMENT:
            found.setdefault(record["person"], []).append(record["hex"])
    return found

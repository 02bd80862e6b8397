"""The beat clock: RR intervals and their arrivals become beats with a time and an uncertainty on the host's clock.

A strap sends about one notification a second with the intervals that ended since the last one, and no time. The chain
of intervals gives the rhythm, arrivals pin it (``offset.py``, ``chain.py``). Lost notifications raise
``arrival - chain`` for good, late ones only for some seconds: beats in doubt are held until that is known, at most
``PROBATION_S``. Then they follow a gap or they do not (``losses.py``); no timeline is ever shifted to close one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from biosync.heart.chain import Chain, Packet, PlacedBeat
from biosync.heart.losses import Since, bounds_after_loss, chance_of_none, guesses
from biosync.heart.notification_rhythm import NotificationRhythm

__all__ = ["BeatClock", "PlacedBeat"]

PROBATION_S = 4.5
"""Late intervals have fallen back after this long; what has not is lost."""
SILENCE_S = 5.0
"""No arrival for this long is a gap whatever comes after: a strap keeps no more than that."""
_LEAST_LOST = 0.75
"""A lost beat lasts at least this much of the one before."""
_SPARE = 0.25
"""A notification may have brought a little more than the time for which it was missing."""
_PROVED = 0.5
"""An arrival later than the earliest possible by less than this much of a beat proves that none was lost."""
_SURE = 0.97
_HARMLESS_UNSEEN = 0.97
_HARMLESS_SEEN = 0.05
"""How often a missing notification had no interval to bring: most often where such ones are not fed at all."""


class BeatClock:
    """Places the beats of one person. ``delay_s`` and ``delay_uncertainty_s``: what the strap's model is known to hold
    every beat back, and how well that is known."""

    def __init__(self, delay_s: float = 0.0, delay_uncertainty_s: float = 0.0) -> None:
        self._chain = Chain(delay_s, delay_uncertainty_s)
        self._rhythm = NotificationRhythm()
        self._harmless = _HARMLESS_UNSEEN
        self._last_at: float | None = None
        self._missing_s = 0.0
        self._held: list[Packet] = []

    def feed(
        self, arrival_t: float, rr_ms: Sequence[float], gap: bool = False, sees_empty: bool = False
    ) -> list[PlacedBeat]:
        """Take one arrival (seconds) with its intervals (ms, oldest first, may be none); return the beats placed now.

        ``gap`` says that beats are known to be lost before it (a reconnect). ``sees_empty``: notifications without
        intervals are fed too, as one does for a strap; it is assumed as soon as one comes, since most recordings have
        none and a missing notification means little there.
        """
        placed: list[PlacedBeat] = []
        spacing = None if self._last_at is None else arrival_t - self._last_at
        self._last_at = arrival_t
        if gap or (spacing is not None and spacing > SILENCE_S):
            placed = self.flush()
            self._chain.begin_stretch(None)
            self._missing_s = 0.0
        elif spacing is not None:
            self._missing_s += self._rhythm.feed(spacing)
        if sees_empty or not rr_ms:
            self._harmless = _HARMLESS_SEEN
        if rr_ms:
            placed += self._take(Packet(arrival_t, tuple(rr_ms), sum(rr_ms) / 1000, self._missing_s))
            self._missing_s = 0.0
        if self._held and arrival_t - self._held[0].at >= PROBATION_S:
            placed += self._conclude()
        return placed

    def flush(self) -> list[PlacedBeat]:
        """Place the beats that are still held in doubt by what is known: nothing will come that could tell more."""
        placed: list[PlacedBeat] = []
        while self._held:
            placed += self._conclude()
        return placed

    def _take(self, packet: Packet) -> list[PlacedBeat]:
        """Place ``packet``, or hold it while it is in doubt if beats were lost before it."""
        bounds = self._chain.bounds(packet.at, self._rhythm.jitter_s)
        if bounds is not None and not self._held and self._proves_whole(packet, bounds):
            self._chain.trust()
        if bounds is None or not (self._held or self._doubtful(packet, bounds)):
            return self._chain.place(packet, self._rhythm.jitter_s)
        self._held.append(packet)
        delays = self._held_delays()
        if min(delays) < bounds[0] + _LEAST_LOST * self._chain.rr_s:  # too early for a beat to be missing
            return self._release()
        return self._conclude() if packet.at - self._held[0].at >= PROBATION_S else []

    def _proves_whole(self, packet: Packet, bounds: tuple[float, float]) -> bool:
        """Tell if ``packet`` came too early for a beat to be missing anywhere before it."""
        return packet.at - self._chain.length_s - packet.length_s < bounds[0] + _PROVED * self._chain.rr_s

    def _doubtful(self, packet: Packet, bounds: tuple[float, float]) -> bool:
        """Tell if ``packet`` came too late for its intervals, or may have after a missing notification."""
        delay = packet.at - self._chain.length_s - packet.length_s
        if packet.missing_s <= 0.0:
            return delay > bounds[1] + self._chain.longest_wait_s(self._rhythm.jitter_s)
        return delay >= bounds[0] + _LEAST_LOST * self._chain.rr_s

    def _held_delays(self) -> list[float]:
        """Return how far each held packet is behind the chain, up to the next missing notification."""
        chain_s, delays = self._chain.length_s, []
        for packet in (self._held[0], *takewhile(lambda later: later.missing_s <= 0.0, self._held[1:])):
            chain_s += packet.length_s
            delays.append(packet.at - chain_s)
        return delays

    def _conclude(self) -> list[PlacedBeat]:
        """Decide what was lost before the held packets."""
        doubt, rr_s = self._held[0], self._chain.rr_s
        bounds = self._chain.bounds(doubt.at, self._rhythm.jitter_s)
        assert bounds is not None
        made_up_s = -sum(min(0.0, packet.missing_s) for packet in self._held)
        delays, wait_s = self._held_delays(), self._chain.longest_wait_s(self._rhythm.jitter_s)
        since = Since(max(delays) - wait_s, delays[-1] - wait_s, min(delays))
        found = guesses(bounds, since, rr_s, max(0.0, doubt.missing_s - made_up_s), self._harmless)
        none = chance_of_none(found)
        if none <= 0.5:
            self._chain.begin_stretch(bounds_after_loss(found))
        if 1 - _SURE < none < _SURE:
            self._chain.doubt(doubt.at + 2 * PROBATION_S)
        if none > 0.5 and doubt.missing_s > made_up_s:  # not proved, only likelier: it may have been lost all the same
            self._chain.suspect(doubt.missing_s - made_up_s + _SPARE * rr_s)
        return self._release()

    def _release(self) -> list[PlacedBeat]:
        """Place the first held packet, and look at the others again as if they came now."""
        held, self._held = self._held, []
        placed = self._chain.place(held[0], self._rhythm.jitter_s)
        for packet in held[1:]:
            placed += self._take(packet)
        return placed

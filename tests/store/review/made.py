"""Sessions for looking back: hearts that swing with a cue, with what their people agreed to."""

from __future__ import annotations

import heapq
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import numpy as np

from biosync.consent import Consent, Sharing
from biosync.engine import Member
from biosync.events import Cue, Interval, Marker, Origin
from biosync.store.ledger.reader import Ledger
from biosync.store.past_session import PastSession

STARTED = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
BEATS_BPM = {"Ana": 61.0, "Ben": 83.0, "Lea": 97.0}


def intervals(
    name: str, bpm: float, swing: float, seconds: float, *, gap_at: float | None = None, seed: int | None = None,
    odd_every: int = 0,
) -> list[Interval]:
    """Return the beats of a heart that swings by ``swing`` six times a minute, silent for 20 s at ``gap_at``. With a
    ``seed`` it settles, wanders, finds the rhythm by and by, and beats early now and then; every ``odd_every``-th beat
    is early (0: none)."""
    t, found, gap = 0.5, list[Interval](), False
    dice = np.random.default_rng(None if seed is None else [seed, *name.encode()])
    slow = np.random.default_rng(seed)  # what a room shares: the same for all who have the same seed
    waves = list(zip(slow.uniform(0.008, 0.05, 6), slow.uniform(0, 2 * np.pi, 6), strict=True))
    while True:
        grown, now = 1.0, bpm
        if seed is not None:
            wander = float(dice.normal(0, 0.6)) + sum(np.sin(2 * np.pi * f * t + phase) for f, phase in waves)
            grown = 0.35 + 0.65 * min(1.0, t / (0.5 * seconds))
            now = bpm + 6 * (1 - min(1.0, t / (0.6 * seconds))) + wander
        rr_ms = 60000 / (now + grown * swing * np.sin(2 * np.pi * t / 10))
        if seed is not None and dice.random() < 0.002:
            rr_ms *= 0.7
        if odd_every and len(found) % odd_every == odd_every - 1:
            rr_ms *= 0.7
        t += rr_ms / 1000
        if t > seconds:
            return found
        if gap_at is not None and gap_at < t < gap_at + 20:
            gap = True
            continue
        found.append(Interval(t, name, (float(rr_ms),), t, gap))
        gap = False


def keep(
    ledger: Ledger,
    *names: str,
    started: datetime = STARTED,
    seconds: float = 300.0,
    sharing: Mapping[str, Sharing] | None = None,
    shown: Mapping[str, tuple[str, ...]] | None = None,
    guardian: str | None = None,
    markers: Sequence[Marker] = (),
    origin: Origin = "strap",
    complete: bool = True,
    swing: float = 6.0,
    gap_at: float | None = None,
    each: bool = False,
    seed: int | None = None,
    odd_every: int = 0,
) -> str:
    """Keep a session of ``names`` with one cue, and what they agreed to; return its id."""
    members = tuple(Member(name, origin, "H10") for name in names)
    lines = [
        intervals(name, BEATS_BPM.get(name, 70.0), swing, seconds, gap_at=gap_at, seed=seed, odd_every=odd_every)
        for name in names
    ]
    cue = Cue(1.0, names, 6.0, 0.0, 0.4, "lead", 1.0, "slowing a little")
    events = heapq.merge(*lines, sorted(markers, key=lambda one: one.t), [cue], key=lambda one: one.t)
    groups = tuple((name,) for name in names) if each else (names,)
    session = PastSession(started, origin == "simulated", members, groups, tuple(events), seconds, complete)
    id = ledger.store_session(session, session.beats())
    for name, how in (sharing or {}).items():
        at = started.strftime("%Y-%m-%dT%H:%M:%SZ")
        agree(ledger, id, Consent(name, how, at, guardian, (shown or {}).get(name, ())))
    return id


def measure(ledger: Ledger, id: str, name: str, bpm: float, sd_bpm: float) -> None:
    """Add where a heart swung most, as a session measured it."""
    ledger._connection.execute(
        "INSERT INTO resonance (session, participant, t, bpm, sd_bpm) SELECT s.number, p.number, 300.0, ?, ?"
        " FROM session s JOIN participant p ON p.session = s.number JOIN person q ON q.number = p.person"
        " WHERE s.id = ? AND q.name = ?",
        (bpm, sd_bpm, id, name),
    )


def agree(ledger: Ledger, id: str, consent: Consent) -> None:
    """Add what a person agreed to before a session."""
    ledger._connection.execute(
        "INSERT INTO consent (session, number, participant, sharing, agreed, at, guardian, shown)"
        " SELECT s.number, (SELECT count(*) FROM consent), p.number, ?, '', ?, ?, ? FROM session s"
        " JOIN participant p ON p.session = s.number JOIN person q ON q.number = p.person AND q.name = ?"
        " WHERE s.id = ?",
        (consent.sharing, consent.at, consent.guardian, json.dumps(consent.shown), consent.person, id),
    )


"""Made-up people and sessions for the window's tests and pictures: plain arithmetic, no engine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from biosync.cast import Newcomer
from biosync.casting import Part, newcomer
from biosync.charts.charts import Charts
from biosync.cues import disc
from biosync.events import BeyondCue, Cue, Group, InStep, Link, LinkState, Marker, Metrics, Origin, Quality, Synchrony
from biosync.gui.bridge import MakeSession
from biosync.gui.outside import Outside
from biosync.gui.preferring import Preferring
from biosync.heart.quality import CONTACT
from biosync.home import home
from biosync.pacer.sentences import UNREAD
from biosync.preferences import Preferences
from biosync.snapshot import Episode, PairView, PersonView, Rupture, Snapshot
from biosync.sound.player import Device, NoSound
from biosync.sources import Source
from biosync.store.ledger.keys import Lock
from biosync.store.ledger.kinds import Strap as KnownStrap
from biosync.store.ledger.reader import Ledger as StoredLedger
from devices.connection_words import Trouble
from devices.connection_words import words as trouble_words
from devices.doctor_report import Finding, Report
from devices.link import Sighting
from devices.person import born
from devices.reception import ONLY_RATE
from devices.straps_in_range import FoundStrap, ranked

NAMES = ("Mara", "Jon", "Ida", "Tomas", "Lea", "Noor", "Emil", "Sara",
         "Finn", "Aya", "Paul", "Rosa", "Ben", "Ana", "Yuki", "Omar")
NOW = 760.0


def cue(*, t: float = 0.0, rate_bpm: float = 6.2, phase: float = 0.0, why: str = "", strength: float = 1.0,
        people: tuple[str, ...] = ("Ana",)) -> Cue:
    """Return a plan."""
    return Cue(t, people, rate_bpm, phase, 0.4, "lead", strength, why)


def metrics(person: str, now: float = NOW, *, rate: float | None = 66.0, rmssd: float | None = 45.0,
            coherence: float | None = 71.0, early: float | None = None, quality: Quality = "good",
            why: str = "") -> Metrics:
    """Return a person's figures."""
    ratio = None if coherence is None else coherence / 30
    return Metrics(now, person, rate, rmssd, ratio, coherence, early, 6.2, 0.9, 9.0, 0.8, quality, "usual", why)


def person(name: str = "Ana", number: int = 0, *, now: float = NOW, bpm: float = 66.0, swing: float = 7.0,
           breaths: float = 6.2, drift: float = 0.0, link: LinkState = "live", silent_s: float = 0.6,
           origin: Origin = "strap", figures: Metrics | None = None, gathering_s: float = 0.0,
           odd: Sequence[int] = (), device: str = "Polar H10") -> PersonView:
    """Return a person whose heart swings with the breath; ``odd`` are beats, counted back, that are artefacts."""
    period = 60 / bpm
    beat_t = np.arange(now - silent_s, now - 75, -period)[::-1].copy()
    plan = cue(t=now - 700, rate_bpm=breaths, phase=0.3 + 0.37 * number, people=(name,),
               why="slowing a little: you are with the cue")
    breath = np.array([2 * disc.level(plan.phase_at(t - 0.5), 0.4) - 1 for t in beat_t])
    heart_rate = bpm + swing * breath + drift * np.clip((beat_t - now + 30) / 30, -1, 1)
    labels, gap = np.zeros(len(beat_t), np.int8), np.zeros(len(beat_t), np.int8)
    for back in odd:
        labels[-back] = 1
        gap[-back + 1] = 1
        heart_rate[-back] += 35
    score_t = np.arange(now - 300, now - silent_s, 5.0)
    wobble = np.sin(score_t / 23 + number) * 6 + np.sin(score_t / 7 + number) * 3
    score = np.clip((figures.coherence_score if figures and figures.coherence_score else 50) + wobble - 6, 0, 100)
    return PersonView(
        name, number, origin, device, Link(now - 90, name, link, "", 84),
        figures or metrics(name, now, rate=bpm), gathering_s, now - silent_s,
        beat_t, heart_rate, labels, gap, score_t, np.asarray(score, np.float64),
        (plan,),
    )


def snapshot(*people: PersonView, now: float = NOW) -> Snapshot:
    """Return a snapshot of ``people``."""
    return Snapshot(now, people)


def pair(first: str = "Ana", second: str = "Ben", in_step: InStep | None = "in step", *, leader: str | None = None,
         synchrony: float = 0.7, now: float = NOW, course: bool = True, look: bool | None = None) -> PairView:
    """Return two people who were in step early, lost it, and found it again if they are in step now."""
    together = in_step in ("in step", "beyond the cue")
    beyond = BeyondCue(0.5, 0.01, True) if in_step == "beyond the cue" else None
    looked = Synchrony(now, (first, second), synchrony if in_step else None, 0.01 if together else 0.4,
                       together if look is None else look, beyond, leader, None, None, in_step, None)
    if not course or in_step is None:
        return PairView(looked)
    episodes = (Episode(150.0, 330.0), *((Episode(now - 130.0, None),) if together else ()))
    return PairView(looked, episodes, (Rupture(330.0, (), now - 130.0 if together else None),))


def together(*names: str, pairs: Sequence[PairView] = (), now: float = NOW, all_in_step: InStep | None = None,
             kept: Sequence[PersonView] = (), why: str = "slowing a little: you are with the cue") -> Snapshot:
    """Return people with one cue for all, which is as it is because of ``why``; ``kept`` are shown in place of those of
    the same name."""
    instead = {one.name: one for one in kept}
    people = [instead.get(name, person(name, i, now=now, bpm=62.0 + 5 * i)) for i, name in enumerate(names)]
    plan = cue(t=now - 700, rate_bpm=6.2, phase=0.3, people=names, why=why)
    groups = (Group(now, names, 0.6, 0.01, None, all_in_step, None),) if len(names) > 2 and all_in_step else ()
    return Snapshot(now, tuple(replace(one, cues=(plan,)) for one in people), pairs=tuple(pairs), groups=groups)


def states(now: float = NOW) -> dict[str, PersonView]:
    """Return one person in each honest state."""
    none = metrics("Ana", now, rate=None, rmssd=None, coherence=None, quality="none")
    young = replace(
        person(figures=metrics("Ana", now, coherence=None, early=42.0), gathering_s=38.0, now=now),
        coherence_t=np.empty(0), coherence=np.empty(0),
    )
    first = person(figures=none, now=now, gathering_s=60.0)
    return {
        "waiting": replace(first, link=Link(0, "Ana", "connecting", ""), metrics=None, last_beat_t=None,
                           beat_t=np.empty(0), heart_rate=np.empty(0), labels=np.empty(0, np.int8),
                           gap=np.empty(0, np.int8), coherence_t=np.empty(0), coherence=np.empty(0), cues=()),
        "warming": young,
        "live": person(now=now),
        "held": person(now=now, odd=(4, 5, 19, 33), figures=metrics(
            "Ana", now, rmssd=None, coherence=None, quality="poor", why=CONTACT)),
        "lost": _lost(now),
        "hr_only": replace(
            first, link=Link(now - 90, "Ana", "hr_only", ONLY_RATE, 84), device="Mio FUSE", last_beat_t=None,
            metrics=_nothing(now, 66.0, ONLY_RATE), gathering_s=64.0,
            cues=(replace(first.cues[0], why="finding your breath"),),
            beat_t=np.empty(0), heart_rate=np.empty(0), labels=np.empty(0, np.int8), gap=np.empty(0, np.int8),
            coherence_t=np.empty(0), coherence=np.empty(0),
        ),
        "paused": replace(person(now=now), left=True),
    }


def _nothing(now: float, rate: float | None, why: str) -> Metrics:
    """Return figures of which, but for the ``rate`` (bpm), none is known, because of ``why``."""
    return Metrics(now, "Ana", rate, None, None, None, None, None, None, None, None, "none", None, why)


def _lost(now: float) -> PersonView:
    """Return a person from whom nothing has come for 14 s: the figures are gone, and the cue stays as it is."""
    why = f"{trouble_words(Trouble.SILENT)}; still listening"
    one = person(now=now, silent_s=14.0, figures=_nothing(now, None, why))
    return replace(one, link=Link(now - 8, "Ana", "lost", why, 84), cues=(replace(one.cues[0], why=UNREAD),))


def twelve(now: float = NOW) -> Snapshot:
    """Return the twelve clients of the coach's picture: one lost, one poor, one rising, one gathering."""
    rates = (64, 66, 60, 60, 70, 62, 77, 75, 77, 61, 68, 70)
    scores = (40, 38, 51, 46, 61, 52, 44, 61, 83, 30, 87, 71)
    people = []
    for i, (bpm, score) in enumerate(zip(rates, scores, strict=True)):
        name = NAMES[i]
        own = metrics(name, now, rate=float(bpm), rmssd=28.0 + 7 * (i % 6), coherence=float(score))
        kind: dict[str, object] = {"figures": own}
        if name == "Mara":
            kind = {"figures": own, "silent_s": 14.0, "link": "lost", "swing": 4.0, "breaths": 11.0}
        elif name == "Jon":
            poor = metrics(name, now, rmssd=None, coherence=None, quality="poor", why=CONTACT)
            kind = {"figures": poor, "odd": (5, 6, 22, 41), "swing": 3.0, "breaths": 12.0}
        elif name == "Ida":
            kind = {"figures": own, "drift": 7.0, "swing": 2.5, "breaths": 13.0}
        elif name == "Aya":
            young = metrics(name, now, rate=61.0, rmssd=37.0, coherence=None, early=33.0)
            kind = {"figures": young, "gathering_s": 38.0, "swing": 2.0, "breaths": 12.0}
        people.append(person(name, i, now=now, bpm=float(bpm), **kind))  # type: ignore[arg-type]
    return snapshot(*people, now=now)


STRAPS = ranked([
    Sighting("Garmin HRM", "E0:00:00:00:00:02", -82),
    Sighting("Polar H10 7A3B", "A0:00:00:00:00:01", -54),
    Sighting("", "C0:00:00:00:00:03", -90),
])
KNOWN = ranked(
    [Sighting("Polar H10 7A3B", "A0:00:00:00:00:01", -54, worn=True), Sighting("Garmin HRM", "E0:00:00:00:00:02", -82)],
    [KnownStrap("Polar H10 7A3B", "A0:00:00:00:00:01", "Ana", "7A3B")],
)
"""Ana's strap, which she said yes to before, and a stranger's."""
OFF = Report("off", (
    Finding("service", "ok", "the Bluetooth service runs"),
    Finding("adapter", "problem", "Bluetooth is switched off",
            "switch it on in the settings, or with 'bluetoothctl power on'"),
))


class MadeLedger:
    """A ledger that is locked with ``passphrase``, or (None) open."""

    def __init__(self, passphrase: str | None = None) -> None:
        self.passphrase = passphrase
        self.asked = 0
        self.keeps = True

    def needs_passphrase(self) -> bool:
        """Tell whether it is locked."""
        self.asked += 1
        return self.passphrase is not None

    def unlock(self, passphrase: str) -> str:
        """Take the right passphrase."""
        return "" if passphrase == self.passphrase else "This passphrase does not open the ledger: try again."

    def go_without(self) -> None:
        """Note that nothing is kept."""
        self.keeps = False

    def opened(self) -> StoredLedger:
        """Open the real one in biosync's home, which a test has set."""
        return StoredLedger.open(home())

    def lock(self) -> Lock:
        """Tell how it is locked."""
        return "none" if self.passphrase is None else "passphrase"


def no_speaker() -> Device:
    """Be a computer without a loudspeaker."""
    raise NoSound("No sound: there is nothing to play on.")


async def nothing_found(seconds: float) -> Report:
    """Be a doctor who finds no strap."""
    return Report("none_seen", (Finding("straps", "problem", "no strap is seen", "wet it, wear it"),))


def outside(
    make: MakeSession, *, straps: Sequence[FoundStrap] = STRAPS, ledger: MadeLedger | None = None, **other: Any
) -> Outside:
    """Return a world outside in which ``make`` makes every session and a scan hears ``straps``."""

    async def scan(seconds: float) -> Sequence[FoundStrap]:
        return straps

    made = Outside(
        start_demo=make, start_scenario=lambda name: make(),
        start_straps=lambda wearers, together: make(), scan=scan, examine=nothing_found,
        join=lambda wearer: newcomer(Part(Source("demo", wearer.name if wearer else "Rosa", "", born(7)))),
        replay=lambda id: MadeSession(), ledger=ledger or MadeLedger(),
        preferring=Preferring(Preferences(), lambda now: ""), open_speaker=no_speaker,
        listen=lambda tell: None,
    )
    return replace(made, **other)


class MadeSession:
    """A session that shows one snapshot until it is stopped; it is told things and keeps them."""

    def __init__(self, shown: Snapshot | None = None, error: Exception | None = None) -> None:
        self.latest = shown
        self.error = error
        self.duration_s: float | None = None
        self.paused = False
        self.said: list[str] = []
        self.said_by: list[str | None] = []
        self.marked: list[str] = []
        self.markers: list[Marker] = []
        self.noted: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.charted: Callable[[str], Charts] | None = None
        self.joined: list[Newcomer] = []
        self.left: list[str] = []
        self.sought: list[float] = []
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Run until stopped, or raise ``error``."""
        if self.error is not None:
            raise self.error
        await self._stop.wait()

    def now(self) -> float:
        """Return the snapshot's time."""
        return self.latest.t if self.latest else 0.0

    def stop(self) -> None:
        """End."""
        self._stop.set()

    def say(self, text: str, person: str | None = None) -> None:
        """Keep what is said."""
        self.said.append(text)
        self.said_by.append(person)

    def mark(self, text: str, person: str | None = None, at_t: float | None = None) -> None:
        """Keep what is marked, and the marker."""
        self.marked.append(text)
        self.markers.append(Marker(self.now(), person, text, at_t))

    def note(self, person: str, text: str) -> None:
        """Keep what is noted."""
        if self.error is not None:
            raise self.error
        self.noted.append((person, text))

    def charts(self, person: str) -> Charts | None:
        """Keep who was asked for, and return made-up charts."""
        self.asked.append(person)
        return self.charted(person) if self.charted is not None else None

    def join(self, newcomer: Newcomer, beside: Sequence[str] = (), *, again: bool = False) -> None:
        """Keep who joins."""
        self.joined.append(newcomer)

    def leave(self, person: str) -> None:
        """Keep who leaves, and mark them so."""
        self.left.append(person)
        if self.latest is not None:
            people = tuple(replace(one, left=one.left or one.name == person) for one in self.latest.people)
            self.latest = replace(self.latest, people=people)

    def pause(self) -> None:
        """Stand still."""
        self.paused = True

    def go_on(self) -> None:
        """Go on."""
        self.paused = False

    def seek(self, t: float) -> None:
        """Keep where it was set to."""
        self.sought.append(t)

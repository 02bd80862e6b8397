"""Everything that can happen, one frozen class each.

``t`` is in seconds since the session's start, on the host's clock. ``person`` is the name of whoever it is about.
Raw events (Notification, Interval, Link, Say, Marker, Join, Leave, Tick) come in; the engine answers with the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from devices.link import LinkState as LinkState

Label = Literal["normal", "ectopic", "missed", "extra", "long", "short"]
Quality = Literal["good", "poor", "none"]
Activation = Literal["calm", "usual", "raised"]
Stage = Literal["meet", "lead", "search", "hold", "rest"]
Origin = Literal["strap", "simulated", "replay"]
InStep = Literal["apart", "in step", "beyond the cue"]
Verdict = Literal["not shown", "in step", "beyond the cue"]
TurnKind = Literal["in step", "apart", "together again", "rising together", "settled"]
Mode = Literal["meet_in_the_middle", "one_leads", "turns"]
"""Whose breath the cue of two or more goes by."""
Program = Literal["settle", "find", "without"]
"""Settle: be led to a calm pace. Find: and find the pace of the largest swing. Without: and do without the cue."""

LABELS: tuple[Label, ...] = ("normal", "ectopic", "missed", "extra", "long", "short")
"""Labels of beats in the order of their codes in arrays."""
SAYINGS = (
    "too_slow", "too_fast", "stop", "go", "settle", "find", "without", "meet_in_the_middle", "turns", "lead",
)  # fmt: skip
"""What a person can say to the pacer: of the cue now; which Program it has from now on; which Mode, where "lead" makes
the one who says it the leader."""


LEFT = "left"
"""Why the link of one who has left is gone, in the stream; people are told "paused"."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session has begun. ``started`` is ISO 8601 in UTC."""

    t: float
    id: str
    started: str
    people: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True, slots=True)
class Notification:
    """The raw bytes of one characteristic as they arrived; what the raw log keeps."""

    t: float
    person: str
    device: str
    characteristic: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Interval:
    """RR intervals of a recording, fed again: in ms, oldest first.

    ``beat_t`` is the time of the last one's end where the recording says it, else None;
    ``gap`` is True where beats were lost just before the first of them. ``t_uncertainty_s`` goes with ``beat_t``.
    """

    t: float
    person: str
    rr_ms: tuple[float, ...]
    beat_t: float | None = None
    gap: bool = False
    t_uncertainty_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """The state of the way to a person's strap has changed."""

    t: float
    person: str
    state: LinkState
    why: str
    battery_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """A person says one of SAYINGS to the pacer; None speaks for all."""

    t: float
    person: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Somebody marks a moment, for a person or for all (None): this one or, where the text was written down later, the
    one at ``at_t`` (s)."""

    t: float
    person: str | None
    text: str
    at_t: float | None = None

    @property
    def when(self) -> float:
        """The moment that is marked, in seconds since the session's start."""
        return self.t if self.at_t is None else self.at_t


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted down about a person of this session, as it was at ``t``; a later one takes its place, an empty one
    takes it away. It is kept, and told to nobody: no part of the stream."""

    t: float
    person: str
    text: str


@dataclass(frozen=True, slots=True)
class Join:
    """A person takes part from now on; ``origin``, ``device``, delays and resonance are those of an engine's Member.

    ``group`` names people who take part already and whose cue they share from now on; empty: a cue of their own. One
    who has left before comes back under the same name, with the beats of before.
    """

    t: float
    person: str
    origin: Origin
    device: str
    delay_s: float = 0.0
    delay_uncertainty_s: float = 0.0
    group: tuple[str, ...] = ()
    resonance_bpm: float | None = None
    resonance_sd_bpm: float | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """A person takes no part any more. What came of them stays; nobody is told why."""

    t: float
    person: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A second has passed: time to look at the windows again."""

    t: float


@dataclass(frozen=True, slots=True)
class Beat:
    """One labelled beat. ``beat_t`` is when the interval ended on the beat clock, give or take ``t_uncertainty_s``."""

    t: float
    person: str
    rr_ms: float
    label: Label
    beat_t: float
    t_uncertainty_s: float


@dataclass(frozen=True, slots=True)
class Metrics:
    """A person's figures over their windows; None is unknown (warming up, held or lost)."""

    t: float
    person: str
    heart_rate_bpm: float | None
    rmssd_ms: float | None
    coherence_ratio: float | None
    coherence_score: float | None
    coherence_early: float | None
    breath_bpm: float | None
    breath_confidence: float | None
    rsa_bpm: float | None
    cue_locked_share: float | None
    quality: Quality
    activation: Activation | None
    why: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The breath plan of one person or group: from ``t`` on, ``phase`` (cycles, 0 = the in-breath begins) advances
    by ``rate_bpm`` until the next plan. Every surface computes the phase that it is at. ``resonance_bpm``, give or take
    the standard deviation ``resonance_sd_bpm``: where the heart of one alone swings most, None while unknown."""

    t: float
    people: tuple[str, ...]
    rate_bpm: float
    phase: float
    inhale_fraction: float
    stage: Stage
    strength: float
    why: str
    resonance_bpm: float | None = None
    resonance_sd_bpm: float | None = None

    def phase_at(self, t: float) -> float:
        """Return the phase at time ``t``, 0 <= phase < 1."""
        return (self.phase + (t - self.t) * self.rate_bpm / 60) % 1.0


@dataclass(frozen=True, slots=True)
class ResonanceMeasured:
    """Where the heart of one with a cue of their own swings most (breaths a minute, with its standard deviation), as
    the search of this session alone has measured it by now."""

    t: float
    person: str
    resonance_bpm: float
    resonance_sd_bpm: float


@dataclass(frozen=True, slots=True)
class BeyondCue:
    """Being in step without what the cue explains: as in Synchrony."""

    synchrony: float | None
    p_value: float | None
    beyond_chance: bool


@dataclass(frozen=True, slots=True)
class Synchrony:
    """How two people go together, by one look at their last two minutes; None is unknown.

    ``synchrony`` -1 (opposite) to 1; ``p_value`` and ``beyond_chance`` are of this look alone. ``in_step`` is the
    state: it takes half a minute of such looks, and is not lost by one. ``verdict`` is on the session so far, however
    often one looks. ``leader``, ``lag_s`` (above 0: the first leads), ``lag_interval_s``: None where it can't be told,
    or is not for others to know.
    """

    t: float
    people: tuple[str, str]
    synchrony: float | None
    p_value: float | None
    beyond_chance: bool
    beyond_cue: BeyondCue | None
    leader: str | None
    lag_s: float | None
    lag_interval_s: tuple[float, float] | None
    in_step: InStep | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Group:
    """How three or more go together, by one look at their last two minutes; None is unknown.

    ``order``: about 0 by chance, 1 all at one phase of their slow wave. ``p_value`` of the pairs together, and
    ``beyond_cue_p_value`` without what the cue explains, of this look alone; ``in_step`` as in Synchrony. ``members``:
    each one's part, 0 to 1; None where it is not for others to know.
    """

    t: float
    people: tuple[str, ...]
    order: float | None
    p_value: float | None
    beyond_cue_p_value: float | None
    in_step: InStep | None
    members: dict[str, float | None] | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn in the course of a session, as far as it is for others to know.

    ``at_t``: about when it was (``t`` is when it became known). ``who``: whose heart rate rose, or settled; empty where
    it is nobody's, or is not told. ``took_s``: until the repair ("together again"), or from the stress half-way back
    ("settled"); ``together``: settled while in step with somebody.
    """

    t: float
    people: tuple[str, ...]
    turn: TurnKind
    at_t: float
    who: tuple[str, ...] = ()
    took_s: float | None = None
    together: bool | None = None


@dataclass(frozen=True, slots=True)
class End:
    """The session is over. ``beats`` counts them per person; ``stored`` is the id it is kept under, or None."""

    t: float
    beats: dict[str, int]
    stored: str | None


Raw = Notification | Interval | Link | Say | Marker | Join | Leave | Tick
Event = Session | Raw | Beat | Metrics | Cue | ResonanceMeasured | Synchrony | Group | Turn | End

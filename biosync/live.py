"""One person's figures of this moment, each from its own window of the labelled beats; None is unknown."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from biosync.events import Activation, Metrics
from biosync.heart.breath import Breath, breath
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats, Intervals
from biosync.heart.quality import Verdict, judge
from biosync.metrics import coherence as coherence_metric
from biosync.metrics.activation import activation
from biosync.metrics.heart_rate import heart_rate
from biosync.metrics.rmssd import rmssd
from biosync.metrics.rsa import rsa_bpm
from biosync.pacer.reading import Reading
from biosync.track import Track

HEART_RATE_S = 10.0
RMSSD_S, RMSSD_LEAST_S = 60.0, 30.0
COHERENCE_S = 64.0
BASELINE_S, ACTIVATION_S = 180.0, 16.0
READING_S = 130.0
SILENT_S, UNPLACED_S = 5.0, 9.0
"""Nothing has come for so long, or no beat could be placed and labelled (some are held in doubt for 5 s): nothing is
known of now."""


@dataclass(frozen=True, slots=True)
class Now:
    """What one look at a person gives: everything else is derived from it."""

    t: float
    beats: Beats
    intervals: Intervals
    verdict: Verdict
    breath: Breath

    @property
    def known(self) -> bool:
        """True while the beats are fresh and can be trusted."""
        return self.verdict.verdict != "none"

    def reading(self, activation: Activation | None) -> Reading:
        """Return what the pacer needs; ``activation`` is as last known. A cue needs less than scores do: single early
        beats, each found and left out, may be one in ten."""
        x = self.intervals.last(READING_S)
        middles = np.asarray(x.t_s - x.rr_ms / 2000, dtype=np.float64)
        rates = np.asarray(60000 / x.rr_ms, dtype=np.float64)
        found, verdict = self.breath, self.verdict
        quality = "poor" if verdict.sound_between else verdict.verdict
        return Reading(
            middles, rates, x.normal, quality, found.rate_bpm, found.confidence, activation
        )


def look(
    track: Track, t: float, cue_bpm: float | None, away: str | None = None, *, breath_wanted: bool = True
) -> Now:
    """Look at a person's beats at time ``t``; ``cue_bpm`` is the pace of a cue that they are with, else None; ``away``
    is why nothing comes just now, None while the strap is there. The breath, costly, is left out if unwanted."""
    beats = track.beats()
    intervals = correct(beats)
    verdict = _verdict(track, beats, t, away)
    seen = breath_wanted and verdict.verdict != "none"
    found = breath(intervals, cue_bpm=cue_bpm) if seen else Breath(None, 0.0)
    return Now(t, beats, intervals, verdict, found)


def _verdict(track: Track, beats: Beats, t: float, away: str | None) -> Verdict:
    if away is not None:
        return Verdict("none", away, 0.0)
    last, arrived = track.last_beat_t, track.last_arrival_t
    if last is None or arrived is None:
        return Verdict("none", "waiting for the first beats", 0.0)
    if t - arrived > SILENT_S or t - last > UNPLACED_S:
        return Verdict("none", f"no beats for {t - last:.0f} s", 0.0)
    verdict = judge(beats, synthetic=track.synthetic)
    if verdict.verdict != "good" and track.heart_rate is not None and track.heart_rate.contact is False:
        return Verdict(verdict.verdict, "the strap has poor contact: wet it and tighten it", verdict.artifact_percent)
    return verdict


class Baseline:
    """A person's first three minutes of good beats: the rest that activation is measured against."""

    def __init__(self) -> None:
        self._rest: Intervals | None = None

    def notice(self, now: Now) -> None:
        """Keep what is the person's rest, once there are three minutes of good beats."""
        x = now.intervals
        good = now.verdict.verdict == "good" and len(x) > 0
        if self._rest is None and good and x.t_s[-1] - x.t_s[0] >= BASELINE_S:
            self._rest = x

    def activation(self, now: Now, share: float | None) -> Activation | None:
        """Return how activated the person is, None while unknown or the signal is not good."""
        self.notice(now)
        x = now.intervals
        if now.verdict.verdict != "good" or len(x) == 0 or self._rest is None:
            return None
        recent = x.last(ACTIVATION_S)
        recent = recent.where(recent.t_s > self._rest.t_s[-1])
        t_s = np.concatenate([self._rest.t_s, recent.t_s])
        return activation(t_s, np.asarray(60000 / np.concatenate([self._rest.rr_ms, recent.rr_ms])), share)


def figures(
    person: str, now: Now, share: float | None, breaths_s: list[float], activated: Activation | None
) -> Metrics:
    """Return the contract's live figures; ``share`` is the share locked to the cue, ``breaths_s`` the times at which
    the last breaths of the cue began."""
    if not now.known:
        return silent(person, now.t, now.verdict.why)
    x = now.intervals
    found = coherence_metric.coherence(x)
    early = coherence_metric.early(x) if found is None else None
    return Metrics(
        now.t, person,
        heart_rate_bpm=heart_rate(x.last(HEART_RATE_S))["heart_rate_bpm"],
        rmssd_ms=_rmssd_ms(x.last(RMSSD_S)),
        coherence_ratio=found.ratio if found else None,
        coherence_score=found.score if found else None,
        coherence_early=early.score if early else None,
        breath_bpm=now.breath.rate_bpm,
        breath_confidence=now.breath.confidence,
        rsa_bpm=rsa_bpm(x, breaths_s),
        cue_locked_share=share,
        quality=now.verdict.verdict,
        activation=activated,
        why=now.verdict.why,
    )  # fmt: skip


def _rmssd_ms(x: Intervals) -> float | None:
    """Return RMSSD (ms) of the intervals of the last minute, None while less than ``RMSSD_LEAST_S`` of it was
    measured: what a gap left open tells nothing."""
    measured_s = float(x.rr_ms[x.normal].sum()) / 1000
    return rmssd(x)["rmssd_ms"] if measured_s >= RMSSD_LEAST_S else None


def rate_alone(track: Track, t: float, why: str) -> Metrics:
    """Return the figures of a sensor that tells the heart rate (bpm) and no beats: that rate, while it is fresh."""
    told, arrived = track.heart_rate, track.last_arrival_t
    known = told is not None and arrived is not None and t - arrived <= SILENT_S and told.heart_rate_bpm > 0
    rate = float(told.heart_rate_bpm) if told is not None and known else None
    return replace(silent(track.person, t, why), heart_rate_bpm=rate)


def silent(person: str, t: float, why: str) -> Metrics:
    """Return figures of which none is known, with the reason."""
    return Metrics(t, person, None, None, None, None, None, None, None, None, None, "none", None, why)


def gathering_s(now: Now) -> float:
    """Return how many seconds of beats the coherence score still needs; 0 once it has them."""
    runs = now.intervals.runs()
    if not runs:
        return COHERENCE_S
    span = float(runs[-1].t_s[-1] - runs[-1].t_s[0] + runs[-1].rr_ms[0] / 1000)
    return max(0.0, COHERENCE_S - span)


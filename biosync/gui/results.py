"""The figures of a session that is over, as people read them: a name, a value with its unit, and what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from biosync.gui import words
from biosync.store.ledger.kinds import Measured

_NINE_OF_TEN = 1.645


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: ``key`` is its place in ``analyze``; ``value`` is None where it can't be told; ``text`` is the value
    in words with its unit, ``what`` says in a few words what it is."""

    key: str
    name: str
    value: float | None
    text: str
    what: str


def results(analysis: Mapping[str, Any], found: Measured | None, hidden: frozenset[str]) -> list[Result]:
    """Return the figures that ``analysis`` (parts of ``analyze``) and the resonance ``found`` hold; what is ``hidden``
    is left out, what is not known is "can't tell"."""
    made: list[Result] = []
    time = analysis["time"]
    if "heart_rate" not in hidden:
        made.append(_one("mean_hr_bpm", words.tr("Heart rate"), time["mean_hr_bpm"], words.tr("{n} bpm"),
                         words.tr("mean of the session")))
    if "rmssd" not in hidden:
        made.append(_one("rmssd_ms", words.tr("RMSSD"), time["rmssd_ms"], words.tr("{n} ms"),
                         words.tr("beat-to-beat change")))
        made.append(_one("sdnn_ms", words.tr("SDNN"), time["sdnn_ms"], words.tr("{n} ms"),
                         words.tr("how far intervals spread")))
    if "coherence" not in hidden:
        coherence = analysis["coherence"]
        made.append(_one("coherence_score", words.tr("Coherence"), coherence["score"], words.tr("{n} of 100"),
                         words.tr("how even the rhythm was")))
        peak = coherence["peak_hz"]
        made.append(_one("peak_bpm", words.tr("Rhythm's peak"), None if peak is None else 60 * peak,
                         words.tr("{n} a minute"), words.tr("the rhythm's own pace"), 1))
    if "breath" not in hidden:
        made.append(_one("breath_bpm", words.tr("Breath"), analysis["respiration"]["rate_bpm"],
                         words.tr("{n} a minute"), words.tr("read from the beats"), 1))
        made.append(_resonance(found))
    if "rmssd" not in hidden:
        lf_hf = analysis["frequency"]["lf_hf"]
        made.append(_one("lf_hf", words.tr("LF / HF"), lf_hf, "{n}", words.tr("slow against fast rhythm"), 2))
    return made


def resonance_text(bpm: float, sd_bpm: float) -> str:
    """Return a pace with the spread that holds it nine times of ten."""
    return words.tr("{bpm} ± {spread} a minute").format(
        bpm=words.number(bpm, 1), spread=words.number(max(0.1, _NINE_OF_TEN * sd_bpm), 1))


def cant_tell() -> str:
    """Return what stands in place of a figure that is not known."""
    return words.tr("can't tell")


def _one(key: str, name: str, value: object, pattern: str, what: str, digits: int = 0) -> Result:
    known = value if isinstance(value, float) else None
    text = cant_tell() if known is None else pattern.format(n=words.number(known, digits))
    return Result(key, name, known, text, what)


def _resonance(found: Measured | None) -> Result:
    text = cant_tell() if found is None else resonance_text(found.resonance_bpm, found.resonance_sd_bpm)
    value = None if found is None else found.resonance_bpm
    return Result("resonance_bpm", words.tr("Largest swing near"), value, text, words.tr("pace of the cue, if found"))

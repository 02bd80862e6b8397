"""What is known about straps by their names: how late their RR intervals come, and which send none.

Delays are the medians of Physiol. Meas. 46 085001 (KTH, 2025): from the R peak to the arrival of its interval.
Between two people with different straps they shift the beats against each other by up to 2.2 s.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LONGEST_NAME = 40
_RIGHT_TO_LEFT = ("R", "AL", "AN")


@dataclass(frozen=True, slots=True)
class StrapModel:
    """One model. ``marks``: pieces of its advertised name or model text, lower case.

    ``rr_delay_s`` is None where nobody measured it; ``sends_rr`` is False where it is known to send none; ``one_link``
    is True where it keeps one link only, unless its app allows more (polar-ble-sdk #164).
    """

    name: str
    marks: tuple[str, ...]
    rr_delay_s: float | None = None
    sends_rr: bool = True
    one_link: bool = False


MODELS: tuple[StrapModel, ...] = (
    StrapModel("Movesense", ("movesense",), rr_delay_s=0.4),
    StrapModel("Garmin HRM-Dual", ("hrm-dual", "hrm dual"), rr_delay_s=0.7),
    StrapModel("Wahoo TRACKR", ("trackr",), rr_delay_s=2.1),
    StrapModel("Polar H10", ("polar h10",), rr_delay_s=2.6, one_link=True),
    StrapModel("Polar OH1", ("polar oh1",), sends_rr=False),
    StrapModel("Polar Verity Sense", ("polar sense", "verity sense"), sends_rr=False),
    StrapModel("Wahoo TICKR FIT", ("tickr fit",), sends_rr=False),
    StrapModel("Scosche Rhythm+", ("rhythm+",), sends_rr=False),
    StrapModel("Myzone MZ-3", ("mz-3",), sends_rr=False),
)


def model_of(*texts: str | None) -> StrapModel | None:
    """Return the known model that one of ``texts`` (advertised name, manufacturer and model) names, else None."""
    known = " ".join(text for text in texts if text).casefold()
    return next((model for model in MODELS if any(mark in known for mark in model.marks)), None)


def rr_delay_s(*texts: str | None) -> float | None:
    """Return the median delay in seconds of the RR intervals of the model that ``texts`` name, None if unknown."""
    model = model_of(*texts)
    return model.rr_delay_s if model else None


def visible(raw: str) -> str:
    """Return ``raw`` without control, direction and other invisible characters, on one line."""
    shown = (" " if unicodedata.category(c).startswith("Z") else c for c in raw)
    return " ".join("".join(c for c in shown if not unicodedata.category(c).startswith("C")).split())


def clean_text(raw: str) -> str:
    """Return what is ``visible`` of ``raw``, at most 40 long."""
    return visible(raw)[:_LONGEST_NAME].rstrip()


def isolated(name: str) -> str:
    """Return ``name`` for the middle of a line: one with right-to-left letters is kept from reordering what follows."""
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in name):
        return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
    return name


def in_a_line(name: str) -> str:
    """Return ``name`` for a line that people read: it neither steers the terminal nor reorders what follows."""
    return isolated(clean_text(name)) or "?"


def display_name(raw: str | None, address: str) -> str:
    """Return the name to show for a strap: its own one cleaned, else 'Strap' with the end of its address."""
    return clean_text(raw or "") or f"Strap {clean_text(address)[-5:]}"

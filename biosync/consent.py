"""What a person agrees to before a session: who may see what of theirs, for this one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Sharing = Literal["rhythm", "own", "all", "coach"]
"""What a person lets the others of a session see: the shared rhythm only, each their own, all, what a coach may see."""

SHARINGS: tuple[Sharing, ...] = get_args(Sharing)

FIGURES = ("heart_rate", "rmssd", "coherence")
"""What a client may tick for a coach."""
_OF_ONE_ALONE = (*FIGURES, "breath")
"""What is a person's own: FIGURES, and the pace of their breath, which nobody ticks."""


@dataclass(frozen=True, slots=True)
class Consent:
    """``person`` said yes to a session at ``at`` (ISO 8601, UTC), in the sharing mode ``sharing``.

    ``guardian`` was present for one under 16. ``shown`` names what a coach may see where ``sharing`` is "coach" (what
    the client ticked). ``agreed`` is the sentence that was said yes to, where it is known.
    """

    person: str
    sharing: Sharing
    at: str
    guardian: str | None = None
    shown: tuple[str, ...] = ()
    agreed: str = ""


def seen_by_others(consent: Consent) -> frozenset[str]:
    """Return which figures the others may see of the one who gave ``consent``: of FIGURES, and ``breath``."""
    if consent.sharing == "all":
        return frozenset(_OF_ONE_ALONE)
    return frozenset(consent.shown) & frozenset(FIGURES) if consent.sharing == "coach" else frozenset()


def hidden_figures(consent: Consent, *, alone: bool) -> frozenset[str]:
    """Return which figures stay off a screen: what is kept from the others, unless nobody else takes part (``alone``),
    and always a score from one under 16."""
    kept: frozenset[str] = frozenset() if alone else frozenset(_OF_ONE_ALONE) - seen_by_others(consent)
    return kept | {"coherence"} if consent.guardian is not None else kept

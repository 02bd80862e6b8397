"""What a person agrees to before a session: who may see what of theirs, for this one session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Sharing = Literal["rhythm", "own", "all", "coach"]
"""What a person lets the others of a session see: the shared rhythm only, each their own, all, what a coach may see."""

SHARINGS: tuple[Sharing, ...] = get_args(Sharing)


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

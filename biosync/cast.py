"""Who takes part in a session and where their hearts come from, at its start and of those who come later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Raw
from biosync.feeds import Feed
from biosync.pacer.settings import Settings
from biosync.store.memory import Memory

HandOn = Callable[[Raw | Member], None]


class StrapListener(Protocol):
    """A source that pushes: listens until cancelled, and hands on what comes, stamped by ``now``."""

    person: str
    address: str

    async def listen(self, now: Callable[[], float], hand_on: HandOn) -> None:
        """Listen until cancelled; SessionProblem when that is impossible from the start."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: every member, who belongs together, where their hearts come from, and what they agreed to.

    ``closed`` where a stored session is lived again: nobody joins or leaves but those who did then. ``memory`` is what
    is known of those who join with a cue of their own; what is known of the others their members tell.
    """

    members: tuple[Member, ...]
    groups: tuple[tuple[str, ...], ...]
    feeds: tuple[Feed, ...] = ()
    straps: tuple[StrapListener, ...] = ()
    settings: Settings | None = None
    consents: tuple[Consent, ...] = ()
    closed: bool = False
    memory: Memory = field(default_factory=Memory)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One who would take part in a session that runs already: ``member``, under the name that they wish for.

    The session gives them a name that is free; with it ``feed(name, t)`` makes their source where it has a timetable,
    which begins at session time ``t`` (s), or ``strap(name)`` the one that listens to their strap at ``address``.
    """

    member: Member
    feed: Callable[[str, float], Feed] | None = None
    strap: Callable[[str], StrapListener] | None = None
    address: str = ""
    consent: Consent | None = None

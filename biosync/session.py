"""A running session as those see it who show it, and the store as a session sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from biosync.cast import Newcomer
from biosync.charts.charts import Charts
from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Event, Note
from biosync.snapshot import Snapshot

Sink = Callable[[Event], None]


class Store(Protocol):
    """Where a session is kept. ``kept`` is False while it can't be, and after ``close`` if some of it could not be; the
    session goes on all the same."""

    kept: bool

    def __call__(self, event: Event | Member | Consent | Note) -> None:
        """Keep the event, a note, or what one who joins has agreed to; never raises."""

    def close(self) -> None:
        """Hand everything to the disk."""


class Session(Protocol):
    """A running session as a surface sees it.

    The properties and ``now`` may be read from any thread; all that changes something belongs to the session's own
    loop (the window's bridge uses call_soon_threadsafe).
    """

    @property
    def latest(self) -> Snapshot | None:
        """The newest picture, None before the first."""
        ...

    @property
    def duration_s(self) -> float | None:
        """How long it is, for a replay that can be paused and set; None where it can't."""
        ...

    @property
    def paused(self) -> bool:
        """True while a replay stands still."""
        ...

    async def run(self) -> None:
        """Run until it ends or is stopped; SessionProblem with one sentence when it can't go on."""

    def now(self) -> float:
        """Return the seconds since the start."""
        ...

    def stop(self) -> None:
        """End the session cleanly."""

    def charts(self, person: str) -> Charts | None:
        """Return the charts of ``person`` as things stand, None for one who was never here; in the session's loop."""
        ...

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person, or everybody, says: one of SAYINGS; SessionProblem for anything else and
        for one who is not here."""

    def mark(self, text: str, person: str | None = None, at_t: float | None = None) -> None:
        """Put a marker here, or at ``at_t`` (s); SessionProblem for one who is not here."""

    def note(self, person: str, text: str) -> None:
        """Note ``text`` down about ``person`` in place of what was noted before; SessionProblem where it can't be
        kept."""

    def join(self, newcomer: Newcomer, beside: Sequence[str] = (), *, again: bool = False) -> None:
        """Let ``newcomer`` take part from now on, with the cue of ``beside``, or with one of their own. With ``again``,
        who was here before comes back to those they shared a cue with.

        SessionProblem when their strap is in use already, when one of ``beside`` is not here, or in a replay.
        """

    def leave(self, person: str) -> None:
        """Let ``person`` go; the session ends with the last one. SessionProblem for one who is not here, or in a
        replay."""

    def pause(self) -> None:
        """Stand still, where it is a replay."""

    def go_on(self) -> None:
        """Play on, where it is a replay."""

    def seek(self, t: float) -> None:
        """Go to ``t`` seconds, where it is a replay."""

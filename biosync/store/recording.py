"""A recording of one person's beats as a file holds it, and the one error that reading it may end in."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.types import BoolArray, FloatArray

GAP_MS = 2500.0
"""A longer interval is a gap in the recording, not a beat."""


class RecordingError(ValueError):
    """The file cannot be read as a recording; the message is one sentence with the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One person's intervals as recorded, in their order; n of them.

    ``rr_ms`` (n,) the intervals, all finite and at least 1 ms; one above ``GAP_MS`` stands for a pause.
    ``lost`` (n,) True where something was skipped just before. ``t_s`` (n,) ends of the intervals, rising;
    ``arrival_s`` (n,) when they reached the computer, never falling; both in seconds on the file's own clock, None
    where the file does not say. ``t_uncertainty_s`` (n,) give or take, None where not stated. ``silent_s`` (m,) when
    a notification arrived that brought no interval, rising, on the clock of ``arrival_s``; None where not recorded.
    ``clock_zero_s``: when the file's clock showed 0, in seconds since 1970 (UTC), None where the file does not say.
    ``gaps_stated``: True where ``lost`` tells every loss, so that none is looked for in the times.
    ``simulated``: True where the file says that this is a virtual person.
    ``told``: sentences for people about what was skipped or odd in the file, the same for everybody in it.
    """

    person: str
    rr_ms: FloatArray
    lost: BoolArray
    t_s: FloatArray | None = None
    arrival_s: FloatArray | None = None
    t_uncertainty_s: FloatArray | None = None
    silent_s: FloatArray | None = None
    told: tuple[str, ...] = ()
    clock_zero_s: float | None = None
    gaps_stated: bool = False
    simulated: bool = False

    def __len__(self) -> int:
        return len(self.rr_ms)

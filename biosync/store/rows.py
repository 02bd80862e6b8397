"""What a format hands over: one row an interval, with the line it stood in, columns kept as plain arrays."""

from __future__ import annotations

import math
from array import array

import numpy as np
import numpy.typing as npt

from biosync.store.source import Line, Source
from biosync.types import FloatArray

LineArray = npt.NDArray[np.int64]

MOST_ROWS = 5_000_000
"""About forty days of beats; more is no recording."""

SECONDS_BELOW = 10.0
"""Intervals with a median below this are seconds: no heart beats every 10 ms."""


class Rows:
    """Intervals in the order of the file. NaN: not stated there. ``person`` "" is whoever the file's name says."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._people: dict[str, int] = {}
        self._columns: list[array[float]] = [array("d") for _ in range(5)]
        self._line: array[int] = array("q")
        self._person: array[int] = array("q")
        self._silent: dict[str, list[float]] = {}
        self.cut: int | None = None
        """The row in a last line that the file does not end: its number may be cut off."""
        self.clock_zero_s: float | None = None
        """When the file's clock showed 0, in seconds since 1970 (UTC); None where the file does not say."""
        self.simulated = False
        """True where the file says that its people are virtual."""
        self.gaps_stated = False
        """True where the file says itself before which intervals beats were lost."""

    def __len__(self) -> int:
        return len(self._line)

    def add(
        self,
        line: Line,
        rr: float,
        t_s: float = math.nan,
        arrival_s: float = math.nan,
        t_uncertainty_s: float = math.nan,
        person: str = "",
        lost: bool = False,
    ) -> None:
        """Add one interval (``lost``: beats were lost just before it); RecordingError when there are more than any
        recording has."""
        if len(self) >= MOST_ROWS:
            raise self._source.error(f"it holds more than {MOST_ROWS:,} intervals")
        if not line.ended:
            self.cut = len(self)
        for column, value in zip(self._columns, (rr, t_s, arrival_s, t_uncertainty_s, lost), strict=True):
            column.append(value)
        self._line.append(line.number)
        self._person.append(self._people.setdefault(person, len(self._people)))

    def add_silent(self, arrival_s: float, person: str) -> None:
        """Add a notification that brought no interval."""
        self._silent.setdefault(person, []).append(arrival_s)

    def silent_s(self, person: str) -> FloatArray:
        """Return when notifications arrived that brought ``person`` no interval (m,), as they stand in the file."""
        return np.array(self._silent.get(person, []), dtype=np.float64)

    @property
    def people(self) -> tuple[str, ...]:
        """The people in the order of their first rows."""
        return tuple(self._people)

    @property
    def rr(self) -> FloatArray:
        """The intervals (n,), in ms once ``seconds_to_ms`` has looked at them where the format leaves it open."""
        return np.frombuffer(self._columns[0], dtype=np.float64) if len(self) else np.empty(0)

    def columns(self) -> FloatArray:
        """Return rr, t_s, arrival_s, t_uncertainty_s and 1 where beats were lost just before (5, n)."""
        return np.array(self._columns, dtype=np.float64).reshape(5, len(self))

    def lines(self) -> LineArray:
        """Return the line each row stood in (n,)."""
        return np.array(self._line, dtype=np.int64)

    def person_index(self) -> LineArray:
        """Return each row's place in ``people`` (n,)."""
        return np.array(self._person, dtype=np.int64)

    def middle(self) -> float | None:
        """Return the median of the usable intervals, in their unit; None where there is none."""
        usable = self.rr[np.isfinite(self.rr) & (self.rr > 0)]
        return float(np.median(usable)) if len(usable) else None

    def seconds_to_ms(self) -> bool:
        """Turn the intervals into ms if their median shows that they are seconds; return if they were."""
        middle = self.middle()
        if middle is None or middle >= SECONDS_BELOW:
            return False
        self._columns[0] = array("d", (self.rr * 1000).tobytes())
        return True

"""biosync's own JSON lines: the beats of ``run --json``, the notifications and intervals of the raw log."""

from __future__ import annotations

import math
from typing import Any

from biosync.store.json_fields import number_at, numbers_at, object_of, payload_at, text_at
from biosync.store.numbers import epoch_s
from biosync.store.rows import Rows
from biosync.store.source import Line, Source
from biosync.track import DUPLICATE_S
from devices import heart_rate
from devices.device import DecodeError


def recognises(source: Source) -> bool:
    """Tell if the first line begins like a JSON object."""
    line = source.first_line()
    return line is not None and line.text.startswith("{")


def read(source: Source) -> Rows:
    """Return the rows of the raw log (notifications, intervals of a replay) where there are any, else of the beats.

    Labels are not read: they are made anew. Other types are passed over. RecordingError at a line that breaks the
    format, unless it is a cut-off last one. A notification that cannot be decoded, or came twice, is skipped and told.
    """
    found = _Found(source)
    for line in source.lines():
        try:
            found.take(line)
        except ValueError as error:
            source.unreadable(line, str(error), anything_before=found.lines > 0)
            continue
        found.lines += 1
    found.tell()
    return found.raw if len(found.raw) else found.beats


class _Found:
    def __init__(self, source: Source) -> None:
        self._source = source
        self.beats = Rows(source)
        self.raw = Rows(source)
        self.lines = 0
        self._undecoded = 0
        self._first_undecoded = ""
        self._zeros = 0
        self._twice = 0
        self._last: dict[tuple[str, str], tuple[float, str]] = {}

    def take(self, line: Line) -> None:
        """Take one line; ValueError with the reason if it breaks the format."""
        entry = object_of(line.text)
        match entry.get("type"):
            case "session":
                self._started(entry)
            case "beat":
                self._beat(line, entry)
            case "interval":
                self._interval(line, entry)
            case "notification" if not self._came_twice(entry):
                self._notification(line, entry)

    def _started(self, entry: dict[str, Any]) -> None:
        """Take when the session began: its clock showed 0 then. Only the first counts: a file is one session."""
        if self.beats.clock_zero_s is None:
            self.beats.clock_zero_s = self.raw.clock_zero_s = epoch_s(text_at(entry, "started"))
            self.beats.simulated = self.raw.simulated = entry.get("simulated") is True

    def _beat(self, line: Line, entry: dict[str, Any]) -> None:
        rr_ms, t_s, uncertainty = (number_at(entry, key) for key in ("rr_ms", "beat_t", "t_uncertainty_s"))
        self.beats.add(line, rr_ms, t_s, t_uncertainty_s=uncertainty, person=text_at(entry, "person"))

    def _interval(self, line: Line, entry: dict[str, Any]) -> None:
        """Take intervals that were replayed: with the time of the last one's end, or with their arrival."""
        arrival, last_t, person = number_at(entry, "t"), number_at(entry, "beat_t"), text_at(entry, "person")
        intervals, uncertainty = numbers_at(entry, "rr_ms"), number_at(entry, "t_uncertainty_s")
        to_come = math.fsum(intervals)
        for i, rr in enumerate(intervals):
            to_come -= rr
            lost = i == 0 and entry.get("gap") is True
            self.raw.add(line, rr, last_t - to_come / 1000, arrival, uncertainty, person, lost)
        if not intervals:
            self.raw.add_silent(arrival, person)

    def _came_twice(self, entry: dict[str, Any]) -> bool:
        """Tell if this is the notification before it, delivered again; a session passes those over too."""
        source = text_at(entry, "person"), text_at(entry, "characteristic")
        now = number_at(entry, "t"), text_at(entry, "hex")
        last, self._last[source] = self._last.get(source), now
        twice = last is not None and last[1] == now[1] and now[0] - last[0] < DUPLICATE_S
        self._twice += twice
        return twice

    def _notification(self, line: Line, entry: dict[str, Any]) -> None:
        if text_at(entry, "characteristic").lower() != heart_rate.MEASUREMENT:
            return
        arrival, person = number_at(entry, "t"), text_at(entry, "person")
        try:
            intervals = heart_rate.decode(payload_at(entry, "hex")).rr_ms
        except DecodeError as error:
            self._undecoded += 1
            self._first_undecoded = self._first_undecoded or f"line {line.number}: {error}"
            return
        # An interval of 0 is a strap's way of saying that it has none: no beat is lost.
        some = [rr for rr in intervals if rr > 0]
        self._zeros += len(intervals) - len(some)
        for rr in some:
            self.raw.add(line, rr, arrival_s=arrival, person=person)
        if not some:
            self.raw.add_silent(arrival, person)

    def tell(self) -> None:
        """Tell what was passed over."""
        if self._twice:
            self._source.tell(f"notifications that came twice and were taken once: {self._twice}")
        if self._zeros:
            self._source.tell(f"passed over {self._zeros} of the strap's intervals, which were 0")
        if self._undecoded:
            what = "1 notification" if self._undecoded == 1 else f"{self._undecoded} notifications"
            self._source.tell(f"skipped {what} that could not be decoded, the first in {self._first_undecoded}")

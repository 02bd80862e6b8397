"""FIT files of sports watches: the intervals of their ``hrv`` messages (Garmin FIT profile, message 78)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from biosync.store.rows import Rows
from biosync.store.source import Line, Source

MOST_BYTES = 64 << 20
_MAGIC = slice(8, 12)
_BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def recognises(source: Source) -> bool:
    """Tell by the signature in the file's header."""
    return source.head[_MAGIC] == b".FIT"


def read(source: Source) -> Rows:
    """Return the rows, numbered by interval; RecordingError where nothing can be read.

    What a damaged file still holds before the damage is read, and told.
    """
    rows = Rows(source)
    for rr_s in _intervals(source):
        rows.add(Line(len(rows) + 1, "", last=False, ended=True), rr_s * 1000)
    if not len(rows):
        raise source.error("this FIT file holds no RR intervals; switch on HRV recording in the watch's settings")
    return rows


def _intervals(source: Source) -> Iterator[float]:
    """Give the intervals in seconds, oldest first, up to the end or the first damage."""
    import fitdecode  # here, because its profile takes long to load and few files need it

    file = io.BytesIO(source.everything(MOST_BYTES))
    broken = (fitdecode.FitError, struct.error, *_BROKEN)
    reader = fitdecode.FitReader(
        file,
        processor=None,
        check_crc=fitdecode.CrcCheck.READONLY,
        error_handling=fitdecode.ErrorHandling.IGNORE,
    )
    try:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "hrv":
                yield from _values(frame.get_value("time", fallback=None))
            elif isinstance(frame, fitdecode.FitCRC) and not frame.matched:
                source.tell("its checksum is wrong, so some of it may be damaged")
    except broken as error:  # whatever fitdecode meets in bytes that break the format
        source.tell(f"the FIT file is damaged or ends too soon, so what came after is missing ({type(error).__name__})")


def _values(value: object) -> Iterator[float]:
    """Give the intervals of one ``time`` field: seconds, a single one or several, None where a place is unused."""
    for one in value if isinstance(value, tuple | list) else (value,):
        if isinstance(one, int | float):
            yield float(one)

"""A recording's file while it is read: its bytes (unpacked), its lines, and what is told about it."""

from __future__ import annotations

import re
import zlib
from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from biosync.store.recording import RecordingError

CHUNK = 1 << 16
MOST_LINES = 20_000_000
LONGEST_LINE = 1 << 20
_GZIP = b"\x1f\x8b"
_MARK = b"\xef\xbb\xbf"
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
"""How a text of two bytes a sign begins, as Windows programs save it."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text that is neither blank nor a comment (``#``); ``number`` counts from 1.

    ``last`` is True for the last one; ``ended`` is False where the file ends without ending this line.
    """

    number: int
    text: str
    last: bool
    ended: bool


class Source:
    """One open file. ``head`` holds the first bytes (unpacked); ``told`` gathers sentences for people."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self.told: list[str] = []
        self._chunks = _chunks(file)
        first = next(self._chunks, b"")
        if first.startswith(_GZIP):
            self._chunks = self._unpacked(chain([first], self._chunks))
            first = next(self._chunks, b"")
        if first[:2] in _WIDE:
            self._chunks = self._narrowed(chain([first[2:]], self._chunks), _WIDE[first[:2]])
            first = next(self._chunks, b"")
        if b"\r" in first and b"\n" not in first and b"\0" not in first:  # zeros: a FIT file, perhaps
            first, self._chunks = _with_newlines(first), map(_with_newlines, self._chunks)
        self.head = first
        self._chunks = chain([first], self._chunks)

    @property
    def stem(self) -> str:
        """The file's name without ``.gz`` and without its last ending."""
        name = self.path.name
        name = name[:-3] if name.lower().endswith(".gz") else name
        return Path(name).stem or self.path.name

    def tell(self, sentence: str) -> None:
        """Keep a sentence for the person, with the file's name in front."""
        self.told.append(f"{self.path}: {sentence}.")

    def error(self, reason: str, line: int | None = None) -> RecordingError:
        """Return the error that says why this file cannot be read."""
        where = f"{self.path}: " if line is None else f"{self.path}, line {line}: "
        return RecordingError(f"{where}{reason}.")

    def unreadable(self, line: Line, reason: str, *, anything_before: bool) -> None:
        """Skip ``line`` and tell, if it is the last of a file that was cut off; raise RecordingError otherwise."""
        if not (line.last and anything_before):
            raise self.error(reason, line.number)
        self.tell(f"skipped the last line, {line.number}, which looks cut off: {reason}")

    def everything(self, most: int) -> bytes:
        """Return all bytes; RecordingError if there are more than ``most``."""
        parts, size = [], 0
        for part in self._chunks:
            parts.append(part)
            size += len(part)
            if size > most:
                raise self.error(f"it is larger than {most >> 20} MB")
        return b"".join(parts)

    def lines(self) -> Iterator[Line]:
        """Return the lines that hold something; RecordingError for bytes that are no text."""
        held: Line | None = None
        for number, text, ended in self._texts(self._chunks):
            if held is not None:
                yield held
            held = Line(number, text, last=False, ended=ended)
        if held is not None:
            yield Line(held.number, held.text, last=True, ended=held.ended)

    def first_line(self) -> Line | None:
        """Return the first line that holds something, None if there is none; ``lines`` will give it again."""
        for number, text, ended in self._texts(iter([self.head])):
            return Line(number, text, last=False, ended=ended)
        return None

    def _texts(self, chunks: Iterator[bytes]) -> Iterator[tuple[int, str, bool]]:
        for number, raw, ended in self._raw_lines(chunks):
            text = self._text(raw, number).strip(" \r")  # tabs may separate empty fields
            if text.strip() and not text.startswith("#"):
                yield number, text, ended

    def _raw_lines(self, chunks: Iterator[bytes]) -> Iterator[tuple[int, bytes, bool]]:
        number, rest = 0, b""
        for part in chunks:
            *whole, rest = (rest + part).split(b"\n")
            for raw in whole:
                number += 1
                yield number, raw.removeprefix(_MARK) if number == 1 else raw, True
            self._check_size(number, rest)
        if rest:
            yield number + 1, rest if number else rest.removeprefix(_MARK), False

    def _check_size(self, lines: int, rest: bytes) -> None:
        if len(rest) > LONGEST_LINE:
            raise self.error(f"no line of a recording is longer than {LONGEST_LINE >> 20} MB", lines + 1)
        if lines > MOST_LINES:
            raise self.error(f"it has more than {MOST_LINES:,} lines")

    def _text(self, raw: bytes, number: int) -> str:
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            text = self._western(raw, number)
        if _CONTROL.search(text):
            raise self.error("this is not text, and no FIT file either", number)
        return text

    def _western(self, raw: bytes, number: int) -> str:
        """Return text in the Windows encoding in which spreadsheets save names."""
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            raise self.error("this is not text, and no FIT file either", number) from None

    def _narrowed(self, chunks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
        """Give the text again in UTF-8; half a sign at the end, where a file was cut off, is left out."""
        decoder = getincrementaldecoder(encoding)()
        try:
            for part in chunks:
                yield decoder.decode(part).encode()
        except UnicodeError:
            raise self.error("this is not text, and no FIT file either") from None

    def _unpacked(self, packed: Iterator[bytes]) -> Iterator[bytes]:
        """Unpack one or more gzip members; a file that ends too soon is told, a damaged one raises RecordingError."""
        inflate = zlib.decompressobj(wbits=31)
        for part in packed:
            while part:
                if inflate.eof:
                    if not part.strip(b"\0"):
                        break  # padding after the last member
                    inflate = zlib.decompressobj(wbits=31)
                yield from self._inflated(inflate, part)
                part = inflate.unused_data
        if not inflate.eof:
            self.tell("the packed file ends too soon, so what came after is missing")

    def _inflated(self, inflate: zlib._Decompress, part: bytes) -> Iterator[bytes]:
        try:
            out = inflate.decompress(part, CHUNK)
            while out:
                yield out
                out = inflate.decompress(inflate.unconsumed_tail, CHUNK)
        except zlib.error:
            raise self.error("the packed file (.gz) is damaged") from None


def _with_newlines(part: bytes) -> bytes:
    """Return text whose lines end as on the first Macs with the line ends of today."""
    return part.replace(b"\r", b"\n")


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while part := file.read(CHUNK):
        yield part

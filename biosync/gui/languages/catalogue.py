"""The texts of one language by their English words: whole ones, and patterns for sentences with something put in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"-?\d+\.\d+")
_KEPT = 1024
"""So many sentences with something put in are remembered: the same one is asked for many times a second."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What an English sentence looks like, and what stands for it. ``bare``: hardly a word of its own."""

    shape: re.Pattern[str]
    said: str
    bare: bool


class Catalogue:
    """``window`` holds the window's own texts, ``below`` sentences that are made elsewhere. ``number`` writes a number
    with a point as the language does."""

    def __init__(
        self, window: Mapping[str, str], below: Mapping[str, str], number: Callable[[str], str] = lambda text: text
    ) -> None:
        self.window, self.below, self._number = dict(window), dict(below), number
        self._whole = {text: said for text, said in below.items() if not _PLACE.search(text)}
        self._whole |= _halves(below, self._whole)
        self._whole |= window
        patterned = sorted((text for text in below if _PLACE.search(text)), key=_own_letters, reverse=True)
        self._patterns = [_pattern(text, below[text]) for text in patterned]
        self._found: dict[str, str | None] = {}

    def find(self, text: str) -> str | None:
        """Return what stands for ``text``, None where nothing does."""
        whole = self._whole.get(text)
        if whole is not None:
            return whole
        if text not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[text] = self._put_together(text)
        return self._found[text]

    def _put_together(self, text: str) -> str | None:
        for pattern in self._patterns:
            match = pattern.shape.fullmatch(text)
            if match is None:
                continue
            put_in = {name: self._part(part) for name, part in match.groupdict().items()}
            if not pattern.bare or any(put_in[name] != part for name, part in match.groupdict().items()):
                return _PLACE.sub(lambda place, put_in=put_in: put_in[place[1]], pattern.said)  # type: ignore[misc]
        return self._decapitalised(text)

    def _part(self, text: str) -> str:
        """Return what was put in, in this language: a sentence of its own, a number, or (a name) as it is."""
        if _NUMBER.fullmatch(text):
            return self._number(text)
        if " " not in text:
            return text
        return self.find(text) or text

    def _decapitalised(self, text: str) -> str | None:
        """Return what stands for a sentence that was given a capital or a stop already."""
        plain = text[:1].lower() + text[1:].removesuffix(".")
        if plain == text:
            return None
        said = self.find(plain)
        if said is None:
            return None
        return said[:1].upper() + said[1:] + ("." if text.endswith(".") and not said.endswith(".") else "")


def german(number: Callable[[str], str]) -> Catalogue:
    """Return the German catalogue."""
    found = _german_texts()
    return Catalogue(found["window"], found["below"], number)


@cache
def _german_texts() -> dict[str, dict[str, str]]:
    """Read it once: that takes longer than a frame."""
    return tomllib.loads(files("biosync.gui").joinpath("assets", "de.toml").read_text(encoding="utf-8"))


def places(text: str) -> list[str]:
    """Return the names of what is put into ``text``, in order."""
    return sorted(_PLACE.findall(text))


def _halves(below: Mapping[str, str], whole: Mapping[str, str]) -> dict[str, str]:
    """Return cause and step of each sentence apart: the doctor shows them so."""
    found: dict[str, str] = {}
    for text, said in below.items():
        ours, theirs = text.partition(": "), said.partition(": ")
        if ours[1] and theirs[1] and not _PLACE.search(text):
            for part, of in ((ours[0], theirs[0]), (ours[2], theirs[2])):
                if part not in whole:
                    found.setdefault(part, of)
    return found


def _own_letters(text: str) -> int:
    return sum(letter.isalpha() for letter in _PLACE.sub("", text))


def _pattern(text: str, said: str) -> _Pattern:
    shape, last, seen = "", 0, set()
    for place in _PLACE.finditer(text):
        again = place[1] in seen
        shape += re.escape(text[last:place.start()]) + (f"(?P={place[1]})" if again else f"(?P<{place[1]}>.+?)")
        seen.add(place[1])
        last = place.end()
    return _Pattern(re.compile(shape + re.escape(text[last:]), re.DOTALL), said, _own_letters(text) < _BARE)


_BARE = 1

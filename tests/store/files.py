"""Files for tests: written where a test may, read as a person would."""

from __future__ import annotations

from pathlib import Path

import pytest

from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError


def one(path: Path, content: bytes | str) -> Recording:
    """Write ``content`` to ``path`` and return its only recording."""
    recordings = several(path, content)
    assert len(recordings) == 1
    return recordings[0]


def several(path: Path, content: bytes | str) -> list[Recording]:
    """Write ``content`` to ``path`` and return its recordings."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_recordings(path)


def refusal(path: Path, content: bytes | str) -> str:
    """Write ``content`` to ``path`` and return the sentence with which it is refused, without the path."""
    with pytest.raises(RecordingError) as caught:
        several(path, content)
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence.removeprefix(str(path))


def told(path: Path, content: bytes | str) -> list[str]:
    """Write ``content`` to ``path`` and return what is told about it, without the path."""
    sentences = several(path, content)[0].told
    assert all(sentence.startswith(f"{path}: ") and sentence.endswith(".") for sentence in sentences)
    return [sentence.removeprefix(f"{path}: ") for sentence in sentences]

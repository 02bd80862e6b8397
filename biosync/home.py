"""Where biosync keeps what it stores: BIOSYNC_HOME, or the platform's folder for a user's data."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Return the folder; it may not exist yet."""
    chosen = os.environ.get("BIOSYNC_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("biosync", appauthor=False))


def ledger_file(home: Path) -> Path:
    """Return where the ledger of ``home`` is, or would be."""
    return home / "ledger.sqlite"


def private_folder(path: Path) -> Path:
    """Return the folder, made now where it is missing, with those above it: for its owner's eyes only."""
    for folder in [*reversed(path.parents), path]:
        if not folder.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
    return path

"""Where biosync keeps what it stores: BIOSYNC_HOME, or the platform's folder for a user's data."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """Return the folder; it may not exist yet."""
    chosen = os.environ.get("BIOSYNC_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("biosync", appauthor=False))


def sessions_folder() -> Path:
    """Return the folder of the sessions' raw logs."""
    return home() / "sessions"

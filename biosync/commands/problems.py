"""How a command ends when it can't do its work; the message is one line for the person."""

from __future__ import annotations


class WorkFailed(Exception):
    """The work failed: exit code 1."""


class WrongUse(Exception):
    """The command was used wrongly: exit code 2."""

"""How a session can end early; light enough for every command to know."""

from __future__ import annotations


class SessionProblem(Exception):
    """The session can't begin or go on; the message is one sentence for the person."""


class WrongCast(SessionProblem):
    """Who was asked for can't be put together like that: the command was used wrongly."""


class SinkClosed(Exception):
    """Whoever read the output has gone (a closed pipe): the session ends, and that is no fault."""

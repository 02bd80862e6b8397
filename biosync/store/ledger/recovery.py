"""Closes sessions whose biosync was cut off: killed, crashed, or without power."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apsw

from biosync.store.ledger.database import transaction
from biosync.store.ledger.presence import is_over

RUNNING, ENDED, CUT_OFF = 0, 1, 2


def close_cut_off(connection: apsw.Connection, home: Path, tell: Callable[[str], None]) -> None:
    """Close the sessions that nobody runs any more, and ``tell`` so once; apsw.Error as it comes."""
    left = [str(row[0]) for row in connection.execute("SELECT id FROM session WHERE state = ?", (RUNNING,))]
    for session_id in left:
        if is_over(home, session_id) and _close(connection, session_id):
            tell(
                f"Session {session_id} was cut off; what came in until then is kept."
                f" To look at it: biosync sessions show {session_id}"
            )


def _close(connection: apsw.Connection, session_id: str) -> bool:
    """Close one session; False if somebody else just did."""
    with transaction(connection):
        connection.execute("UPDATE session SET state = ? WHERE id = ? AND state = ?", (CUT_OFF, session_id, RUNNING))
        return connection.changes() > 0

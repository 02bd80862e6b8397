"""A running session's store: takes events at once, and writes them in a thread of its own."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Event, Metrics, Note
from biosync.pacer.settings import Settings
from biosync.store.ledger.entries import Entries
from biosync.store.ledger.opening import Opened
from biosync.store.ledger.presence import Presence
from biosync.store.ledger.problems import Damaged, LedgerError, in_words
from biosync.store.ledger.salvage import mark_damaged
from biosync.store.ledger.writing import SessionWriter

COMMIT_EVERY_S = 0.5
MOST_WAITING = 200_000
"""Rows that are held while they can't be written: some three hours of 16 people, some 40 MB."""
CLOSING_S = 30.0
"""How long the end of a session waits for a disk that hangs."""
LAST_TRIES = 3


class LedgerStore:
    """Keeps the session ``session_id`` in the ledger of ``home``; what can't be written now is held and tried again.

    ``tell`` gets one sentence, in the writing thread, when it can't be kept and one when it can again. ``key`` as in
    ``Ledger.open``. An event may take ``COMMIT_EVERY_S`` and the time of writing until it is on the disk.
    """

    def __init__(
        self,
        home: Path,
        session_id: str,
        members: Sequence[Member],
        groups: Sequence[tuple[str, ...]],
        tell: Callable[[str], None],
        settings: Settings | None = None,
        consents: Sequence[Consent] = (),
        key: str | None = None,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self.kept = True
        self._home, self._key, self._tell = home, key, tell
        self._session_id = session_id
        self._session = SessionWriter(session_id, members, groups, settings)
        self._arrived: deque[Event | Member | Consent | Note] = deque()
        self._entries = Entries(members, groups, most_waiting, consents)
        self._presence: Presence | None = None
        self._opened: Opened | None = None
        self._file: tuple[int, int] | None = None
        self._trouble = ""
        self._given_up = False
        self._overflowing = False
        self._summed_up = False
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name=f"ledger {session_id}", daemon=True)
        self._thread.start()

    def __call__(self, event: Event | Member | Consent | Note) -> None:
        """Keep the event, a note, or what one who joins has agreed to: it is taken now, and written by the thread."""
        if not isinstance(event, Metrics):
            self._arrived.append(event)

    def close(self) -> None:
        """Hand everything to the disk; afterwards ``kept`` says if all of the session is there."""
        self._closing.set()
        self._thread.join(CLOSING_S)
        if not self._summed_up:
            self.kept = False
            self._tell(f"The disk does not answer, so the end of session {self._session_id} may be missing.")

    # --- in the thread ---

    def _work(self) -> None:
        while not self._closing.wait(COMMIT_EVERY_S):
            if self._take() or self._trouble:
                self._write()
        self._take()
        for _ in range(LAST_TRIES):
            self._write()
            if not self._trouble:
                break
        self._sum_up()
        self._summed_up = True

    def _take(self) -> int:
        """Number what has arrived, and return how much it was; nothing else takes from the left."""
        count = len(self._arrived)
        for _ in range(count):
            event = self._arrived.popleft()
            if not self._given_up:
                self._entries.add(event)
        return count

    def _write(self) -> None:
        if self._given_up:
            return
        try:
            self._open()
            assert self._opened is not None
            with in_words(self._opened.path):
                self._session.write(self._opened.connection, self._entries)
        except LedgerError as problem:
            self._failed(problem)
        else:
            self._entries.written()
            self._worked()

    def _open(self) -> None:
        """Open the ledger, also anew where its file was taken away or replaced."""
        if self._presence is None:
            self._presence = Presence(self._home, self._session_id)
        if self._opened is not None and self._identity() != self._file:
            self._drop()
        if self._opened is None:
            self._opened = Opened(self._home, self._key, self._tell, self._presence)
            self._file = self._identity()

    def _identity(self) -> tuple[int, int] | None:
        assert self._opened is not None
        try:
            found = self._opened.path.stat()
        except OSError:
            return None
        return (found.st_dev, found.st_ino)

    def _failed(self, problem: LedgerError) -> None:
        self.kept = False
        self._given_up = not problem.may_pass
        if isinstance(problem, Damaged):
            self._note_damage()
        self._drop()
        if self._given_up:
            self._tell(f"This session is not kept: {problem}. It goes on all the same.")
        elif not self._trouble:
            self._tell(f"This session can't be kept just now: {problem}. It goes on; biosync holds it and tries again.")
        elif self._entries.unkept and not self._overflowing:
            self._overflowing = True
            self._tell("This session has waited too long for its disk; what comes now is not kept.")
        self._trouble = str(problem)

    def _note_damage(self) -> None:
        try:
            mark_damaged(self._home)
        except LedgerError as problem:
            self._trouble = str(problem)  # then the next attempt meets the damage again, and notes it

    def _worked(self) -> None:
        if self._trouble:
            lost = self._entries.unkept
            self._tell(
                f"This session is being kept again; {lost} entries are missing."
                if lost
                else "This session is being kept again; nothing was lost."
            )
        self._trouble, self._overflowing = "", False
        self.kept = self._entries.unkept == 0

    def _sum_up(self) -> None:
        if self._trouble and not self._given_up:
            held = self._entries.count + self._entries.unkept
            lost = f"The last {held} things that happened in session {self._session_id} could not be kept"
            self._tell(f"{lost}: {self._trouble}.")
        self._drop()
        if self._presence is not None:
            self._presence.close()

    def _drop(self) -> None:
        if self._opened is None:
            return
        try:
            self._opened.close()
        except LedgerError as problem:
            self._trouble = self._trouble or str(problem)
        self._opened = None

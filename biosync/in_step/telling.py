"""The course of a session as the engine tells it, as far as people let it be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from biosync.consent import Consent
from biosync.events import Event
from biosync.in_step.agreed import Agreed
from biosync.together.course import Course


class Telling:
    """Hears what the engine has to tell, adds the turns of the session, and leaves out what is not for others."""

    def __init__(self, consents: Iterable[Consent] = ()) -> None:
        self.agreed = Agreed(consents)
        self._course = Course()

    def heard(self, events: Sequence[Event], *, alone: bool) -> list[Event]:
        """Return ``events``, each followed by its turns; ``alone``: nobody else takes part."""
        whole = [one for event in events for one in (event, *self._course.feed(event))]
        return [told for told in (self.agreed.told(one, alone=alone) for one in whole) if told is not None]

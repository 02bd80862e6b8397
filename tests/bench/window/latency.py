"""From a strap's notification to the pixels that show its beat: the whole way, radio aside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import numpy as np
from PySide6.QtGui import QPaintEvent

from biosync.cast import Cast, HandOn
from biosync.engine import Member
from biosync.events import Link, Notification
from biosync.gui.app import make_application
from biosync.gui.theme import Look
from biosync.gui.widgets.strip import Strip
from biosync.gui.window import Window
from biosync.run import LiveSession
from devices.person import Person, Traits
from devices.virtual import VirtualStrap
from tests.bench.goals import Goal
from tests.bench.window.spans import let_run
from tests.gui import made

SECONDS = 60.0


class Strapped:
    """A strap that sends what a virtual one would, and notes when."""

    person, address = "Ana", ""

    def __init__(self) -> None:
        self.sent: dict[float, float] = {}
        self._strap = VirtualStrap(Person(Traits(seed=1)))

    async def listen(self, now: Callable[[], float], hand_on: HandOn) -> None:
        hand_on(Link(now(), self.person, "live", "worn"))
        while True:
            await asyncio.sleep(max(0.0, self._strap.next_t - now()))
            for packet in self._strap.send():
                t = now()
                self.sent[t] = time.perf_counter()
                hand_on(Notification(t, self.person, "strap", packet.characteristic, packet.payload))


class SeenStrip(Strip):
    """The strip, which notes when a beat was first painted."""

    seen: dict[float, float] = {}  # noqa: RUF012  # one strip

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        people = self._snapshot.people if self._snapshot else ()
        if people and people[0].last_beat_t is not None:
            self.seen.setdefault(people[0].last_beat_t, time.perf_counter())


def goals() -> list[Goal]:
    from biosync.gui.views import breathe

    breathe.Strip = SeenStrip  # type: ignore[misc]  # it paints as ever, and is watched
    make_application()
    strap = Strapped()
    cast = Cast((Member("Ana", "strap", "strap"),), (("Ana",),), (), (strap,))
    window = Window(Look(), lambda: LiveSession(cast), made.outside(made.MadeSession))
    window.resize(1440, 900)
    window.show()
    let_run(SECONDS)
    window.close()
    took = np.array([SeenStrip.seen[t] - at for t, at in strap.sent.items() if t in SeenStrip.seen])
    share = len(took) / max(1, len(strap.sent))
    p50, p95, worst = (float(value) * 1000 for value in np.percentile(took, [50, 95, 100]))
    what = f"notification to pixel, p95 of {len(took)} (p50 {p50:.0f}, worst {worst:.0f})"
    return [
        Goal(what, 50, p95, None, None, False, "ms"),
        Goal("beats of which this is known", 0.7, share, None, None, True, "of all"),
    ]

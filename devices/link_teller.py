"""Keeps account of one strap's link and tells every change of it once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices import battery, heart_rate
from devices.connection_words import Trouble, words
from devices.device import DecodeError
from devices.link import LinkChange, LinkState, StrapInfo
from devices.reception import Reception
from devices.straps import display_name, model_of

_AWAY: frozenset[LinkState] = frozenset({"searching", "connecting", "lost", "gone"})


class LinkTeller:
    """``failures`` counts the attempts in a row that brought no packet; ``on_state`` gets every change."""

    def __init__(self, address: str, on_state: Callable[[LinkChange], None]) -> None:
        self.failures = 0
        self._on_state = on_state
        self._reception: Reception | None = None
        self._heard = False
        self._away: LinkState = "searching"
        self._told = LinkChange("searching", "looking for the strap", display_name(None, address))
        on_state(self._told)

    def not_seen(self, trouble: Trouble = Trouble.NOT_SEEN) -> None:
        """The strap has not been seen for a while."""
        self._tell(self._away, f"{words(trouble)}; still looking")

    def attempt(self, name: str, quietly: bool = False) -> None:
        """The strap, called ``name``, is there and an attempt begins; ``quietly`` tells nothing until it succeeds."""
        self._told = replace(self._told, device=name)
        self._reception, self._heard = self._new_reception(), False
        if not quietly:
            self._tell("connecting", "the strap is there; connecting")

    def failed(self, why: str) -> None:
        """An attempt came to nothing."""
        self.failures += 1
        self._reception = None
        self._tell(self._away, f"{why}; trying again")

    def lost(self, trouble: Trouble) -> None:
        """The link is gone; without one packet the attempt counts as failed. What comes later tells nothing of it."""
        if not self._heard:
            self.failed(words(trouble))
        else:
            self._reception = None
            self._tell("lost", f"{words(trouble)}; trying again")

    def silent(self) -> None:
        """Nothing comes any more, though the strap is there: it is not live until something does."""
        self._reception = self._new_reception()
        trouble = words(Trouble.SILENT)
        self._tell("lost" if self._heard else self._away, f"{trouble}; still listening")

    def gone(self, why: str) -> None:
        """Nobody looks for the strap any more."""
        self._tell("gone", why)

    def heard(self, uuid: str, payload: bytes, t: float) -> None:
        """The value ``payload`` of characteristic ``uuid`` arrived at ``t``."""
        if self._reception is None:
            return
        if uuid == heart_rate.MEASUREMENT:
            self.failures, self._heard, self._away = 0, True, "lost"
            self._tell(*self._reception.feed(payload, t))
        elif uuid == battery.LEVEL:
            self._battery(payload)

    def described(self, info: StrapInfo) -> None:
        """The strap has told about itself."""
        self._change(replace(self._told, info=info))

    def _new_reception(self) -> Reception:
        model = model_of(self._told.device)
        return Reception(sends_rr=model is None or model.sends_rr)

    def _battery(self, payload: bytes) -> None:
        try:
            percent: int | None = battery.decode(payload).percent
        except DecodeError:
            percent = None  # the raw bytes are kept elsewhere; an unreadable level is unknown
        self._change(replace(self._told, battery_percent=percent))

    def _tell(self, state: LinkState, why: str) -> None:
        percent = None if state in _AWAY else self._told.battery_percent
        self._change(replace(self._told, state=state, why=why, battery_percent=percent))

    def _change(self, change: LinkChange) -> None:
        if change != self._told:
            self._told = change
            self._on_state(change)

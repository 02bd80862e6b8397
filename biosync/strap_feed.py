"""A person's real strap as a source of a session: what the radio says becomes events."""

from __future__ import annotations

from collections.abc import Callable

from biosync.engine import Member
from biosync.events import Link, LinkState, Notification, Raw
from biosync.run_problems import SessionProblem
from devices.connection_words import RadioProblem
from devices.link import LinkChange
from devices.radio import Radio
from devices.straps import rr_delay_s

DELAY_UNCERTAINTY_S = 0.3
"""How well the delay of a known model is known."""
UNKNOWN_DELAY = (1.5, 1.1)
"""Delay of an unknown model, and how far off that may be: models lie between 0.4 and 2.6 s (ble notes, KTH 2025)."""


Remember = Callable[[str, str, str], None]
"""Called once with the strap's name, its address and the person, when it is really there."""


class StrapFeed:
    """The strap at ``address`` on ``person``, listened to through ``radio``."""

    def __init__(self, radio: Radio, person: str, address: str, remember: Remember | None = None) -> None:
        self.person = person
        self.address = address
        self.device = "strap"
        self._radio = radio
        self._remember = remember
        self._told: tuple[LinkState, str, int | None] | None = None

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        """Listen until cancelled; SessionProblem when Bluetooth can't be used from the start."""

        def on_data(characteristic: str, payload: bytes, t: float) -> None:
            hand_on(Notification(t, self.person, self.device, characteristic, payload))

        def on_state(change: LinkChange) -> None:
            self._wears(change, hand_on)
            if change.state in ("live", "hr_only") and self._remember is not None:
                self._remember(self.device, self.address, self.person)
                self._remember = None
            told = (change.state, change.why, change.battery_percent)
            if told != self._told:
                self._told = told
                hand_on(Link(now(), self.person, *told))

        try:
            await self._radio.listen(self.address, now=now, on_data=on_data, on_state=on_state)
        except RadioProblem as problem:
            raise SessionProblem(str(problem)) from None

    def _wears(self, change: LinkChange, hand_on: Callable[[Raw | Member], None]) -> None:
        """Tell which strap it is, and what its model is known to hold beats back."""
        about = (change.info.manufacturer, change.info.model) if change.info is not None else ()
        delay_s = rr_delay_s(change.device, *about)
        delay, uncertainty = (delay_s, DELAY_UNCERTAINTY_S) if delay_s is not None else UNKNOWN_DELAY
        self.device = change.device or self.device
        hand_on(Member(self.person, "strap", self.device, delay, uncertainty))

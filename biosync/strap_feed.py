"""A person's real strap as a source of a session: what the radio says becomes events."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from biosync.engine import Member
from biosync.events import Link, LinkState, Notification, Raw
from biosync.heart.quality import COMPUTED, SensorGate
from biosync.home import home
from biosync.run_problems import SessionProblem
from biosync.store.ledger.strap_use import StrapUse
from biosync.straps import StrapLetGo
from devices import heart_rate
from devices.connection_words import RadioProblem
from devices.device import DecodeError
from devices.known_straps import KnownStrap, Recognition, recognise, same_address
from devices.link import LinkChange
from devices.radio import Radio, shared_radio
from devices.straps import in_a_line, isolated, rr_delay_s

DELAY_UNCERTAINTY_S = 0.3
"""How well the delay of a known model is known."""
UNKNOWN_DELAY = (1.5, 1.1)
"""Delay of an unknown model, and how far off that may be: models lie between 0.4 and 2.6 s (ble notes, KTH 2025)."""
TAKEN = "another biosync on this computer uses this strap: end the session there; waiting for it"
TAKEN_AGAIN_S = 0.5
"""How often to look if the strap is free again."""
ANOTHER_STRAP = "this is another strap of the same name (its serial number differs): it is not remembered as known"
ANOTHER_WEARER = (
    "until now this strap was {wearer}'s, and from now on it counts as {person}'s: if that is wrong, end the session,"
    " and name it as before: NAME=ble:{address}"
)
_CHANGED = re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(ANOTHER_WEARER)))
PROOF_S = 5.0
"""A strap of which only name and address are known has so long to tell its serial; then it is taken at its word."""
_BEATING: frozenset[LinkState] = frozenset({"live", "weak"})

Remember = Callable[[str, str, str, str | None], None]
"""Called once with the strap's name, its address, the person and the serial (None: it has none), when it is known."""


class StrapFeed:
    """The strap at ``address`` on ``person``, listened to through ``radio`` (None: the one that all share).

    ``known`` are the straps whose wearers said yes before: one that turns out to be another strap of the same name is
    told, and not passed on to ``remember``. One that nobody named (``unnamed``), but that was chosen because it is
    known, is let go then: what it sends is held back until its serial is read, at most ``PROOF_S``.
    """

    def __init__(
        self,
        person: str,
        address: str,
        remember: Remember | None = None,
        known: Sequence[KnownStrap] = (),
        *,
        unnamed: bool = False,
        radio: Radio | None = None,
    ) -> None:
        self.person = person
        self.address = address
        self.device = "strap"
        self._radio = radio
        self._remember = remember
        self._known = known
        self._unnamed = unnamed
        serial_is_known = any(one.serial is not None for one in known if same_address(one.address, address))
        self._unproved: list[Notification] | None = [] if unnamed and serial_is_known else None
        self._gate = SensorGate()
        self._computes = False
        self._note = ""
        self._now: Callable[[], float] = lambda: 0.0
        self._hand_on: Callable[[Raw | Member], None] = lambda _: None
        self._change: LinkChange | None = None
        self._told: tuple[LinkState, str, int | None] | None = None

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        """Listen until cancelled, one biosync at a time; SessionProblem when Bluetooth can't be used from the start,
        StrapLetGo when it is not the strap that was meant."""
        self._now, self._hand_on = now, hand_on
        use = StrapUse(home(), self.address)
        try:
            while not use.take():
                self._tell("searching", TAKEN, None)
                await asyncio.sleep(TAKEN_AGAIN_S)
            radio = self._radio or shared_radio()
            await radio.listen(self.address, now=now, on_data=self._hear, on_state=self._take)
        except RadioProblem as problem:
            raise SessionProblem(str(problem)) from None
        finally:
            use.release()

    def _hear(self, characteristic: str, payload: bytes, t: float) -> None:
        self._keep(Notification(t, self.person, self.device, characteristic, payload))
        if characteristic == heart_rate.MEASUREMENT:
            self._watch(payload)

    def _keep(self, packet: Notification) -> None:
        """Hand the packet on, or hold it back while it is not known whose heart it is."""
        if self._unproved is None:
            self._hand_on(packet)
            return
        self._unproved.append(packet)
        if packet.t - self._unproved[0].t > PROOF_S:
            self._trust()

    def _trust(self) -> None:
        packets, self._unproved = self._unproved or (), None
        for packet in packets:
            self._hand_on(packet)

    def _watch(self, payload: bytes) -> None:
        """Notice a sensor that computes its intervals from the heart rate: then only that is true of what it sends."""
        try:
            measured = heart_rate.decode(payload)
        except DecodeError:
            return  # told by the radio, which sees them too
        computes = self._gate.feed(measured.heart_rate_bpm, measured.rr_ticks)
        if computes != self._computes:
            self._computes = computes
            self._pass_on()

    def _take(self, change: LinkChange) -> None:
        self._change = change
        self._wears(change)
        if change.info is not None and change.state in ("live", "weak", "hr_only"):
            self._get_to_know(change.info.serial)
        self._pass_on()

    def _pass_on(self) -> None:
        """Tell the link as it is now, with what was found out about the sensor."""
        change = self._change
        if change is None:
            return
        if self._computes and change.state in _BEATING:
            change = replace(change, state="hr_only", why=COMPUTED)
        self._tell(change.state, f"{change.why}; {self._note}" if self._note else change.why, change.battery_percent)

    def _tell(self, state: LinkState, why: str, battery_percent: int | None) -> None:
        told = (state, why, battery_percent)
        if told != self._told:
            self._told = told
            self._hand_on(Link(self._now(), self.person, *told))

    def _get_to_know(self, serial: str | None) -> None:
        """Remember the strap once, by name and serial, or tell that it is not the one that it seemed to be."""
        remember, self._remember = self._remember, None
        whose = recognise(self.device, self.address, self._known)
        another = whose is not None and whose.is_disproved_by(serial)
        if another and self._unnamed:
            raise StrapLetGo(_another(self.device, self.address))
        self._trust()
        if remember is None:
            return
        if another and whose is not None and whose.person == self.person:
            self._note = ANOTHER_STRAP
        else:
            if whose is not None and whose.person != self.person and self._is_the_same(whose, serial):
                self._note = _changed_wearer(whose.person, self.person, self.address)
            remember(self.device, self.address, self.person, serial)

    @staticmethod
    def _is_the_same(whose: Recognition, serial: str | None) -> bool:
        """Tell if it is the very strap that is known, and not only one that looks like it."""
        return whose.is_proved_by(serial) or (whose.sure and not whose.is_disproved_by(serial))

    def _wears(self, change: LinkChange) -> None:
        """Tell which strap it is, and what its model is known to hold beats back."""
        about = (change.info.manufacturer, change.info.model) if change.info is not None else ()
        delay_s = rr_delay_s(change.device, *about)
        delay, uncertainty = (delay_s, DELAY_UNCERTAINTY_S) if delay_s is not None else UNKNOWN_DELAY
        self.device = change.device or self.device
        self._hand_on(Member(self.person, "strap", self.device, delay, uncertainty))


def _changed_wearer(wearer: str, person: str, address: str) -> str:
    """Return that the strap at ``address`` was known as another's."""
    return ANOTHER_WEARER.format(wearer=in_a_line(wearer), person=in_a_line(person), address=address)


def changed_wearer(why: str) -> tuple[str, str] | None:
    """Return whose the strap was and whose it is now, where a link's ``why`` tells so."""
    found = _CHANGED.search(why)
    return (found["wearer"], found["person"]) if found is not None else None


def _another(device: str, address: str) -> str:
    """Return why a strap that was chosen is let go."""
    return (
        f"the strap {isolated(device)} at {address} is not the one that this biosync knows (its serial number differs),"
        " so it was let go: once its wearer has said yes, name it by its address, as in Ana=ble:ADDRESS"
    )

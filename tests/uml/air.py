"""The virtual air between BlueZ's radio and the straps: bumble's, with what it lacks.

What bumble 0.0.236 leaves out, and this adds: a packet takes time (``latency_s``), always in order; data carries the
address that the link was made with; whoever is out of range is not heard, and such a link ends by its supervision
timeout; a pending connection can be cancelled.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial

from bumble import core, hci, ll
from bumble.controller import Connection, Controller
from bumble.link import LocalLink
from bumble.transport.common import TransportSink, TransportSource

SUPERVISION_S = 0.42
"""After so long without a packet a link is over; what Linux asks for."""


class Air(LocalLink):
    """Carries packets from one radio to another, ``latency_s`` late."""

    def __init__(self, latency_s: float) -> None:
        super().__init__()
        self._latency_s = latency_s
        self._under_way: deque[Callable[[], None]] = deque()
        self._unheard: set[Controller] = set()

    def send_acl_data(
        self, sender_controller: Controller, destination_address: hci.Address, transport: core.PhysicalTransport,
        data: bytes,
    ) -> None:  # fmt: skip
        """Carry data to the other end of the sender's link."""
        link = sender_controller.le_connections.get(destination_address)
        receiver = self.find_le_controller(destination_address)
        if link is not None and receiver is not None:
            source = link.self_address
            self._carry(sender_controller, receiver, lambda: receiver.on_link_acl_data(source, transport, data))

    def send_advertising_pdu(self, sender_controller: Controller, packet: ll.AdvertisingPdu) -> None:
        """Carry an advertisement, or the answer to one, to everybody else."""
        for receiver in self.controllers - {sender_controller}:
            self._carry(sender_controller, receiver, partial(receiver.on_ll_advertising_pdu, packet))

    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """Carry what two link layers say to each other."""
        sender, receiver = self.find_le_controller(sender_address), self.find_le_controller(receiver_address)
        if sender is not None and receiver is not None:
            self._carry(sender, receiver, lambda: receiver.on_ll_control_pdu(sender_address, packet))

    def out_of_range(self, radio: Controller) -> None:
        """Carry nothing from or to ``radio`` any more; its links end when nothing has been heard for long enough."""
        self._unheard.add(radio)
        for link in list(radio.le_connections.values()):
            self._end_later(radio, link)
            self._end_far_end_later(link)

    def in_range(self, radio: Controller) -> None:
        """Carry everything again."""
        self._unheard.discard(radio)

    def pull_out(self, radio: Controller) -> None:
        """Take ``radio`` out of this world; the other ends of its links notice it by the silence."""
        self._unheard.add(radio)
        for link in list(radio.le_connections.values()):
            self._end_far_end_later(link)
        self.remove_controller(radio)

    def _end_far_end_later(self, link: Connection) -> None:
        far = self.find_le_controller(link.peer_address)
        if far is not None and (far_link := far.le_connections.get(link.self_address)) is not None:
            self._end_later(far, far_link)

    def _end_later(self, end: Controller, link: Connection) -> None:
        asyncio.get_running_loop().call_later(SUPERVISION_S, self._time_out, end, link)

    def _time_out(self, end: Controller, link: Connection) -> None:
        if end.le_connections.get(link.peer_address) is link:
            end.on_le_disconnected(link, hci.HCI_ErrorCode.CONNECTION_TIMEOUT_ERROR)

    def _carry(self, sender: Controller, receiver: Controller, deliver: Callable[[], None]) -> None:
        self._under_way.append(lambda: None if {sender, receiver} & self._unheard else deliver())
        # Whichever timer comes first delivers what was sent first: equal times have no order in asyncio.
        asyncio.get_running_loop().call_later(self._latency_s, lambda: self._under_way.popleft()())


class Radio(Controller):
    """One radio in the air, with a public address."""

    # With these two BlueZ uses commands that bumble's controller does not carry out (bumble issue 841).
    le_features = Controller.le_features & ~(
        hci.LeFeatureMask.LL_PRIVACY | hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
    )

    def __init__(
        self, name: str, air: Air, address: str, source: TransportSource | None = None,
        sink: TransportSink | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name, host_source=source, host_sink=sink, link=air, public_address=address)

    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """Give up the pending connection and say so (Core 5.0, Vol 2, Part E, 7.8.13)."""
        pending, self.pending_le_connection = self.pending_le_connection, None
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        asyncio.get_running_loop().call_soon(self._say_cancelled, pending.peer_address)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def _say_cancelled(self, peer: hci.Address) -> None:
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=hci.HCI_ErrorCode.UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
                connection_handle=0,
                role=hci.Role.CENTRAL,
                peer_address_type=peer.address_type,
                peer_address=peer,
                connection_interval=0,
                peripheral_latency=0,
                supervision_timeout=0,
                central_clock_accuracy=0,
            )
        )

"""What stands between this computer and a strap: the cause, and the one next step.

The radio is used as a session uses it, and what it meets is explained by what can be read of the computer. Judging is
apart from reading: ``judged`` takes facts alone.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from devices import doctor_linux, doctor_mac, doctor_windows
from devices.connection_words import RadioProblem, Trouble
from devices.doctor_computer import computer_findings
from devices.doctor_facts import Computer, Facts, Meeting
from devices.doctor_meeting import meet
from devices.doctor_report import Finding, Report
from devices.doctor_straps import strap_findings
from devices.known_straps import KnownStrap
from devices.radio import Radio, scan, shared_radio
from devices.straps_in_range import FoundStrap, nobody_uses, ranked

__all__ = ["Finding", "Report", "examine", "judged", "this_computer"]

_MOST_MET = 4
"""One that answers is enough, and an adapter connects to one at a time."""
_LOOKS: Mapping[str, Callable[[], Awaitable[Computer]]] = {
    "linux": doctor_linux.look, "win32": doctor_windows.look, "darwin": doctor_mac.look
}  # fmt: skip


async def examine(
    seconds: float,
    known: Sequence[KnownStrap] = (),
    taken: Callable[[str], bool] = nobody_uses,
    *,
    radio: Radio | None = None,
    computer: Computer | None = None,
    meeting_s: float = 0.0,
) -> Report:
    """Listen for ``seconds`` and return what was found; whatever goes wrong is in the report.

    ``known``: the straps whose wearers said yes. ``taken`` tells by an address if a running biosync uses that strap.
    ``computer`` is what was read of the computer before (None: it is read now). With ``meeting_s`` the known straps in
    range are connected to for as long at most, to see if their beats come.
    """
    computer = computer or await this_computer()
    facts = Facts(sys.platform, computer=computer, known=known)
    if computer.usage_text is False:
        return judged(replace(facts, trouble=Trouble.NO_USAGE_TEXT))  # macOS would end the program at the first try
    try:
        sightings = await (scan(seconds) if radio is None else radio.scan(seconds))
        straps = ranked(sightings, known, taken)
    except RadioProblem as problem:
        return judged(replace(facts, trouble=problem.trouble))
    met = await _met(radio or shared_radio(), straps, meeting_s) if meeting_s else {}
    return judged(replace(facts, straps=straps, met=met))


async def this_computer() -> Computer:
    """Return what can be read of this computer's Bluetooth without using it."""
    look = _LOOKS.get(sys.platform)
    return await look() if look else Computer()


def judged(facts: Facts) -> Report:
    """Return what the facts mean."""
    trouble, findings = computer_findings(facts)
    if trouble is not None:
        skipped = Finding("straps", "skipped", "not reached")
        return Report(trouble.name.lower(), (*findings, skipped))
    verdict, found, straps = strap_findings(facts)
    return Report(verdict, (*findings, *found), tuple(straps))


async def _met(radio: Radio, straps: Sequence[FoundStrap], seconds: float) -> dict[str, Meeting]:
    """Connect to the best straps whose wearers said yes for sure, and that nobody holds; all others are left alone."""
    free = [s.address for s in straps if s.known and s.sends_rr and not (s.taken or s.held)][:_MOST_MET]
    meetings = await asyncio.gather(*(meet(radio, address, seconds) for address in free))
    return dict(zip(free, meetings, strict=True))

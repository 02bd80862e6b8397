"""From facts to findings about straps: which one could be used now, and what keeps the others. Pure."""

from __future__ import annotations

from collections import Counter

from devices.connection_words import Trouble, cause_and_step
from devices.doctor_facts import Facts, Meeting
from devices.doctor_report import CheckState, Finding, StrapFinding
from devices.firmware import failing
from devices.known_straps import recognise
from devices.link import StrapInfo
from devices.straps import isolated, model_of
from devices.straps_in_range import FoundStrap

_Judgement = tuple[CheckState, str, str, str]
"""State, cause, why, next step."""

_TAKEN = ("it is in a running session of biosync already", "end that session, and it is free")
_HELD = (
    "another program on this computer uses it, or left it connected when it broke off",
    "close other programs that use it, then begin: biosync takes it over",
)
_NO_RR = (
    "it sends the heart rate but no single beats",
    "use a chest strap: without single beats there is no HRV, and the cue can't follow",
)
_TWIN = (
    "it is another strap of the same name as a known one: its serial number differs",
    "name its wearer in the window, or by its address: biosync run NAME=ble:ADDRESS",
)
_ASLEEP = ("no strap is heard: it sleeps until it is worn, or it is out of reach", "put it on, and moisten it well")


def strap_findings(facts: Facts) -> tuple[str, list[Finding], list[StrapFinding]]:
    """Return the verdict ("ok", or a word for what keeps every strap), what was found, and every strap in range."""
    straps = [_strap(found, facts) for found in facts.straps]
    if not straps:
        verdict, finding = _none_heard(facts)
    elif any(strap.state == "ok" for strap in straps):
        verdict, finding = "ok", _usable(straps)
    else:
        first = straps[0]
        verdict = first.cause
        finding = Finding("straps", "problem", f"{isolated(first.label)}: {first.why}", first.next_step)
    return verdict, [finding, *_namesakes(facts)], straps


def _strap(found: FoundStrap, facts: Facts) -> StrapFinding:
    met = facts.met.get(found.address)
    info = met.info if met and met.info else StrapInfo()
    state, cause, why, next_step = _judged(found, met, info, facts)
    return StrapFinding(
        name=found.name,
        label=found.label,
        address=found.address,
        rssi_dbm=found.rssi_dbm,
        known=found.known and cause != "other_strap",
        person=found.person if cause != "other_strap" else None,
        state=state,
        cause=cause,
        why=why,
        next_step=next_step,
        battery_percent=met.battery_percent if met else None,
        serial=info.serial,
        firmware=info.version,
        reasons=found.others_reasons if cause == "other_strap" else found.reasons,
    )


def _judged(found: FoundStrap, met: Meeting | None, info: StrapInfo, facts: Facts) -> _Judgement:
    if found.taken:
        return "problem", "in_use", *_TAKEN
    if found.held and met is None:
        return "problem", "held", *_HELD
    if not found.sends_rr or (met is not None and met.state == "hr_only"):
        return "problem", "no_rr", *_NO_RR
    whose = recognise(found.name, found.address, facts.known)
    if whose is not None and whose.is_disproved_by(info.serial):
        return "problem", "other_strap", *_TWIN
    bad = failing(facts.system, info.version, found.name, info.manufacturer, info.model)
    if bad is not None:
        return "problem", "old_firmware", bad.why, bad.next_step
    return _reached(met) if met is not None else _heard(found)


def _reached(met: Meeting) -> _Judgement:
    """Judge a strap that was asked: it answered, or why not."""
    if met.state in ("live", "weak"):
        return "ok", "", met.why, ""
    cause, _, step = met.why.partition("; ")[0].partition(": ")
    return "problem", "no_answer", cause, step


def _heard(found: FoundStrap) -> _Judgement:
    if found.worn is False:
        return "ok", "", "it is heard, but not worn", "put it on, and moisten it well"
    if found.known:
        return "ok", "", "it is heard", ""
    if found.person is not None:
        return "ok", "", f"it is heard; if it is {isolated(found.person)}'s, its serial number shows it at its use", ""
    return "ok", "", "it is heard; it can be used once its wearer has said yes", ""


def _usable(straps: list[StrapFinding]) -> Finding:
    names = [isolated(strap.label) for strap in straps if strap.state == "ok"]
    count = "1 strap" if len(names) == 1 else f"{len(names)} straps"
    return Finding("straps", "ok", f"{count} can be used: {', '.join(names)}")


def _none_heard(facts: Facts) -> tuple[str, Finding]:
    if not facts.known:
        why, _ = _ASLEEP
        return "not_seen", Finding("straps", "problem", why, cause_and_step(Trouble.NOT_SEEN, facts.system)[1])
    whose = sorted({f"{isolated(one.person)}'s {isolated(one.name)}" for one in facts.known})
    heard = f"{whose[0]} is not heard" if len(whose) == 1 else f"none of {', '.join(whose)} is heard"
    why = f"{heard}: asleep because it is not worn, out of reach, or held by a phone or a watch"
    step = f"{_ASLEEP[1]}; if it is worn already, close the app on the phone or watch that has it"
    return "not_seen", Finding("straps", "problem", why, step + _one_link(facts))


def _one_link(facts: Facts) -> str:
    models = {model_of(one.name) for one in facts.known}
    names = sorted(model.name for model in models if model is not None and model.one_link)
    return f" ({', '.join(names)}: one link at a time, unless its app allows a second)" if names else ""


def _namesakes(facts: Facts) -> list[Finding]:
    names = [name for name, count in Counter(found.name for found in facts.straps).items() if count > 1]
    why = "several straps are called {}: each is told by the end of its address, and by its serial once it is used"
    return [Finding("names", "ok", why.format(isolated(name))) for name in names]

"""From facts to findings about this computer: what its Bluetooth lacks, and the one next step. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from devices.connection_words import Trouble, cause_and_step
from devices.doctor_facts import Computer, Facts
from devices.doctor_report import Finding

IN_CONTAINER = (
    "biosync runs in a container here: run it on the computer itself, or give the container the computer's /run/dbus"
)


@dataclass(frozen=True, slots=True)
class _Check:
    """``fine`` is said where it holds; ``troubles`` are those that it fails with."""

    name: str
    fine: str
    troubles: frozenset[Trouble]


def _check(name: str, fine: str, *troubles: Trouble) -> _Check:
    return _Check(name, fine, frozenset(troubles))


_LINUX = (
    _check("bus", "the system bus answers", Trouble.NO_BUS),
    _check("service", "the Bluetooth service runs", Trouble.NO_SERVICE, Trouble.NOT_INSTALLED, Trouble.SERVICE_SILENT),
    _check(
        "permission", "you may use Bluetooth",
        Trouble.NO_PERMISSION, Trouble.NOT_LOGGED_IN_ANEW, Trouble.FORBIDDEN,
    ),
    _check("version", "the Bluetooth service is new enough", Trouble.OLD_SERVICE),
    _check("block", "nothing blocks Bluetooth", Trouble.BLOCKED, Trouble.HARD_BLOCKED),
    _check(
        "adapter", "there is a Bluetooth adapter",
        Trouble.NO_ADAPTER, Trouble.NO_SUCH_ADAPTER, Trouble.UNSEEN_ADAPTER, Trouble.NO_DRIVER,
    ),
    _check("low_energy", "the adapter can hear straps (Bluetooth Low Energy)", Trouble.NO_LOW_ENERGY),
    _check("power", "Bluetooth is switched on", Trouble.OFF),
)  # fmt: skip
_WINDOWS = (
    _check("service", "Windows' Bluetooth service runs", Trouble.NO_SERVICE, Trouble.SERVICE_SILENT),
    _check("adapter", "there is a Bluetooth adapter", Trouble.NO_ADAPTER, Trouble.NO_SUCH_ADAPTER),
    _check("low_energy", "the adapter can hear straps (Bluetooth Low Energy)", Trouble.NO_LOW_ENERGY),
    _check("permission", "apps may use Bluetooth", Trouble.NO_PERMISSION),
    _check("power", "Bluetooth is switched on", Trouble.OFF),
)
_MAC = (
    _check("usage_text", "biosync can ask for Bluetooth", Trouble.NO_USAGE_TEXT),
    _check("adapter", "this Mac has Bluetooth", Trouble.NO_ADAPTER, Trouble.NO_SUCH_ADAPTER, Trouble.NO_LOW_ENERGY),
    _check("permission", "biosync may use Bluetooth", Trouble.NO_PERMISSION),
    _check("power", "Bluetooth is switched on", Trouble.OFF),
    _check("service", "the Mac's Bluetooth answers", Trouble.SERVICE_SILENT),
)
_CHECKS = {"win32": _WINDOWS, "darwin": _MAC}


def computer_findings(facts: Facts) -> tuple[Trouble | None, list[Finding]]:
    """Return the trouble as the facts explain it (None: this computer is ready) and a finding for every check.

    What comes before the trouble holds, or the trouble could not have been met; what comes after was not reached.
    """
    checks = _CHECKS.get(facts.system, _LINUX)
    if facts.trouble is None:
        return None, [_fine(check, facts) for check in checks] + [_listened()]
    trouble = explained(facts.trouble, facts.system, facts.computer)
    failed = next((i for i, check in enumerate(checks) if trouble in check.troubles), len(checks))
    findings = [_fine(check, facts) for check in checks[:failed]]
    name = checks[failed].name if failed < len(checks) else "listening"
    findings.append(Finding(name, "problem", *_words(trouble, facts)))
    findings += [Finding(check.name, "skipped", "not reached") for check in checks[failed + 1 :]]
    if name != "listening":
        findings.append(Finding("listening", "skipped", "not reached"))
    return trouble, findings


def explained(trouble: Trouble, system: str, computer: Computer) -> Trouble:
    """Return the cause behind ``trouble``, as far as what is known of the computer tells it."""
    if system == "win32":
        return _explained_on_windows(trouble, computer)
    if system == "darwin":
        return trouble  # macOS tells its causes itself
    match trouble:
        case Trouble.NO_SERVICE if computer.service_installed is False and not computer.container:
            return Trouble.NOT_INSTALLED
        case Trouble.NO_ADAPTER | Trouble.OFF | Trouble.NO_SUCH_ADAPTER if computer.blocks:
            return _blocked(computer) or _without_adapter(trouble, computer)
        case Trouble.NO_ADAPTER:
            return _without_adapter(trouble, computer)
        case Trouble.NO_PERMISSION:
            return _forbidden(computer)
    return trouble


def _explained_on_windows(trouble: Trouble, computer: Computer) -> Trouble:
    if computer.service_runs is False and trouble in (Trouble.NO_ADAPTER, Trouble.SERVICE_SILENT, Trouble.OFF):
        return Trouble.NO_SERVICE
    if computer.privacy is False and trouble in (Trouble.SERVICE_SILENT, Trouble.FAILED, Trouble.BUSY):
        return Trouble.NO_PERMISSION
    return trouble


def _blocked(computer: Computer) -> Trouble | None:
    """Return the block that keeps every adapter off; one that is free is enough."""
    if not all(block.soft or block.hard for block in computer.blocks):
        return None
    return Trouble.HARD_BLOCKED if all(block.hard for block in computer.blocks) else Trouble.BLOCKED


def _without_adapter(trouble: Trouble, computer: Computer) -> Trouble:
    if trouble is not Trouble.NO_ADAPTER:
        return trouble
    if computer.adapters:
        return Trouble.UNSEEN_ADAPTER
    return Trouble.NO_DRIVER if computer.plugged_in else trouble


def _forbidden(computer: Computer) -> Trouble:
    if computer.may_use and computer.may_use_now is False:
        return Trouble.NOT_LOGGED_IN_ANEW
    return Trouble.NO_PERMISSION if computer.may_use is False else Trouble.FORBIDDEN


def _fine(check: _Check, facts: Facts) -> Finding:
    if check.name != "version":
        return Finding(check.name, "ok", check.fine)
    version = facts.computer.service_version
    if version is None:
        return Finding("version", "unknown", "the version of the Bluetooth service can't be read without bluetoothctl")
    return Finding("version", "ok", f"{check.fine} (BlueZ {version})")


def _words(trouble: Trouble, facts: Facts) -> tuple[str, str]:
    cause, step = cause_and_step(trouble, facts.system)
    inside = facts.computer.container and trouble in (Trouble.NO_BUS, Trouble.NO_SERVICE)
    return cause, IN_CONTAINER if inside else step


def _listened() -> Finding:
    return Finding("listening", "ok", "the adapter listened for straps")

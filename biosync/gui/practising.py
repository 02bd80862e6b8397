"""The programs and roles in words: what each is called, and the rule by which the cue then finds its pace."""

from __future__ import annotations

from biosync.events import Mode, Program
from biosync.gui import words
from biosync.snapshot import Practice

PROGRAMS: tuple[Program, ...] = ("settle", "find", "without")
MODES: tuple[Mode, ...] = ("meet_in_the_middle", "one_leads", "turns")


def program_name(program: Program) -> str:
    """Return what a program is called."""
    return {
        "settle": words.tr("Settle"), "find": words.tr("Find my rhythm"), "without": words.tr("Without the cue"),
    }[program]


def program_rule(program: Program) -> str:
    """Return the rule of the pace in a program."""
    return {
        "settle": words.tr(
            "settling: the cue meets your breath, slows down while you follow, and stays at a calm pace"),
        "find": words.tr(
            "finding your rhythm: led slower, and then on to the pace at which your heart swings most"),
        "without": words.tr(
            "without the cue: once you keep the calm pace it fades, and it comes back if you lose the rhythm"),
    }[program]


def mode_name(mode: Mode, leads: str | None = None) -> str:
    """Return what a mode is called; with ``leads``, who does so."""
    if mode == "one_leads":
        return words.tr("{name} leads").format(name=leads) if leads else words.tr("One leads")
    return words.tr("Take turns") if mode == "turns" else words.tr("Meet in the middle")


def mode_rule(mode: Mode) -> str:
    """Return whose breath the cue goes by in a mode."""
    return {
        "meet_in_the_middle": words.tr("the cue meets the middle of your breaths; it leads while all are with it"),
        "one_leads": words.tr(
            "the cue goes by the breath of the one who leads once it has settled, and all see its pace"),
        "turns": words.tr("each of you leads for three minutes, in turn, and all see the pace"),
    }[mode]


def in_force(practice: Practice, *, several: bool) -> str:
    """Return in a few words what holds: the program of one alone; of several, whose breath the cue goes by."""
    if not several:
        return program_name(practice.program)
    if practice.mode == "turns" and practice.leads:
        return words.tr("{name}'s turn").format(name=practice.leads)
    return mode_name(practice.mode, practice.leads)


def saying(mode: Mode) -> str:
    """Return what is said to the pacer for a mode; the one who leads says it."""
    return "lead" if mode == "one_leads" else mode

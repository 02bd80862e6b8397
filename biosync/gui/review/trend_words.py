"""What can be said of a person's figures over weeks, in plain words; often it is that nothing can be told yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from biosync.gui import words
from biosync.gui.results import resonance_text

if TYPE_CHECKING:
    from biosync.store.review.trends import Course, Resonances

_LEVEL = 0.05
"""A figure within this share of the median is called about the same."""


def direction(course: Course, unit: str, digits: int = 0) -> str:
    """Return which way a figure goes, or why that can't be told; ``unit`` is a pattern such as "{n} ms"."""
    if course.direction == "unknown":
        if course.missing == 1:
            return words.tr("Can't tell yet: one more session with this figure is needed.")
        if course.missing:
            return words.tr("Can't tell yet: {count} more sessions with this figure are needed.").format(
                count=course.missing)
        return words.tr("Can't tell yet: the sessions lie within two weeks.")
    if course.direction == "level":
        return words.tr("No direction can be told: it changes by chance, or by next to nothing.")
    step = unit.format(n=words.number(abs(course.per_week or 0.0), max(digits, 1)))
    said = words.tr("Rising, by about {step} a week.") if course.direction == "rising" else words.tr(
        "Falling, by about {step} a week.")
    return said.format(step=step)


def latest(course: Course, unit: str, digits: int = 0) -> str:
    """Return how the latest session stands against the person's own median; nothing without both."""
    if course.median is None or not course.value:
        return ""
    value = unit.format(n=words.number(course.value[-1], digits))
    middle = unit.format(n=words.number(course.median, digits))
    if abs(course.value[-1] - course.median) <= _LEVEL * abs(course.median):
        said = words.tr("The latest, {value}, is about the own median of {middle}.")
    elif course.value[-1] > course.median:
        said = words.tr("The latest, {value}, is above the own median of {middle}.")
    else:
        said = words.tr("The latest, {value}, is below the own median of {middle}.")
    return said.format(value=value, middle=middle)


def counted(*, marked: bool) -> str:
    """Return from when the time to half-way back is counted: the two are not one measure."""
    if marked:
        return words.tr("Counted from the stress that was marked; sessions without a mark are left out.")
    return words.tr("Counted from the peak of the heart rate; sessions with a marked stress are left out.")


def resonance(found: Resonances) -> str:
    """Return what all measurements tell of where the heart swings most."""
    if found.now is None:
        return words.tr("Not found so far: it takes sessions alone, with the cue, long enough for the search.")
    said = words.tr("All {count} measurements together: {pace}. What moves by less than its spread has not moved.")
    one = words.tr("One measurement so far: {pace}. A session more will tell if it stays.")
    pace = resonance_text(found.now.bpm, found.now.sd_bpm)
    return (one if len(found.bpm) == 1 else said).format(count=len(found.bpm), pace=pace)

"""``biosync synchrony``: are two or more recorded hearts in step, beyond chance and beyond the cue, and who leads?"""

from __future__ import annotations

import argparse
import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from biosync.commands.problems import WorkFailed, WrongUse

if TYPE_CHECKING:
    from biosync.commands.synchrony_people import Person
    from biosync.together.cue_course import CueCourse

HELP = "tell if recorded hearts are in step, beyond chance and beyond the cue, and who leads"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="recordings on one clock; one may hold several people")
    parser.add_argument("--cue", metavar="FILE|NAME=FILE", action="append", default=[],
                        help="the cue that ran (columns t, rate_bpm, phase): one for all, or one each")  # fmt: skip
    parser.add_argument("--clock-error", metavar="S", type=_seconds, help="how far apart the clocks may be, in seconds")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Compare the recordings."""
    # The matrices here are small: more than one thread would only wait for each other.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from biosync.commands.playing import say
    from biosync.commands.synchrony_json import as_object
    from biosync.commands.synchrony_people import people_in
    from biosync.commands.synchrony_words import in_words
    from biosync.store.recording import RecordingError
    from biosync.together.meeting import meet

    try:
        people = people_in([Path(file) for file in args.files])
        for sentence in dict.fromkeys(sentence for person in people for sentence in person.told):
            say(sentence)
        _check(people)
        cues = _cues(args.cue, people)
    except RecordingError as error:
        raise WorkFailed(str(error)) from None
    found = meet([person.series for person in people], cues, clock_error_s=args.clock_error or 0.0)
    if found is None:
        raise WorkFailed(_no_time(people))
    names = [person.name for person in people]
    clocks_told = args.clock_error is not None or all(person.clock_told for person in people)
    result = in_words(names, found, clocks_told=clocks_told)
    print(json.dumps(as_object(names, found), allow_nan=False) if args.json else result)
    return 0


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds, 0 or more")
    return seconds


def _check(people: Sequence[Person]) -> None:
    from biosync.together.meeting import MOST_PEOPLE

    if len(people) == 1:
        raise WrongUse(f"synchrony takes two people or more, and there is only {people[0].name}; name another file")
    if len(people) > MOST_PEOPLE:
        raise WrongUse(f"synchrony takes up to {MOST_PEOPLE} people, and these files hold {len(people)}")


def _cues(wanted: Sequence[str], people: Sequence[Person]) -> list[tuple[CueCourse, ...]]:
    """Return the cue that ran for each person, empty where none did: as named, else as their own recording tells."""
    from biosync.commands.synchrony_cues import Courses, read_cue, whose

    courses, files = Courses(), whose(wanted, [person.name for person in people])
    if not files:
        return [courses.one(person.cue, person.zero_s, f"the cue of {person.name}") for person in people]
    rows = {file.path: read_cue(file.path) for file in files.values()}
    found: list[tuple[CueCourse, ...]] = []
    for person in people:
        file = files.get(person.name)
        # A cue for all is on the clock of the first recording, one for somebody on theirs.
        shift_s = person.zero_s if file is not None and not file.shared else 0.0
        found.append(() if file is None else courses.one(rows[file.path], shift_s, str(file.path)))
    return found


def _no_time(people: Sequence[Person]) -> str:
    """Return that nobody was recorded at the same time, and when they were."""
    return f"these recordings share no time ({'; '.join(map(_when, people))}); are they on one clock?"


def _when(person: Person) -> str:
    t_s = person.series.t_s
    return f"{person.name} from {t_s[0]:.0f} to {t_s[-1]:.0f} s" if len(t_s) >= 2 else f"no beats of {person.name}"

"""What came of one session, as figures that can be kept in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.bench.cue import judge
from tests.bench.cue.people import Family, Kind, life
from tests.bench.cue.rivals import RIVALS, knowing, oracle
from tests.bench.cue.seeing import Seeing
from tests.bench.cue.session import Ours, Trace, play

WITH_RIVALS: tuple[Kind, ...] = ("ordinary", "tense")
WITH_ORACLE: tuple[Kind, ...] = (*WITH_RIVALS, "artefacts")
WITH_KNOWING: tuple[Kind, ...] = ("ordinary", "artefacts")
"""Who can follow a descent that doesn't wait for them."""
OURS, ORACLE, KNOWING, SEEING = "biosync", "oracle", "knows the best pace", "sees"


class Who(NamedTuple):
    """One virtual person."""

    kind: Kind
    family: Family
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one person with one way to pace; shares 0 to 1, paces a minute, times in s. ``swing_bpm`` is that of
    the last five minutes."""

    who: Who
    pacer: str
    swing_bpm: float
    expected: float | None
    followed: float
    led_below: float
    led_too_low_s: float
    below_own: float
    end_off_own: float
    below_floor_s: float
    resonance_error: float | None
    spread_holds: bool | None
    lapses: int
    noticed_s: tuple[float, ...]
    false_alarms: int
    back_s: tuple[float, ...]
    minutes: float
    swing: float | None = None
    """``swing_bpm`` as a share of the oracle's, where the goals ask for it (``against_oracle``)."""


def pacers(kind: Kind) -> tuple[str, ...]:
    """Return the ways to pace that the goals ask about, ours first."""
    oracles = (ORACLE,) if kind in WITH_ORACLE else ()
    knowing = (KNOWING,) if kind in WITH_KNOWING else ()
    return (OURS, SEEING, *oracles, *knowing, *(RIVALS if kind in WITH_RIVALS else ()))


def outcome(who: Who, pacer: str) -> Outcome:
    """Let one person live with one way to pace."""
    person = life(*who)
    if pacer in (ORACLE, KNOWING):
        return _judged(who, pacer, (oracle if pacer == ORACLE else knowing)(person))
    ours = {OURS: Ours, SEEING: Seeing}
    return _judged(who, pacer, play(person, (ours | RIVALS)[pacer]()))


def _judged(who: Who, pacer: str, trace: Trace) -> Outcome:
    end = trace.life.seconds
    ours = pacer in (OURS, SEEING)
    noticed, false, back = judge.losses(trace) if ours else ([], 0, [])
    error, holds = judge.resonance(trace) if ours and who.kind == "ordinary" else (None, None)
    expected = judge.expected_share(trace) if ours and who.kind in WITH_ORACLE else float("nan")
    led_below, led_too_low_s = judge.led_below(trace)
    return Outcome(
        who, pacer, trace.swing(end - 300, end), None if np.isnan(expected) else expected,
        judge.followed_share(trace), led_below, led_too_low_s,
        judge.below_own(trace), judge.end_off_own(trace), judge.below_floor(trace), error, holds,
        len(noticed), tuple(noticed), false, tuple(back), end / 60,
    )  # fmt: skip


def against_oracle(found: list[Outcome]) -> list[Outcome]:
    """Return all but the oracle's own outcomes, each with its swing as a share of the oracle's where there is one."""
    best = {each.who: max(each.swing_bpm, 1e-6) for each in found if each.pacer == ORACLE}
    return [
        replace(each, swing=each.swing_bpm / best[each.who]) if each.who in best else each
        for each in found if each.pacer != ORACLE
    ]  # fmt: skip


def kept(file: Path) -> Iterator[Outcome]:
    """Return the outcomes that are kept in ``file``; none where there is no file."""
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            yield Outcome(**{**fields, "who": Who(*fields["who"]), "noticed_s": tuple(fields["noticed_s"]),
                             "back_s": tuple(fields["back_s"])})  # fmt: skip


def keep(file: Path, one: Outcome) -> None:
    """Add an outcome to ``file``, as a line of JSON."""
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(one)) + "\n")

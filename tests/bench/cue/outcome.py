"""What came of one session, as figures that can be kept in a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tests.bench.cue import judge
from tests.bench.cue.people import Family, Kind, life
from tests.bench.cue.rivals import RIVALS, oracle
from tests.bench.cue.session import Ours, Trace, play

WITH_RIVALS: tuple[Kind, ...] = ("ordinary", "tense")
WITH_ORACLE: tuple[Kind, ...] = (*WITH_RIVALS, "artefacts")


class Who(NamedTuple):
    """One virtual person."""

    kind: Kind
    family: Family
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one person with one way to pace; shares 0 to 1, paces a minute, times in s. ``swing`` is None where
    the goals ask for none."""

    who: Who
    pacer: str
    swing: float | None
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


def outcomes(who: Who) -> list[Outcome]:
    """Let one person live with each way to pace that the goals ask about."""
    person = life(*who)
    end = person.seconds
    best = oracle(person).swing(end - 300, end) if who.kind in WITH_ORACLE else None
    pacers = {"biosync": Ours, **RIVALS} if who.kind in WITH_RIVALS else {"biosync": Ours}
    return [_judged(who, name, play(person, pacer()), best) for name, pacer in pacers.items()]


def _judged(who: Who, pacer: str, trace: Trace, best: float | None) -> Outcome:
    end = trace.life.seconds
    ours = pacer == "biosync"
    noticed, false, back = judge.losses(trace) if ours else ([], 0, [])
    error, holds = judge.resonance(trace) if ours and who.kind == "ordinary" else (None, None)
    expected = judge.expected_share(trace) if ours and best is not None else float("nan")
    led_below, led_too_low_s = judge.led_below(trace)
    return Outcome(
        who, pacer, trace.swing(end - 300, end) / max(best, 1e-6) if best is not None else None,
        None if np.isnan(expected) else expected, judge.followed_share(trace), led_below, led_too_low_s,
        judge.below_own(trace), judge.end_off_own(trace), judge.below_floor(trace), error, holds,
        len(noticed), tuple(noticed), false, tuple(back), end / 60,
    )  # fmt: skip


def kept(file: Path) -> Iterator[Outcome]:
    """Return the outcomes that are kept in ``file``; none where there is no file."""
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            fields = json.loads(line)
            yield Outcome(**{**fields, "who": Who(*fields["who"]), "noticed_s": tuple(fields["noticed_s"]),
                             "back_s": tuple(fields["back_s"])})  # fmt: skip


def keep(file: Path, found: list[Outcome]) -> None:
    """Add outcomes to ``file``, a JSON line each."""
    with file.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(each)) + "\n" for each in found)

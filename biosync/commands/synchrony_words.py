"""What ``biosync synchrony`` found, in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biosync.together.groups import Chance, GroupResult
from biosync.together.influence import Influence
from biosync.together.meeting import Meeting
from biosync.together.pairs import InStep, PairResult

_WIDTH = 24
_CLOSING = (
    "In step is about heart rates, not about feelings: a cue, speech, music or movement that people share\n"
    "puts hearts in step too, and so does a quarrel. What it means and what not: docs/together.md"
)


def in_words(names: Sequence[str], found: Meeting, *, clocks_told: bool) -> str:
    """Return the result for people called ``names``; ``clocks_told``: it is known how far their clocks are apart."""
    lines: list[str] = []
    for a, b, pair in found.pairs:
        lines += [*_pair(names[a], names[b], pair, clocks_told), ""]
    if found.group is not None:
        lines += [*_group(names, found.group), ""]
    return "\n".join([*lines, _CLOSING])


def _pair(a: str, b: str, pair: PairResult, clocks_told: bool) -> Iterator[str]:
    yield f"{a} and {b}, {pair.seconds:.0f} s known of both"
    yield _row("in step beyond chance", _verdict(pair.in_step))
    yield _row("strength", _strength(pair.in_step))
    if pair.beyond_cue is None:
        yield _row("in step beyond the cue", "not asked (did a cue run? name it with --cue)")
    else:
        yield _row("in step beyond the cue", _verdict(pair.beyond_cue))
        yield _row("strength without it", _strength(pair.beyond_cue))
    yield _row("who leads", _leader((a, b), pair, clocks_told))
    ways = zip(((a, b), (b, a)), pair.influence, strict=True)
    told = [_influence(*who, way) for who, way in ways if way is not None]
    if told:
        yield _row("influence", "; ".join(told))


def _verdict(in_step: InStep) -> str:
    if in_step.evidence is None or in_step.p_value is None:
        return "cannot tell: less than a minute is known of both"
    if not in_step.beyond_chance:
        return f"not shown ({_p(in_step.p_value)})"
    return f"yes ({_p(in_step.p_value)})" + (", in opposite directions" if in_step.opposite else "")


def _strength(in_step: InStep) -> str:
    if in_step.synchrony is None:
        return "cannot tell: nowhere are 30 s known of both"
    return f"{in_step.synchrony:+.2f} (+1 the same course, 0 nothing in common, -1 the opposite)"


def _leader(names: tuple[str, str], pair: PairResult, clocks_told: bool) -> str:
    lag = pair.lag
    if lag.leader is None or lag.lag_s is None or lag.interval_s is None:
        return f"cannot tell: {lag.why}"
    near, far = sorted(abs(end) for end in lag.interval_s)
    told = "" if clocks_told else ", if both clocks agree (--clock-error says how far they may be apart)"
    return f"{names[lag.leader]}, by {abs(lag.lag_s):.1f} s ({near:.1f} to {far:.1f} s){told}"


def _influence(of: str, on: str, way: Influence) -> str:
    return f"{of} on {on} {way.strength:+.2f} ± {way.error:.2f}"


def _group(names: Sequence[str], found: GroupResult) -> Iterator[str]:
    yield f"All {len(names)} together"
    yield _row("in step beyond chance", _chance(found.chance))
    if found.beyond_cue is not None:
        yield _row("in step beyond the cue", _chance(found.beyond_cue))
    order = "cannot tell" if found.order is None else f"{found.order:.2f} (1 all at one phase, 0 as by chance)"
    yield _row("order", order)
    for name, part, by_chance in zip(names, found.members, found.by_chance, strict=True):
        known = part is not None and by_chance is not None
        yield _row(f"  {name}'s part", f"{part:.2f} (chance makes up to {by_chance:.2f})" if known else "cannot tell")


def _chance(chance: Chance | None) -> str:
    if chance is None:
        return "cannot tell: too little is known"
    return f"{'yes' if chance.beyond_chance else 'not shown'} ({_p(chance.p_value)})"


def _p(p_value: float) -> str:
    return "p below 0.001" if p_value < 0.001 else f"p {p_value:.3f}"


def _row(what: str, text: str) -> str:
    return f"  {what:<{_WIDTH}}{text}"

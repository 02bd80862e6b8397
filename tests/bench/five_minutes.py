"""Five minutes of beats: biosync, the floor and every peer that is there, in one race; and one live tick."""

from __future__ import annotations

from biosync.analysis import analyze
from tests.bench.beats import labelled, minutes
from tests.bench.floor import floor
from tests.bench.goals import Goal
from tests.bench.ours import LIVE_S, all_indices, tick
from tests.bench.peers import PEERS
from tests.bench.timing import Times, Work, race, ratio

OURS, WHOLE, FLOOR = "biosync, all indices", "biosync, analyze", "floor (NumPy + SciPy)"


def five_minutes(rounds: int) -> tuple[dict[str, Times], dict[str, str]]:
    """Return the times of all contenders, and why each missing peer is missing."""
    rr = minutes(300)
    beats = labelled(rr)
    work: dict[str, Work] = {
        OURS: lambda: all_indices(rr),
        WHOLE: lambda: analyze(beats),
        FLOOR: lambda: floor(rr),
    }
    missing: dict[str, str] = {}
    for peer in PEERS:
        try:
            work[peer.name] = peer.work(rr)
            work[peer.name]()
        except (ImportError, AttributeError, TypeError) as error:
            work.pop(peer.name, None)
            missing[peer.name] = f"{type(error).__name__}: {error}".splitlines()[0]
    return race(work, rounds), missing


def one_tick(rounds: int) -> dict[str, Times]:
    """Return the times of one live tick for one person, five minutes into a session, and of the floor on 60 s."""
    last_minute = minutes(60)
    return race({"tick": tick(minutes(LIVE_S)), "floor": lambda: floor(last_minute)}, rounds)


def goals(times: dict[str, Times], live: dict[str, Times]) -> list[Goal]:
    """Return what is asked of five minutes and of the tick."""
    both = [peer.name for peer in PEERS if peer.sample_entropy and peer.dfa and peer.name in times]
    fastest = min(both, key=lambda name: times[name].median, default=None)
    title = "5 minutes: the fastest peer with SampEn and DFA takes"
    found = [
        _goal(f"{title} ({fastest})" if fastest else title, 5, times, fastest),
        _goal("5 minutes: neurokit2.hrv takes", 200, times, "NeuroKit2" if "NeuroKit2" in times else None),
    ]
    share = ratio(live["tick"], live["floor"])
    return [*found, Goal("one live tick against the floor on 60 s", 4, share.median, *share.spread, at_least=False)]


def _goal(what: str, limit: float, times: dict[str, Times], peer: str | None) -> Goal:
    if peer is None:
        return Goal(what, limit, None, None, None, at_least=True)
    share = ratio(times[peer], times[OURS])
    return Goal(what, limit, share.median, *share.spread, at_least=True)

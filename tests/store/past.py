"""Sessions made for tests: anything that can come in, in any order that can be."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from biosync.engine import Member
from biosync.events import SAYINGS, Cue, Interval, Link, Marker, Notification, Say
from biosync.store.past_session import Happened, PastSession
from devices import battery, heart_rate
from devices.measurement import HeartRate

STARTED = datetime(2026, 5, 31, 16, 30, tzinfo=UTC)
NAMES = ("Ana", "Ben", "Çelik Ömer")

words = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
shares = st.floats(0, 1)
origins = st.sampled_from(["strap", "simulated", "replay"])
delays = st.floats(0, 3)


def payloads() -> st.SearchStrategy[bytes]:
    """Return a strap's packets, and a few that break the format."""
    beats = st.lists(st.integers(320, 2000), max_size=4).map(lambda rr: heart_rate.encode(HeartRate(70, tuple(rr))))
    return beats | beats | beats | st.binary(max_size=4)


@st.composite
def happenings(draw: st.DrawFn, names: tuple[str, ...], t: float) -> Happened:
    """Return something that came in at ``t``."""
    name = draw(st.sampled_from(names))
    kind = draw(st.sampled_from(["packet"] * 6 + ["battery", "interval", "link", "say", "marker", "worn", "cue"]))
    match kind:
        case "packet":
            return Notification(t, name, "H10", heart_rate.MEASUREMENT, draw(payloads()))
        case "battery":
            return Notification(t, name, "H10", battery.LEVEL, bytes([draw(st.integers(0, 100))]))
        case "interval":
            rr_ms = tuple(draw(st.lists(st.floats(300, 2400), min_size=1, max_size=3)))
            return Interval(t, name, rr_ms, draw(st.none() | st.just(t)), draw(st.booleans()), draw(shares))
        case "link":
            state = draw(st.sampled_from(["searching", "connecting", "live", "weak", "hr_only", "lost", "gone"]))
            return Link(t, name, state, draw(words), draw(st.none() | st.integers(0, 100)))
        case "say":
            return Say(t, draw(st.sampled_from([None, name])), draw(st.sampled_from(SAYINGS)))
        case "marker":
            return Marker(t, draw(st.sampled_from([None, name])), draw(words))
        case "worn":
            return Member(name, draw(origins), draw(words), draw(delays), draw(delays))
    phase, stage = draw(st.floats(0, 1, exclude_max=True)), draw(st.sampled_from(["meet", "lead", "hold", "rest"]))
    return Cue(t, names, draw(st.floats(3, 30)), phase, draw(shares), stage, draw(shares), draw(words))


@st.composite
def past_sessions(draw: st.DrawFn) -> PastSession:
    """Return a session of one to three people in which somebody has beats."""
    names = NAMES[: draw(st.integers(1, 3))]
    members = tuple(Member(name, draw(origins), draw(words), draw(delays), draw(delays)) for name in names)
    t, events = 0.0, list[Happened]()
    for _ in range(draw(st.integers(1, 40))):
        t += draw(st.sampled_from([0.0, 0.9, 1.0, 1.1, 7.3]) | st.floats(0, 3))
        events.append(draw(happenings(names, t)))
    first = Notification(t, names[0], "H10", heart_rate.MEASUREMENT, heart_rate.encode(HeartRate(70, (800, 810))))
    simulated = any(member.origin == "simulated" for member in members)
    groups = draw(st.sampled_from([(names,), tuple((name,) for name in names)]))
    complete = draw(st.booleans())
    # Of one that was cut off nothing tells when, but what came last.
    return PastSession(STARTED, simulated, members, groups, (*events, first), t + complete * 0.5, complete)

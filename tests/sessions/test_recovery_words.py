"""How soon one comes back alone, over weeks, in one sentence that says no more than is known."""

from __future__ import annotations

import pytest

from biosync.commands.recovery_words import in_words
from biosync.store.review.trends import Course, Resonances, Trends, course


def told(took_s: list[float], every_days: float = 4.0, marked: bool = False, made_up: bool = False) -> str:
    unknown = Course((), (), None, "unknown")
    recovery = course([every_days * k for k in range(len(took_s))], list(took_s))
    nowhere = Resonances((), (), (), None)
    return in_words(Trends("Ana", made_up, len(took_s), None, unknown, unknown, recovery, nowhere, marked))


def test_what_falls_session_by_session_is_sooner() -> None:
    assert told([80.0, 70.0, 72.0, 60.0, 50.0, 45.0, 40.0]) == (
        "Alone, half-way back after the peak: sooner over 7 sessions, "
        "72 s in the earlier half, 45 s in the later; your median is 60 s."
    )
    assert "later over 6 sessions, 45 s" in told([40.0, 45.0, 50.0, 60.0, 70.0, 80.0])


def test_what_goes_up_and_down_is_no_change() -> None:
    words = told([50.0, 40.0, 60.0, 45.0, 55.0, 48.0, 52.0], marked=True, made_up=True)
    assert words == (
        "Alone, half-way back after a marked stress: no change to tell over 7 sessions; "
        "your median is 50 s (simulated)."
    )


@pytest.mark.parametrize("count", [1, 3, 5])
def test_of_few_sessions_it_says_how_many_it_takes(count: int) -> None:
    assert told([90.0 - 10 * k for k in range(count)]).endswith(f"cannot tell yet if that changes; {count} of the 6 "
                                                               "sessions it takes.")  # fmt: skip


def test_of_a_short_time_it_says_how_long_it_takes() -> None:
    assert told([80.0, 70.0, 72.0, 60.0, 50.0, 45.0, 40.0], every_days=1.0).endswith("14 days from first to last.")


def test_without_a_recovery_there_is_nothing_to_say() -> None:
    with pytest.raises(ValueError, match="no recovery"):
        told([])

"""A cue that nobody hears stays where they are."""

from __future__ import annotations

import itertools

import pytest

from biosync.pacer.keeping import FARTHEST_BPM, MOST, Keeping


def kept(person_bpm: float, behind: float, breaths: int = 60, late: int = 1) -> list[tuple[float, float]]:
    """Return (pace, how far behind they are) at each breath of a cue that begins at 6; it sees ``late`` breaths ago."""
    keeping, rate, seen = Keeping(6.0), 6.0, [behind]
    found = []
    for _ in range(breaths):
        rate = rate / keeping.factor(rate, (seen[max(0, len(seen) - 1 - late)] + 0.5) % 1 - 0.5)
        seen.append(seen[-1] + 1 - person_bpm / rate)
        found.append((rate, seen[-1]))
    return found


@pytest.mark.parametrize("late", [0, 1])
@pytest.mark.parametrize("person_bpm", [5.6, 5.9, 6.0, 6.2, 6.4])
@pytest.mark.parametrize("behind", [0.0, 0.15, -0.2])
def test_it_joins_them_and_does_not_swing_about(person_bpm: float, behind: float, late: int) -> None:
    ways = kept(person_bpm, behind, late=late)
    rate, off = ways[-1]
    assert rate == pytest.approx(person_bpm, abs=0.05)
    assert abs(off) % 1 == pytest.approx(0.0, abs=0.05)


def test_it_changes_little_a_breath_and_goes_no_farther_than_the_rhythm() -> None:
    ways = [6.0, *(rate for rate, _ in kept(7.5, 0.0, breaths=100))]
    assert all(abs(a / b - 1) <= MOST + 1e-9 for a, b in itertools.pairwise(ways))
    assert max(ways) <= 6 + FARTHEST_BPM + 1e-9


def test_what_is_not_known_changes_nothing() -> None:
    assert Keeping(6.0).factor(6.0, None) == 1.0

"""The bench's own arithmetic: a wrong bench is worse than none."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from tests.bench.beats import heart, minutes
from tests.bench.drawing import svg
from tests.bench.floor import floor
from tests.bench.goals import Goal
from tests.bench.growth import LENGTHS, exponent
from tests.bench.ours import all_indices
from tests.bench.peers import Peer
from tests.bench.timing import Times, ratio


def test_ratios_are_taken_round_by_round() -> None:
    found = ratio(Times((2.0, 30.0, 8.0)), Times((1.0, 10.0, 2.0)))
    assert found.seconds == (2.0, 3.0, 4.0)
    assert found.median == 3.0


def test_the_exponent_is_that_of_the_long_ones() -> None:
    assert exponent([1.0] + [1e-9 * n**1.5 for n in LENGTHS[1:]]) == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("found", "at_least", "met"), [(5, True, True), (4.9, True, False), (5.1, False, False), (None, True, None)]
)
def test_a_goal_knows_if_it_was_met(found: float | None, at_least: bool, met: bool | None) -> None:
    goal = Goal("five minutes", 5, found, None, None, at_least)
    assert goal.met is met
    assert {True: "| met |", False: "**missed**", None: "not measured"}[met] in goal.row()


def test_a_missing_peer_says_so() -> None:
    peer = Peer("Nobody", "nobody", ("no_such_module_here",), "nothing", True, True, lambda modules, rr: lambda: None)
    with pytest.raises(ImportError, match="no_such_module_here"):
        peer.work(minutes(60))


def test_all_get_the_same_heart_and_the_floor_agrees_with_us() -> None:
    assert np.array_equal(heart(500), heart(500))
    rr = minutes(300)
    assert 295 < rr.sum() / 1000 <= 300
    time_part = all_indices(rr)[0]
    assert isinstance(time_part, dict)
    assert floor(rr)[2] == pytest.approx(time_part["rmssd_ms"])


def test_the_picture_is_a_picture() -> None:
    picture = ElementTree.fromstring(svg(LENGTHS, {"time": [10.0**k for k in range(-5, 1)]}))
    line = picture.find("{http://www.w3.org/2000/svg}polyline")
    assert line is not None
    points = [tuple(map(float, point.split(","))) for point in line.get("points", "").split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)

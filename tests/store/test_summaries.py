from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from biosync.store.recording import Recording
from biosync.store.summaries import BLOCKS, Figures, against, blocks, heart_rate_course, own_median, trend


def recording(*rr_ms: float) -> Recording:
    return Recording("Ana", np.array(rr_ms), np.zeros(len(rr_ms), dtype=bool))


def test_the_course_is_the_median_heart_rate_of_each_part() -> None:
    course = heart_rate_course([recording(*[1000.0] * 60, *[500.0] * 120)], parts=4)
    assert np.allclose([x or 0 for x in course], [60, 60, 120, 120], atol=2)


def test_everybody_counts_and_what_nobody_sent_is_unknown() -> None:
    ana, ben = recording(1000.0, 1000.0), recording(500.0, 500.0, 500.0, 500.0)
    (middle,) = heart_rate_course([ana, ben], parts=1)
    assert middle == 120.0
    paused = heart_rate_course([recording(*[1000.0] * 10, 80_000.0, *[1000.0] * 10)], parts=10)
    assert paused[0] == paused[-1] == 60.0
    assert set(paused[2:-2]) == {None}
    assert heart_rate_course([], parts=3) == [None] * 3


def test_blocks_rise_with_the_values() -> None:
    assert blocks([60.0, 70.0, 80.0, 90.0]) == "▁▃▆█"
    assert blocks([60.0, None, 90.0]) == "▁ █"
    assert blocks([None, None]) == "  "


def test_a_steady_heart_is_drawn_steady() -> None:
    drawn = blocks([70.0, 70.5, 69.8])
    assert max(map(BLOCKS.index, drawn)) - min(map(BLOCKS.index, drawn)) <= 1


@given(st.lists(st.none() | st.floats(20, 300), max_size=30))
def test_any_course_can_be_drawn(values: list[float | None]) -> None:
    drawn = blocks(values)
    assert len(drawn) == len(values)
    assert all((c == " ") == (value is None) for c, value in zip(drawn, values, strict=True))


def test_the_median_needs_three_sessions() -> None:
    assert own_median([30.0, None, 40.0]) is None
    assert own_median([30.0, None, 40.0, 50.0]) == 40.0


def test_words_against_ones_own_median() -> None:
    assert against(50.0, 40.0) == "above your median of 40"
    assert against(30.0, 40.0) == "below your median of 40"
    assert against(41.0, 40.0) == "about your median of 40"
    assert against(41.0, None) == ""


def test_a_trend_says_what_it_knows() -> None:
    assert trend([Figures(30.0, 50.0), Figures(40.0, None), Figures(50.0, 70.0)]) == [
        "RMSSD 30 ms, below your median of 40; coherence 50",
        "RMSSD 40 ms, about your median of 40; coherence unknown",
        "RMSSD 50 ms, above your median of 40; coherence 70",
    ]

"""Together: the words, the bands and what they keep back, own breaths, exact repaints, the key between the views."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from biosync.cues import disc
from biosync.events import InStep
from biosync.gui import words
from biosync.gui.in_step import Said, lasting, pieces, said, shared
from biosync.gui.own_breath import OwnBreaths
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets.disc_words import lines_within
from biosync.gui.widgets.round import Round, RoundFace, Sitter
from biosync.gui.widgets.round_layout import RoundLayout, round_layout
from biosync.gui.window import Window
from biosync.preferences import Language
from biosync.snapshot import Episode, Snapshot
from docs.screenshots import LANGUAGES, speaking
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.residue import fresh, on_screen
from tests.gui.test_every_view import Actions
from tests.gui.test_repaint import LEAST_SEEN

TWO = ("Ana", "Ben")


def words_of(snapshot: Snapshot, now: float = made.NOW, *, running: bool = True) -> tuple[str, str]:
    found = said(snapshot, now, running=running)
    return found.state, found.detail


@pytest.mark.parametrize(("in_step", "look", "state"), [
    ("in step", None, "in step"), ("beyond the cue", None, "in step, beyond the cue"), ("apart", None, "apart"),
    ("apart", True, "settling"),
])
def test_the_state_of_two_in_words(in_step: InStep, look: bool | None, state: str) -> None:
    assert words_of(made.together(*TWO, pairs=[made.pair(in_step=in_step, look=look)]))[0] == state


def test_in_step_tells_for_how_long() -> None:
    assert words_of(made.together(*TWO, pairs=[made.pair()]))[1] == "for 2 min 10 s"


def test_what_is_not_known_yet_is_said_with_the_time_left() -> None:
    assert words_of(made.together(*TWO, now=20.0), 20.0) == ("can't tell yet", "40 s more")
    assert words_of(made.together(*TWO, pairs=[made.pair(in_step=None)])) == ("can't tell yet", "")


def test_opposite_ways_are_said() -> None:
    assert "down" in words_of(made.together(*TWO, pairs=[made.pair(synchrony=-0.5)]))[0]


def test_a_lost_signal_and_a_pause_are_never_called_apart() -> None:
    lost = made.person("Ben", 1, silent_s=14.0, link="lost")
    pairs = [made.pair(in_step="apart")]
    assert words_of(made.together(*TWO, pairs=pairs, kept=[lost])) == ("can't tell", "waiting for Ben")
    paused = replace(made.person("Ben", 1), left=True)
    assert words_of(made.together(*TWO, pairs=pairs, kept=[paused])) == ("breathing alone", "the others are paused")


def test_a_session_that_is_over_is_said() -> None:
    assert words_of(made.together(*TWO, pairs=[made.pair()]), running=False) == ("ended", "Space starts again")


def test_a_group_counts_its_pairs() -> None:
    pairs = [made.pair("Ana", "Ben"), made.pair("Ana", "Lea", "apart"), made.pair("Ben", "Lea", "beyond the cue")]
    three = made.together("Ana", "Ben", "Lea", pairs=pairs, all_in_step="in step")
    assert words_of(three) == ("in step", "2 of 3 pairs in step")


def test_one_cue_for_all_is_what_opens_together() -> None:
    assert shared(made.together(*TWO))
    assert not shared(made.snapshot(made.person(), made.person("Ben", 1)))
    assert not shared(made.together("Ana"))
    assert not shared(None)


@pytest.mark.parametrize(("seconds", "text"), [(0, "0 s"), (12.4, "12 s"), (120, "2 min"), (130, "2 min 10 s")])
def test_durations_are_short(seconds: float, text: str) -> None:
    assert lasting(seconds) == text


def test_the_course_counts_the_share_of_pairs() -> None:
    first = replace(made.pair(), episodes=(Episode(10.0, 30.0),))
    second = replace(made.pair("Ana", "Lea"), episodes=(Episode(20.0, None),))
    found = [(one.begin_t, one.end_t, one.share) for one in pieces((first, second), 50.0)]
    assert found == [(10.0, 20.0, 0.5), (20.0, 30.0, 1.0), (30.0, 50.0, 0.5)]


def test_each_breathes_as_fast_as_measured_and_rests_where_that_is_hidden() -> None:
    breaths, ana = OwnBreaths(), made.person()
    assert ana.metrics is not None
    quick = replace(made.person("Ben", 1), metrics=replace(made.metrics("Ben"), breath_bpm=12.0))
    kept = replace(made.person("Lea", 2), hidden=frozenset({"breath"}))
    seen = [breaths.levels((ana, quick, kept), made.NOW + at / 20, running=True) for at in range(61)]
    slow = [levels[0] for levels in seen]
    assert slow[-1] == pytest.approx((1 - np.cos(2 * np.pi * 3.0 * 6.2 / 60)) / 2)
    assert max(levels[1] or 0.0 for levels in seen) == pytest.approx(1.0, abs=0.01)  # 2.5 s are half its breath
    assert {levels[2] for levels in seen} == {None}
    assert breaths.levels((ana,), made.NOW + 3, running=False) == (None,)


def words_at(layout: RoundLayout, place: int) -> QRectF:
    """Return where a name of some ten letters stands, without a line under it."""
    box, side = layout.name_rect(place), layout.beside(place)
    left = {1: box.left(), -1: box.right() - 80, 0: box.center().x() - 40}[side]
    return QRectF(left, box.center().y() - 9, 80, 18)


@pytest.mark.parametrize("count", range(2, 9))
@pytest.mark.parametrize("size", [(900, 300), (900, 326), (1440, 620), (3840, 1800)])
def test_nobody_sits_on_the_disc_nor_outside_and_no_band_crosses_it(count: int, size: tuple[int, int]) -> None:
    layout = round_layout(*size, count)
    for place in range(count):
        box, name = layout.seat_rect(place), layout.name_rect(place)
        at = layout.seat_at(place) - layout.center
        assert np.hypot(at.x(), at.y()) >= layout.disc + layout.seat
        assert min(box.left(), name.left(), box.top(), name.top()) >= -1
        assert max(box.right(), name.right()) <= size[0] + 1
        assert max(box.bottom(), name.bottom()) <= size[1] + 1
        for other in range(place + 1, count):
            curve = layout.band(place, other)
            nearest = min(
                np.hypot(curve.at(i).x() - layout.center.x(), curve.at(i).y() - layout.center.y())
                for i in range(curve.size())
            )
            assert nearest >= layout.disc * 1.08
            heights = [curve.at(i).y() for i in range(curve.size())]
            assert min(heights) >= 0 and max(heights) <= size[1]
            assert not any(words_at(layout, seat).contains(curve.at(i))
                           for seat in range(count) for i in range(curve.size())), "no band crosses a name"
            assert not name.intersects(layout.seat_rect(other)) and not box.intersects(layout.name_rect(other))
            assert not name.intersects(layout.name_rect(other))


@pytest.mark.parametrize("count", [2, 5, 8])
def test_the_round_leaves_no_residue(look: Look, count: int) -> None:
    widget = Round(look)
    widget.resize(801, 403)
    names = made.NAMES[:count]
    sitters = tuple(Sitter(name, i, "poor signal" if i == 1 else "", i != 1) for i, name in enumerate(names))
    pairs = tuple(made.pair(a, b, "beyond the cue") for a, b in pairwise(names))
    widget.show_face(RoundFace("breathe in", "6.2 a minute", 1.0, sitters, pairs))
    widget.show()
    for step in range(150):
        phase = step / 70 % 1.0
        widget.move_to(disc.level(phase, 0.4), min(1.0, phase * 10))
        widget.breathe(tuple((1 + np.sin(step / 9 + i)) / 2 for i in range(count)))
        if step % 3:
            QApplication.processEvents()
    QApplication.processEvents()
    seen, whole = on_screen(widget), fresh(widget)
    widget.hide()
    assert (whole != whole[0, 0]).any(axis=2).sum() > 10_000
    assert np.abs(seen - whole).max() <= LEAST_SEEN


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("count", range(2, 9))
def test_the_words_stay_within_the_disc_at_its_smallest(look: Look, count: int, language: Language) -> None:
    everybody = made.together(*made.NAMES[:count])
    plan = everybody.people[0].cues[0]
    with speaking(language):
        view = shown(look, everybody)
        for phase, rate in ((0.1, 6.2), (0.7, 6.2), (0.1, 14.5), (0.7, 14.5)):
            there = replace(plan, t=made.NOW, phase=phase, rate_bpm=rate)
            play(view, replace(everybody, people=tuple(replace(one, cues=(there,)) for one in everybody.people)))
            lines = view._round.lines
            assert " ".join(line.text for line in lines) == (
                f"{words.phase(phase < plan.inhale_fraction)} {words.pace(rate)}")
            assert all(line.fits(0.62 * view._round._layout.disc) for line in lines), (count, lines)
            assert lines[0].size >= 13


def test_words_without_room_are_told_without_the_pace(look: Look) -> None:
    assert [line.text for line in lines_within(20.0, "breathe out", 16.0, "6.2 a minute", 12.0)] == ["breathe out"]
    assert [line.text for line in lines_within(30.0, "breathe out", 16.0, "6.2 a minute", 12.0)] == ["breathe", "out"]
    both = lines_within(400.0, "breathe out", 60.0, "6.2 a minute", 28.0)
    assert [(line.text, line.size) for line in both] == [("breathe out", 60.0), ("6.2 a minute", 28.0)]
    assert lines_within(50.0, "", 16.0, "", 12.0) == ()


def test_words_that_change_leave_no_residue(look: Look) -> None:
    widget = Round(look)
    widget.resize(801, 403)
    widget.show()
    sitters = tuple(Sitter(name, i) for i, name in enumerate(TWO))
    for word, pace, strength in (("breathe in", "6.2 a minute", 1.0), ("out", "you keep the rhythm yourself", 0.3),
                                 ("finding your rhythm", "", 0.4), ("in", "", 1.0)):
        widget.show_face(RoundFace(word, pace, strength, sitters))
        QApplication.processEvents()
    seen, whole = on_screen(widget), fresh(widget)
    widget.hide()
    assert np.abs(seen - whole).max() <= LEAST_SEEN


def shown(look: Look, snapshot: Snapshot) -> TogetherView:
    view = TogetherView(look, Actions())
    view.resize(900, 600)
    view.show()
    QApplication.processEvents()
    play(view, snapshot)
    return view


def play(view: TogetherView, snapshot: Snapshot, seconds: float = 3.0) -> None:
    for frame in range(round(10 * seconds)):
        view.advance(Moment(snapshot, made.NOW, frame / 10, True))
        QApplication.processEvents()


def picture(look: Look, snapshot: Snapshot) -> np.ndarray:
    view = TogetherView(look, Actions())
    view.resize(900, 600)
    for frame in range(3):
        view.advance(Moment(snapshot, made.NOW, frame / 10, True))
    return fresh(view._round)


def changed(a: np.ndarray, b: np.ndarray) -> int:
    return int((np.abs(a - b).max(axis=2) > 30).sum())


def test_a_band_thickens_in_step_and_more_beyond_the_cue(look: Look) -> None:
    none, thin, thick, thickest = (
        picture(look, made.together(*TWO, pairs=[made.pair(in_step=state)]))
        for state in (None, "apart", "in step", "beyond the cue")
    )
    assert changed(none, thin) < 0.5 * changed(none, thick) < 0.5 * changed(none, thickest)


def test_an_arrow_only_where_the_leader_is_known_and_it_points_from_them(look: Look) -> None:
    plain, ana, ben = (
        picture(look, made.together(*TWO, pairs=[made.pair(leader=leader)])) for leader in (None, "Ana", "Ben")
    )
    for arrow in (ana, ben):
        assert 20 < changed(plain, arrow) < 400
    middle = plain.shape[1] / 2
    reach = [np.nonzero((np.abs(one - plain).max(axis=2) > 30).any(axis=0))[0] for one in (ana, ben)]
    assert reach[0].max() - middle > middle - reach[0].min()  # from Ana, on the left, to the right
    assert reach[1].max() - middle < middle - reach[1].min()


def test_no_figure_of_anybody_is_shown(look: Look) -> None:
    low = made.together(*TWO, kept=[made.person("Ana", 0, bpm=55.0)])
    high = made.together(*TWO, kept=[made.person("Ana", 0, bpm=95.0)])
    assert np.array_equal(picture(look, low), picture(look, high))


def test_a_session_of_two_opens_together_and_v_goes_round(look: Look, wait_for: WaitFor) -> None:
    session = made.MadeSession(made.together(*TWO, pairs=[made.pair()]))
    window = Window(look, lambda: session, made.outside(made.MadeSession))
    window.show()
    wait_for(lambda: isinstance(window.view, TogetherView) and window.view.state == "in step")
    seen = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_V)
        seen.append(type(window.view).__name__)
    assert seen == ["BreatheView", "CoachView", "TogetherView"]
    window.close()


def test_one_alone_stays_in_breathe_and_has_no_together(look: Look, wait_for: WaitFor) -> None:
    session = made.MadeSession(made.snapshot(made.person()))
    window = Window(look, lambda: session, made.outside(made.MadeSession))
    window.show()
    wait_for(lambda: window.stage.people == ("Ana",))
    seen = []
    for _ in range(3):
        seen.append(type(window.view).__name__)
        QTest.keyClick(window, Qt.Key.Key_V)
    assert seen == ["BreatheView", "CoachView", "BreatheView"]
    window.close()


def test_the_words_can_be_heard(look: Look) -> None:
    view = TogetherView(look, Actions())
    view.advance(Moment(made.together(*TWO, pairs=[made.pair()]), made.NOW, 0.0, True))
    assert view._words.said == Said("in step", "for 2 min 10 s")
    assert view._words.accessibleDescription() == "in step, for 2 min 10 s"
    assert view._course.accessibleDescription() == "in step for 5 min 10 s in all"

"""Settings: each control shows what is set and sets it at once, by keyboard; straps are forgotten; locks are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from biosync.gui.preferring import Preferring, less_motion
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look
from biosync.gui.views.settings import SettingsPage
from biosync.gui.widgets.settings_controls import SettingAmount, SettingTick
from biosync.gui.window import Window
from biosync.preferences import Preferences, fits
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.locking import lock_with_passphrase
from biosync.store.ledger.reader import Ledger
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key


class Scene:
    """A window that shows Settings, and what was kept."""

    def __init__(self, look: Look, ledger: made.MadeLedger | None = None) -> None:
        self.kept: list[Preferences] = []
        self.preferring = Preferring(Preferences(), lambda now: self.kept.append(now) or "")  # type: ignore[func-returns-value]
        look.follow(self.preferring)
        outside = made.outside(made.MadeSession, preferring=self.preferring, ledger=ledger)
        self.window = Window(look, None, outside)
        self.window.show()
        self.window.activateWindow()
        self.window.show_settings()
        page = self.window.view
        assert isinstance(page, SettingsPage)
        self.page = page

    def choice(self, name: str) -> QComboBox:
        return next(box for box in self.page.findChildren(QComboBox) if box.accessibleName() == name)

    def amount(self, name: str) -> SettingAmount:
        return next(one for one in self.page.findChildren(SettingAmount) if one.slider.accessibleName() == name)

    def tick(self, name: str) -> SettingTick:
        return next(one for one in self.page.findChildren(SettingTick) if name in one.text())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    monkeypatch.setattr("biosync.store.ledger.keys._given", {})
    return tmp_path


@pytest.fixture
def scene(look: Look, home: Path) -> Iterator[Scene]:
    made_scene = Scene(look)
    yield made_scene
    made_scene.window.close()


def test_every_tick_is_set_by_space_and_kept_at_once(scene: Scene) -> None:
    ticks = scene.page.findChildren(SettingTick)
    assert len(ticks) == 6
    for tick in ticks:
        before = scene.preferring.now
        assert tick.isChecked() == getattr(before, tick._name)
        QTest.keyClick(tick, Key.Key_Space)
        assert getattr(scene.preferring.now, tick._name) is not getattr(before, tick._name)
        assert scene.kept[-1] == scene.preferring.now


@pytest.mark.parametrize(("name", "field"), [
    ("Theme", "theme"), ("Motion", "motion"), ("Language", "language"), ("The others see", "shares")])  # fmt: skip
def test_every_choice_is_set_by_the_arrows(scene: Scene, name: str, field: str) -> None:
    box = scene.choice(name)
    seen = {getattr(scene.preferring.now, field)}
    for _ in range(box.count() - 1):
        QTest.keyClick(scene.choice(name), Key.Key_Down)
        seen.add(getattr(scene.preferring.now, field))
    assert seen == {box.itemData(row) for row in range(box.count())}
    assert all(fits(field, value) for value in seen)


@pytest.mark.parametrize(("name", "field"), [
    ("Volume", "volume"), ("Slowest pace", "slowest_bpm"), ("Fastest pace", "fastest_bpm"),
    ("In-breath", "inhale_fraction")])  # fmt: skip
def test_every_amount_is_set_by_the_arrows_and_stays_in_its_range(scene: Scene, name: str, field: str) -> None:
    slider = scene.amount(name).slider
    for key in (Key.Key_Home, Key.Key_Right, Key.Key_End, Key.Key_Left):
        before = getattr(scene.preferring.now, field)
        QTest.keyClick(slider, key)
        assert getattr(scene.preferring.now, field) != before or key in (Key.Key_Home, Key.Key_End)
        assert fits(field, getattr(scene.preferring.now, field))
        assert slider.accessibleDescription() == scene.amount(name).said


def test_the_ends_of_the_range_never_pass_each_other(scene: Scene) -> None:
    scene.amount("Slowest pace").slider.setValue(2 * 9)
    scene.amount("Fastest pace").slider.setValue(2 * 6)
    now = scene.preferring.now
    assert (now.slowest_bpm, now.fastest_bpm) == (6.0, 6.0)
    scene.amount("Slowest pace").slider.setValue(2 * 8)
    now = scene.preferring.now
    assert (now.slowest_bpm, now.fastest_bpm) == (8.0, 8.0)
    assert scene.amount("Fastest pace").said == "8.0 a minute"


def test_what_is_set_elsewhere_is_shown(scene: Scene) -> None:
    scene.preferring.change(theme="light", tones=True, volume=1.0)
    assert scene.choice("Theme").currentData() == "light"
    assert scene.tick("Tones").isChecked()
    assert scene.amount("Volume").said == "100 %"


def test_the_theme_is_worn_at_once(scene: Scene, look: Look) -> None:
    for theme, tokens in (("light", LIGHT), ("high contrast", HIGH_CONTRAST), ("dark", DARK)):
        scene.preferring.change(theme=theme)
        assert look.tokens is tokens
        assert tokens.surface in scene.window.view.styleSheet()


def test_motion_is_what_was_set(look: Look, home: Path, wait_for: WaitFor) -> None:
    preferring = Preferring(Preferences(motion="reduced"), lambda now: "")
    window = Window(look, lambda: made.MadeSession(made.snapshot(made.person())),
                    made.outside(made.MadeSession, preferring=preferring))
    window.show()
    assert window.session_view._less_motion
    window.toggle_motion()
    assert preferring.now.motion == "full" and not window.session_view._less_motion
    preferring.change(motion="reduced")
    assert window.session_view._less_motion
    window.close()


def test_full_motion_where_the_system_has_no_wish(look: Look) -> None:
    assert [less_motion(motion) for motion in ("system", "full", "reduced")] == [False, False, True]  # type: ignore[arg-type]


def test_known_straps_are_listed_and_forgotten(scene: Scene, home: Path, wait_for: WaitFor) -> None:
    wait_for(lambda: scene.page.straps_told.startswith("No strap is known"))
    with Ledger.open(home) as ledger:
        ledger.remember(Strap("Polar H10 7A3B", "A0:00:00:00:00:01", "Ana", "7A3B"))
        ledger.remember(Strap("Garmin HRM", "E0:00:00:00:00:02", "Ben"))
    scene.page.open()
    wait_for(lambda: len(scene.page.straps.buttons) == 2)
    button = next(b for b in scene.page.straps.buttons if "Ben" in b.accessibleName())
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    wait_for(lambda: len(scene.page.straps.buttons) == 1)
    assert "Ana" in scene.page.straps.buttons[0].accessibleName()
    with Ledger.open(home) as ledger:
        assert [strap.person for strap in ledger.straps()] == ["Ana"]


def test_the_lock_is_told_in_words_with_the_command(look: Look, home: Path, wait_for: WaitFor) -> None:
    for passphrase, said in ((None, "is not locked"), ("a secret", "is locked with a passphrase")):
        scene = Scene(look, made.MadeLedger(passphrase))
        wait_for(lambda scene=scene, said=said: said in scene.page.lock_told)  # type: ignore[misc]
        assert "biosync sessions lock --passphrase" in scene.page.lock_told
        scene.window.close()


def test_a_locked_ledger_is_said_in_words_where_the_straps_would_be(
    look: Look, home: Path, wait_for: WaitFor
) -> None:
    with Ledger.open(home) as ledger:
        ledger.remember(Strap("Garmin HRM", "E0:00:00:00:00:02", "Ben"))
    lock_with_passphrase(home, "a warm place")
    import biosync.store.ledger.keys as keys

    keys._given.clear()
    scene = Scene(look)
    wait_for(lambda: "locked with a passphrase" in scene.page.straps_told)
    assert scene.page.straps.buttons == []
    scene.window.close()

"""What is set is told to everybody and kept at once; the same again is nothing new."""

from __future__ import annotations

from biosync.gui.preferring import Preferring
from biosync.preferences import Preferences


def test_a_change_is_told_and_kept_once() -> None:
    kept: list[Preferences] = []
    told: list[str] = []
    preferring = Preferring(Preferences(), lambda now: kept.append(now) or ("no room" if now.tones else ""))
    preferring.changed.connect(lambda: told.append("changed"))
    preferring.told.connect(told.append)
    preferring.change(theme="dark")
    preferring.change(theme="dark")
    assert (kept, told) == ([Preferences(theme="dark")], ["changed"])
    preferring.change(tones=True)
    assert preferring.now == Preferences(theme="dark", tones=True)
    assert told[1:] == ["changed", "no room"]

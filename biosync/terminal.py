"""The live view in a terminal, also over SSH: the same figures as the window's, drawn with rich."""

from __future__ import annotations

import asyncio

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from biosync.cues.disc import level
from biosync.events import Cue, Metrics
from biosync.in_step.words import joined, leader_in_words, state_in_words
from biosync.session import Session
from biosync.snapshot import PersonView, Snapshot
from biosync.terminal_controls import Controls
from biosync.terminal_keys import listening
from devices.straps import in_a_line

FRAMES_A_SECOND = 12
_BAR = 40
_LINES = 3
"""Of more people than this there are too many pairs to tell one by one."""
_BADGES = {"simulated": " SIMULATED ", "replay": " REPLAY ", "strap": ""}


async def show(session: Session) -> None:
    """Run the session, draw it and hear its keys until it ends; Ctrl-C ends it too."""
    controls = Controls(session)
    running = asyncio.create_task(session.run())
    with listening(controls.press) as heard, Live(console=Console(), auto_refresh=False, transient=False) as live:
        while not running.done():
            if session.latest is not None:
                foot = _foot(session, controls, heard)
                live.update(picture(session.latest, session.now(), foot, controls.selected), refresh=True)
            await asyncio.wait({running}, timeout=1 / FRAMES_A_SECOND)
        if session.latest is not None:
            live.update(picture(session.latest, session.latest.t), refresh=True)
    await running


def picture(snapshot: Snapshot, now: float, foot: str = "", selected: str | None = None) -> RenderableType:
    """Return what the terminal shows of ``snapshot`` at session time ``now``, with ``foot`` behind the time."""
    rows: list[RenderableType] = [_person(view, now, view.name == selected) for view in snapshot.people]
    rows += [Text(line) for line in _together(snapshot)]
    return Group(*rows, Text(f"{_clock(now)}{foot}", style="dim"))


def _together(snapshot: Snapshot) -> list[str]:
    """Return how people go together: a line a pair of up to three, a line a group of more."""
    crowded = {name for group in snapshot.groups if len(group.people) > _LINES for name in group.people}
    pairs = [pair.now for pair in snapshot.pairs if not crowded.issuperset(pair.people)]
    lines = [f"{joined(now.people)}: {state_in_words(now)}{leader_in_words(now)}" for now in pairs]
    return lines + [f"all {len(group.people)}: {state_in_words(group)}" for group in snapshot.groups]


def _foot(session: Session, controls: Controls, heard: bool) -> str:
    whole = f" of {_clock(session.duration_s)}" if session.duration_s is not None else ""
    hint = controls.hint if heard else "Ctrl-C ends"
    return f"{whole}{' (paused)' if session.paused else ''}   {hint}" + (f"\n{controls.note}" if controls.note else "")


def _clock(t: float) -> str:
    minutes, seconds = divmod(int(t), 60)
    return f"{minutes}:{seconds:02d}"


def _person(view: PersonView, now: float, selected: bool) -> Panel:
    if view.left:
        return Panel(Text("paused"), title=Text(in_a_line(view.name)), title_align="left", style="dim", width=64)
    table = Table.grid(padding=(0, 2), expand=False)
    for name, value in _figures(view):
        table.add_row(Text(name, style="dim"), value)
    cue = view.cue_at(now)
    parts: list[RenderableType] = [table]
    if cue is not None:
        parts += [_breath(cue, now), Text(cue.why, style="dim")]
    title = Text.assemble((in_a_line(view.name), "bold"), "  ", (_BADGES[view.origin], "black on yellow"))
    return Panel(Group(*parts), title=title, title_align="left", border_style="cyan" if selected else "dim", width=64)


def _figures(view: PersonView) -> list[tuple[str, Text]]:
    link, now = view.link, view.metrics
    state = "waiting for the strap" if link is None else f"{link.state}: {link.why}"
    if link is not None and link.battery_percent is not None:
        state += f", battery {link.battery_percent} %"
    if link is not None and link.state == "live" and now is not None and now.quality != "good":
        state = now.why
    rows = [("signal", Text(state))]
    if now is not None:
        rows += [
            ("heart rate", _own(view, "heart_rate", _number(now.heart_rate_bpm, "bpm"))),
            ("RMSSD", _own(view, "rmssd", _number(now.rmssd_ms, "ms"))),
            ("coherence", _own(view, "coherence", _coherence(now, view.gathering_s))),
            ("breath", _own(view, "breath", _number(now.breath_bpm, "a minute", 1))),
        ]
    return rows


def _own(view: PersonView, figure: str, shown: Text) -> Text:
    return Text("private", style="dim") if figure in view.hidden else shown


def _number(value: float | None, unit: str, digits: int = 0) -> Text:
    return Text("–", style="dim") if value is None else Text(f"{value:.{digits}f} {unit}", style="bold")


def _coherence(now: Metrics, gathering_s: float) -> Text:
    if now.coherence_score is not None:
        full = round(now.coherence_score / 100 * 20)
        return Text.assemble((f"{now.coherence_score:3.0f} ", "bold"), ("█" * full, "cyan"), ("░" * (20 - full), "dim"))
    if now.quality == "none":
        return Text("–", style="dim")
    early = f", so far {now.coherence_early:.0f}" if now.coherence_early is not None else ""
    return Text(f"gathering, {gathering_s:.0f} s left{early}", style="dim")


def _breath(cue: Cue, now: float) -> Text:
    phase = cue.phase_at(now)
    word = "breathe in " if phase < cue.inhale_fraction else "breathe out"
    filled = round(level(phase, cue.inhale_fraction) * _BAR)
    return Text.assemble((f"{word}  ", "bold cyan"), ("━" * filled, "cyan"), (" " * (_BAR - filled), ""),
                         f"  {cue.rate_bpm:.1f}")  # fmt: skip

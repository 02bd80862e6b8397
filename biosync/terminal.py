"""The live view in a terminal, also over SSH: the same figures as the window's, drawn with rich."""

from __future__ import annotations

import asyncio
import contextlib

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from biosync.cues.disc import level
from biosync.events import Cue, Metrics
from biosync.run import LiveSession
from biosync.snapshot import PersonView, Snapshot

FRAMES_A_SECOND = 12
_BAR = 40
_BADGES = {"simulated": " SIMULATED ", "replay": " REPLAY ", "strap": ""}


async def show(session: LiveSession) -> None:
    """Run the session and draw it until it ends; Ctrl-C ends it."""
    running = asyncio.create_task(session.run())
    with Live(console=Console(), auto_refresh=False, transient=False) as live:
        while not running.done():
            if session.latest is not None:
                live.update(picture(session.latest, session.now()), refresh=True)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(running), 1 / FRAMES_A_SECOND)
        if session.latest is not None:
            live.update(picture(session.latest, session.latest.t), refresh=True)
    await running


def picture(snapshot: Snapshot, now: float) -> RenderableType:
    """Return what the terminal shows of ``snapshot`` at session time ``now``."""
    rows = [_person(view, now) for view in snapshot.people]
    minutes, seconds = divmod(int(now), 60)
    return Group(*rows, Text(f"{minutes}:{seconds:02d}   Ctrl-C ends", style="dim"))


def _person(view: PersonView, now: float) -> Panel:
    table = Table.grid(padding=(0, 2), expand=False)
    for name, value in _figures(view):
        table.add_row(Text(name, style="dim"), value)
    cue = view.cue_at(now)
    parts: list[RenderableType] = [table]
    if cue is not None:
        parts += [_breath(cue, now), Text(cue.why, style="dim")]
    title = Text.assemble((view.name, "bold"), "  ", (_BADGES[view.origin], "black on yellow"))
    return Panel(Group(*parts), title=title, title_align="left", border_style="dim", width=64)


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
            ("heart rate", _number(now.heart_rate_bpm, "bpm")),
            ("RMSSD", _number(now.rmssd_ms, "ms")),
            ("coherence", _coherence(now, view.gathering_s)),
            ("breath", _number(now.breath_bpm, "a minute", 1)),
        ]
    return rows


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

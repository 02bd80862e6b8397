"""The world outside the window: makes its sessions, finds its straps, opens its ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from biosync.commands.playing import Playing
from biosync.commands.telling import Telling
from biosync.commands.window_ledger import WindowLedger
from biosync.home import home
from biosync.preferences import Preferences, load, save

if TYPE_CHECKING:
    from biosync.casting import MakeStrap
    from biosync.events import Event
    from biosync.gui.outside import Outside, Wearer
    from biosync.pacer.settings import Settings
    from biosync.player import Player
    from biosync.run import Cast, LiveSession, Newcomer, Sink
    from biosync.sound.player import Device
    from devices.doctor_report import Report
    from devices.straps_in_range import FoundStrap

DEMO_SEED = 1
CHILD_SEARCH_BPM = (6.0, 10.0)
"""Under 16 the pace is looked for in this range, and no cue is slower (people-first)."""
CHILD_SECONDS = 300.0
"""Under 16 a session is no longer than this."""


class WindowWorld:
    """All of its sessions share one ledger and, while they last, one radio."""

    def __init__(self) -> None:
        self.telling = Telling()
        self.ledger = WindowLedger(self.telling)
        self._strap: MakeStrap | None = None
        self._joined = 0
        self._now: Callable[[], Preferences] = Preferences

    def make(self, cast: Cast, playing: Playing) -> LiveSession:
        """Return the session of ``cast``, kept only if the ledger was not declined."""
        from biosync.commands.playing import make

        kept = playing.store and self.ledger.keeps
        return make(cast, replace(playing, store=kept), [self._wearers_told()], tell=self.telling)

    def _wearers_told(self) -> Sink:
        """Return what tells, once each, that a strap counts as another's from now on: the views show no reason of a
        link that is well."""
        from biosync.events import Link
        from biosync.strap_feed import changed_wearer

        told: set[tuple[str, str]] = set()

        def tell(event: Event) -> None:
            changed = changed_wearer(event.why) if isinstance(event, Link) else None
            if changed is None or changed in told:
                return
            told.add(changed)
            wearer, person = changed
            self.telling(
                f"until now this strap was {wearer}'s, and from now on it counts as {person}'s: if that is wrong,"
                f" end the session, and connect the strap under the name {wearer} again"
            )

        return tell

    def demo(self) -> LiveSession:
        """Return the session of one virtual person, which is not kept."""
        from biosync.commands.demo import demo_cast

        people = replace(demo_cast(1, DEMO_SEED, each=False), settings=pacer_settings(self._now()))
        return self.make(people, Playing(None, 1.0, False, False))

    def scenario(self, name: str) -> LiveSession:
        """Return the session of the virtual people of a scenario, as many as it usually has, which is not kept."""
        from biosync.commands.demo import scenario_scene, scene_cast
        from devices.coupling import SCENARIOS

        scene = scenario_scene(name, SCENARIOS[name].usual, DEMO_SEED)
        people = replace(scene_cast(scene), settings=pacer_settings(self._now()))
        return self.make(people, Playing(None, 1.0, False, False))

    def straps(self, wearers: Sequence[Wearer], together: bool) -> LiveSession:
        """Return the session of these people: one cue for all, or each alone."""
        from biosync.casting import Part, cast
        from biosync.sources import Source

        children = any(wearer.consent.guardian is not None for wearer in wearers)
        everybody = [Part(Source("ble", wearer.name, wearer.address)) for wearer in wearers]
        people = cast(everybody, each=not together, strap=self._new_radio())
        consents = tuple(wearer.consent for wearer in wearers)
        leader = next((wearer.name for wearer in wearers if wearer.leads), None)
        now = self._now()
        told = pacer_settings(now, leader)
        people = replace(people, consents=consents, settings=_child_settings(told) if children else told)
        return self.make(people, Playing(CHILD_SECONDS if children else None, 1.0, now.keeps, not together))

    def replay(self, id: str) -> Player:
        """Return a stored session as ``run replay:ID`` plays it: it can be paused and set."""
        from biosync.casting import cast, duration_s, parts
        from biosync.commands.playing import Wanted, make_player
        from biosync.sources import parse

        everybody = parts([parse(f"replay:{id}")])
        wanted = Wanted(lambda: cast(everybody), len(everybody), duration_s=duration_s(everybody))
        return make_player(wanted, Playing(None, 1.0, False, False))

    def newcomer(self, wearer: Wearer | None) -> Newcomer:
        """Return one who joins the session that runs: a wearer, or a virtual person."""
        from biosync.casting import Part, newcomer
        from biosync.sources import DEMO_NAMES, Source, demo_people

        if wearer is None:
            self._joined += 1
            virtual = demo_people(len(DEMO_NAMES), DEMO_SEED + self._joined)[-self._joined % len(DEMO_NAMES)]
            return newcomer(Part(virtual))
        strap = self._strap or self._new_radio()
        coming = newcomer(Part(Source("ble", wearer.name, wearer.address)), strap)
        return replace(coming, consent=wearer.consent)

    def outside(self) -> Outside:
        """Return all of it, as the window needs it."""
        from biosync.gui.outside import Outside
        from biosync.gui.preferring import Preferring

        preferring = Preferring(self.preferences(), partial(save, home()))
        self._now = lambda: preferring.now
        return Outside(
            start_demo=self.demo,
            start_scenario=self.scenario,
            start_straps=self.straps,
            scan=_look_for,
            examine=_examine,
            join=self.newcomer,
            replay=self.replay,
            ledger=self.ledger,
            preferring=preferring,
            open_speaker=_open_speaker,
            listen=self.telling.listen,
        )

    def preferences(self) -> Preferences:
        """Return what was set, and say what of it could not be read."""
        found, problem = load(home())
        if problem:
            self.telling(problem)
        return found

    def _new_radio(self) -> MakeStrap:
        from biosync.commands.straps import strap_maker

        self._strap = strap_maker()
        return self._strap


def pacer_settings(now: Preferences, leader: str | None = None) -> Settings:
    """Return what the pacer is told of what was set: the search for the own pace stays within the range, too."""
    from biosync.pacer.settings import Settings

    usual = Settings()
    slowest = min(max(usual.search_slowest_bpm, now.slowest_bpm), now.fastest_bpm)
    return Settings(
        slowest_bpm=now.slowest_bpm,
        fastest_bpm=now.fastest_bpm,
        search_slowest_bpm=slowest,
        search_fastest_bpm=max(slowest, min(usual.search_fastest_bpm, now.fastest_bpm)),
        inhale_fraction=now.inhale_fraction,
        mode=now.mode,
        leader=leader,
        program=now.program,
    )


def _child_settings(told: Settings | None = None) -> Settings:
    """Return what the pacer is told where a child takes part: the program and role that were chosen, in its range."""
    from biosync.pacer.settings import Settings

    usual, (slowest, fastest) = Settings(), CHILD_SEARCH_BPM
    return replace(
        told or usual, slowest_bpm=slowest, fastest_bpm=usual.fastest_bpm, inhale_fraction=usual.inhale_fraction,
        search_slowest_bpm=slowest, search_fastest_bpm=fastest,
    )  # fmt: skip


def _open_speaker() -> Device:
    from biosync.sound.device import Speaker

    return Speaker()


async def _look_for(seconds: float) -> Sequence[FoundStrap]:
    from biosync.strap_search import look_for  # in the worker: it loads the radio, after the first frame

    return await look_for(seconds)


async def _examine(seconds: float) -> Report:
    from biosync.strap_search import examine

    return await examine(seconds)

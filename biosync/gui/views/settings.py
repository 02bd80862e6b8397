"""Settings: everything that can be set, in groups; applied at once, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from biosync.gui import words
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.known_straps import KnownStraps
from biosync.gui.widgets.page_frame import PageFrame
from biosync.gui.widgets.settings_controls import Group, SettingAmount, SettingChoice, SettingTick
from biosync.store.ledger.kinds import Strap

_PACES = (4.0, 20.0)
_SHARE = (0.3, 0.6)
LOCK_COMMAND = "biosync sessions lock --passphrase"


class SettingsPage(Page):
    """Every control shows ``outside.preferring.now``, and changes it; the straps are those of the ledger."""

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__(look, outside, actions)
        self._preferring = outside.preferring
        self.straps = KnownStraps()
        self.straps.forgotten.connect(self._forget)
        frame = PageFrame(self, words.tr("Settings"), actions.back)
        self._back = frame.back
        frame.column.setSpacing(2 * SPACE)
        for group in (self._sound(), self._looks(), self._breath(), self._people(), self._privacy(), self._program()):
            frame.column.addLayout(group)
        frame.column.addStretch(1)

    @property
    def straps_told(self) -> str:
        """What stands over the straps."""
        return self._straps_told.text()

    @property
    def lock_told(self) -> str:
        """How the ledger is locked, in words."""
        return self._lock_told.text()

    def open(self) -> None:
        """Read the straps and the lock anew, and take the focus."""
        self._straps_told.setText(words.tr("Reading …"))
        self._errands.ask(self._read_straps, self._show_straps, self._straps_told.setText)
        self._errands.ask(self._outside.ledger.lock, self._show_lock, self._lock_told.setText)
        self._first.setFocus()

    def leave(self) -> None:
        """Hear nothing more of what is still read."""
        self._errands.drop()

    # --- the groups ---

    def _sound(self) -> Group:
        group = Group(words.tr("Sound"))
        self._first = self._tick("tones", words.tr("Tones that rise with the in-breath and fall with the out-breath"))
        group.addWidget(self._first)
        volume = SettingAmount(self._preferring, "volume", (0.0, 1.0), 20, _percent)
        group.add_row(words.tr("Volume"), volume, words.tr("Volume of the tones (left and right)"))
        return group

    def _looks(self) -> Group:
        group = Group(words.tr("Looks and language"))
        system = words.tr("as the system asks")
        rows: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...] = (
            ("theme", words.tr("Theme"), words.tr("Colours of the window (up and down)"), (
                ("system", system), ("dark", words.tr("dark")), ("light", words.tr("light")),
                ("high contrast", words.tr("high contrast")))),
            ("motion", words.tr("Motion"), words.tr("A disc that moves, or a bar that fills (up and down)"), (
                ("system", system), ("full", words.tr("full: a disc that grows and shrinks")),
                ("reduced", words.tr("reduced: a bar that fills and drains")))),
            ("language", words.tr("Language"), words.tr("Language of the window (up and down)"), (
                ("system", words.tr("as the system’s")), ("en", "English"), ("de", "Deutsch"))),
        )
        for name, text, tooltip, entries in rows:
            group.add_row(text, SettingChoice(self._look, self._preferring, name, entries), tooltip)
        return group

    def _breath(self) -> Group:
        group = Group(words.tr("The breath cue"))
        for name, text in (
            ("cue", words.tr("Show the breath cue; without it, only the own rhythm")),
            ("numbers", words.tr("Show numbers in Breathe and Together")),
            ("eyes_open", words.tr("Eyes stay open: the cue stays small and still")),
        ):
            group.addWidget(self._tick(name, text))
        for name, text, tooltip in (
            ("slowest_bpm", words.tr("Slowest pace"), words.tr("The cue never leads below it (left and right)")),
            ("fastest_bpm", words.tr("Fastest pace"), words.tr("The cue never goes above it (left and right)")),
        ):
            amount = SettingAmount(self._preferring, name, _PACES, 2, words.pace, partial(self._set_pace, name))
            group.add_row(text, amount, tooltip)
        share = SettingAmount(self._preferring, "inhale_fraction", _SHARE, 100, _breath_share)
        group.add_row(words.tr("In-breath"), share, words.tr("Its share of the whole breath (left and right)"))
        group.add_note(words.tr("These hold from the next session on. Under 16 there is a range of its own."))
        return group

    def _people(self) -> Group:
        group = Group(words.tr("People and straps"))
        self._straps_told = group.add_note("")
        group.addWidget(self.straps)
        return group

    def _privacy(self) -> Group:
        group = Group(words.tr("Privacy"))
        shares = SettingChoice(self._look, self._preferring, "shares", (
            ("rhythm", words.tr("the shared rhythm only")),
            ("own", words.tr("the shared rhythm; each their own figures")),
            ("all", words.tr("all of my figures")),
        ))
        group.add_row(words.tr("The others see"), shares, words.tr(
            "What is chosen at first; everybody chooses anew before a session (up and down)"))
        group.addWidget(self._tick("keeps", words.tr("Keep sessions with a strap, on this computer only")))
        self._lock_told = group.add_note("")
        return group

    def _program(self) -> Group:
        group = Group(words.tr("biosync itself"))
        group.addWidget(self._tick("watch_stalls", words.tr("Tell in the notes when the window stood still")))
        return group

    def _tick(self, name: str, text: str) -> SettingTick:
        return SettingTick(self._look, self._preferring, name, text)

    # --- what changes ---

    def _set_pace(self, name: str, value: float) -> None:
        """Set one end of the range; the other end moves along where it would be passed."""
        changed = {name: value}
        now = self._preferring.now
        if name == "slowest_bpm" and value > now.fastest_bpm:
            changed["fastest_bpm"] = value
        elif name == "fastest_bpm" and value < now.slowest_bpm:
            changed["slowest_bpm"] = value
        self._preferring.change(**changed)

    def _read_straps(self) -> list[Strap]:
        with self._outside.ledger.opened() as ledger:
            return ledger.straps()

    def _forget_one(self, strap: Strap) -> list[Strap]:
        with self._outside.ledger.opened() as ledger:
            ledger.forget(strap)
            return ledger.straps()

    def _forget(self, strap: Strap) -> None:
        self._back.setFocus()  # the button that had it goes
        self._errands.ask(partial(self._forget_one, strap), self._show_straps, self._straps_told.setText)

    def _show_straps(self, straps: Sequence[Strap]) -> None:
        self.straps.show_straps(straps)
        self._straps_told.setText(
            words.tr("Straps whose wearers said yes on this computer.") if straps
            else words.tr("No strap is known yet: one is from when its wearer says yes.")
        )

    def _show_lock(self, lock: str) -> None:
        self._lock_told.setText({
            "none": words.tr("What is kept is not locked: whoever can read your files can read it. To lock it with a "
                             "passphrase, close biosync and run in a terminal: {command}"),
            "passphrase": words.tr("What is kept is locked with a passphrase. To change it, close biosync and run in "
                                   "a terminal: {command}"),
            "keyring": words.tr("What is kept is locked with a key in the system’s keyring. To lock it with a "
                                "passphrase instead, close biosync and run in a terminal: {command}"),
        }[lock].format(command=LOCK_COMMAND))


def _percent(value: float) -> str:
    return words.tr("{percent} %").format(percent=words.number(100 * value))


def _breath_share(value: float) -> str:
    return words.tr("{percent} % of the breath").format(percent=words.number(100 * value))


PAGE = SettingsPage

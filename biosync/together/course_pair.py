"""The course of two people: when they are in step, when that breaks (a rupture), and when it is mended (a repair)."""

from __future__ import annotations

from collections.abc import Mapping

from biosync.events import InStep, Turn


class PairCourse:
    """Two people, ``people``.

    A time in step lasts while the state is anything but apart. It breaks when the step is lost, or when the heart rate
    of one rises though it is not. The repair is when they are in step and nobody's heart rate is raised any more.
    Where the state is not known, nothing breaks and nothing is mended.
    """

    def __init__(self, people: tuple[str, str]) -> None:
        self.people = people
        self._in_step = False
        self._since_t = 0.0
        self._broken_t: float | None = None

    @property
    def in_step(self) -> bool:
        """Tell if they are in step now."""
        return self._in_step

    def look(self, t: float, state: InStep | None, rising: Mapping[str, float | None]) -> list[Turn]:
        """Take the state at time ``t`` (s), and since when (s) whose heart rate is raised; return the turns."""
        was, self._in_step = self._in_step, state is not None and state != "apart"
        if state is None:  # not to be seen is not apart: what was broken is left open
            self._broken_t = None
        elif self._in_step and not was:
            self._since_t = t
            if self._broken_t is None:
                return [Turn(t, self.people, "in step", t), *self._raised(t, rising)]
        elif was and not self._in_step:
            return self._lost(t)
        return self._mended(t, rising, t) if self._in_step else []

    def rises(self, t: float, rising: Mapping[str, float | None], settled_t: float) -> list[Turn]:
        """Take since when (s) whose heart rate is raised, at time ``t``; ``settled_t``: when the last of them was."""
        if not self._in_step:
            return []
        return self._raised(t, rising) if self._broken_t is None else self._mended(t, rising, settled_t)

    def _lost(self, t: float) -> list[Turn]:
        if self._broken_t is not None:
            return []
        self._broken_t = t
        return [Turn(t, self.people, "apart", t)]

    def _raised(self, t: float, rising: Mapping[str, float | None]) -> list[Turn]:
        since = [rising.get(name) for name in self.people]
        known = [at for at in since if at is not None]
        if not known:
            return []
        who = tuple(name for name, at in zip(self.people, since, strict=True) if at is not None)
        self._broken_t = max(min(known), self._since_t)
        return [Turn(t, self.people, "apart", self._broken_t, who)]

    def _mended(self, t: float, rising: Mapping[str, float | None], mended_t: float) -> list[Turn]:
        if self._broken_t is None or any(rising.get(name) is not None for name in self.people):
            return []
        at_t = max(mended_t, self._since_t, self._broken_t)
        took_s, self._broken_t, self._since_t = at_t - self._broken_t, None, at_t
        return [Turn(t, self.people, "together again", at_t, took_s=took_s)]

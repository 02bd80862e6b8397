"""A virtual person whose beats can be asked for: the truth that beat times are held against (pure)."""

from __future__ import annotations

from devices.person import Person, TrueBeat


class Witness(Person):
    """Remembers the beats of the last stretch it lived."""

    lived: list[TrueBeat]

    def live_until(self, t: float) -> list[TrueBeat]:
        """Live on to ``t`` (s), return the beats on the way, and remember them."""
        self.lived = super().live_until(t)
        return self.lived

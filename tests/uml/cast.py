"""The straps of a run: who they are, the same for the air, for the command line and for the accounting."""

from __future__ import annotations

from dataclasses import dataclass

_SKEWS = (0.0, 20e-6, -20e-6, 50e-6)


@dataclass(frozen=True, slots=True)
class Strap:
    """``random``: its address is a random static one, as most straps' are; ``skew``: how much its clock runs slow."""

    number: int

    @property
    def random(self) -> bool:
        return self.number % 2 == 0

    @property
    def address(self) -> str:
        return f"{'C0' if self.random else 'A0'}:9E:1A:00:00:{self.number:02X}"

    @property
    def name(self) -> str:
        return f"Polar H10 {self.number:08d}"

    @property
    def person(self) -> str:
        return f"P{self.number:02d}"

    @property
    def source(self) -> str:
        return f"{self.person}=ble:{self.address}"

    @property
    def skew(self) -> float:
        """A second of its clock takes 1 + skew seconds: quartz is good to some 20 millionths."""
        return _SKEWS[(self.number - 1) % len(_SKEWS)]


def straps(count: int) -> list[Strap]:
    return [Strap(number) for number in range(1, count + 1)]

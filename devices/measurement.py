"""The words that devices speak upward: plain frozen values, no behaviour of any one strap."""

from __future__ import annotations

from dataclasses import dataclass

TICKS_PER_SECOND = 1024
"""Unit of RR intervals in the Heart Rate Measurement characteristic (Bluetooth SIG HRS 1.0, 3.1.1.4)."""


@dataclass(frozen=True, slots=True)
class HeartRate:
    """One Heart Rate Measurement.

    ``heart_rate_bpm`` beats per minute as the strap says; ``rr_ticks`` RR intervals in 1/1024 s, oldest first;
    ``contact`` None where the strap does not support the flag; ``energy_kj`` None where it is not sent.
    """

    heart_rate_bpm: int
    rr_ticks: tuple[int, ...] = ()
    contact: bool | None = None
    energy_kj: int | None = None

    @property
    def rr_ms(self) -> tuple[float, ...]:
        """The RR intervals in ms, exact: ticks / 1024 * 1000."""
        return tuple(ticks / TICKS_PER_SECOND * 1000 for ticks in self.rr_ticks)


@dataclass(frozen=True, slots=True)
class Battery:
    """The strap's battery level in percent, 0 to 100."""

    percent: int


Measurement = HeartRate | Battery

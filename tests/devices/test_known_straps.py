"""Whose a strap in sight is: for sure by name and address, else only probably, and its serial has the last word."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from devices.known_straps import Recognition, recognise


@dataclass(frozen=True)
class Known:
    name: str
    address: str
    person: str
    serial: str | None = None


ANA = Known("TICKR", "A0:9E:1A:00:00:01", "Ana", "111")
BEN = Known("TICKR", "A0:9E:1A:00:00:02", "Ben", "222")
ELSEWHERE = "A0:9E:1A:00:00:09"


def test_name_and_address_are_sure_however_the_address_is_written() -> None:
    assert recognise("TICKR", ANA.address.lower(), [ANA, BEN]) == Recognition("Ana", True, ("111",))


def test_a_known_name_at_a_new_address_is_probably_the_known_one() -> None:
    assert recognise("TICKR", ELSEWHERE, [ANA]) == Recognition("Ana", False, ("111",))


def test_a_known_address_under_a_new_name_is_probably_the_known_one() -> None:
    assert recognise("Ana's strap", ANA.address, [ANA]) == Recognition("Ana", False, ("111",))


def test_a_strap_that_is_in_sight_itself_is_not_the_other_one_too() -> None:
    assert recognise("TICKR", ELSEWHERE, [ANA], [ELSEWHERE, ANA.address.lower()]) is None


def test_where_two_wear_straps_of_one_name_nobody_is_the_likely_one() -> None:
    assert recognise("TICKR", ELSEWHERE, [ANA, BEN]) is None
    in_sight = [ELSEWHERE, BEN.address]
    assert recognise("TICKR", ELSEWHERE, [ANA, BEN], in_sight) == Recognition("Ana", False, ("111",))


def test_a_stranger_is_unknown() -> None:
    assert recognise("Polar H10 1", ELSEWHERE, [ANA, BEN]) is None
    assert recognise("TICKR", ANA.address, []) is None


@pytest.mark.parametrize(
    ("kept", "read", "proved", "disproved"),
    [
        (("111",), "111", True, False),
        (("111", "333"), "333", True, False),
        (("111",), "999", False, True),
        (("111",), None, False, False),
        ((), "111", False, False),
    ],
)
def test_the_serial_proves_or_disproves_only_where_both_are_known(
    kept: tuple[str, ...], read: str | None, proved: bool, disproved: bool
) -> None:
    whose = Recognition("Ana", False, kept)
    assert (whose.is_proved_by(read), whose.is_disproved_by(read)) == (proved, disproved)

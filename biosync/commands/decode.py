"""``biosync decode``: what the bytes of a Heart Rate Measurement say. Starts fast: neither Qt nor SciPy is loaded."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from devices.device import DecodeError
from devices.heart_rate import decode
from devices.measurement import HeartRate

HELP = "tell what the bytes of a Heart Rate Measurement say"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("payloads", nargs="+", metavar="HEX", help="a payload such as 16484103; - reads lines")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    """Decode every payload; 1 if any breaks the format."""
    failed = False
    for text in _payloads(args.payloads):
        try:
            measurement = decode(_bytes(text))
        except DecodeError as error:
            failed = True
            if args.json:
                print(json.dumps({"error": str(error)}), flush=True)
            else:
                print(f"{text.strip() or '(empty)'}: {error}", file=sys.stderr)
        else:
            print(json.dumps(as_json(measurement)) if args.json else in_words(measurement), flush=True)
    return 1 if failed else 0


def as_json(measurement: HeartRate) -> dict[str, object]:
    """Return the contract's object."""
    return {
        "heart_rate_bpm": measurement.heart_rate_bpm,
        "rr_ms": list(measurement.rr_ms),
        "contact": measurement.contact,
        "energy_kj": measurement.energy_kj,
    }


def in_words(measurement: HeartRate) -> str:
    """Return the measurement as a person reads it."""
    words = [f"{measurement.heart_rate_bpm} beats a minute"]
    if measurement.rr_ticks:
        words.append("RR " + ", ".join(f"{rr:.1f}" for rr in measurement.rr_ms) + " ms")
    if measurement.contact is not None:
        words.append("skin contact" if measurement.contact else "no skin contact")
    if measurement.energy_kj is not None:
        words.append(f"{measurement.energy_kj} kJ")
    return "; ".join(words)


def _payloads(arguments: list[str]) -> Iterator[str]:
    for argument in arguments:
        if argument == "-":
            yield from (line.rstrip("\r\n").removeprefix("\ufeff") for line in sys.stdin)
        else:
            yield argument


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise DecodeError("this is not hexadecimal: give pairs of the digits 0-9 and a-f") from None

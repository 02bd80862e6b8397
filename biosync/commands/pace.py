"""``biosync pace``: the breath pacer alone, as a filter on standard input and output."""

from __future__ import annotations

import argparse
import sys

HELP = "the breath pacer alone: JSON lines in, JSON lines out"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments: it has none."""
    parser.epilog = 'in: {"t": 12.0, "rr_ms": [812.5, 801.2]}   out: {"t": 12.0, "rate_bpm": 9.8, "phase": 0.31, ...}'


def run(args: argparse.Namespace) -> int:
    """Answer every line until the input ends."""
    from biosync.pace import PaceFilter
    from biosync.streams import write_line

    pacer = PaceFilter()
    for line in sys.stdin:
        write_line(sys.stdout, pacer.answer(line.removeprefix("\ufeff")))
    return 0

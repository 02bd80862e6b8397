"""Prints the table of docs/pacer.md: twenty virtual people who follow and the same twenty who do not, ten minutes each.

``python -m tests.pacer.table``
"""

from __future__ import annotations

from statistics import median

from biosync.events import Cue, Metrics
from tests.playing import play

SEEDS = range(101, 121)
SECONDS = 600.0


def told(follows: bool) -> list[tuple[str, str]]:
    """Return the rows of one column: what is told, and its figures over the twenty."""
    sessions = [play(f"demo:Ana?seed={seed}&follows={follows}", seconds=SECONDS) for seed in SEEDS]
    cues = [[e for e in events if isinstance(e, Cue)] for events in sessions]
    scores = [[(e.t, e.coherence_score) for e in events if isinstance(e, Metrics) and e.coherence_score is not None]
              for events in sessions]  # fmt: skip
    slowest = [min(cue.rate_bpm for cue in each) for each in cues]
    first = [median([s for t, s in each if t < each[0][0] + 60]) for each in scores]
    last = [median([s for t, s in each if t > SECONDS - 60]) for each in scores]
    return [
        ("led at all", str(sum(any(c.stage == "lead" for c in each) for each in cues))),
        ("at 6 a minute at the end", str(sum(each[-1].rate_bpm < 6.1 for each in cues))),
        ("lost at least once", str(sum(any(c.why.startswith("lost") for c in each) for each in cues))),
        ("slowest cue, middle (range)", f"{median(slowest):.1f} ({min(slowest):.1f} to {max(slowest):.1f})"),
        ("coherence, first and last minute, middle", f"{median(first):.0f} and {median(last):.0f}"),
    ]


if __name__ == "__main__":
    for (what, follow), (_, other) in zip(told(True), told(False), strict=True):
        print(f"| {what} | {follow} | {other} |")

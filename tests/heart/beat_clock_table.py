"""Print the table of docs/beat-clock.md: ``python -m tests.heart.beat_clock_table``."""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from tests.heart.radio import Heart, Radio, Received, receive

DROPS = ((100.0, 105.0), (200.0, 260.0), (400.0, 430.0))
RADIOS = {
    "no jitter": Radio(),
    "jitter 100 ms": Radio(jitter_s=0.1),
    "jitter 400 ms": Radio(jitter_s=0.4),
    "2 % lost": Radio(jitter_s=0.1, loss=0.02),
    "10 % lost": Radio(jitter_s=0.1, loss=0.1),
    "10 % lost, jitter 400 ms": Radio(jitter_s=0.4, loss=0.1),
    "2 % lost, no empty ones seen": Radio(jitter_s=0.1, loss=0.02, silent=False),
    "no empty ones seen": Radio(jitter_s=0.1, silent=False),
    "drops of 5, 60 and 30 s": Radio(jitter_s=0.2, drops=DROPS),
    "strap clock 0.2 % fast": Radio(jitter_s=0.4, drift=0.002),
    "strap clock 0.2 % slow": Radio(jitter_s=0.4, drift=-0.002),
    "beats held up to 0.4 s": Radio(jitter_s=0.1, overhang_s=0.4),
    "intervals held, 25 %": Radio(jitter_s=0.2, hold=0.25),
    "stalls of up to 4 s": Radio(jitter_s=0.1, stall=0.02),
    "intervals up to 4 s late": Radio(jitter_s=0.1, lag=0.02),
    "1 % of intervals twice": Radio(jitter_s=0.1, repeat=0.01),
    "all of it": Radio(0.3, 0.03, 0.001, ((200.0, 215.0),), 0.2, 0.003, 0.02, 0.005, 0.005),
}
HEARTS = {
    **{f"{rate}": Heart(rate) for rate in (45, 52, 65, 80, 110, 150)},
    "60": Heart(60),
    "60, steady": Heart(60, swing=0.005, noise=0.005),
}
SEEDS = range(6)
COLUMNS = (
    "radio",
    "heart, bpm",
    "bias, ms",
    "truth inside, %",
    "median uncertainty, s",
    "losses found",
    "false gaps an hour",
    "longest held, s",
)


def row(job: tuple[str, str]) -> str:
    """Return one line of the table: a radio and a heart, all seeds together."""
    radio, heart = job
    received = [receive(RADIOS[radio], seed, HEARTS[heart]) for seed in SEEDS]
    error = np.concatenate([r.error for r in received])
    uncertainty = np.concatenate([r.uncertainty for r in received])
    inside = 100 * np.mean(np.abs(error) <= uncertainty)
    settled = np.concatenate([r.error[r.true_t[~r.again] > 60] for r in received])
    return (
        f"| {radio} | {heart} | {1000 * np.mean(settled):+.0f} | {inside:.1f} | {np.median(uncertainty):.2f} "
        f"| {_gaps(received)} | {max(r.held_s.max() for r in received):.1f} |"
    )


def _gaps(received: list[Received]) -> str:
    lost = sum(len(r.lost_before) for r in received)
    found = sum(len(r.found()) for r in received)
    false = sum(len(r.false_gaps()) for r in received)
    hours = len(received) / 6
    return f"{found} of {lost} | {false / hours:.1f}"


def main() -> None:
    """Print the table; with words as arguments, only the rows that have one of them."""
    jobs = [(radio, heart) for radio in RADIOS for heart in HEARTS]
    if sys.argv[1:]:
        jobs = [job for job in jobs if any(word in f"{job[0]} | {job[1]}" for word in sys.argv[1:])]
    print(f"| {' | '.join(COLUMNS)} |")
    print("|---" * len(COLUMNS) + "|")
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(row, jobs):
            print(line, flush=True)


if __name__ == "__main__":
    main()

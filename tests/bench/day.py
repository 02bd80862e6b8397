"""A day of beats in a process of its own, so that its memory is its own: ``python -m tests.bench.day``."""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from tests.bench.beats import heart
from tests.bench.timing import race

BEATS = 106_459
ROUNDS = 5


def measure() -> dict[str, object]:
    """Return the seconds of floor and full set and the process' peak memory in MB, measured in a new process."""
    answer = subprocess.run([sys.executable, "-m", "tests.bench.day"], capture_output=True, text=True, check=True)
    found: dict[str, object] = json.loads(answer.stdout)
    return found


def _main() -> None:
    # Only what the work itself needs is imported here: the peak is its own.
    from biosync.heart.intervals import from_rr
    from biosync.metrics.coherence import coherence, history
    from biosync.metrics.parts import frequency_part, nonlinear_part, time_part
    from tests.bench.floor import floor

    rr = heart(BEATS)
    x = from_rr(rr)
    times = race(
        {
            "floor": lambda: floor(rr),
            "all": lambda: (time_part(x), frequency_part(x), nonlinear_part(x), coherence(x), history(x)),
        },
        ROUNDS,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak_mb = peak / (1e6 if sys.platform == "darwin" else 1e3)
    json.dump({"peak_mb": peak_mb, **{name: found.seconds for name, found in times.items()}}, sys.stdout)


if __name__ == "__main__":
    _main()

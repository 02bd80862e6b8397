"""``python -m tests.uml [SCENARIO...]``: biosync against real BlueZ in a User-Mode Linux; no radio, no root needed."""

from __future__ import annotations

import argparse
import sys

from tests.uml import cache, machine, needs
from tests.uml.scenarios import SCENARIOS


def main(arguments: list[str]) -> int:
    """Run the scenarios; return 0 if nothing was wrong, 1 if something was or the machine can't do it."""
    parser = _parser()
    args = parser.parse_args(arguments)
    if unknown := set(args.scenarios) - set(SCENARIOS):
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}; there are: {', '.join(SCENARIOS)}")
    try:
        needs.check(args.install)
        parts = cache.parts(_say)
    except needs.Missing as missing:
        print(f"Real BlueZ can't be run here: {missing}.", file=sys.stderr)
        return 1
    names = args.scenarios or [name for name in SCENARIOS if not (args.without_soak and name == "soak")]
    failed = [
        f"{name} at {latency_s * 1000:g} ms"
        for name in names
        for latency_s in SCENARIOS[name].latencies_s
        if args.latency_ms in (None, latency_s * 1000) and not _ran(parts, name, latency_s, not args.wall_clock)
    ]
    _say(f"Not as it should be: {', '.join(failed)}" if failed else "All as it should be.")
    return 1 if failed else 0


def _ran(parts: machine.Parts, name: str, latency_s: float, skip_idle: bool) -> bool:
    """Run one scenario and tell what came of it; return True if nothing was wrong."""
    scenario, out = SCENARIOS[name], cache.folder() / "runs" / f"{name}-{latency_s * 1000:g}ms"
    patience_s = scenario.patience_s if skip_idle or name != "soak" else 100_000.0
    outcome = machine.run(parts, name, latency_s, out, patience_s, skip_idle)
    figures = ", ".join(f"{key} {value:g}" for key, value in outcome.figures.items())
    _say(f"{'ok   ' if not outcome.wrong else 'WRONG'} {name:15} {latency_s * 1000:3g} ms  "
         f"{outcome.took_s:6.1f} s for {outcome.guest_s:7.1f} s  {figures}")  # fmt: skip
    for sentence in outcome.wrong:
        _say(f"      {sentence}")
    if outcome.wrong:
        _say(f"      everybody's words are in {out}")
    return not outcome.wrong


def _say(text: str) -> None:
    print(text, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.uml", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO",
                        help=f"all, if none is named: {', '.join(SCENARIOS)}")  # fmt: skip
    parser.add_argument("--latency-ms", type=float, help="only with this radio latency: 0 or 30")
    parser.add_argument("--without-soak", action="store_true", help="leave the day's run out")
    parser.add_argument("--wall-clock", action="store_true", help="let idle time pass instead of skipping it")
    parser.add_argument("--install", action="store_true", help="install what is missing, where we are root")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

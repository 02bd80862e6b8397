"""The commands of the contract. Every command is a file in ``biosync/commands``; Qt is loaded only for a window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NoReturn

from biosync.commands import analyze, decode, demo, doctor, pace, run, scan, sessions, synchrony, window
from biosync.commands.problems import WorkFailed, WrongUse
from biosync.run_problems import SessionProblem, SinkClosed, WrongCast

COMMANDS = {
    "demo": demo,
    "run": run,
    "scan": scan,
    "doctor": doctor,
    "decode": decode,
    "analyze": analyze,
    "synchrony": synchrony,
    "pace": pace,
    "sessions": sessions,
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is: that of the command which does not understand."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[Any, list[str]]:
        """End with exit code 2 where something is left over: handed up, it would be told as of no command."""
        found, left_over = super().parse_known_args(args, namespace)
        if left_over:
            self.error(f"unrecognized arguments: {' '.join(left_over)}")
        return found, left_over

    def error(self, message: str) -> NoReturn:
        """End with exit code 2."""
        raise WrongUse(f"{message} (see {self.prog} --help)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 the work failed, 2 used wrongly."""
    _use_one_thread()
    if sys.stdout is None:  # closed by whoever started us: what is written goes nowhere
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  (for as long as we run)
    try:
        args = _parser().parse_args(argv)
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except WrongUse as error:
        return _complain(str(error), 2)
    except WrongCast as error:
        return _complain(str(error), 2)
    except (WorkFailed, SessionProblem) as error:
        return _complain(str(error), 1)
    except (BrokenPipeError, SinkClosed):
        _let_go_of_output()
        return 0
    except OSError as error:  # the one place left: standard output can't take what we write
        _let_go_of_output()
        return _complain(f"the output can't be written: {error.strerror or error}", 1)
    except KeyboardInterrupt:
        return 0


def _use_one_thread() -> None:
    """Keep linear algebra, which NumPy is told of only before it is loaded, in the thread that asks for it: our
    matrices are so small that more threads only keep each other, and a notebook's battery, busy."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="biosync",
        description="Calm down together: heart-rate variability, coherence and a breath cue that answers. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"biosync {metadata.version('biosync')}")
    parser.set_defaults(run=window.run)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.HELP, description=command.HELP)
        command.add(sub)
        sub.set_defaults(run=command.run)
    return parser


def _complain(message: str, code: int) -> int:
    print(f"biosync: {message}", file=sys.stderr)
    return code


def _let_go_of_output() -> None:
    """Let the interpreter's last flush of standard output find something to write to."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())

"""``biosync sessions``: what was kept; one action a file."""

from __future__ import annotations

import argparse

from biosync.commands import (
    sessions_delete,
    sessions_export,
    sessions_import,
    sessions_list,
    sessions_lock,
    sessions_report,
    sessions_show,
)

HELP = "list, show, export, import, report, delete or lock the sessions that were kept"
ACTIONS = {
    "list": sessions_list,
    "show": sessions_show,
    "export": sessions_export,
    "import": sessions_import,
    "report": sessions_report,
    "delete": sessions_delete,
    "lock": sessions_lock,
}


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the actions and their arguments."""
    actions = parser.add_subparsers(metavar="ACTION", title="actions", required=True)
    for name, action in ACTIONS.items():
        sub = actions.add_parser(name, help=action.HELP, description=action.HELP)
        action.add(sub)
        sub.set_defaults(act=action.run)


def run(args: argparse.Namespace) -> int:
    """Do what the action says."""
    return int(args.act(args))

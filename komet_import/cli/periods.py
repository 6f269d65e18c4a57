"""`periods`: months that are closed, so that nothing is imported that is dated in them."""

import argparse
from typing import Any

from komet_import import services
from komet_import.cli.imports import user_named
from komet_import.cli.words import FINE, Parser, print_json
from komet_import.clock import told_day
from komet_import.ledger import database, periods
from komet_import.review.months import named


def add_period_commands(commands: Any) -> None:
    """Closing months, opening them again, and which are closed."""
    months = commands.add_parser("periods", help="closed months: nothing is imported that is dated in them")
    actions = months.add_subparsers(required=True, metavar="action", parser_class=Parser)
    for name, turn, done, about in (
        ("close", services.close_period, "Closed", "close a past month"),
        ("reopen", services.reopen_period, "Reopened", "open a closed month again"),
    ):
        command = actions.add_parser(name, help=about)
        command.add_argument("month", metavar="YYYY-MM")
        command.add_argument("--user", required=True, metavar="USERNAME", help="who does it: Admin or Setup")
        command.add_argument("--note", required=True, help="why; the Admins are mailed with it")
        command.set_defaults(run=_turn, turn=turn, done=done)
    listed = actions.add_parser("list", help="list the closed months")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)


def _turn(chosen: argparse.Namespace) -> int:
    database.require_current()
    month = periods.written(chosen.month)
    chosen.turn(user_named(chosen.user), month, note=chosen.note)
    print(f"{chosen.done} {named(month)}.")
    return FINE


def _list(chosen: argparse.Namespace) -> int:
    database.require_current()
    closed = services.periods(services.TERMINAL).closed
    if chosen.json:
        print_json(
            [
                {"month": f"{line.month:%Y-%m}", "note": line.note, "by": line.by, "at": line.at.isoformat()}
                for line in closed
            ]
        )
        return FINE
    for line in closed:
        print(f"{line.month:%Y-%m}: closed by {line.by} on {told_day(line.at)}: {line.note}")
    return FINE

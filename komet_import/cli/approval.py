"""`approve` and `return`: a second person decides about an import that waits for approval."""

import argparse
from typing import Any

from komet_import import services
from komet_import.cli.imports import user_named
from komet_import.cli.words import FINE, SOME_REJECTED, amount_text, print_json
from komet_import.ledger import database
from komet_import.services import Seen
from komet_import.types import ALL
from komet_import.types.schema import money


def add_approval_commands(commands: Any) -> None:
    approve = commands.add_parser(
        "approve", help="approve an import that waits: what was asked for is posted"
    )
    approve.add_argument("--json", action="store_true", help="print one JSON object")
    give_back = commands.add_parser("return", help="return an import that waits to who prepared it")
    give_back.add_argument("--reason", required=True, help="why; who prepared it is mailed with it")
    for command, run in ((approve, _approve), (give_back, _return)):
        command.add_argument("batch", metavar="BATCH")
        command.add_argument("--user", required=True, metavar="USERNAME", help="who decides")
        command.set_defaults(run=run)


def _approve(chosen: argparse.Namespace) -> int:
    """Approve what was asked for: where other rows would be posted by now, nothing is."""
    database.require_current()
    user = user_named(chosen.user)
    asked = services.requested(user, chosen.batch)
    seen = Seen.of(services.view(user, chosen.batch))
    receipt = services.approve(user, chosen.batch, promised=asked, seen=seen)
    url, type = services.report_url(receipt.batch_id), ALL[receipt.type_slug]
    tallies = {"posted": receipt.posted, "rejected": receipt.rejected, "left_out": receipt.left_out}
    if chosen.json:
        print_json(
            {
                "batch": receipt.batch_id,
                "status": "posted",
                "prepared_by": receipt.prepared_by,
                "approved_by": receipt.posted_by,
                "rows": {name: tally.rows for name, tally in tallies.items()},
                "amount": {name: amount_text(tally.amount) for name, tally in tallies.items()},
                "report_url": url,
            }
        )
    else:
        amount = "" if receipt.posted.amount is None else f" · {money(receipt.posted.amount)}"
        print(f"{type.done.capitalize()} {type.counted(receipt.posted.rows)}{amount}. Report: {url}")
    return SOME_REJECTED if receipt.rejected.rows else FINE


def _return(chosen: argparse.Namespace) -> int:
    database.require_current()
    services.send_back(user_named(chosen.user), chosen.batch, reason=chosen.reason)
    print("Returned; nothing was imported.")
    return FINE

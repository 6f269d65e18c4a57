"""`approve` and `return`: a second person decides about an import that waits for approval; `approve-reversal`
and `return-reversal`: about a reversal that does."""

import argparse
from typing import Any

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.cli.imports import user_named
from komet_import.cli.words import FINE, SOME_REJECTED, amount_text, print_json
from komet_import.language.lists import listed
from komet_import.ledger import database
from komet_import.refusal import Refusal
from komet_import.services import Seen
from komet_import.types import ALL
from komet_import.types.money import money


def add_approval_commands(commands: Any) -> None:
    """Approving and returning, of imports and of reversals."""
    approve = commands.add_parser(
        "approve", help="approve an import that waits: what was asked for is posted"
    )
    approve.add_argument("--json", action="store_true", help="print one JSON object")
    give_back = commands.add_parser("return", help="return an import that waits to who prepared it")
    give_back.add_argument("--reason", required=True, help="why; who prepared it is mailed with it")
    reverse = commands.add_parser(
        "approve-reversal", help="approve a reversal that waits: what was asked for is reversed"
    )
    reverse.add_argument("--json", action="store_true", help="print one JSON object")
    refuse = commands.add_parser("return-reversal", help="return a reversal that waits to who asked for it")
    refuse.add_argument("--reason", required=True, help="why; who asked for it is mailed with it")
    for command in (reverse, refuse):
        command.add_argument("--request", type=int, metavar="NUMBER", help="which, where several wait")
    for command, run in (
        (approve, _approve),
        (give_back, _return),
        (reverse, _approve_reversal),
        (refuse, _return_reversal),
    ):
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


def _approve_reversal(chosen: argparse.Namespace) -> int:
    database.require_current()
    user = user_named(chosen.user)
    done = services.approve_reversal(user, chosen.batch, _request(user, chosen))
    type, amount = ALL[done.type_slug], done.taken_back.amount
    url = services.report_url(done.batch_id)
    if chosen.json:
        print_json(
            {
                "batch": done.batch_id,
                "status": "reversed" if done.last else "posted",
                "asked_by": done.asked_by,
                "reversed_by": done.reversed_by,
                "rows": done.taken_back.rows,
                "amount": amount_text(amount),
                "report_url": url,
            }
        )
    else:
        value = "" if amount is None else f" · {money(-amount)}"
        print(f"Reversed {type.counted(done.taken_back.rows)}{value}. Report: {url}")
    return FINE


def _return_reversal(chosen: argparse.Namespace) -> int:
    database.require_current()
    user = user_named(chosen.user)
    services.return_reversal(user, chosen.batch, _request(user, chosen), reason=chosen.reason)
    print("Returned; nothing was reversed.")
    return FINE


def _request(user: CurrentUser, chosen: argparse.Namespace) -> int:
    """The request that is meant: the one that waits for this import, or of several the one that is named.

    Raises Refusal `not-found`, `not-waiting` where that does not wait, `which-request`.
    """
    waiting = services.reversals_asked(user, chosen.batch)
    meant = [asked.id for asked in waiting if chosen.request in (None, asked.id)]
    if not meant:
        raise Refusal("not-waiting", "No such reversal of this import waits for approval.")
    if len(meant) > 1:
        named = listed([f"{asked.id} ({asked.type.counted(asked.asked.rows)})" for asked in waiting])
        raise Refusal("which-request", f"Several reversals wait: {named}; say which with --request.")
    return meant[0]

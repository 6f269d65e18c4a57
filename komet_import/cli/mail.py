"""`mail`: send what is due, as a scheduler does."""

import argparse
from typing import Any

from komet_import.cli.words import FINE, SOME_REJECTED, Parser
from komet_import.ledger import database
from komet_import.outbox import dispatcher
from komet_import.refusal import Refusal
from komet_import.settings import settings


def _mail_send(chosen: argparse.Namespace) -> int:
    database.require_current()
    if not settings().smtp_host:
        raise Refusal("no-mail-server", "No mail server is set: KOMET_SMTP_HOST is empty; nothing was sent.")
    counts = dispatcher.send_due()
    unclear = f", {counts.unclear} may have arrived" if counts.unclear else ""
    print(f"{counts.sent} sent, {counts.retried} to be tried again, {counts.failed} given up{unclear}.")
    return FINE if counts.sent == counts.tried else SOME_REJECTED


def add_mail_commands(commands: Any) -> None:
    """Sending what is due."""
    mail = commands.add_parser("mail", help="send what is due and end")
    sending = mail.add_subparsers(required=True, metavar="action", parser_class=Parser)
    sending.add_parser("send", help="send what is due and end").set_defaults(run=_mail_send)

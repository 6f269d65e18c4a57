"""`audit`: whether the audit trail is as it was written."""

import argparse
from typing import Any

from komet_import.cli.words import FINE, SOME_REJECTED, Parser, print_json
from komet_import.ledger import audit_chain, database
from komet_import.ledger.audit_chain import Verdict


def add_audit_commands(commands: Any) -> None:
    """Whether the audit trail is whole."""
    audit = commands.add_parser("audit", help="the audit trail")
    actions = audit.add_subparsers(required=True, metavar="action", parser_class=Parser)
    verify = actions.add_parser("verify", help="look whether an entry was changed or is missing")
    verify.add_argument("--seal", default="", help="a seal that an earlier look told; it must still be there")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)


def _verify(chosen: argparse.Namespace) -> int:
    """Exit status 1 where something was changed or is missing."""
    database.require_current()
    with database.reading() as session:
        verdict = audit_chain.verify(session, noted=chosen.seal.strip().lower())
    if chosen.json:
        print_json(_as_json(verdict))
    elif verdict.fault:
        print(f"The audit trail is not as it was written. {verdict.fault.message}")
    else:
        print(f"The audit trail is whole: {verdict.entries:,} entries. Seal of the last: {verdict.seal}")
    return SOME_REJECTED if verdict.fault else FINE


def _as_json(verdict: Verdict) -> dict[str, Any]:
    fault = verdict.fault
    told = fault and {"code": fault.code, "message": fault.message, "entry": fault.entry}
    return {"whole": fault is None, "entries": verdict.entries, "seal": verdict.seal, "fault": told}

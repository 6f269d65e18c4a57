"""Control totals: what a person expects of a sheet before it is posted (docs/komet-sales.md §4).

They are compared with what was read and stop nothing. They are no edit of the sheet, so they are not in
its journal and are not undone with it; the audit trail says who expected what.
"""

from dataclasses import replace

from sqlalchemy import update
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.ledger import audit
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch
from komet_import.ledger.posting import expected_of
from komet_import.ledger.receipt import ControlTotals
from komet_import.refusal import Refusal, quoted
from komet_import.services.open_draft import Opened
from komet_import.services.revision import Decision, advance
from komet_import.services.rights import require_right
from komet_import.settings import settings
from komet_import.sheets.layout.amounts import read_amount
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import ImportType
from komet_import.types.schema import to_thousandths

MOST_ROWS = 1_000_000_000
MOST_MONEY = 10**15
"""More than any sheet holds, and well within what a database counts to, in thousandths as well."""


def expect(
    user: CurrentUser, batch_id: str, *, rows: str | None = None, amount: str | None = None
) -> ControlTotals:
    """Keep the control totals of a draft, as they were typed; returns all that is expected now.

    Blank takes one away, None leaves it as it is. Raises Refusal `bad-rows`, `bad-amount`, `no-amount` for a
    type without money, `not-found`, `no-right`, and PostingRefusal once the batch is no draft.
    """

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[ControlTotals]:
        fresh = require_right(session, user, opened.type)
        before = expected_of(opened.batch)
        wanted = ControlTotals(
            rows=before.rows if rows is None else _rows(rows),
            amount=before.amount if amount is None else _amount(amount, opened.type),
        )
        if wanted == before:
            return Decision(outcome=wanted, after=replace(opened, batch=batch), move=None)
        batch.expected_rows, batch.expected_amount = wanted.rows, wanted.amount

        def write(session: Session) -> None:
            _keep(session, batch_id, wanted)
            told = {"before": _told(before), "after": _told(wanted)}
            audit.record(session, what=Event.EXPECTED, by=fresh.id, about=batch_id, details=told)

        return Decision(outcome=wanted, after=replace(opened, batch=batch), write=write)

    return advance(user, batch_id, decide)


def _keep(session: Session, batch_id: str, wanted: ControlTotals) -> None:
    session.execute(
        update(Batch)
        .where(col(Batch.id) == batch_id)
        .values(expected_rows=wanted.rows, expected_amount=wanted.amount)
        .execution_options(synchronize_session=False)
    )


def _told(totals: ControlTotals) -> dict[str, int | None]:
    return {"rows": totals.rows, "amount": totals.amount}


def _rows(typed: str) -> int | None:
    text = " ".join(typed.split())
    digits = text.replace(",", "")
    if not text:
        return None
    # Separators as in the figures beside it; `isdecimal` alone would take the digits of any script.
    if not (digits.isascii() and digits.isdecimal() and text in (digits, f"{int(digits[:12]):,}")):
        raise Refusal("bad-rows", f"{quoted(text)} is not a number of rows; type one such as 40.")
    if int(digits) > MOST_ROWS:
        raise Refusal("bad-rows", f"{quoted(text)} is more rows than any sheet has; type one such as 40.")
    return int(digits)


def _amount(typed: str, type: ImportType) -> int | None:
    text = " ".join(typed.split())
    if not text:
        return None
    if type.summed is None:
        raise Refusal("no-amount", f"{type.title} have no money: expect a number of rows.")
    currency = settings().currency
    amount = read_amount(text, Held.TEXT, mark=".", currency=currency)
    if isinstance(amount, Doubt):
        if amount.code == "other-currency":
            raise Refusal("bad-amount", f"{quoted(text)} is not in {currency}, the currency of this ledger.")
        reason = "has more than 3 decimals" if amount.code == "too-many-decimals" else "is not an amount"
        raise Refusal("bad-amount", f"{quoted(text)} {reason}; type one such as 8,722.50.")
    if abs(amount) > MOST_MONEY:
        raise Refusal("bad-amount", f"{quoted(text)} is more than any sheet holds; type it again.")
    return to_thousandths(amount)

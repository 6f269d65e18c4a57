"""Control totals: what a person expects of a sheet before it is posted (docs/komet-sales.md §4).

They are compared with what was read; where they do not match, nothing is posted before a reason is given,
which an edit voids. They are no edit of the sheet, so they are not in its journal and are not undone with it;
the audit trail says who expected what, and who gave which reason.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import update
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.language import Phrase, _, phrase
from komet_import.language.capital import capitalized
from komet_import.language.current import Language, speaking
from komet_import.language.lists import listed, listed_later
from komet_import.ledger import audit, reasons
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, now
from komet_import.ledger.posting import PostingRefusal, expected_of
from komet_import.ledger.receipt import ControlTotals
from komet_import.refusal import Refusal, quoted
from komet_import.row_numbers import told
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.revision import Decision, advance
from komet_import.services.rights import require_right
from komet_import.settings import settings
from komet_import.sheets.layout.rows import control_line
from komet_import.sheets.layout.rows.control_line import AMOUNT, HASH, ROWS, Given
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import ImportType
from komet_import.types.money import to_thousandths

LONGEST_WHY = reasons.LONGEST
MOST_ROWS = 1_000_000_000
MOST_MONEY = 10**15
"""More than any sheet holds, and well within what a database counts to, in thousandths as well."""


def expect(
    user: CurrentUser,
    batch_id: str,
    *,
    rows: str | None = None,
    amount: str | None = None,
    hash_total: str | None = None,
) -> ControlTotals:
    """Keep the control totals of a draft, as they were typed; returns all that is expected now.

    Blank takes one away, None leaves it as it is. Raises Refusal `bad-rows`, `bad-amount`, `bad-hash`,
    `no-amount` for a type without money, `not-found`, `no-right`, and PostingRefusal once the batch is no
    draft.
    """

    typed = {
        name: text
        for name, text in (("rows", rows), ("amount", amount), ("hash_total", hash_total))
        if text is not None
    }

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[ControlTotals]:
        fresh = require_right(session, user, opened.type)
        before = expected_of(opened.batch)
        wanted = typed_totals(before, opened.type, typed)
        if wanted == before:
            return Decision(outcome=wanted, after=replace(opened, batch=batch), move=None)
        set_totals(batch, wanted)

        def write(session: Session) -> None:
            _keep(session, batch_id, wanted)
            details = {"before": told_totals(before), "after": told_totals(wanted)}
            audit.record(session, what=Event.EXPECTED, by=fresh.id, about=batch_id, details=details)

        return Decision(outcome=wanted, after=replace(opened, batch=batch), write=write)

    return advance(user, batch_id, decide)


def _keep(session: Session, batch_id: str, wanted: ControlTotals) -> None:
    session.execute(
        update(Batch)
        .where(col(Batch.id) == batch_id)
        .values(expected_rows=wanted.rows, expected_amount=wanted.amount, expected_hash=wanted.hash_total)
        .execution_options(synchronize_session=False)
    )


def typed_totals(before: ControlTotals, type: ImportType, typed: Mapping[str, str]) -> ControlTotals:
    """What is expected once this was typed, by the names of `ControlTotals`. Raises Refusal as `expect`."""
    read: dict[str, Callable[[str], int | None]] = {
        "rows": _rows,
        "amount": partial(_amount, type=type),
        "hash_total": _hash,
    }
    return replace(before, **{name: read[name](text) for name, text in typed.items()})


def set_totals(batch: Batch, wanted: ControlTotals) -> None:
    """Have this batch expect these."""
    batch.expected_rows, batch.expected_amount = wanted.rows, wanted.amount
    batch.expected_hash = wanted.hash_total


def override(user: CurrentUser, batch_id: str, *, reason: str) -> None:
    """Say why a draft is to be posted though its control totals do not match; an edit voids that.

    Raises Refusal `reason-missing` and `reason-too-long`, PostingRefusal `totals-agree` where there is
    nothing to override, and as `expect`.
    """

    def decide(session: Session, opened: Opened, batch: Batch) -> Decision[None]:
        fresh = require_right(session, user, opened.type)
        why = reasons.given(reason)
        if not opened.totals_differ:
            raise PostingRefusal("totals-agree", _("The control totals match by now; no reason is needed."))
        batch.overridden_by, batch.overridden_at, batch.overridden_why = fresh.id, now(), why
        with speaking(Language.ENGLISH):
            details = {"reason": why, "difference": opened.totals_differ}

        def write(session: Session) -> None:
            audit.record(session, what=Event.OVERRIDDEN, by=fresh.id, about=batch_id, details=details)

        return Decision(outcome=None, after=replace(opened, batch=batch), write=write)

    advance(user, batch_id, decide)


def explained(opened: Opened) -> str:
    """How a draft differs from its control totals, and a few rows that would account for it: `4 rows and
    $120.00 more than expected; these 4 rows would account for it: 5, 6, 7 and 8.`; blank where they match."""
    if not (difference := opened.totals_differ):
        return ""
    said = _(
        "{difference} than expected",
        difference=capitalized(difference),
    )
    if not (rows := opened.accounting_rows):
        return f"{said}."
    numbers = listed([told(row) for row in rows])
    if len(rows) == 1:
        return _("{said}; row {numbers} would account for it.", said=said, numbers=numbers)
    return _(
        "{said}; these {count} rows would account for it: {numbers}.",
        said=said,
        count=len(rows),
        numbers=numbers,
    )


def given_by(found: Given, type: ImportType) -> ControlTotals:
    """Control totals that came with a sheet, as far as they can be read."""
    texts = found.texts
    return ControlTotals(
        rows=_or_none(_rows, texts.get(ROWS, "")),
        amount=_or_none(partial(_amount, type=type), texts.get(AMOUNT, "")),
        hash_total=_or_none(_hash, texts.get(HASH, "")),
    )


Told = tuple[ControlTotals, Phrase]
"""What a file says that it comes to, and where."""


def added_up(
    read: Sequence[tuple[Worksheet, Header]], type: ImportType
) -> tuple[Told | None, tuple[str, ...]]:
    """What several sheets come to by their own control totals, each added up where every sheet gives it; and
    the sheets that lack one that others give."""
    found = {sheet.name: control_line.in_sheet(sheet, header, type) for sheet, header in read}
    given = {name: given_by(one, type) if one else ControlTotals() for name, one in found.items()}
    sums: dict[str, int] = {}
    lacking: set[str] = set()
    for field in ("rows", "amount", "hash_total"):
        said = {name: value for name, one in given.items() if (value := getattr(one, field)) is not None}
        if len(said) == len(given):
            sums[field] = sum(said.values())
        elif said:
            lacking |= given.keys() - said.keys()
    places = [phrase("{where} of “{sheet}”", where=one.where, sheet=n) for n, one in found.items() if one]
    told = (ControlTotals(**sums), listed_later(places)) if sums else None
    return told, tuple(name for name in given if name in lacking)


def _or_none(read: Callable[[str], int | None], text: str) -> int | None:
    try:
        return read(text)
    except Refusal:
        return None


def told_totals(totals: ControlTotals) -> dict[str, int | None]:
    """Control totals as the audit trail says them."""
    hashed = {} if totals.hash_total is None else {"hash total": totals.hash_total}
    return {"rows": totals.rows, "amount": totals.amount, **hashed}


def _hash(typed: str) -> int | None:
    text = " ".join(typed.split())
    if not text:
        return None
    number = _whole(text)
    if number is None or number >= 10**_MOST_DIGITS:
        raise Refusal(
            "bad-hash",
            _("{words} is not a hash total; type the sum of the customer codes' digits.", words=quoted(text)),
        )
    return number


def _rows(typed: str) -> int | None:
    text = " ".join(typed.split())
    if not text:
        return None
    number = _whole(text)
    if number is None:
        raise Refusal(
            "bad-rows", _("{words} is not a number of rows; type one such as 40.", words=quoted(text))
        )
    if number > MOST_ROWS:
        raise Refusal(
            "bad-rows", _("{words} is more rows than any sheet has; type one such as 40.", words=quoted(text))
        )
    return number


_MOST_DIGITS = 18
"""Of a whole number that the database keeps."""


def _whole(text: str) -> int | None:
    """A whole number with the separators that the figures beside it have, or without; None for what is none.

    Of one that is too long only so many digits are looked at that this is seen: Python reads no thousands.
    """
    digits = text.replace(",", "")
    if not (digits.isascii() and digits.isdecimal()):  # `isdecimal` alone would take the digits of any script
        return None
    number = int(digits.lstrip("0")[: _MOST_DIGITS + 1] or "0")
    return number if text in (digits, f"{number:,}") else None


def _amount(typed: str, type: ImportType) -> int | None:
    text = " ".join(typed.split())
    if not text:
        return None
    if type.summed is None:
        raise Refusal("no-amount", _("{title} have no money: expect a number of rows.", title=_(type.title)))
    currency = settings().currency
    amount = read_amount(text, Held.TEXT, mark=".", currency=currency)
    if isinstance(amount, Doubt):
        if amount.code == "other-currency":
            raise Refusal(
                "bad-amount",
                _(
                    "{words} is not in {currency}, the currency of this ledger.",
                    words=quoted(text),
                    currency=currency,
                ),
            )
        reason = (
            _("has more than 3 decimals") if amount.code == "too-many-decimals" else _("is not an amount")
        )
        raise Refusal(
            "bad-amount", _("{words} {reason}; type one such as 8,722.50.", words=quoted(text), reason=reason)
        )
    if abs(amount) > MOST_MONEY:
        raise Refusal(
            "bad-amount", _("{words} is more than any sheet holds; type it again.", words=quoted(text))
        )
    return to_thousandths(amount)

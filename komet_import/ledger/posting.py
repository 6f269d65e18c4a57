"""Posting: the accepted rows of a judged draft become the ledger's, once and for good.

`prepare` lays everything ready beforehand, `post` writes it inside one transaction of the caller's, which so
is short. What makes a second posting impossible are three things of the database's: the batch is claimed by
an UPDATE that only one can win, the file, its content and every document's key are claimed by primary keys,
and posted adjustments cannot be changed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, col

from komet_import.clock import utc_day
from komet_import.ledger import claiming, corrections, reference, staging
from komet_import.ledger.models import (
    Adjustment,
    AuditEntry,
    Batch,
    BatchStatus,
    Claim,
    Customer,
    CustomerLocation,
    UnpostedRow,
)
from komet_import.ledger.receipt import ControlTotals, Receipt
from komet_import.ledger.reference import KEY_CLAIM, Moved, Stamp, key_claim
from komet_import.ledger.staging import Staged
from komet_import.refusal import Refusal
from komet_import.review.draft import Draft
from komet_import.review.figures import figures
from komet_import.review.reference import KnownCustomer, KnownLocation
from komet_import.review.sameness import parts
from komet_import.review.validation import Judgement
from komet_import.types import Meaning
from komet_import.types.schema import code_key, to_thousandths

FILE_CLAIM, CONTENT_CLAIM = "file", "content"
Said = dict[Meaning, Any]
"""What a row says: its readings by meaning."""
Progress = Callable[[float], None]
"""Is told how much of the work is done, from 0 to 1. It must not call Streamlit: a transaction is open."""


class PostingRefusal(Refusal):
    """A posting that may not happen; exists so that callers can tell it from an unreadable file.

    `batch_id` names the batch that was posted already, where that is the reason.
    """

    def __init__(self, code: str, message: str, batch_id: str | None = None) -> None:
        super().__init__(code, message)
        self.batch_id = batch_id


@dataclass(frozen=True, kw_only=True)
class Posting:
    """What is to be posted: the batch and its judged rows; by whom, when."""

    batch: Batch
    draft: Draft
    judgement: Judgement
    user_id: int
    at: datetime
    progress: Progress = lambda done: None

    @cached_property
    def rows(self) -> list[tuple[int, Said]]:
        """The rows to post: Excel row number, and what it says, by meaning."""
        return self.read(self.judgement.ready)

    def read(self, chosen: npt.NDArray[np.bool_]) -> list[tuple[int, Said]]:
        """The chosen rows, which are to be without errors, as `rows`."""
        present = [c for c in self.draft.type.columns if c.name in self.judgement.readings]
        places = np.flatnonzero(chosen)
        meanings = [c.meaning for c in present]
        columns = [self.judgement.readings[c.name][places].tolist() for c in present]
        numbers = self.judgement.numbers[places].tolist()
        return [
            (number, dict(zip(meanings, values, strict=True)))
            for number, *values in zip(numbers, *columns, strict=True)
        ]


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A posting of which everything that can be made beforehand lies ready.

    `whole` is what the sheet says with the rows that nobody has confirmed; blank where there are none.
    """

    posting: Posting
    content: str
    whole: str
    unposted: Staged
    write: Callable[[Session], None]


def prepare(session: Session, posting: Posting) -> Ready:
    """Lay ready whatever `post` will write, in a transaction of its own that nobody waits for.

    Both must get the same connection.
    """
    draft = posting.draft
    return Ready(
        posting=posting,
        content=_content(posting.rows) if posting.rows else "",
        whole=_whole(posting) if draft.type.once else "",
        unposted=_stage_unposted(session, posting),
        write=PREPARING[draft.type.slug](session, posting),
    )


def post(
    session: Session,
    ready: Ready,
    *,
    revision: int,
    stamp: Stamp,
    user_name: str,
    even_nothing: bool = False,
) -> Receipt:
    """Post the ready rows of a draft and keep the others with their reasons; the receipt adds up.

    `revision` and `stamp` are those of the draft when it was judged. Raises Moved where the draft, the
    customers, the locations or the ledger are other ones by now; PostingRefusal `already-imported` where the
    batch or its file was posted before, `discarded`, and `nothing-to-import` where no row is ready (not with
    `even_nothing`).
    """
    posting = ready.posting
    judgement, draft = posting.judgement, posting.draft
    reference.hold(session, stamp)
    batch = _claim_batch(session, posting, revision)
    # Of a file that somebody else just posted every numbered row is rejected: say why, not only that.
    if draft.type.once and (
        holder := posted_before(session, draft.type.slug, batch.sha256, draft.sheet.name)
    ):
        raise already_imported(holder)
    if ready.whole:
        _refuse_claimed(session, CONTENT_CLAIM, f"{draft.type.slug}:{ready.whole}")
    if not (judgement.ready | judgement.unchanged).any() and not even_nothing:
        raise PostingRefusal(
            "nothing-to-import", "No row is ready to be imported: mend at least one, or delete the draft."
        )
    if draft.type.once and judgement.ready.any():
        _claim_file(session, ready)
    ready.write(session)
    posting.progress(0.9)
    staging.take_over(session, ready.unposted, batch_id=batch.id)
    receipt = _receipt(posting, user_name, expected_of(batch))
    _close_batch(session, receipt)
    session.execute(
        insert(AuditEntry).values(
            at=posting.at,
            user_id=posting.user_id,
            action="post",
            subject=batch.id,
            details={"rows": receipt.posted.rows, "amount": receipt.posted.amount}
            | ({"confirmed": receipt.confirmed.rows} if receipt.confirmed.rows else {}),
        )
    )
    posting.progress(1.0)
    return receipt


def _claim_batch(session: Session, posting: Posting, revision: int) -> Batch:
    """Take the draft for this posting, or say why somebody else's hand was first.

    It stays a draft until the posting's last statement (`_close_batch`): to what is posted nothing can be
    added (`migrations.guards`). Whoever else comes meanwhile waits for the row, and finds it posted then.
    """
    batch, ours = claiming.turn(
        session,
        posting.batch.id,
        where=[col(Batch.status) == BatchStatus.DRAFT, col(Batch.revision) == revision],
        values={"posted_by": posting.user_id, "posted_at": posting.at},
    )
    if ours:
        return batch
    if batch.status == BatchStatus.DRAFT:
        raise Moved
    if batch.status == BatchStatus.DISCARDED:
        raise PostingRefusal("discarded", "This draft was deleted; restore it before you import it.")
    raise already_imported(batch)


def already_imported(batch: Batch) -> PostingRefusal:
    """What is said to the second click, the second tab, the second user."""
    day = f" on {utc_day(batch.posted_at)}" if batch.posted_at else ""
    return PostingRefusal(
        "already-imported", f"“{batch.file_name}” was already imported{day}; nothing was posted.", batch.id
    )


def file_key(type_slug: str, sha256: str, sheet: str) -> str:
    """The key under which a sheet of a file is claimed: another sheet of the same file is other money."""
    return f"{type_slug}:{sha256}:{sheet[:31]}"


def posted_before(session: Session, type_slug: str, sha256: str, sheet: str) -> Batch | None:
    """The batch under which this very sheet of this very file stands posted, if it does."""
    return session.execute(
        select(Batch)
        .join(Claim, col(Claim.batch_id) == col(Batch.id))
        .where(col(Claim.scope) == FILE_CLAIM, col(Claim.key) == file_key(type_slug, sha256, sheet))
    ).scalar_one_or_none()


def _claim_file(session: Session, ready: Ready) -> None:
    """Claim the file, and the set of rows that it posts (the same sheet saved anew is the same money)."""
    posting = ready.posting
    slug = posting.draft.type.slug
    file = file_key(slug, posting.batch.sha256, posting.draft.sheet.name)
    claims = [(FILE_CLAIM, file), (CONTENT_CLAIM, f"{slug}:{ready.content}")]
    for scope, key in claims:
        _refuse_claimed(session, scope, key)
        session.execute(insert(Claim).values(scope=scope, key=key, batch_id=posting.batch.id))


def _refuse_claimed(session: Session, scope: str, key: str) -> None:
    holder = session.execute(
        select(Batch)
        .join(Claim, col(Claim.batch_id) == col(Batch.id))
        .where(col(Claim.scope) == scope, col(Claim.key) == key)
    ).scalar_one_or_none()
    if holder is not None:
        raise already_imported(holder)


def _whole(posting: Posting) -> str:
    """What the sheet says with the rows that wait to be confirmed: it may be one that was posted, saved anew,
    and then that is said, and not that its rows may be duplicates."""
    judgement = posting.judgement
    return (
        _content(posting.read(judgement.ready | judgement.to_confirm)) if judgement.to_confirm.any() else ""
    )


def _content(rows: Sequence[tuple[int, Said]]) -> str:
    """SHA-256 of what the rows say, in any order."""
    fields = "\x1f".join(rows[0][1])
    texts = sorted("\x1f".join(map(_said, values.values())) for _, values in rows)
    return hashlib.sha256("\x1e".join([fields, *texts]).encode()).hexdigest()


def _said(value: Any) -> str:
    """What a value says, however it was written: 7.00 is 7, a renamed customer is the same one."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(to_thousandths(value))
    return str(value.id) if isinstance(value, KnownCustomer | KnownLocation) else str(value or "")


def _stage_unposted(session: Session, posting: Posting) -> Staged:
    """Every row that is not posted, as it stands, with its reasons.

    A row that was to be confirmed and was not is rejected, with that as its reason.
    """
    judgement, draft = posting.judgement, posting.draft
    places = np.flatnonzero(~judgement.ready & ~judgement.unchanged)
    headers = [str(header) for header in draft.rows.columns]
    texts = zip(*(draft.rows[header].iloc[places].tolist() for header in headers), strict=True)
    return staging.stage(
        session,
        UnpostedRow,
        ("row", "outcome", "amount", "cells", "held", "issues", "origin"),
        (
            (
                int(judgement.numbers[place]),
                _outcome(judgement, place),
                int(judgement.amounts[place]) if judgement.readable[place] else None,
                json.dumps(dict(zip(headers, cells, strict=True))),
                json.dumps({headers[i]: int(held[i]) for i in np.flatnonzero(held)}),
                json.dumps([issue.to_json() for issue in judgement.of(place)]),
                origin.key if (origin := draft.origins.get(int(judgement.numbers[place]))) else None,
            )
            for place, cells, held in zip(places.tolist(), texts, draft.held[places], strict=True)
        ),
    )


def _outcome(judgement: Judgement, place: int) -> str:
    if judgement.set_aside[place]:
        return "set-aside"
    return "left-out" if judgement.left_out[place] else "rejected"


def _receipt(posting: Posting, user_name: str, expected: ControlTotals) -> Receipt:
    told = figures(posting.judgement)
    return Receipt(
        batch_id=posting.batch.id,
        type_slug=posting.draft.type.slug,
        file_name=posting.batch.file_name,
        posted_at=posting.at,
        posted_by=user_name,
        read=told.read,
        posted=told.ready,
        unchanged=told.unchanged,
        rejected=told.not_posted,
        left_out=told.left_out,
        counted=told.counted,
        confirmed=told.confirmed,
        apart=told.apart,
        expected=expected,
    )


def expected_of(batch: Batch) -> ControlTotals:
    """The control totals that were typed for a batch."""
    return ControlTotals(rows=batch.expected_rows, amount=batch.expected_amount)


def _close_batch(session: Session, receipt: Receipt) -> None:
    session.execute(
        update(Batch)
        .where(col(Batch.id) == receipt.batch_id)
        .values(
            status=BatchStatus.POSTED,
            changed_at=receipt.posted_at,
            rows_read=receipt.read.rows,
            rows_posted=receipt.posted.rows,
            rows_unchanged=receipt.unchanged.rows,
            rows_rejected=receipt.rejected.rows,
            rows_left_out=receipt.left_out.rows,
            amount_read=receipt.read.amount,
            amount_posted=receipt.posted.amount,
            amount_rejected=receipt.rejected.amount,
            amount_left_out=receipt.left_out.amount,
            rows_confirmed=receipt.confirmed.rows,
            amount_confirmed=receipt.confirmed.amount if receipt.confirmed.rows else None,
            rows_unreadable=receipt.apart.unreadable,
            rows_negative=receipt.apart.negative.rows,
            amount_negative=receipt.apart.negative.amount or 0,
            total_rows=[[total.row, total.amount, total.above] for total in receipt.apart.totals],
        )
        .execution_options(synchronize_session=False)
    )


def _insert(
    session: Session,
    table: type[Any],
    rows: Iterable[dict[str, Any]],
    *,
    count: int,
    progress: Progress = lambda done: None,
) -> None:
    """Insert rows in portions, telling after each one how much is done."""
    into = insert(table.__table__)  # the class itself would take the rows through the ORM, at twice the time
    portion: list[dict[str, Any]] = []
    done = 0
    for row in rows:
        portion.append(row)
        if len(portion) == staging.PORTION:
            session.execute(into, portion)
            done += len(portion)
            portion = []
            progress(done / max(count, 1))
    if portion:
        session.execute(into, portion)


# The posting functions, one for each import type: what can be laid ready is, what is left is returned.


def _prepare_open_credits(session: Session, posting: Posting) -> Callable[[Session], None]:
    """Each row becomes a balance adjustment; each key is claimed, and each row
    that was rejected before.
    """
    rows, origins, type = posting.rows, posting.draft.origins, posting.draft.type
    keys = parts(type, type.key, posting.judgement.readings, np.flatnonzero(posting.judgement.ready))
    claims = staging.stage(
        session,
        Claim,
        ("scope", "key", "row"),
        [
            *((KEY_CLAIM, key_claim(type, key), None) for key in keys if key),
            *((corrections.CLAIM, origins[row].key, row) for row, _ in rows if row in origins),
        ],
    )
    adjustments = staging.stage(
        session,
        Adjustment,
        ("row", "customer_id", "location_id", "number", "credit_date", "amount", "comments"),
        (
            (
                row,
                values[Meaning.PARTY].id,
                values[Meaning.LOCATION].id if values.get(Meaning.LOCATION) else None,
                values.get(Meaning.NUMBER) or "",
                values[Meaning.DAY].isoformat(),
                type.in_balance(to_thousandths(values[Meaning.MONEY])),
                values.get(Meaning.NOTE) or "",
            )
            for row, values in rows
        ),
        done=lambda count: posting.progress(0.1 + 0.4 * count / len(rows)),
    )
    batch_id = posting.batch.id

    def write(session: Session) -> None:
        staging.take_over(session, claims, batch_id=batch_id)
        posting.progress(0.6)
        same = {"batch_id": batch_id, "posted_by": posting.user_id, "posted_at": posting.at}
        staging.take_over(session, adjustments, **same)

    return write


def _prepare_customers(_session: Session, posting: Posting) -> Callable[[Session], None]:
    """Customers are few, and what becomes of each depends on those that are there: nothing is laid ready."""
    return partial(_post_customers, posting=posting)


def _post_customers(session: Session, *, posting: Posting) -> None:
    """Each row adds a customer or updates the one with its code, as far as it says something: a blank cell
    and a column that the sheet lacks leave what is. Rows that change nothing are not among them.
    """
    # A result has `keys`, so that `dict` would take it for a mapping: hence `all`.
    known = dict(session.execute(select(col(Customer.code_key), col(Customer.id))).all())
    added, updated, places = [], [], {}
    for _, values in posting.rows:
        key = code_key(values[Meaning.RECORD])
        said = {meaning: value for meaning, value in values.items() if value is not None}
        kept = {"updated_at": posting.at} | {str(m): said[m] for m in said if m not in _APART}
        if key in known:
            updated.append({"id": known[key], **kept})
        else:
            added.append({"code": values[Meaning.RECORD], "code_key": key, **_BLANK_CUSTOMER, **kept})
        if Meaning.LOCATIONS in said:
            places[key] = [location.id for location in said[Meaning.LOCATIONS]]
    # In one order for everybody, so that two lists never wait for each other both ways.
    added.sort(key=lambda customer: customer["code_key"])
    updated.sort(key=lambda customer: customer["id"])
    _insert(session, Customer, added, count=len(added), progress=lambda done: posting.progress(done / 2))
    _lock_customers(session, [customer["id"] for customer in updated])
    for alike in _by_fields(updated):
        session.execute(update(Customer), alike)
    _place_customers(session, places)


_APART = (Meaning.RECORD, Meaning.LOCATIONS)
_BLANK_CUSTOMER = {"active": True, "accounting_code": "", "customer_type": "", "salesperson": ""}


def _lock_customers(session: Session, ids: Sequence[int]) -> None:
    """Lock customers, given in the order that is everybody's; SQLite has one writer and needs none of it."""
    for start in range(0, len(ids), staging.PORTION):
        chosen = col(Customer.id).in_(ids[start : start + staging.PORTION])
        session.execute(select(col(Customer.id)).where(chosen).order_by(col(Customer.id)).with_for_update())


def _by_fields(rows: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Rows in portions that set the same fields, as one statement for many rows demands."""
    grouped: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        grouped.setdefault(tuple(row), []).append(row)
    return grouped.values()


def _place_customers(session: Session, places: dict[str, list[int]]) -> None:
    """Set the locations of customers, given by code key."""
    if not places:
        return
    # A result has `keys`, so that `dict` would take it for a mapping: hence `all`.
    ids = dict(session.execute(select(col(Customer.code_key), col(Customer.id))).all())
    wanted = {(ids[key], location) for key, several in places.items() for location in several}
    named = {ids[key] for key in places}
    query = select(col(CustomerLocation.customer_id), col(CustomerLocation.location_id))
    present = {(customer, place) for customer, place in session.execute(query) if customer in named}
    for customer, place in present - wanted:
        session.execute(
            delete(CustomerLocation).where(
                col(CustomerLocation.customer_id) == customer, col(CustomerLocation.location_id) == place
            )
        )
    new: Sequence[dict[str, Any]] = [
        {"customer_id": customer, "location_id": place} for customer, place in sorted(wanted - present)
    ]
    _insert(session, CustomerLocation, new, count=len(new))


PREPARING: dict[str, Callable[[Session, Posting], Callable[[Session], None]]] = {
    "open-credits": _prepare_open_credits,
    "customers": _prepare_customers,
}

__all__ = ["Posting", "PostingRefusal", "Ready", "already_imported", "post", "posted_before", "prepare"]

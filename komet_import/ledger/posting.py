"""Posting: the accepted rows of a judged draft become the ledger's, once and for good.

Everything here runs inside one transaction of the caller's. What makes a second posting impossible are
three things of the database's: the batch is claimed by an UPDATE that only one can win, the file, its
content and every credit number are claimed by primary keys, and posted adjustments cannot be changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from komet_import.clock import utc_day
from komet_import.ledger import claiming, corrections
from komet_import.ledger.models import (
    Adjustment,
    AuditEntry,
    Batch,
    BatchStatus,
    Claim,
    Customer,
    CustomerLocation,
    UnpostedRow,
    now,
)
from komet_import.ledger.receipt import ControlTotals, Receipt, Tally
from komet_import.ledger.reference import NUMBER_CLAIM, number_claim
from komet_import.refusal import Refusal
from komet_import.review.draft import Draft
from komet_import.review.reference import KnownCustomer, KnownLocation, Origin
from komet_import.review.validation import Judgement, total_lines_left_out
from komet_import.types.schema import code_key, to_thousandths

FILE_CLAIM, CONTENT_CLAIM = "file", "content"
INSERT_ROWS = 5_000
"""Rows of one INSERT; between two of them progress is told."""

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
    """What a posting function is given: the batch, the judged rows, who posts and when."""

    batch: Batch
    draft: Draft
    judgement: Judgement
    user_id: int
    at: datetime
    progress: Progress
    origins: Mapping[int, Origin]

    @cached_property
    def rows(self) -> list[tuple[int, dict[str, Any]]]:
        """The rows to post: Excel row number, and the readings by `Column.field`."""
        names = [c for c in self.draft.type.columns if c.name in self.judgement.readings]
        places = np.flatnonzero(self.judgement.ready)
        fields = [c.field for c in names]
        columns = [self.judgement.readings[c.name][places].tolist() for c in names]
        numbers = self.judgement.numbers[places].tolist()
        return [
            (number, dict(zip(fields, values, strict=True)))
            for number, *values in zip(numbers, *columns, strict=True)
        ]


def post(
    session: Session,
    *,
    batch_id: str,
    revision: int,
    draft: Draft,
    judgement: Judgement,
    user_id: int,
    user_name: str,
    even_nothing: bool = False,
    progress: Progress = lambda done: None,
) -> Receipt:
    """Post the ready rows of a draft and keep the others with their reasons; the receipt adds up.

    Raises PostingRefusal `already-imported` where the batch or its file was posted before, `draft-changed`
    where the draft is not the one that was judged, `nothing-to-import` where no row is ready (not with
    `even_nothing`). Raises IntegrityError where another posting took one of the credit numbers, or one
    of the rows that were rejected before, in the same moment.
    """
    at = now()
    batch = _claim_batch(session, batch_id, revision, user_id, at)
    # Of a file that somebody else just posted every numbered row is rejected: say why, not only that.
    if draft.type.once and (
        holder := posted_before(session, draft.type.slug, batch.sha256, draft.sheet.name)
    ):
        raise already_imported(holder)
    if not (judgement.ready | judgement.unchanged).any() and not even_nothing:
        raise PostingRefusal(
            "nothing-to-import", "No row is ready to be imported: mend at least one, or delete the draft."
        )
    posting = Posting(
        batch=batch,
        draft=draft,
        judgement=judgement,
        user_id=user_id,
        at=at,
        progress=progress,
        # Anew, not the draft's: the same file may have been rejected under another name since it was opened.
        origins=corrections.origins(session, batch, draft.sheet.name, draft.sheet.keys),
    )
    if draft.type.once and judgement.ready.any():
        _claim_file(session, posting)
        _claim_origins(session, posting)
    POSTING[draft.type.slug](session, posting)
    _keep_unposted(session, posting)
    receipt = _receipt(posting, user_name)
    _close_batch(session, receipt)
    session.execute(
        insert(AuditEntry).values(
            at=at,
            user_id=user_id,
            action="post",
            subject=batch_id,
            details={"rows": receipt.posted.rows, "amount": receipt.posted.amount},
        )
    )
    progress(1.0)
    return receipt


def _claim_batch(session: Session, batch_id: str, revision: int, user_id: int, at: datetime) -> Batch:
    """Take the draft for this posting, or say why somebody else's hand was first.

    It stays a draft until the posting's last statement (`_close_batch`): to what is posted nothing can be
    added (`migrations.guards`). Whoever else comes meanwhile waits for the row, and finds it posted then.
    """
    batch, ours = claiming.turn(
        session,
        batch_id,
        where=[col(Batch.status) == BatchStatus.DRAFT, col(Batch.revision) == revision],
        values={"posted_by": user_id, "posted_at": at},
    )
    if ours:
        return batch
    if batch.status == BatchStatus.DRAFT:
        raise PostingRefusal(
            "draft-changed", "The sheet was changed in the meantime: look at it again before you import it."
        )
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


def _claim_file(session: Session, posting: Posting) -> None:
    """Claim the file, and the set of rows that it posts (the same sheet saved anew is the same money)."""
    slug = posting.draft.type.slug
    file = file_key(slug, posting.batch.sha256, posting.draft.sheet.name)
    claims = [(FILE_CLAIM, file), (CONTENT_CLAIM, f"{slug}:{_content(posting)}")]
    for scope, key in claims:
        holder = session.execute(
            select(Batch)
            .join(Claim, col(Claim.batch_id) == col(Batch.id))
            .where(col(Claim.scope) == scope, col(Claim.key) == key)
        ).scalar_one_or_none()
        if holder is not None:
            raise already_imported(holder)
        session.execute(insert(Claim).values(scope=scope, key=key, batch_id=posting.batch.id))


def _claim_origins(session: Session, posting: Posting) -> None:
    """Claim the rows that were rejected before; in one order for everybody."""
    claims = sorted((posting.origins[row].key, row) for row, _ in posting.rows if row in posting.origins)
    fixed = {"scope": corrections.CLAIM, "batch_id": posting.batch.id}
    _insert(session, Claim, ({"key": key, "row": row, **fixed} for key, row in claims), count=len(claims))


def _content(posting: Posting) -> str:
    """SHA-256 of what the rows say, in any order."""
    fields = "\x1f".join(posting.rows[0][1])
    texts = sorted("\x1f".join(map(_said, values.values())) for _, values in posting.rows)
    return hashlib.sha256("\x1e".join([fields, *texts]).encode()).hexdigest()


def _said(value: Any) -> str:
    """What a value says, however it was written: 7.00 is 7, a renamed customer is the same one."""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return str(to_thousandths(value))
    return str(value.id) if isinstance(value, KnownCustomer | KnownLocation) else str(value or "")


def _keep_unposted(session: Session, posting: Posting) -> None:
    """Keep every row that was not posted, as it stood, with its reasons."""
    judgement, draft = posting.judgement, posting.draft
    places = np.flatnonzero(judgement.rejected | judgement.left_out)
    headers = [str(header) for header in draft.rows.columns]
    texts = zip(*(draft.rows[header].iloc[places].tolist() for header in headers), strict=True)
    has_money = draft.type.amount_column is not None
    _insert(
        session,
        UnpostedRow,
        (
            {
                "batch_id": posting.batch.id,
                "row": int(judgement.numbers[place]),
                "outcome": "left-out" if judgement.left_out[place] else "rejected",
                "amount": int(judgement.amounts[place]) if has_money else None,
                "cells": dict(zip(headers, cells, strict=True)),
                "held": {headers[i]: int(held[i]) for i in np.flatnonzero(held)},
                "issues": [issue.to_json() for issue in judgement.of(place)],
                "origin": origin.key
                if (origin := posting.origins.get(int(judgement.numbers[place])))
                else None,
            }
            for place, cells, held in zip(places.tolist(), texts, draft.held[places], strict=True)
        ),
        count=len(places),
    )


def _receipt(posting: Posting, user_name: str) -> Receipt:
    judgement = posting.judgement
    return Receipt(
        batch_id=posting.batch.id,
        type_slug=posting.draft.type.slug,
        file_name=posting.batch.file_name,
        posted_at=posting.at,
        posted_by=user_name,
        read=_tally(judgement, np.ones(len(judgement.numbers), dtype=np.bool_)),
        posted=_tally(judgement, judgement.ready),
        unchanged=_tally(judgement, judgement.unchanged),
        rejected=_tally(judgement, judgement.rejected),
        left_out=_tally(judgement, judgement.left_out),
        totals=_tally(judgement, total_lines_left_out(posting.draft, judgement)),
        expected=expected_of(posting.batch),
    )


def expected_of(batch: Batch) -> ControlTotals:
    """The control totals that were typed for a batch."""
    return ControlTotals(rows=batch.expected_rows, amount=batch.expected_amount)


def _tally(judgement: Judgement, chosen: npt.NDArray[np.bool_]) -> Tally:
    rows, amount = judgement.tally(chosen)
    return Tally(rows=rows, amount=amount)


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
        if len(portion) == INSERT_ROWS:
            session.execute(into, portion)
            done += len(portion)
            portion = []
            progress(done / max(count, 1))
    if portion:
        session.execute(into, portion)


# The posting functions, one for each import type.


def _post_open_credits(session: Session, posting: Posting) -> None:
    """Each row becomes a balance adjustment; each credit number is claimed for its customer."""
    rows = posting.rows
    keys = sorted(
        number_claim(values["customer"].id, values["number"]) for _, values in rows if values.get("number")
    )
    # In one order for everybody: two postings with the same numbers wait for each other, never both ways.
    claims = ({"scope": NUMBER_CLAIM, "key": key, "batch_id": posting.batch.id} for key in keys)
    _insert(session, Claim, claims, count=len(keys))
    fixed = {"batch_id": posting.batch.id, "posted_by": posting.user_id, "posted_at": posting.at}
    _insert(
        session,
        Adjustment,
        (
            {
                "row": row,
                "customer_id": values["customer"].id,
                "location_id": values["location"].id if values.get("location") else None,
                "number": values.get("number") or "",
                "credit_date": values["date"],
                "amount": to_thousandths(values["amount"]),
                "comments": values.get("comments") or "",
                **fixed,
            }
            for row, values in rows
        ),
        count=len(rows),
        progress=lambda done: posting.progress(0.1 + 0.8 * done),
    )


def _post_customers(session: Session, posting: Posting) -> None:
    """Each row adds a customer or updates the one with its code, as far as it says something: a blank cell
    and a column that the sheet lacks leave what is. Rows that change nothing are not among them.
    """
    # A result has `keys`, so that `dict` would take it for a mapping: hence `all`.
    known = dict(session.execute(select(col(Customer.code_key), col(Customer.id))).all())
    added, updated, places = [], [], {}
    for _, values in posting.rows:
        key = code_key(values["code"])
        said = {field: value for field, value in values.items() if value is not None}
        kept = {"updated_at": posting.at} | {k: said[k] for k in said if k not in ("code", "locations")}
        if key in known:
            updated.append({"id": known[key], **kept})
        else:
            added.append({"code": values["code"], "code_key": key, **_BLANK_CUSTOMER, **kept})
        if "locations" in said:
            places[key] = [location.id for location in said["locations"]]
    # In one order for everybody, so that two lists never wait for each other both ways.
    added.sort(key=lambda customer: customer["code_key"])
    updated.sort(key=lambda customer: customer["id"])
    _insert(session, Customer, added, count=len(added), progress=lambda done: posting.progress(done / 2))
    _lock_customers(session, [customer["id"] for customer in updated])
    for alike in _by_fields(updated):
        session.execute(update(Customer), alike)
    _place_customers(session, places)


_BLANK_CUSTOMER = {"active": True, "accounting_code": "", "customer_type": "", "salesperson": ""}


def _lock_customers(session: Session, ids: Sequence[int]) -> None:
    """Lock customers, given in the order that is everybody's; SQLite has one writer and needs none of it."""
    for start in range(0, len(ids), INSERT_ROWS):
        chosen = col(Customer.id).in_(ids[start : start + INSERT_ROWS])
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


POSTING: dict[str, Callable[[Session, Posting], None]] = {
    "open-credits": _post_open_credits,
    "customers": _post_customers,
}

__all__ = ["IntegrityError", "Posting", "PostingRefusal", "already_imported", "post", "posted_before"]

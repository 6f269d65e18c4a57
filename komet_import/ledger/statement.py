"""The adjustments behind a balance: whose, of which import and Excel row, posted by whom and when.

Only the money of the given types is told: whoever calls has asked for the right to see it before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.language import _
from komet_import.ledger import balances
from komet_import.ledger.balances import Balance, slugs
from komet_import.ledger.database import reading
from komet_import.ledger.list_pages import page_shown, pages_of
from komet_import.ledger.models import (
    OWN_OPPOSITE,
    Adjustment,
    Batch,
    Customer,
    Location,
    Opposite,
    RequestState,
    ReversalRequest,
    User,
)
from komet_import.ledger.open_sums import open_by_party
from komet_import.row_numbers import told
from komet_import.types import ImportType
from komet_import.types.codes import code_key

NEWEST: tuple[ColumnElement[Any], ...] = (
    col(Adjustment.credit_date).desc(),
    func.coalesce(col(Adjustment.reverses_id), col(Adjustment.id)).desc(),
    col(Adjustment.id).desc(),
)
"""Newest document first; an opposite stands right above what it reverses."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An adjustment: a document, or (with `reverses`) its opposite; `reversed` says that it has one.
    `prepared_by` is blank where nobody asked `posted_by` (whose id is `poster`) to approve its import, or of
    an opposite the reversal."""

    id: int
    customer: str
    customer_name: str
    batch_id: str
    type_slug: str
    file_name: str
    row: int
    sheets: Sequence[str] | None
    number: str
    day: date
    location: str
    amount: int
    comments: str
    reference: str
    reverses: bool
    reversed: bool
    posted_at: datetime
    posted_by: str
    poster: int
    prepared_by: str

    @property
    def place(self) -> str:
        """Its row in the file as people are told it."""
        return told(self.row, self.sheets or ())

    @property
    def state(self) -> str:
        """Whether it was reversed or is itself a reversal, in a word; blank for what stands."""
        if self.reverses:
            return _("reversal")
        return _("reversed") if self.reversed else ""


def postings_of(session: Session) -> dict[int, int]:
    """How many imports each person has posted, by their id."""
    query = (
        select(col(Batch.posted_by), func.count())
        .where(col(Batch.posted_at).is_not(None))
        .group_by(col(Batch.posted_by))
    )
    return {int(person): int(count) for person, count in session.execute(query) if person is not None}


def rows_told(entries: Sequence[Entry]) -> list[int] | list[str]:
    """The rows of entries for a table: numbers, or with their sheets where an import is of several."""
    if any(entry.sheets for entry in entries):
        return [entry.place for entry in entries]
    return [entry.row for entry in entries]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A customer's balance and one page of the adjustments that make it up, newest document first."""

    balance: Balance
    entries: tuple[Entry, ...]
    count: int
    page: int
    pages: int


def statement(
    code: str,
    *,
    location_id: int | None = None,
    page: int = 1,
    types: Sequence[ImportType] | None = None,
) -> Statement | None:
    """A customer's adjustments, of one location or all; None where no customer has that code.

    `types` are those whose money counts (None: all).
    """
    with reading() as session:
        customer = session.execute(
            select(Customer).where(col(Customer.code_key) == code_key(code))
        ).scalar_one_or_none()
        if customer is None:
            return None
        own = _own(customer.id or 0, location_id, types)
        count = session.execute(select(func.count()).select_from(Adjustment).where(*own)).scalar_one()
        lines = balances.PAGE
        pages = pages_of(count, lines)
        page = page_shown(page, pages=pages)
        entries = _read(session, _ordered(own, *NEWEST).limit(lines).offset((page - 1) * lines))
        balance = Balance(
            customer_id=customer.id or 0,
            code=customer.code,
            name=customer.name,
            active=customer.active,
            of=open_by_party(session, own).get(customer.id or 0, {}),
        )
    return Statement(balance=balance, entries=entries, count=count, page=page, pages=pages)


def entries_of(
    customer_id: int, *, location_id: int | None = None, types: Sequence[ImportType] | None = None
) -> tuple[Entry, ...]:
    """Every adjustment of a customer, of one location or all, as `statement` has them page by page."""
    with reading() as session:
        return read_in_order(session, _own(customer_id, location_id, types), *NEWEST)


def customer(customer_id: int) -> tuple[str, str] | None:
    """The code and the name of a customer; None where there is none of that id."""
    query = select(col(Customer.code), col(Customer.name)).where(col(Customer.id) == customer_id)
    with reading() as session:
        found = session.execute(query).one_or_none()
    return None if found is None else (found[0], found[1])


@dataclass(frozen=True, kw_only=True)
class PostedPage:
    """One page of what an import posted, in the order of its Excel rows; opposites are not listed."""

    entries: tuple[Entry, ...]
    count: int
    page: int
    pages: int


def posted_by_import(session: Session, batch_id: str, *, page: int = 1) -> PostedPage:
    """The documents of a batch, also those that were reversed."""
    own = [col(Adjustment.batch_id) == batch_id, col(Adjustment.reverses_id).is_(None)]
    count = session.execute(select(func.count()).select_from(Adjustment).where(*own)).scalar_one()
    pages = pages_of(count, balances.PAGE)
    page = page_shown(page, pages=pages)
    chosen = _ordered(own, col(Adjustment.row).asc())
    entries = _read(session, chosen.limit(balances.PAGE).offset((page - 1) * balances.PAGE))
    return PostedPage(entries=entries, count=count, page=page, pages=pages)


def _own(
    customer_id: int, location_id: int | None, types: Sequence[ImportType] | None
) -> list[ColumnElement[bool]]:
    own: list[ColumnElement[bool]] = [
        col(Adjustment.customer_id) == customer_id,
        col(Adjustment.type).in_(slugs(types)),
    ]
    return own if location_id is None else [*own, col(Adjustment.location_id) == location_id]


def read_in_order(
    session: Session, own: Sequence[ColumnElement[bool]], *order: ColumnElement[Any]
) -> tuple[Entry, ...]:
    """All of these adjustments (`own` speaks of `Adjustment`), in that order."""
    return _read(session, _ordered(own, *order))


def _ordered(own: Sequence[ColumnElement[bool]], *order: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The ids of adjustments in an order.

    Only ids are put in order: what belongs to them is looked up afterwards, for those of one page.
    """
    place = func.row_number().over(order_by=order).label("place")
    return select(col(Adjustment.id), place).where(*own).order_by(*order)


def _asked_by() -> ScalarSelect[Any]:
    """Of an opposite (`Adjustment`) who had asked for the reversal, where a second person approved it."""
    asker = aliased(User)
    return (
        select(func.max(col(asker.name)))
        .select_from(ReversalRequest)
        .join(asker, col(asker.id) == col(ReversalRequest.asked_by))
        .where(
            col(ReversalRequest.batch_id) == col(Adjustment.batch_id),
            col(ReversalRequest.state) == RequestState.APPROVED,
            col(ReversalRequest.decided_at) == col(Adjustment.posted_at),
        )
        .correlate(Adjustment)
        .scalar_subquery()
    )


def _read(session: Session, chosen: Select[*tuple[Any, ...]]) -> tuple[Entry, ...]:
    """The chosen adjustments in their order."""
    ids, preparer = chosen.subquery(), aliased(User)
    query: Select[*tuple[Any, ...]] = (
        select(
            col(Adjustment.id),
            col(Customer.code).label("customer"),
            col(Customer.name).label("customer_name"),
            col(Adjustment.batch_id),
            col(Adjustment.type).label("type_slug"),
            col(Batch.file_name),
            col(Adjustment.row),
            col(Batch.reading)["parts"].label("sheets"),
            col(Adjustment.number),
            col(Adjustment.credit_date).label("day"),
            func.coalesce(col(Location.code), "").label("location"),
            col(Adjustment.amount),
            col(Adjustment.comments),
            col(Adjustment.reference),
            col(Adjustment.reverses_id).is_not(None).label("reverses"),
            col(Opposite.id).is_not(None).label("reversed"),
            col(Adjustment.posted_at),
            col(User.name).label("posted_by"),
            col(Adjustment.posted_by).label("poster"),
            case(
                (col(Adjustment.reverses_id).is_(None), func.coalesce(col(preparer.name), "")),
                else_=func.coalesce(_asked_by(), ""),
            ).label("prepared_by"),
        )
        .select_from(ids)
        .join(Adjustment, col(Adjustment.id) == ids.c.id)
        .join(Customer, col(Customer.id) == col(Adjustment.customer_id))
        .join(Batch, col(Batch.id) == col(Adjustment.batch_id))
        .join(User, col(User.id) == col(Adjustment.posted_by))
        .outerjoin(preparer, col(preparer.id) == col(Batch.prepared_by))
        .outerjoin(Location, col(Location.id) == col(Adjustment.location_id))
        .outerjoin(Opposite, OWN_OPPOSITE)
        .order_by(ids.c.place)
    )
    return tuple(Entry(**row._mapping) for row in session.execute(query))

"""The facts that a sheet is judged against, read from the database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date
from typing import TypeVar

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.ledger import corrections
from komet_import.ledger.models import Adjustment, Batch, Claim, Customer, CustomerLocation, Location, now
from komet_import.review.draft import Draft
from komet_import.review.reference import (
    Directory,
    KnownCustomer,
    KnownLocation,
    Posted,
    PostedCredit,
    Reference,
)
from komet_import.review.validation import Judgement
from komet_import.settings import settings
from komet_import.types.schema import code_key, to_thousandths

CHUNK = 500
"""How many values go into one IN (…): well below what either database accepts."""

NUMBER_CLAIM = "credit-number"

Stamp = tuple[object, ...]
T = TypeVar("T")


def stamp(session: Session) -> Stamp:
    """What changes whenever customers, locations or the ledger change; cheap to ask."""
    customers = session.execute(
        select(func.count(col(Customer.id)), func.max(col(Customer.updated_at)))
    ).one()
    locations = session.execute(
        select(func.count(col(Location.id)), func.max(col(Location.updated_at)))
    ).one()
    newest = session.execute(select(func.max(col(Adjustment.id)))).scalar()
    return (*customers, *locations, newest, today())


def today() -> date:
    """The server's own day: the age of a credit date only moves a warning."""
    return now().astimezone().date()


def load_directory(session: Session) -> Directory:
    """Every customer and location."""
    belongs: dict[int, set[int]] = {}
    for customer_id, location_id in session.execute(
        select(col(CustomerLocation.customer_id), col(CustomerLocation.location_id))
    ):
        belongs.setdefault(customer_id, set()).add(location_id)
    customers = {
        key: KnownCustomer(id_, code, name, active, frozenset(belongs.get(id_, ())), *further)
        for key, id_, code, name, active, *further in session.execute(
            select(
                col(Customer.code_key),
                col(Customer.id),
                col(Customer.code),
                col(Customer.name),
                col(Customer.active),
                col(Customer.accounting_code),
                col(Customer.customer_type),
                col(Customer.salesperson),
            )
        )
    }
    locations = {
        key: KnownLocation(id_, code, name)
        for key, id_, code, name in session.execute(
            select(col(Location.code_key), col(Location.id), col(Location.code), col(Location.name))
        )
    }
    return Directory(customers=customers, locations=locations)


def load(directory: Directory, posted: Posted) -> Reference:
    """The facts of now."""
    return Reference(
        directory=directory,
        posted=posted,
        ceiling=to_thousandths(settings().amount_ceiling),
        today=today(),
        currency=settings().currency,
    )


def number_claim(customer_id: int, number: str) -> str:
    """The key under which a customer's credit number is claimed."""
    return f"{customer_id}:{code_key(number)}"


def load_posted(
    session: Session, draft: Draft, judgement: Judgement, rows: Sequence[int] | None = None
) -> Posted:
    """What the ledger holds that rows of this draft (positions; None: all) may collide with."""
    readings = judgement.readings
    if not draft.type.amount_column or "Customer Code" not in readings:
        return Posted()
    chosen = slice(None) if rows is None else np.asarray(rows, dtype=np.intp)
    customers = readings["Customer Code"][chosen]
    numbers = readings["Credit #"][chosen] if "Credit #" in readings else [None] * len(customers)
    days: Iterable[date | None] = readings["Credit Date"][chosen] if "Credit Date" in readings else ()
    wanted = {
        number_claim(customer.id, number): (customer.id, code_key(number))
        for customer, number in zip(customers, numbers, strict=True)
        if customer is not None and number
    }
    origins = draft.origins
    if rows is not None:
        origins = {row: origins[row] for row in judgement.numbers[chosen].tolist() if row in origins}
    return Posted(
        corrected=corrections.corrected(session, (origin.key for origin in origins.values())),
        numbers=_numbers(session, wanted),
        credits=_credits(session, {day for day in days if day is not None}),
    )


def _numbers(session: Session, wanted: dict[str, tuple[int, str]]) -> dict[tuple[int, str], date]:
    found: dict[tuple[int, str], date] = {}
    for keys in _chunks(wanted):
        query = (
            select(col(Claim.key), col(Batch.posted_at))
            .join(Batch, col(Batch.id) == col(Claim.batch_id))
            .where(col(Claim.scope) == NUMBER_CLAIM, col(Claim.key).in_(keys))
        )
        for key, posted_at in session.execute(query):
            found[wanted[key]] = posted_at.astimezone(UTC).date() if posted_at else today()
    return found


def _credits(session: Session, days: set[date]) -> dict[tuple[int, date, int], PostedCredit]:
    found: dict[tuple[int, date, int], PostedCredit] = {}
    reversal = aliased(Adjustment)
    for chunk in _chunks(days):
        query = (
            select(
                col(Adjustment.customer_id),
                col(Adjustment.credit_date),
                col(Adjustment.amount),
                col(Adjustment.number),
                col(Adjustment.posted_at),
            )
            .outerjoin(reversal, col(reversal.reverses_id) == col(Adjustment.id))
            .where(
                col(Adjustment.credit_date).in_(chunk),
                col(Adjustment.reverses_id).is_(None),
                col(reversal.id).is_(None),
            )
        )
        for customer_id, day, amount, number, posted_at in session.execute(query):
            key = (customer_id, day, amount)
            earlier = found.get(key)
            numbered = bool(number) and (earlier is None or earlier.numbered)
            found[key] = PostedCredit(posted_at.astimezone(UTC).date(), numbered)
    return found


def _chunks(values: Iterable[T]) -> Iterable[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), CHUNK):
        yield listed[start : start + CHUNK]

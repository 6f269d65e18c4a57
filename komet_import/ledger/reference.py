"""The facts that a sheet is judged against, read from the database."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Text,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.ledger import corrections
from komet_import.ledger.models import (
    Adjustment,
    Batch,
    Claim,
    Customer,
    CustomerLocation,
    Facts,
    Location,
    now,
)
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

NUMBER_CLAIM = "credit-number"


class Stamp(NamedTuple):
    """What changes whenever customers and locations, the ledger, or the day change."""

    directory: int
    ledger: int
    day: date


class Moved(Exception):
    """The facts are other ones than those that were judged with: judge again. Never shown to anybody."""


def stamp(session: Session) -> Stamp:
    """The stamp of now. Asked for before the facts are read, it is never newer than they are."""
    directory, ledger = session.execute(select(col(Facts.directory), col(Facts.ledger))).one()
    return Stamp(directory, ledger, today())


def hold(session: Session, judged: Stamp) -> None:
    """Let no other posting in until the end of the transaction. Raises Moved where one came before.

    SQLite has one writer anyhow.
    """
    query = select(col(Facts.directory), col(Facts.ledger)).with_for_update()
    if tuple(session.execute(query).one()) != (judged.directory, judged.ledger):
        raise Moved


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
    customers = readings["Customer Code"][chosen].tolist()
    blank = [None] * len(customers)
    numbers = readings["Credit #"][chosen].tolist() if "Credit #" in readings else blank
    days = readings["Credit Date"][chosen].tolist() if "Credit Date" in readings else blank
    amounts = judgement.amounts[chosen].tolist()
    wanted = {
        number_claim(customer.id, number): (customer.id, code_key(number))
        for customer, number in zip(customers, numbers, strict=True)
        if customer is not None and number
    }
    alike = {
        (customer.id, day.isoformat(), amount)
        for customer, day, amount in zip(customers, days, amounts, strict=True)
        if customer is not None and day is not None and amount > 0
    }
    origins = draft.origins
    if rows is not None:
        origins = {row: origins[row] for row in judgement.numbers[chosen].tolist() if row in origins}
    return Posted(
        corrected=corrections.corrected(session, (origin.key for origin in origins.values())),
        numbers=_numbers(session, wanted),
        credits=_credits(session, alike),
    )


def _asked(
    session: Session, values: Iterable[Sequence[Any]], types: Sequence[Any]
) -> tuple[FromClause, list[ColumnElement[Any]]]:
    """Lists of values, one for each type, as rows to be asked for: one text for the database, which takes it
    apart by itself, however many there are.

    What is asked for is joined to them from outside, without a condition that would make an inner join of
    it: SQLite goes through the left side first, and looks each up on the index. Left to itself it may read
    its table from end to end instead.
    """
    text = literal(json.dumps(list(values)))
    if session.get_bind().dialect.name == "postgresql":
        rows = func.jsonb_array_elements(cast(text, JSONB)).table_valued("value")
        return rows, [cast(rows.c.value.op("->>")(place), type) for place, type in enumerate(types)]
    rows = func.json_each(text).table_valued("value")
    return rows, [func.json_extract(rows.c.value, f"$[{place}]") for place in range(len(types))]


def _numbers(session: Session, wanted: dict[str, tuple[int, str]]) -> dict[tuple[int, str], date]:
    if not wanted:
        return {}
    rows, (key,) = _asked(session, ([key] for key in wanted), [Text])
    query = (
        select(col(Claim.key), col(Batch.posted_at))
        .select_from(rows)
        .outerjoin(Claim, (col(Claim.scope) == NUMBER_CLAIM) & (col(Claim.key) == key))
        .outerjoin(Batch, col(Batch.id) == col(Claim.batch_id))
        .where(func.coalesce(col(Claim.key), "") != "")
    )
    return {
        wanted[key]: posted_at.astimezone(UTC).date() if posted_at else today()
        for key, posted_at in session.execute(query)
    }


def _credits(
    session: Session, wanted: set[tuple[int, str, int]]
) -> dict[tuple[int, date, int], PostedCredit]:
    """The standing credits that have a customer, a day and an amount as asked for: found on one index,
    so that it takes as long whatever else the ledger holds. A reversal's amount is negative, and so is none.
    """
    if not wanted:
        return {}
    reversal = aliased(Adjustment)
    rows, (customer, day, amount) = _asked(session, wanted, [Integer, Date, BigInteger])
    same = (
        (col(Adjustment.customer_id) == customer)
        & (col(Adjustment.credit_date) == day)
        & (col(Adjustment.amount) == amount)
    )
    query = (
        select(
            col(Adjustment.customer_id),
            col(Adjustment.credit_date),
            col(Adjustment.amount),
            col(Adjustment.number),
            col(Adjustment.posted_at),
            col(Adjustment.id),
        )
        .select_from(rows)
        .outerjoin(Adjustment, same)
        .outerjoin(reversal, col(reversal.reverses_id) == col(Adjustment.id))
        .where(func.coalesce(col(Adjustment.id), 0) > 0, col(reversal.id).is_(None))
        .order_by(col(Adjustment.id))
    )
    found: dict[tuple[int, date, int], PostedCredit] = {}
    for customer_id, credit_date, thousandths, number, posted_at, newest in session.execute(query):
        key = (customer_id, credit_date, thousandths)
        earlier = found.get(key)
        numbered = bool(number) and (earlier is None or earlier.numbered)
        found[key] = PostedCredit(posted_at.astimezone(UTC).date(), numbered, newest)
    return found

"""Customers: each row adds one or updates the one with its code."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, TableClause, delete, func, insert, inspect, literal, select, tuple_, update
from sqlmodel import Session, col

from komet_import.ledger import staging
from komet_import.ledger.models import Customer, CustomerLocation
from komet_import.ledger.posting.shared import Posting, Write
from komet_import.review.reference import Directory
from komet_import.types import Meaning
from komet_import.types.codes import code_key


def prepare(session: Session, posting: Posting) -> Write:
    """Each row adds a customer or updates the one with its code, as far as it says something: a blank cell
    and a column that the sheet lacks leave what is. Rows that change nothing are not among them.
    """
    said = posting.said
    codes = said.of(Meaning.RECORD)
    keys = [code_key(code) for code in codes]
    customers = staging.stage(
        session,
        Customer,
        ("code", "code_key", *_FIELDS),
        zip(codes, keys, *map(said.of, _FIELDS), strict=True),
        done=lambda count: posting.progress(0.1 + 0.3 * count / len(codes)),
    )
    # A customer whose locations are erased has one row here, without a location.
    places = staging.stage(
        session,
        CustomerLocation,
        ("code_key", "location_id"),
        (
            (key, location)
            for key, named in zip(keys, said.of(Meaning.LOCATIONS), strict=True)
            if named is not None
            for location in [place.id for place in named] or [None]
        ),
        types={"code_key": String()},
    )

    def write(session: Session) -> None:
        _change_customers(session, customers.rows, posting.at)
        posting.progress(0.6)
        _add_customers(session, customers.rows, posting.at)
        posting.progress(0.8)
        _place_customers(session, places.rows)

    return write


_FIELDS: dict[Meaning, Any] = {
    Meaning.NAME: None,
    Meaning.ACTIVE: True,
    Meaning.ACCOUNTING_CODE: "",
    Meaning.CATEGORY: "",
    Meaning.SALESPERSON: "",
}
"""What a list says of a customer, with what a new one has where it says nothing (a name it always has)."""
_CUSTOMER: Any = inspect(Customer).local_table
_BELONGS: Any = inspect(CustomerLocation).local_table
# The tables themselves: the classes would take the statements through the ORM.


def _change_customers(session: Session, said: TableClause, at: datetime) -> None:
    """Update those that are there, in one statement: the triggers of `facts` count statements."""
    kept = {name: func.coalesce(said.c[name], _CUSTOMER.c[name]) for name in _FIELDS}
    session.execute(
        update(_CUSTOMER).where(_CUSTOMER.c.code_key == said.c.code_key).values(**kept, updated_at=at)
    )


def _add_customers(session: Session, said: TableClause, at: datetime) -> None:
    """Add those that are not there, in the order of the sheet."""
    values: dict[str, Any] = {
        "code": said.c.code,
        "code_key": said.c.code_key,
        **{name: func.coalesce(said.c[name], blank) for name, blank in _FIELDS.items()},
        "updated_at": literal(at, _CUSTOMER.c.updated_at.type),
    }
    new = (
        select(*values.values())
        .select_from(said.outerjoin(_CUSTOMER, _CUSTOMER.c.code_key == said.c.code_key))
        .where(_CUSTOMER.c.id.is_(None))
        .order_by(said.c.place)
    )
    session.execute(insert(_CUSTOMER).from_select(list(values), new))


def _place_customers(session: Session, said: TableClause) -> None:
    """Set the locations of the customers that are named here.

    What goes and what comes is found by joins: for a NOT IN SQLite reads the whole list again for every row.
    """
    named = select(said.c.code_key).distinct().subquery("named")
    same = (said.c.code_key == _CUSTOMER.c.code_key) & (said.c.location_id == _BELONGS.c.location_id)
    gone = (
        select(_BELONGS.c.customer_id, _BELONGS.c.location_id)
        .join(_CUSTOMER, _CUSTOMER.c.id == _BELONGS.c.customer_id)
        .join(named, named.c.code_key == _CUSTOMER.c.code_key)
        .outerjoin(said, same)
        .where(said.c.place.is_(None))
    )
    pair = tuple_(_BELONGS.c.customer_id, _BELONGS.c.location_id)
    session.execute(delete(_BELONGS).where(pair.in_(gone)))
    belongs = (_BELONGS.c.customer_id == _CUSTOMER.c.id) & (_BELONGS.c.location_id == said.c.location_id)
    new = (
        select(_CUSTOMER.c.id, said.c.location_id)
        .select_from(said)
        .join(_CUSTOMER, _CUSTOMER.c.code_key == said.c.code_key)
        .outerjoin(_BELONGS, belongs)
        .where(said.c.location_id.is_not(None), _BELONGS.c.customer_id.is_(None))
        .order_by(said.c.place)
    )
    session.execute(insert(_BELONGS).from_select(["customer_id", "location_id"], new))


def existing(session: Session, directory: Directory) -> list[dict[Meaning, str]]:
    """Every customer as its row would say it, in the order of their codes."""
    by_id = directory.locations_by_id
    places = {
        c.id: ":".join(sorted(by_id[i].code for i in c.locations if i in by_id))
        for c in directory.customers.values()
    }
    return [
        {
            Meaning.RECORD: c.code,
            Meaning.NAME: c.name,
            Meaning.LOCATIONS: places.get(c.id or 0, ""),
            Meaning.ACCOUNTING_CODE: c.accounting_code,
            Meaning.CATEGORY: c.customer_type,
            Meaning.SALESPERSON: c.salesperson,
            Meaning.ACTIVE: "yes" if c.active else "no",
        }
        for c in session.execute(select(Customer).order_by(col(Customer.code_key))).scalars()
    ]

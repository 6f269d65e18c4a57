"""Customers: each row adds one or updates the one with its code."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from komet_import.ledger import staging
from komet_import.ledger.models import Customer, CustomerLocation
from komet_import.ledger.posting.shared import Posting, Write, insert_rows
from komet_import.review.reference import Directory
from komet_import.types import Meaning
from komet_import.types.schema import code_key


def prepare(_session: Session, posting: Posting) -> Write:
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
    insert_rows(session, Customer, added, count=len(added), progress=lambda done: posting.progress(done / 2))
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
    insert_rows(session, CustomerLocation, new, count=len(new))


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

"""What is kept of customers beside their balance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from komet_import.ledger.database import reading
from komet_import.ledger.models import Customer, CustomerLocation, Location


@dataclass(frozen=True, kw_only=True)
class Details:
    """One customer as the list of customers has it; blank is what is not known."""

    accounting_code: str
    customer_type: str
    salesperson: str
    locations: tuple[str, ...]
    updated_at: datetime


def details(ids: Sequence[int]) -> dict[int, Details]:
    """The details of these customers, by id."""
    with reading() as session:
        places: dict[int, list[str]] = {}
        belongs = (
            select(col(CustomerLocation.customer_id), col(Location.code))
            .join(Location, col(Location.id) == col(CustomerLocation.location_id))
            .where(col(CustomerLocation.customer_id).in_(ids))
            .order_by(col(Location.code_key))
        )
        for id_, code in session.execute(belongs):
            places.setdefault(id_, []).append(code)
        customers = session.execute(select(Customer).where(col(Customer.id).in_(ids))).scalars()
        return {
            one.id or 0: Details(
                accounting_code=one.accounting_code,
                customer_type=one.customer_type,
                salesperson=one.salesperson,
                locations=tuple(places.get(one.id or 0, ())),
                updated_at=one.updated_at,
            )
            for one in customers
        }

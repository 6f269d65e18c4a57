"""The sample that people fill in, with this company's codes in its lists."""

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.ledger import database
from komet_import.ledger.models import (
    Customer,
)
from komet_import.refusal import Refusal
from komet_import.review.reference import Directory
from komet_import.services.facts import directory_now
from komet_import.services.rights import Asking, require_asking
from komet_import.sheets.workbooks.lists import SampleCustomer
from komet_import.sheets.workbooks.sample import write_sample
from komet_import.types import ImportType


def sample(user: Asking, type: ImportType, *, with_existing: bool = False) -> bytes:
    """The sample workbook of a type, with this company's codes in its lists.

    `with_existing` fills it with every record that exists, for a type whose import is an update.
    Raises Refusal `no-right`, and `no-existing-records` for a type that has none to offer.
    """
    with database.reading() as session:
        require_asking(session, user, type)
        if with_existing and type.once:
            raise Refusal(
                "no-existing-records", f"The {type.title} sample has no existing records to fill in."
            )
        directory, _ = directory_now(session)
        existing = _existing_customers(session, directory) if with_existing else None
    by_id = directory.locations_by_id
    customers = [
        SampleCustomer(
            code=c.code,
            name=c.name,
            location=min((by_id[i].code for i in c.locations if i in by_id), default=""),
        )
        for c in sorted(directory.customers.values(), key=lambda c: c.code)
        if c.active
    ]
    locations = sorted((known.code, known.name) for known in directory.locations.values())
    return write_sample(type, customers=customers, locations=locations, existing=existing)


def _existing_customers(session: Session, directory: Directory) -> list[dict[str, str]]:
    by_id = directory.locations_by_id
    places = {
        c.id: ":".join(sorted(by_id[i].code for i in c.locations if i in by_id))
        for c in directory.customers.values()
    }
    return [
        {
            "Customer Code": c.code,
            "Customer Name": c.name,
            "Location Codes": places.get(c.id or 0, ""),
            "Accounting Code": c.accounting_code,
            "Customer Type": c.customer_type,
            "Salesperson": c.salesperson,
            "Active": "yes" if c.active else "no",
        }
        for c in session.execute(select(Customer).order_by(col(Customer.code_key))).scalars()
    ]

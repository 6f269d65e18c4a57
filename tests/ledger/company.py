"""A company of six customers in a fresh database, and adjustments put there without a sheet."""

from datetime import date, timedelta

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from komet_import.access import password_hashes, users
from komet_import.ledger import audit, database, reference
from komet_import.ledger.audit import Event
from komet_import.ledger.models import (
    Adjustment,
    Batch,
    BatchStatus,
    Customer,
    CustomerLocation,
    Location,
    now,
)
from komet_import.types.codes import code_key

NAMES = ("Rosas del Valle", "Fleurs Côté", "Jardín Ñuñoa", "Straße & Söhne", "玫瑰花店", "Closed Blooms")
MIA, LAX = 1, 2


def fill() -> None:
    """Six customers FL1 to FL6, the last one inactive, at two locations; FL1 belongs to Miami."""
    with database.transaction() as session:
        users.add(
            session,
            username="rita",
            email="rita@komet.example",
            name="Rita",
            roles=["Setup"],
            password_hash=password_hashes.hashed("tulips-and-roses"),
        )
        session.add_all(
            Location(id=n, code=code, code_key=code, name=code) for n, code in ((1, "MIA"), (2, "LAX"))
        )
        session.flush()
        session.add_all(
            Customer(id=n, code=f"Fl{n}", code_key=code_key(f"Fl{n}"), name=name, active=n != 6)
            for n, name in enumerate(NAMES, start=1)
        )
        session.flush()
        session.add(CustomerLocation(customer_id=1, location_id=MIA))
        session.add_all(
            Batch(
                id=name,
                type=type,
                file_name=file_name,
                sha256="0",
                reading={},
                uploaded_by=1,
                posted_by=1,
                posted_at=now(),
            )
            for name, file_name, type in (
                ("b1", "march.xlsx", "open-credits"),
                ("b2", "april.xlsx", "open-credits"),
                ("i1", "invoices.xlsx", "open-invoices"),
            )
        )


def post(
    customer: int,
    *amounts: int,
    place: int | None = None,
    day: date = date(2026, 3, 2),
    batch: str = "b1",
    type: str = "open-credits",
) -> None:
    """Adjustments of a customer, in thousandths."""
    line = {
        "batch_id": batch,
        "type": type,
        "customer_id": customer,
        "location_id": place,
        "credit_date": day,
        "posted_by": 1,
    }
    with database.transaction() as session:
        lines = [
            {**line, "row": n, "number": f"C{n}", "amount": amount} for n, amount in enumerate(amounts, 2)
        ]
        session.execute(insert(Adjustment), lines)


def take_back(*ids: int) -> None:
    """The opposites of these adjustments, all of the first batch's: to that nothing is posted afterwards."""
    with database.transaction() as session:
        draft = col(Batch.status) == BatchStatus.DRAFT
        rows, amount = session.execute(
            select(func.count(), func.sum(col(Adjustment.amount))).where(col(Adjustment.batch_id) == "b1")
        ).one()
        posted_at = session.execute(select(col(Batch.posted_at)).where(col(Batch.id) == "b1", draft)).scalar()
        if posted_at is not None:
            audit.record(session, what=Event.POSTED, by=1, about="b1", at=posted_at)
        session.execute(
            update(Batch)
            .where(col(Batch.id) == "b1", draft)
            .values(status=BatchStatus.POSTED, rows_posted=rows, amount_posted=amount)
        )
        for id_ in ids:
            posted = session.get_one(Adjustment, id_)
            kept = posted.model_dump(exclude={"id", "posted_at"})
            session.add(Adjustment(**{**kept, "amount": -posted.amount, "reverses_id": id_}))


def ago(days: int) -> date:
    """The day so many days ago."""
    return reference.today() - timedelta(days=days)

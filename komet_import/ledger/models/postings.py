"""What is posted: adjustments, what may be posted only once, requests to reverse."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ColumnElement, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from komet_import.clock import now
from komet_import.ledger.models.keys import BIG

_NUMBERED = text("number_key <> ''")


def numbered(adjustment: Any) -> ColumnElement[bool]:
    """Has a number: in the words of the index of numbers, by which a database sees that it will do."""
    return col(adjustment.number_key) != literal_column("''")


class Adjustment(SQLModel, table=True):
    """A balance adjustment: an imported document of money, or (with `reverses_id`) its opposite. Immutable.

    `type` is that of its batch. `amount` is in thousandths, positive where we owe it, negative where it is
    owed to us; a reversal has the opposite. `row` is the Excel row. The index holds all that balances, ages,
    histories and likenesses are made of. `number_key` is the form in which a number is like others
    (`review.sameness`).
    """

    __table_args__ = (
        Index("ix_adjustment_row", "batch_id", "row"),
        Index(
            "ix_adjustment_party",
            "customer_id", "type", "credit_date", "amount", "location_id", "reverses_id",
        ),
        Index(
            "ix_adjustment_number", "customer_id", "number_key",
            postgresql_where=_NUMBERED, sqlite_where=_NUMBERED,
        ),
    )  # fmt: skip

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    batch_id: str = Field(foreign_key="batch.id", max_length=32)
    type: str = Field(max_length=50, sa_column_kwargs={"server_default": ""})
    row: int
    customer_id: int = Field(foreign_key="customer.id")
    location_id: int | None = Field(default=None, foreign_key="location.id")
    number: str = Field(default="", max_length=20)
    number_key: str = Field(default="", max_length=80, sa_column_kwargs={"server_default": ""})
    credit_date: date
    amount: int = Field(sa_column=Column(BigInteger, nullable=False))
    comments: str = Field(default="", max_length=500)
    reference: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    reverses_id: int | None = Field(
        default=None, sa_column=Column(BIG, ForeignKey("adjustment.id"), unique=True)
    )
    posted_by: int = Field(foreign_key="app_user.id")
    posted_at: datetime = Field(default_factory=now)


Opposite = aliased(Adjustment)
"""The adjustment that answers another, in a statement about both. One for all of them: to make an alias takes
a database's library longer than to run most statements."""
OWN_OPPOSITE = col(Opposite.reverses_id) == col(Adjustment.id)


class Claim(SQLModel, table=True):
    """Something that may be posted only once while it stands: a file, the key of a document, a row
    that was rejected before; `row` is the Excel row in which the document was posted.

    The primary key makes the second of two simultaneous postings fail; a reversal gives back the claims of
    its rows, and with the last of them those of the file.
    """

    scope: str = Field(primary_key=True, max_length=20)
    key: str = Field(primary_key=True, max_length=120)
    batch_id: str = Field(foreign_key="batch.id", index=True, max_length=32)
    row: int | None = None


class RequestState(StrEnum):
    """Where a request for a reversal stands; what leads to another state is in `ledger.reversal_request`."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ReversalRequest(SQLModel, table=True):
    """A reversal that a second person is asked to approve (`ledger.reversal_request`): of these Excel rows of
    a batch, None for all that stands of it.

    `asked_rows` and `asked_amount` (thousandths, as the sheet has them) are what it would take back, `days`
    how many opposites would be dated on which other day than their documents. `note` is why it was returned.
    """

    __tablename__ = "reversal_request"

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    batch_id: str = Field(foreign_key="batch.id", max_length=32, index=True)
    rows: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    reason: str = Field(max_length=200)
    days: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    asked_rows: int
    asked_amount: int = Field(sa_column=Column(BigInteger, nullable=False))
    asked_by: int = Field(foreign_key="app_user.id")
    asked_at: datetime = Field(default_factory=now)
    state: str = Field(default=RequestState.WAITING, max_length=20, index=True)
    decided_by: int | None = Field(default=None, foreign_key="app_user.id")
    decided_at: datetime | None = None
    note: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})

"""Whom and where money is for: customers, locations; closed months; and what counts their changes."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from komet_import.clock import now


class Location(SQLModel, table=True):
    """A place of the company's; with several, all money names its location (docs/komet-sales.md §2)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20)
    code_key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=100)
    updated_at: datetime = Field(default_factory=now)


class Customer(SQLModel, table=True):
    """A customer of the reference list."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=20)
    code_key: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=200)
    active: bool = True
    accounting_code: str = Field(default="", max_length=20)
    customer_type: str = Field(default="", max_length=50)
    salesperson: str = Field(default="", max_length=100)
    updated_at: datetime = Field(default_factory=now)


class CustomerLocation(SQLModel, table=True):
    """A customer belongs to a location."""

    __tablename__ = "customer_location"

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    location_id: int = Field(foreign_key="location.id", primary_key=True)


class Facts(SQLModel, table=True):
    """One row that counts the changes of customers, locations and closed months (`directory`), and the
    postings and reversals (`ledger`): triggers see to it. What was judged with other counts is judged again;
    to ask for two numbers is cheap.
    """

    id: int = Field(default=1, primary_key=True)
    directory: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    ledger: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))


class ClosedMonth(SQLModel, table=True):
    """A month that is closed: nothing is posted that is dated in it (`ledger.periods`). `month` is its first
    day; one that is open again has no row, and who did what is in the audit trail.
    """

    __tablename__ = "closed_month"

    month: date = Field(primary_key=True)
    note: str = Field(max_length=200)
    closed_by: int = Field(foreign_key="app_user.id")
    closed_at: datetime = Field(default_factory=now)

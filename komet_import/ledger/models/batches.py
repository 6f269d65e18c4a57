"""A file on its way: the batch, its file, the steps of the work on it, and the rows that were not posted."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from komet_import.clock import now
from komet_import.ledger.models.keys import BIG


class BatchStatus(StrEnum):
    """Where a batch stands; what leads from one to another is in `ledger.states`."""

    DRAFT = "draft"
    WAITING = "waiting"  # for a second person's approval
    RETURNED = "returned"  # by that person, to be changed
    POSTED = "posted"
    REVERSED = "reversed"
    DISCARDED = "discarded"


class Batch(SQLModel, table=True):
    """One uploaded file and everything that happened to it (docs/komet-sales.md §4).

    `reading` says how the file was read (sheet, header, columns). `revision` counts the changes of the
    draft, so that a stale view is noticed; `acknowledged` maps a browser's grid to the number of its last
    action that was done, so that an action sent twice is done once. The counts and amounts (thousandths)
    are final once posted (`receipt.Receipt`); those of a draft (`rows_…` read, rejected, left out,
    unreadable and negative, and `amount_read`) are as it was judged when it was changed last.
    `rows_added` are those of the posted ones that are new records (None: of before that was kept, or no
    records). `rows_confirmed` are among the posted ones (their amount is None where there are none), and so
    are `rows_reversed`: the batch is reversed with the last of them. What no sum holds: `rows_unreadable`,
    `…_negative`, `total_rows`, a list of row, amount and the sum above it, and `set_aside`, a list of kind,
    rows and amount of other rows that were no rows to import.
    `continues` are the imports whose rejected rows it brings back.
    `expected_…` are the control totals that a person typed or that came with the sheet, None where nothing
    was; `overridden_…` say who had it posted though they do not match, and why, and `hash_read` is the hash
    total that was read, where one was expected. `prepared_…` and
    `asked_…` are of the request for approval that waits, was returned, or by which it was posted: then
    `posted_by` is who approved it; `returned_…` say who returned it and why.
    """

    id: str = Field(primary_key=True, max_length=32)
    type: str = Field(max_length=50)
    status: str = Field(default=BatchStatus.DRAFT, max_length=20, index=True)
    file_name: str = Field(max_length=255)
    sha256: str = Field(max_length=64, index=True)
    reading: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    continues: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    revision: int = 0
    acknowledged: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    uploaded_by: int = Field(foreign_key="app_user.id", index=True)
    uploaded_at: datetime = Field(default_factory=now, index=True)
    changed_at: datetime = Field(default_factory=now)
    posted_by: int | None = Field(default=None, foreign_key="app_user.id")
    posted_at: datetime | None = Field(default=None, index=True)
    reversed_by: int | None = Field(default=None, foreign_key="app_user.id")
    reversed_at: datetime | None = None
    rows_read: int = 0
    rows_posted: int = 0
    rows_added: int | None = None
    rows_unchanged: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    rows_rejected: int = 0
    rows_left_out: int = 0
    amount_read: int | None = Field(default=None, sa_column=Column(BigInteger))
    amount_posted: int | None = Field(default=None, sa_column=Column(BigInteger))
    amount_rejected: int | None = Field(default=None, sa_column=Column(BigInteger))
    amount_left_out: int | None = Field(default=None, sa_column=Column(BigInteger))
    rows_reversed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    amount_reversed: int | None = Field(default=None, sa_column=Column(BigInteger))
    rows_confirmed: int = 0
    amount_confirmed: int | None = Field(default=None, sa_column=Column(BigInteger))
    rows_unreadable: int = 0
    rows_negative: int = 0
    amount_negative: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    total_rows: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    set_aside: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    expected_rows: int | None = None
    expected_amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    expected_hash: int | None = Field(default=None, sa_column=Column(BigInteger))
    hash_read: int | None = Field(default=None, sa_column=Column(BigInteger))
    overridden_by: int | None = Field(default=None, foreign_key="app_user.id")
    overridden_at: datetime | None = None
    overridden_why: str | None = Field(default=None, max_length=200)
    prepared_by: int | None = Field(default=None, foreign_key="app_user.id")
    prepared_at: datetime | None = None
    asked_rows: int | None = None
    asked_amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    returned_by: int | None = Field(default=None, foreign_key="app_user.id")
    returned_at: datetime | None = None
    returned_why: str | None = Field(default=None, max_length=200)


class BatchFile(SQLModel, table=True):
    """The uploaded file as it came, and the worksheet that was read from it (`Worksheet.to_bytes`)."""

    __tablename__ = "batch_file"

    batch_id: str = Field(foreign_key="batch.id", primary_key=True, max_length=32)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    worksheet: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class BatchEffect(SQLModel, table=True):
    """What a batch did to balances when it was posted: of each party what came and what stood before
    (`effects`)."""

    __tablename__ = "batch_effect"

    batch_id: str = Field(foreign_key="batch.id", primary_key=True, max_length=32)
    parties: list[Any] = Field(sa_column=Column(JSON, nullable=False))


BY_MEMORY = ("remembered", "remembered-values")
"""Kinds of steps that nobody did: what was confirmed or chosen before is applied when a sheet is opened."""


class Edit(SQLModel, table=True):
    """One step of a person's work on a draft, in order of `seq`; an undone step has `undone_at`.

    `turned_by` is who took it back or did it again last. A step that was undone and then overtaken by another
    is `dropped`: it cannot be redone. `changes` is the JSON of `review.edits.Changes`. Nothing is deleted: an
    auditor sees every change.
    """

    batch_id: str = Field(foreign_key="batch.id", primary_key=True, max_length=32)
    seq: int = Field(primary_key=True)
    kind: str = Field(max_length=30)
    label: str = Field(sa_column=Column(Text, nullable=False))
    changes: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    user_id: int = Field(foreign_key="app_user.id")
    at: datetime = Field(default_factory=now)
    undone_at: datetime | None = None
    turned_by: int | None = None
    dropped: bool = False


class UnpostedRow(SQLModel, table=True):
    """A row of a posted batch that was rejected or left out, or a total row that was set aside, with its
    values and reasons as data.

    `amount` is None where none could be read (0 in batches of before that was told apart). `cells` maps
    column headers to text, `held` those headers whose cell was no text to its `Held`;
    `issues` is a list of what is kept of each `review.issues.Issue`. `origin` is the key of the row that it
    was when it was rejected first (`corrections`), None where that was here.
    """

    __tablename__ = "unposted_row"
    __table_args__ = (UniqueConstraint("batch_id", "row"),)

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    batch_id: str = Field(foreign_key="batch.id", max_length=32)
    row: int
    outcome: str = Field(max_length=20)  # rejected, left-out or set-aside
    amount: int | None = Field(default=None, sa_column=Column(BigInteger))
    cells: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    held: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    issues: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    origin: str | None = Field(default=None, max_length=80, index=True)


class DroppedRow(SQLModel, table=True):
    """A rejected row that somebody decided not to import (`ledger.dropped_rows`): `key` is its origin's,
    `batch_id` and `row` are of the report where that was done. One that is open again has no row, and who did
    what is in the audit trail.
    """

    __tablename__ = "dropped_row"

    key: str = Field(primary_key=True, max_length=80)
    batch_id: str = Field(foreign_key="batch.id", max_length=32)
    row: int
    reason: str = Field(max_length=200)
    dropped_by: int = Field(foreign_key="app_user.id")
    dropped_at: datetime = Field(default_factory=now)

"""The tables. Amounts are whole thousandths, timestamps are UTC, credit dates are plain days.

Codes are compared without case (docs/komet-sales.md §3), so a code is kept as it was written beside its key
(`types.schema.code_key`). Posted adjustments are immutable: triggers of the first migration see to it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from komet_import.clock import now as now

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite gives an automatic key to INTEGER only; its integers hold 64 bits all the same."""


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


class User(SQLModel, table=True):
    """A person who may sign in. `username_key` is the name without case; `password_hash` is bcrypt.

    `language` is the code of what they read; empty for what their browser asks for (`language/speaking`).
    """

    __tablename__ = "app_user"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(max_length=64)
    username_key: str = Field(max_length=192, unique=True)
    name: str = Field(max_length=100)
    email: str = Field(max_length=254)
    password_hash: str = Field(max_length=100)
    active: bool = True
    created_at: datetime = Field(default_factory=now)
    password_changed_at: datetime = Field(default_factory=now)
    language: str = Field(default="", max_length=10)


class UserRole(SQLModel, table=True):
    """A role that a user holds (`types.Role`)."""

    __tablename__ = "user_role"

    user_id: int = Field(foreign_key="app_user.id", primary_key=True)
    role: str = Field(max_length=50, primary_key=True)


class UserSession(SQLModel, table=True):
    """A signed-in browser, known by the SHA-256 of its cookie."""

    __tablename__ = "user_session"

    token_hash: str = Field(max_length=64, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(index=True)


class SignInTicket(SQLModel, table=True):
    """A one-time ticket that turns a checked password into a cookie of the browser that typed it."""

    __tablename__ = "sign_in_ticket"

    token_hash: str = Field(max_length=64, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id")
    browser_hash: str = Field(max_length=64)
    expires_at: datetime = Field(index=True)


class SignInAttempt(SQLModel, table=True):
    """A password that is being checked, or was wrong; too many of them make the next ones wait.

    `guard` says whose counter it is on (`access/throttle`): empty for a browser that the account has never
    signed in from. While `failed` is False the answer is not known yet.
    """

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    guard: str = Field(default="", max_length=80, index=True)
    username_key: str = Field(max_length=192, index=True)
    address: str = Field(max_length=64, index=True)
    failed: bool = False
    at: datetime = Field(default_factory=now, index=True)


class TrustedBrowser(SQLModel, table=True):
    """A browser that a user has signed in from, known by the SHA-256 of a cookie that outlives the session.

    Several users may share a browser: then several rows have one cookie.
    """

    __tablename__ = "trusted_browser"
    __table_args__ = (UniqueConstraint("token_hash", "user_id", name="uq_trusted_browser"),)

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    token_hash: str = Field(max_length=64)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    created_at: datetime = Field(default_factory=now)
    seen_at: datetime = Field(default_factory=now)
    expires_at: datetime = Field(index=True)


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
    are final once posted (`receipt.Receipt`); those of a draft (`rows_…` read, rejected and left out, and
    `amount_read`) are as it was judged when it was changed last.
    `rows_confirmed` are among the posted ones (their amount is None where there are none), and so are
    `rows_reversed`: the batch is reversed with the last of them. What no sum holds: `rows_unreadable`,
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
        Index("ix_adjustment_number", "customer_id", "number_key"),
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


class ReadingMemory(SQLModel, table=True):
    """What a person confirmed of how a layout is read, to be applied when such a sheet comes again.

    `layout` is the SHA-256 of its headings without their order; `answers` is a list of kind, column (by
    heading), answer and the values that were seen; `used_at` is when it was applied last.
    """

    __tablename__ = "reading_memory"

    type: str = Field(primary_key=True, max_length=50)
    layout: str = Field(primary_key=True, max_length=64)
    headings: list[str] = Field(sa_column=Column(JSON, nullable=False))
    answers: list[Any] = Field(sa_column=Column(JSON, nullable=False))
    file_name: str = Field(sa_column=Column(Text, nullable=False))
    user_id: int = Field(foreign_key="app_user.id")
    at: datetime = Field(default_factory=now)
    used_at: datetime | None = None


class ValueMemory(SQLModel, table=True):
    """The code of ours that a person chose for a value of another system (`review.value_memory`), to be put
    in its place when a sheet says it again.

    `meaning` is that of the column, `key` the value as codes are compared, `text` as the sheet wrote it;
    `code` and `target` are the record that was chosen and its id; `file_name` is the sheet with which that
    was posted, `used_at` when it was applied last.
    """

    __tablename__ = "value_memory"

    meaning: str = Field(primary_key=True, max_length=50)
    key: str = Field(primary_key=True, max_length=200)
    text: str = Field(sa_column=Column(Text, nullable=False))
    code: str = Field(max_length=20)
    target: int
    file_name: str = Field(sa_column=Column(Text, nullable=False))
    user_id: int = Field(foreign_key="app_user.id")
    at: datetime = Field(default_factory=now)
    used_at: datetime | None = None


class UnpostedRow(SQLModel, table=True):
    """A row of a posted batch that was rejected or left out, or a total row that was set aside, with its
    values and reasons as data.

    `amount` is None where none could be read (0 in batches of before that was told apart). `cells` maps
    column headers to text, `held` those headers whose cell was no text to its `Held`;
    `issues` is a list of the JSON of `review.issues.Issue`. `origin` is the key of the row that it was when
    it was rejected first (`corrections`), None where that was here.
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
    """A rejected row that somebody decided not to import (`ledger.dropping`): `key` is that of its origin,
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


class MessageStatus(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    UNCLEAR = "unclear"  # the server has it and did not say what it does with it: it may have arrived
    FAILED = "failed"  # given up after the last attempt
    UNSENT = "unsent"  # no mail server was set when it was written


class Message(SQLModel, table=True):
    """A mail: written in the transaction of what it reports, sent later, readable in the app for ever.

    A dispatcher that takes a message sets `claimed_until`; when it dies, another may take it after that.
    `handed_over` counts how often a mail server had all of it and did not answer. `read_at` is when its
    person first had it before them on the Messages page.
    """

    __table_args__ = (Index("ix_message_due", "status", "due_at"),)

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    message_id: str = Field(max_length=200, unique=True)
    batch_id: str | None = Field(default=None, foreign_key="batch.id", max_length=32, index=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    recipient: str = Field(max_length=254)
    subject: str = Field(max_length=250)
    html: str = Field(sa_column=Column(Text, nullable=False))
    text: str = Field(sa_column=Column(Text, nullable=False))
    status: str = Field(default=MessageStatus.QUEUED, max_length=20)
    attempts: int = 0
    handed_over: int = 0
    due_at: datetime = Field(default_factory=now)
    claimed_until: datetime | None = None
    last_error: str = Field(default="", sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(default_factory=now)
    sent_at: datetime | None = None
    read_at: datetime | None = None


class AuditEntry(SQLModel, table=True):
    """Who did what, when and from where: see `ledger.audit`, which alone writes them."""

    __tablename__ = "audit_entry"

    id: int | None = Field(default=None, sa_column=Column(BIG, primary_key=True, autoincrement=True))
    at: datetime = Field(default_factory=now, index=True)
    user_id: int | None = Field(default=None, foreign_key="app_user.id", index=True)
    action: str = Field(max_length=50)
    subject: str = Field(default="", max_length=64, index=True)
    address: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class AuditSeal(SQLModel, table=True):
    """The place of an audit entry in the chain, from 1 on, and its hash (`ledger.audit_chain`)."""

    __tablename__ = "audit_seal"

    place: int = Field(sa_column=Column(BIG, primary_key=True, autoincrement=False))
    entry_id: int = Field(sa_column=Column(BIG, ForeignKey("audit_entry.id"), nullable=False, unique=True))
    hash: str = Field(max_length=64, index=True)


class AuditHead(SQLModel, table=True):
    """One row: how many entries the chain has, and the hash of the last one."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True)
    entries: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    hash: str = Field(max_length=64)

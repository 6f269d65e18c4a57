"""Mails."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from komet_import.clock import now
from komet_import.ledger.models.keys import BIG


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

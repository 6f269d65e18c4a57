"""The audit trail and its chain of hashes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey
from sqlmodel import Field, SQLModel

from komet_import.clock import now
from komet_import.ledger.models.keys import BIG


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

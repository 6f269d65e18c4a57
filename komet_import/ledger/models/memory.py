"""What people confirmed or chose before, to be applied when such a sheet comes again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Text
from sqlmodel import Field, SQLModel

from komet_import.clock import now


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

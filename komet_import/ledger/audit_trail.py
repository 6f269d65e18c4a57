"""The audit trail as it is read: chosen by person, kind, time and text, newest first, a page at a time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, or_, select
from sqlalchemy.orm import outerjoin
from sqlmodel import Session, col

from komet_import.ledger.audit import TITLES, Event
from komet_import.ledger.models import AuditEntry, AuditSeal, Batch, User

NOBODY = 0
"""The person of a filter for what no signed-in user did: the terminal and the server."""
PAGE_LINES = 50


@dataclass(frozen=True, kw_only=True)
class TrailFilter:
    """Which entries are wanted: of a user (or NOBODY), of these kinds, from `since` on and before `until`,
    with this text in them, whatever its case. What is not said restricts nothing.
    """

    by: int | None = None
    kinds: tuple[Event, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class TrailLine:
    """An entry of the trail. `at` is UTC; `who` and `username` are empty where nobody was signed in; `title`
    says what was done; `file_name` is that of the batch which `about` names, if it does, `is_report` whether
    that was posted. `place` and `seal` are those of the chain (`audit_chain`).
    """

    id: int
    at: datetime
    who: str
    username: str
    what: str
    title: str
    about: str
    file_name: str
    is_report: bool
    address: str
    details: dict[str, Any]
    place: int | None
    seal: str


def lines(session: Session, wanted: TrailFilter, *, after: int = 0, most: int) -> Iterator[TrailLine]:
    """At most so many of the entries that are wanted, newest first, without the first `after` of them."""
    query = (
        select(
            AuditEntry,
            col(User.name),
            col(User.username),
            col(Batch.file_name),
            col(Batch.posted_at),
            col(AuditSeal.place),
            col(AuditSeal.hash),
        )
        .select_from(_joined())
        .where(*_conditions(wanted))
        .order_by(col(AuditEntry.id).desc())
        .offset(after)
        .limit(most)
    )
    for entry, name, username, file_name, posted_at, place, seal in session.execute(query):
        yield TrailLine(
            id=entry.id,
            at=entry.at,
            who=name or "",
            username=username or "",
            what=entry.action,
            title=title(entry.action),
            about=entry.subject,
            file_name=file_name or "",
            is_report=posted_at is not None,
            address=entry.address,
            details=entry.details,
            place=place,
            seal=seal or "",
        )


def count(session: Session, wanted: TrailFilter) -> int:
    """How many entries are wanted."""
    query = select(func.count(col(AuditEntry.id))).select_from(_joined()).where(*_conditions(wanted))
    return int(session.execute(query).scalar_one())


def title(action: str) -> str:
    """What was done, for people; one that this version does not know any more is told as it is kept."""
    return TITLES[Event(action)] if action in set(Event) else action


def _joined() -> Any:
    """Entries with who it was, the batch that they are about, and their seals."""
    with_user = outerjoin(AuditEntry, User, col(User.id) == col(AuditEntry.user_id))
    with_batch = outerjoin(with_user, Batch, col(Batch.id) == col(AuditEntry.subject))
    return outerjoin(with_batch, AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))


def _conditions(wanted: TrailFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.by == NOBODY:
        yield col(AuditEntry.user_id).is_(None)
    elif wanted.by is not None:
        yield col(AuditEntry.user_id) == wanted.by
    if wanted.kinds:
        yield col(AuditEntry.action).in_(wanted.kinds)
    if wanted.since is not None:
        yield col(AuditEntry.at) >= wanted.since
    if wanted.until is not None:
        yield col(AuditEntry.at) < wanted.until
    if text := " ".join(wanted.text.split()):
        said: tuple[Any, ...] = (
            col(AuditEntry.subject),
            col(AuditEntry.address),
            col(Batch.file_name),
            col(User.name),
            col(User.username),
        )
        as_json = json.dumps(text)[1:-1]  # details are kept as JSON in ASCII
        yield or_(
            *(column.icontains(text, autoescape=True) for column in said),
            cast(col(AuditEntry.details), Text).icontains(as_json, autoescape=True),
        )

"""Deleting a draft, and bringing it back: nothing is posted, and nothing is lost.

Whoever uploaded a draft may delete it, and an Admin; both may restore it for 30 days. After that it stays
deleted, and its file and journal stay in the database for the auditor: nothing is purged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from komet_import.access import roles
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import audit, database, states, transition
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Batch, BatchStatus, Edit, User, now
from komet_import.ledger.posting import PostingRefusal, already_imported, expected_of
from komet_import.ledger.states import Move
from komet_import.refusal import Refusal
from komet_import.services.batch_lists import STANDS
from komet_import.services.draft.desk import DESK
from komet_import.services.draft.open_draft import Opened
from komet_import.services.draft.revision import Decision, advance
from komet_import.services.draft.stored import name_of
from komet_import.services.rights import (
    no_move,
    of_now,
    owns,
    require_move,
    require_own,
    require_right,
    visible,
)
from komet_import.types import ALL, ImportType

RESTORABLE = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Work:
    """What would go with a draft: whose it is, and who made how many edits that stand.

    `revision` is the draft that was looked at, `mine` the edits of who asks, `others` those of others by
    name; `expects` says whether control totals were typed.
    """

    file_name: str
    rows: int
    revision: int
    uploaded_by: str
    own: bool
    mine: int
    others: tuple[tuple[str, int], ...]
    expects: bool

    def __bool__(self) -> bool:
        """Whether somebody has worked on it."""
        return bool(self.mine or self.others or self.expects)


@dataclass(frozen=True, kw_only=True)
class Deleted:
    """A deleted draft that this user may restore until `until`."""

    batch: Batch
    type: ImportType
    uploaded_by: str
    deleted_by: str
    deleted_at: datetime

    @property
    def until(self) -> datetime:
        """Until when it may be restored, in UTC."""
        return self.deleted_at + RESTORABLE


def may_delete(user: CurrentUser, batch: Batch) -> bool:
    """Whether this user may delete a draft of a type that they may import, and restore it."""
    return owns(user, batch)


def work_on(user: CurrentUser, batch_id: str) -> Work:
    """What would go with a draft. Raises Refusal `not-found`, PostingRefusal where the batch is no draft."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        if states.after(Move.DISCARD, batch.status) is None:
            raise no_move(batch, Move.DISCARD)
        return _work_on(session, user, batch)


def discard(user: CurrentUser, batch_id: str, *, revision: int | None = None) -> None:
    """Delete a draft. The file and its journal stay; nothing is posted.

    With `revision`, only the draft that the person was shown. Raises Refusal `not-found`, `not-yours`, and
    PostingRefusal `draft-changed`, or where the batch is no draft.
    """

    def decide(session: Session, opened: Opened, _batch: Batch) -> Decision[None]:
        fresh = require_move(session, user, opened.batch, Move.DISCARD)
        if revision is not None and revision != opened.batch.revision:
            raise PostingRefusal(
                "draft-changed",
                _("The draft was edited in the meantime; look at it again before you delete it."),
            )
        lost = _work_on(session, fresh, opened.batch)
        edits = lost.mine + sum(count for _, count in lost.others)
        told = {"file": lost.file_name, "uploaded_by": lost.uploaded_by, "edits": edits}

        def write(session: Session) -> None:
            audit.record(session, what=Event.DISCARDED, by=fresh.id, about=batch_id, details=told)

        return Decision(outcome=None, after=None, write=write, move=Move.DISCARD)

    advance(user, batch_id, decide)


def restore(user: CurrentUser, batch_id: str) -> None:
    """Make a deleted draft a draft again, with its edits.

    Raises Refusal `not-found`, `not-yours`, `too-late` after 30 days, and PostingRefusal where it is posted.
    """
    with DESK.busy(batch_id), database.work() as session:
        batch = visible(session, user, batch_id)
        fresh = require_right(session, user, ALL[batch.type])
        require_own(session, fresh, batch, Move.RESTORE)
        if batch.status == BatchStatus.DISCARDED and batch.changed_at < now() - RESTORABLE:
            raise Refusal(
                "too-late",
                _(
                    "“{file_name}” was deleted more than {days} days ago, so it "
                    "stays deleted; upload the file "
                    "again.",
                    file_name=batch.file_name,
                    days=RESTORABLE.days,
                ),
            )
        batch, ours = transition.turn(
            session,
            batch_id,
            where=[states.allows(Move.RESTORE)],
            values={"status": states.DRAFT, "revision": batch.revision + 1, "changed_at": now()},
        )
        if ours:
            told = {"file": batch.file_name}
            audit.record(session, what=Event.RESTORED, by=fresh.id, about=batch_id, details=told)
        elif not states.in_work(batch):  # of two clicks the second one finds what it wanted
            raise already_imported(batch)
    DESK.drop(batch_id)


def deleted(user: CurrentUser, *, limit: int = 50) -> list[Deleted]:
    """The deleted drafts that this user may restore, newest first."""
    with database.reading() as session:
        fresh = of_now(session, user)
        if fresh is None:
            return []
        allowed = [type.slug for type in roles.types_for(fresh.roles)]
        where = [
            col(Batch.status) == BatchStatus.DISCARDED,
            col(Batch.type).in_(allowed),
            col(Batch.changed_at) >= now() - RESTORABLE,
        ]
        if not roles.is_admin(fresh):
            where.append(col(Batch.uploaded_by) == user.id)
        found = session.execute(
            select(Batch, col(User.name))
            .join(User, col(User.id) == col(Batch.uploaded_by))
            .where(*where)
            .order_by(col(Batch.changed_at).desc())
            .limit(limit)
        ).all()
        by = _deleted_by(session, [batch.id for batch, _ in found])
        return [
            Deleted(
                batch=batch,
                type=ALL[batch.type],
                uploaded_by=name,
                deleted_by=by.get(batch.id, ""),
                deleted_at=batch.changed_at,
            )
            for batch, name in found
        ]


def _deleted_by(session: Session, batch_ids: Sequence[str]) -> dict[str, str]:
    """Who deleted each batch last, by the audit trail."""
    query = (
        select(col(AuditEntry.subject), col(User.name))
        .join(User, col(User.id) == col(AuditEntry.user_id))
        .where(col(AuditEntry.action) == Event.DISCARDED, col(AuditEntry.subject).in_(batch_ids))
        .order_by(col(AuditEntry.id))
    )
    by: dict[str, str] = {}
    by.update((subject, name) for subject, name in session.execute(query))
    return by


def _work_on(session: Session, user: CurrentUser, batch: Batch) -> Work:
    query = (
        select(col(Edit.user_id), col(User.name), func.count())
        .join(User, col(User.id) == col(Edit.user_id))
        .where(col(Edit.batch_id) == batch.id, STANDS)
        .group_by(col(Edit.user_id), col(User.name))
        .order_by(col(User.name))
    )
    edits = [(int(by), str(name), int(count)) for by, name, count in session.execute(query)]
    return Work(
        file_name=batch.file_name,
        rows=batch.rows_read,
        revision=batch.revision,
        uploaded_by=name_of(session, batch.uploaded_by),
        own=batch.uploaded_by == user.id,
        mine=sum(count for by, _, count in edits if by == user.id),
        others=tuple((name, count) for by, name, count in edits if by != user.id),
        expects=bool(expected_of(batch)),
    )

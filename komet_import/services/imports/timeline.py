"""What happened to an import, from its upload on: for its report."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlalchemy import String, cast, func, or_, select
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger import audit_trail, database, reimports
from komet_import.ledger.audit import Event
from komet_import.ledger.models import AuditEntry, Batch, Edit, Message, MessageStatus, User
from komet_import.services.draft.step_record import event_of
from komet_import.services.draft.step_words import in_words
from komet_import.services.rights import visible
from komet_import.services.trail import audit_words
from komet_import.types import ALL

_OF_THE_JOURNAL = (Event.EDITED, Event.ANSWERED, Event.CONFIRMED)
"""These are taken from the journal, where drafts of before the chain have theirs too."""
_OF_A_DRAFT = (*_OF_THE_JOURNAL, Event.UNDONE, Event.REDONE)
_MERGED = frozenset(audit_trail.title(event) for event in _OF_A_DRAFT)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened to an import, from `at` to `until` (UTC): what, by whom, and `times` it did so
    in a row. `detail` says more of what happened once.
    """

    at: datetime
    until: datetime
    what: str
    who: str
    detail: str
    times: int = 1


def timeline(user: CurrentUser, batch_id: str) -> tuple[Happening, ...]:
    """Everything that happened to an import, oldest first; edits of one person in a row are one line.

    Raises Refusal `not-found`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        found = chain(
            _recorded(session, batch.id),
            _edits(session, batch.id),
            _mails(session, batch.id),
            _again(session, batch),
        )
        return tuple(_merged(sorted(found, key=lambda happening: happening.at)))


def last_happening(user: CurrentUser, batch_id: str) -> str:
    """A word that is another one once something has happened to an import, or to one in which its rejected
    rows come back. That somebody downloads files, or edits such a draft, changes nothing. Raises Refusal
    `not-found`.
    """
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        own, action = col(AuditEntry.subject) == batch.id, col(AuditEntry.action)
        query = select(func.max(col(AuditEntry.id))).where(
            col(AuditEntry.subject).in_([batch.id, *_bringing_back(session, batch)]),
            action != Event.DOWNLOADED,
            or_(own, action.not_in(_OF_A_DRAFT)),
        )
        return str(session.execute(query).scalar_one() or 0)


def _bringing_back(session: Session, batch: Batch) -> set[str]:
    """The imports, drafts too, in which rejected rows of this one may come back: those that bring back rows
    of it, of one that it brings back itself, or of such a one, and so on."""
    if not batch.rows_rejected or batch.posted_at is None:
        return set()
    family, earlier = {batch.id}, set(batch.continues)
    while earlier:
        family |= earlier
        query = select(col(Batch.continues)).where(col(Batch.id).in_(earlier))
        earlier = set(chain(*session.execute(query).scalars())) - family
    later = or_(col(Batch.posted_at).is_(None), col(Batch.posted_at) >= batch.posted_at)
    latest = set(family)
    while latest:
        names = [cast(col(Batch.continues), String).contains(one) for one in sorted(latest)]
        following = select(col(Batch.id)).where(col(Batch.type) == batch.type, later, or_(*names))
        latest = set(session.execute(following).scalars()) - family
        family |= latest
    return family - {batch.id}


def _recorded(session: Session, batch_id: str) -> Iterator[Happening]:
    query = (
        select(AuditEntry, col(User.name))
        .outerjoin(User, col(User.id) == col(AuditEntry.user_id))
        .where(col(AuditEntry.subject) == batch_id, col(AuditEntry.action).not_in(_OF_THE_JOURNAL))
        .order_by(col(AuditEntry.id))
    )
    for entry, name in session.execute(query):
        what = audit_trail.title(entry.action)
        yield _once(entry.at, what, name or "", audit_words.line(entry.details))


def _edits(session: Session, batch_id: str) -> Iterator[Happening]:
    query = (
        select(col(Edit.at), col(Edit.kind), col(Edit.label), col(User.name))
        .join(User, col(User.id) == col(Edit.user_id))
        .where(col(Edit.batch_id) == batch_id)
        .order_by(col(Edit.seq))
    )
    for at, kind, label, name in session.execute(query):
        yield _once(at, audit_trail.title(event_of(kind)), name, in_words(label)[: audit_words.LONGEST_LINE])


def _mails(session: Session, batch_id: str) -> Iterator[Happening]:
    query = (
        select(Message, col(User.name))
        .join(User, col(User.id) == col(Message.user_id))
        .where(col(Message.batch_id) == batch_id)
        .order_by(col(Message.id))
    )
    for mail, name in session.execute(query):
        sent = mail.status == MessageStatus.SENT and mail.sent_at is not None
        yield _once(
            mail.sent_at if sent else mail.created_at,
            _("Mailed") if sent else _("Mail written"),
            name,
            mail.subject,
        )


def _again(session: Session, batch: Batch) -> Iterator[Happening]:
    """What was reversed in one import and imported again in another, told in both."""
    for one in reimports.coming_again(session, batch.id):
        what = ALL[batch.type].counted(one.documents)
        detail = (
            _("{what} reversed here, imported again in {file_name}", what=what, file_name=one.file_name)
            if one.here_first
            else _(
                "{what} imported here again, reversed before in {file_name}",
                what=what,
                file_name=one.file_name,
            )
        )
        yield _once(one.at, _("Imported again"), one.by, detail)


def _once(at: datetime, what: str, who: str, detail: str) -> Happening:
    return Happening(at=at, until=at, what=what, who=who, detail=detail)


def _merged(happenings: list[Happening]) -> Iterator[Happening]:
    """The same, with what one person did of one kind in a row as one line."""
    last: Happening | None = None
    for happening in happenings:
        if last and last.what in _MERGED and (last.what, last.who) == (happening.what, happening.who):
            last = replace(last, until=happening.at, times=last.times + 1, detail="")
            continue
        if last:
            yield last
        last = happening
    if last:
        yield last

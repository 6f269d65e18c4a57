"""Drafts from the database: the file as it was read, and its journal replayed over it."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.ledger import corrections
from komet_import.ledger.alone import posted_alone
from komet_import.ledger.models import (
    Batch,
    BatchFile,
    Edit,
    User,
)
from komet_import.ledger.reference import Stamp
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.given_answers import Answers
from komet_import.review.reference import Directory
from komet_import.services.draft.facts import facts_now
from komet_import.services.draft.open_draft import Opened, Step
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ALL, ImportType


def judged(
    session: Session,
    batch: Batch,
    type: ImportType,
    uploaded_by: str,
    worksheet: Worksheet,
    header: Header,
    steps: Sequence[Step],
    directory: Directory,
    stamp: Stamp,
) -> Opened:
    """A draft from its file and its journal, judged against the facts of now."""
    done = [step.changes for step in steps if not step.undone]
    draft = replayed(session, batch, type, worksheet, header, done, directory)
    facts, judgement = facts_now(session, draft, directory)
    return Opened(
        batch=batch,
        type=type,
        uploaded_by=uploaded_by,
        draft=draft,
        judgement=judgement,
        reference=facts,
        stamp=stamp,
        steps=tuple(steps),
        alone=posted_alone(session, batch),
    )


def replayed(
    session: Session,
    batch: Batch,
    type: ImportType,
    worksheet: Worksheet,
    header: Header,
    done: Sequence[Changes],
    directory: Directory,
) -> Draft:
    """The rows of a batch: its file, with these changes of its journal replayed over it."""
    named = frozenset(row for changes in done for row in changes.rows)
    sheet = arrangement.arrange(worksheet, header, type, kept=named)
    draft = Draft.of(
        sheet,
        type,
        multi_location=directory.multi_location,
        worksheet=worksheet,
        origins=corrections.origins(session, batch, sheet.sheets, sheet.keys),
        answers=Answers(sheets={"": sheet.name}) if batch.reading.get("chosen") else Answers(),
        named=named,
    )
    for changes in done:
        draft = draft.apply(changes)
    return draft


def detach(session: Session, batch: Batch) -> None:
    """Let a batch outlive its session, as it was read."""
    if batch in session:
        session.expunge(batch)


def content_of(session: Session, batch_id: str) -> bytes:
    """A batch's file, as it was uploaded."""
    query = select(col(BatchFile.content)).where(col(BatchFile.batch_id) == batch_id)
    return bytes(session.execute(query).scalar_one())


def as_read(session: Session, batch: Batch) -> tuple[Worksheet, Header]:
    """A batch's file as its reading is kept: the cells, and where which columns are."""
    query = select(col(BatchFile.worksheet)).where(col(BatchFile.batch_id) == batch.id)
    stored = session.execute(query).scalar_one()
    return Worksheet.from_bytes(stored), Header.from_json(batch.reading["header"])


def loaded(session: Session, batch: Batch, directory: Directory, stamp: Stamp) -> Opened:
    """A draft from what is stored: the file as it was read, with its journal replayed, judged."""
    worksheet, header = as_read(session, batch)
    detach(session, batch)
    return judged(
        session,
        batch,
        ALL[batch.type],
        name_of(session, batch.uploaded_by),
        worksheet,
        header,
        stored_steps(session, batch.id),
        directory,
        stamp,
    )


def edits_in_order(batch_id: str) -> Select[Edit, str, str]:
    """Every edit of a batch in order, those that were undone too; who made it, and who undid it or did it
    again, where anybody did."""
    turner = aliased(User)
    return (
        select(Edit, col(User.name), col(turner.name))
        .join(User, col(User.id) == col(Edit.user_id))
        .outerjoin(turner, col(turner.id) == col(Edit.turned_by))
        .where(col(Edit.batch_id) == batch_id)
        .order_by(col(Edit.seq))
    )


def stored_steps(session: Session, batch_id: str) -> list[Step]:
    """The journal of a batch, in order, with the steps that were undone."""
    return [
        Step(
            seq=edit.seq,
            kind=edit.kind,
            label=edit.label,
            by=name,
            at=edit.at,
            undone=edit.undone_at is not None,
            dropped=edit.dropped,
            changes=Changes.from_json(edit.changes),
            hand=edit.turned_by or edit.user_id,
            hand_name=turner_name or name,
        )
        for edit, name, turner_name in session.execute(edits_in_order(batch_id))
    ]


def name_of(session: Session, user_id: int) -> str:
    """A user's name; blank for one who is not there."""
    return session.execute(select(col(User.name)).where(col(User.id) == user_id)).scalar_one_or_none() or ""

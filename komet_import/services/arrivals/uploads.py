"""Uploads: a file becomes a draft, and so do the rejected rows of an import."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import insert, select
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.ledger import audit, corrections, database, reading_memory
from komet_import.ledger.alone import posted_alone
from komet_import.ledger.audit import Event
from komet_import.ledger.models import Batch, BatchFile
from komet_import.ledger.posting import expected_of
from komet_import.ledger.states import IN_WORK
from komet_import.services.arrivals.new_batch import (
    kept_name,
    new_batch,
    read_several,
    read_unposted,
    take_totals,
)
from komet_import.services.batch_lists import unfinished
from komet_import.services.draft.control_totals import told_totals
from komet_import.services.draft.desk import DESK
from komet_import.services.draft.facts import directory_now
from komet_import.services.draft.remembered import apply_layout, apply_values
from komet_import.services.draft.revision import note_figures
from komet_import.services.draft.stored import judged
from komet_import.services.imports.rejected_rows import require_rejected, workbook_of
from komet_import.services.imports.reports import report
from komet_import.services.rights import require_right
from komet_import.sheets.files.book import TextOptions
from komet_import.sheets.files.reader import Waiting
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType


def open_file(
    user: CurrentUser,
    type: ImportType,
    file_name: str,
    content: bytes,
    *,
    sheet: str | None = None,
    sheets: Sequence[str] = (),
    text: TextOptions | None = None,
    resume: bool = True,
    waiting: Waiting | None = None,
    kept_as: str | None = None,
) -> str:
    """Keep a file as a draft; returns the batch's id. Whoever gives a new one as `kept_as` (`new_id`) knows
    the draft even where this is interrupted when it is kept already.

    Without `sheet` the first one that fits and was not imported yet is taken; `sheets` are several that are
    read as one. `text` says how a text file is to be read. With `resume`, a file that this user has uploaded
    before and not yet imported is the draft that it already is, with the edits made so far. `waiting` is
    entered while other files are being read first. Raises Refusal: `no-right`, `already-imported`, or why the
    file cannot be read.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with database.reading() as session:
        require_right(session, user, type)
        if resume and (earlier := unfinished_of(session, user, type, sha256)):
            return earlier
    added = None
    if sheets:
        worksheet, header, added = read_several(content, file_name, type, sha256, sheets)
        chosen = True
    else:
        worksheet, header, chosen = read_unposted(content, file_name, type, sha256, sheet, text, waiting)
    batch = new_batch(
        sha256, file_name, type, worksheet, header, user_id=user.id, chosen=chosen, kept_as=kept_as
    )
    taken = take_totals(batch, content, file_name, worksheet, header, type, waiting, added=added)
    return keep(user, batch, type, content, worksheet, header, taken=taken)


def fix_rejected(user: CurrentUser, batch_id: str) -> str:
    """The rejected rows of a posted batch that nobody has corrected, as a draft of their own; returns its id.

    Whoever began that before goes on with it. Raises Refusal `not-found`, or `nothing-rejected`.
    """
    found = report(user, batch_id)
    require_rejected(found)
    name = f"rejected-{batch_id[:8]}-{found.batch.file_name}"
    for draft in unfinished(user):
        if draft.mine and draft.batch.file_name == kept_name(name):
            return draft.batch.id
    return open_file(user, found.type, name, workbook_of(found), resume=False)


def keep(
    user: CurrentUser,
    batch: Batch,
    type: ImportType,
    content: bytes,
    worksheet: Worksheet,
    header: Header,
    *,
    taken: str = "",
) -> str:
    """Keep a new batch with its file, and read it as such a layout was read before; returns its id. `taken`
    is where the file says what it comes to, if it does."""
    with database.reading() as session:
        require_right(session, user, type)
        directory, stamp = directory_now(session)
        opened = judged(session, batch, type, user.name, worksheet, header, [], directory, stamp)
        batch.continues = corrections.continued(opened.draft.origins)
        if batch.continues:
            opened = replace(opened, alone=posted_alone(session, batch))
        remembered = reading_memory.recall(session, type, header)
    if remembered:
        batch.reading = {**batch.reading, "remembered": remembered.to_json()}
    note_figures(batch, opened)
    file = {"batch_id": batch.id, "content": content, "worksheet": worksheet.to_bytes()}
    with database.work() as session:
        session.add(batch)
        session.flush()
        session.execute(insert(BatchFile).values(**file))
        told = {"file": batch.file_name, "sha256": batch.sha256}
        audit.record(session, what=Event.UPLOADED, by=user.id, about=batch.id, details=told)
        if taken:
            said = {"taken from": taken, "before": {}, "after": told_totals(expected_of(batch))}
            audit.record(session, what=Event.EXPECTED, by=user.id, about=batch.id, details=said)
    session.expunge_all()
    DESK.keep(opened)
    if remembered:
        apply_layout(user, batch.id, remembered)
    apply_values(user, batch.id)
    return batch.id


def unfinished_of(
    session: Session, user: CurrentUser, type: ImportType, sha256: str, *, table: str | None = None
) -> str | None:
    """The draft that a file is already; with `table`, that of a table beside the one of its sheet."""
    of = col(Batch.reading)["table"].as_string()
    return (
        session.execute(
            select(col(Batch.id))
            .where(
                col(Batch.sha256) == sha256,
                col(Batch.type) == type.slug,
                col(Batch.status).in_(IN_WORK),
                col(Batch.uploaded_by) == user.id,
                of.is_(None) if table is None else of == table,
            )
            .order_by(col(Batch.uploaded_at).desc())
        )
        .scalars()
        .first()
    )

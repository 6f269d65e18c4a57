"""The tables of the evidence of an import: rows, edits, messages, and its entries of the audit trail."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.clock import told_time
from komet_import.language import _, marked
from komet_import.ledger import audit_trail
from komet_import.ledger.models import (
    BY_MEMORY,
    Adjustment,
    AuditEntry,
    AuditSeal,
    Batch,
    Edit,
    Message,
    User,
)
from komet_import.outbox.queries import state_of
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.issues import told_again
from komet_import.services.draft.facts import directory_now
from komet_import.services.draft.step_record import told_parts
from komet_import.services.draft.step_words import in_words
from komet_import.services.draft.stored import as_read, edits_in_order, replayed
from komet_import.services.imports.reports import Report, ReportRow
from komet_import.sheets.workbooks.listing import Cell, SheetTable
from komet_import.types import ALL

OUTCOMES = {"rejected": marked("rejected"), "left-out": marked("excluded"), "set-aside": marked("set aside")}
"""What became of a row that was not posted, in the words of the screen."""
KINDS = {
    "set": marked("edit"),
    "fix": marked("bulk edit"),
    "exclude": marked("exclusion"),
    "restore": marked("inclusion"),
    "confirm": marked("confirmation"),
    "answer": marked("answer"),
    "take-back": marked("undo"),
    **dict.fromkeys(BY_MEMORY, marked("as before")),
}
"""What a step of the journal is."""
LONGEST = 30_000
"""So many characters of an entry's details stand in a cell; its hash is of all of them."""


def rows_table(session: Session, found: Report) -> SheetTable:
    """Every row: what the file said, what it said in the end, and what became of it."""
    draft = _replayed(session, found.batch)
    unposted = {row.row: row for row in (*found.rejected, *found.left_out, *found.set_aside)}
    query = select(col(Adjustment.row), col(Adjustment.id)).where(
        col(Adjustment.batch_id) == found.batch.id, col(Adjustment.reverses_id).is_(None)
    )
    ids = {row: made or 0 for row, made in session.execute(query)}
    columns = draft.columns
    final = [draft.rows[name].tolist() for name in columns]
    before = [
        draft.sheet.rows[name].tolist() if name in draft.sheet.rows else [""] * len(draft.rows)
        for name in columns
    ]
    numbers = draft.rows.index.tolist()

    def lines() -> Iterator[Sequence[Cell]]:
        for place, number in enumerate(numbers):
            row = unposted.get(number)
            yield [
                number,
                _outcome(found, row),
                ids.get(number, ""),
                *(texts[place] for texts in before),
                *(texts[place] for texts in final),
                " ".join(told_again(issue) for issue in row.issues) if row else "",
                _("{file_name}, row {row}", file_name=row.corrected.file_name, row=row.corrected.row)
                if row and row.corrected
                else "",
            ]

    return SheetTable(
        title=_("Rows"),
        headings=[
            (_("Row"), 8),
            (_("Outcome"), 12),
            (_("Adjustment"), 12),
            *((_("{name} in the file", name=_(name)), 22) for name in columns),
            *((_("{name} in the end", name=_(name)), 22) for name in columns),
            (_("Reasons"), 60),
            (_("Corrected in"), 30),
        ],
        rows=lines(),
    )


def _outcome(found: Report, row: ReportRow | None) -> str:
    return _(found.type.done) if row is None else _(OUTCOMES.get(row.outcome, row.outcome))


def _replayed(session: Session, batch: Batch) -> Draft:
    worksheet, header = as_read(session, batch)
    done = session.execute(
        select(col(Edit.changes))
        .where(col(Edit.batch_id) == batch.id, col(Edit.undone_at).is_(None))
        .order_by(col(Edit.seq))
    ).scalars()
    return replayed(
        session,
        batch,
        ALL[batch.type],
        worksheet,
        header,
        [Changes.from_json(changes) for changes in done],
        directory_now(session)[0],
    )


def edits_table(session: Session, batch_id: str) -> SheetTable:
    """Every edit, answer, confirmation and override, part by part, those that were undone too."""

    def lines() -> Iterator[Sequence[Cell]]:
        for edit, name, turned in session.execute(edits_in_order(batch_id)).all():
            undone = (
                _("undone {time} by {turned}", time=told_time(edit.undone_at), turned=turned or name)
                if edit.undone_at
                else ""
            )
            changes = Changes.from_json(edit.changes)
            at, words = told_time(edit.at), in_words(edit.label, changes)
            kind = _(KINDS.get(edit.kind, edit.kind))
            for what, before, after in told_parts(changes):
                yield [edit.seq, at, name, kind, words, what, before or "", after or "", undone]

    return SheetTable(
        title=_("Edits"),
        headings=[
            (_("Edit no."), 10), (_("At"), 24), (_("By"), 22), (_("Kind"), 12), (_("What"), 40),
            (_("Where"), 28), (_("Before"), 28), (_("After"), 28), (_("State"), 30),
        ],
        rows=list(lines()),
    )  # fmt: skip


def messages_table(session: Session, batch_id: str) -> SheetTable:
    """Every mail about an import, with what it says."""
    query = select(Message).where(col(Message.batch_id) == batch_id).order_by(col(Message.id))
    return SheetTable(
        title=_("Messages"),
        headings=[
            (_("Written"), 24),
            (_("To"), 32),
            (_("Subject"), 60),
            (_("State"), 12),
            (_("Sent"), 24),
            (_("Text"), 90),
        ],
        rows=[
            [
                told_time(mail.created_at),
                mail.recipient,
                mail.subject,
                state_of(mail),
                _when(mail.sent_at),
                mail.text[:LONGEST],
            ]
            for mail in session.execute(query).scalars()
        ],
    )


def _when(at: datetime | None) -> str:
    return told_time(at) if at else ""


def chain_table(session: Session, batch_id: str) -> SheetTable:
    """The entries of the audit trail about this import, each with its hash and the one before it."""
    earlier = aliased(AuditSeal)
    query = (
        select(AuditEntry, col(User.username), col(AuditSeal.place), col(AuditSeal.hash), col(earlier.hash))
        .outerjoin(User, col(User.id) == col(AuditEntry.user_id))
        .outerjoin(AuditSeal, col(AuditSeal.entry_id) == col(AuditEntry.id))
        .outerjoin(earlier, col(earlier.place) == col(AuditSeal.place) - 1)
        .where(col(AuditEntry.subject) == batch_id)
        .order_by(col(AuditEntry.id))
    )

    def line(
        entry: Any, username: str | None, place: int | None, seal: str | None, before: str | None
    ) -> Any:
        return [
            entry.id,
            entry.at.isoformat(timespec="microseconds"),
            username or "",
            entry.user_id or "",
            _(audit_trail.title(entry.action)),
            entry.action,
            json.dumps(entry.details, sort_keys=True, separators=(",", ":"))[:LONGEST],
            entry.address,
            place or "",
            before or "",
            seal or "",
        ]

    return SheetTable(
        title=_("Audit chain"),
        headings=[
            (_("Entry"), 10), (_("At"), 30), (_("User"), 16), (_("User id"), 8),
            (_("What"), 28), (_("Action"), 18),
            (_("Details"), 60), (_("From"), 16), (_("Place"), 8), (_("Hash before"), 68), (_("Hash"), 68),
        ],
        rows=[line(*found) for found in session.execute(query)],
    )  # fmt: skip

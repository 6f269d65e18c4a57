"""Evidence of an import, for who examines it: everything that is known of it in one workbook, or as a page to
print, and the file as it came.

Every row stands with what the file said and what it said in the end, beside what became of it; every edit
with its person and time; every message; and the entries of the audit trail with the hashes that chain them:
each hash is made of the one before and of what its entry says (`ledger.audit_chain`), so each link can be
computed again, and the head says how the whole chain ended when this was made.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _, marked, ngettext
from komet_import.ledger import audit_trail, database
from komet_import.ledger.models import (
    Adjustment,
    AuditEntry,
    AuditHead,
    AuditSeal,
    Batch,
    BatchFile,
    Edit,
    Message,
    User,
    now,
)
from komet_import.review.draft import Draft
from komet_import.review.edits import Changes
from komet_import.review.issues import told_again
from komet_import.services.facts import directory_now
from komet_import.services.reports import Report, ReportRow, report
from komet_import.services.rights import visible
from komet_import.services.step_record import parts_of
from komet_import.services.step_words import in_words
from komet_import.services.stored import edits_in_order, name_of, replayed
from komet_import.settings import settings
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.workbooks.listing import Cell, Table, write_tables
from komet_import.sheets.workbooks.printable import write_page
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ALL
from komet_import.types.schema import money

OUTCOMES = {"rejected": marked("rejected"), "left-out": marked("excluded"), "set-aside": marked("set aside")}
"""What became of a row that was not posted, in the words of the screen."""
LONGEST = 30_000
"""So many characters of an entry's details stand in a cell; its hash is of all of them."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known of an import: what is told about it, and its tables."""

    file_name: str
    about: dict[str, str]
    tables: tuple[Table, ...]


def evidence_workbook(user: CurrentUser, batch_id: str) -> tuple[str, bytes]:
    """The evidence as a workbook (.xlsx), with the name of the file it is of. Raises Refusal `not-found`."""
    made = _evidence(user, batch_id)
    return made.file_name, write_tables(_("Evidence"), made.about, made.tables)


def evidence_page(user: CurrentUser, batch_id: str) -> tuple[str, bytes]:
    """The same as a page to print (HTML). Raises Refusal `not-found`."""
    made = _evidence(user, batch_id)
    return made.file_name, write_page(
        _("Evidence: {file_name}", file_name=made.file_name), made.about, made.tables
    )


def original_file(user: CurrentUser, batch_id: str) -> tuple[str, bytes]:
    """The file of an import or a draft as it was uploaded. Raises Refusal `not-found`."""
    with database.reading() as session:
        batch = visible(session, user, batch_id)
        query = select(col(BatchFile.content)).where(col(BatchFile.batch_id) == batch.id)
        return batch.file_name, bytes(session.execute(query).scalar_one())


def _evidence(user: CurrentUser, batch_id: str) -> Evidence:
    found = report(user, batch_id)
    with database.reading() as session:
        head = session.execute(select(AuditHead)).scalar_one()
        about = _about(session, user, found, head)
        tables = (
            _rows(session, found),
            _edits(session, batch_id),
            _messages(session, batch_id),
            _chain(session, batch_id),
        )
    return Evidence(file_name=found.batch.file_name, about=about, tables=tables)


def _about(session: Session, user: CurrentUser, found: Report, head: AuditHead) -> dict[str, str]:
    batch, receipt = found.batch, found.receipt
    tallies = {
        _("Rows read"): receipt.read,
        _(found.type.done).capitalize(): receipt.posted,
        _("Unchanged"): receipt.unchanged,
        _("Rejected"): receipt.rejected,
        _("Excluded"): receipt.left_out,
        _("Confirmed, of the imported"): receipt.confirmed,
    }
    expected = receipt.expected_sentence or _("No control totals were given.")
    return {
        _("System"): "Komet Import",
        _("Company"): settings().company,
        _("Made"): told_time(now()),
        _("Made by"): f"{user.name} ({user.username})",
        _("Import"): batch.id,
        _("Type"): _(found.type.title),
        _("File"): batch.file_name,
        _("SHA-256 of the file"): batch.sha256,
        _("Uploaded"): _(
            "{time} by {uploaded_by}", time=told_time(batch.uploaded_at), uploaded_by=found.uploaded_by
        ),
        **_hands(session, batch),
        _("Imported") if not receipt.prepared_by else _("Approved and imported"): (
            _("{time} by {posted_by}", time=told_time(receipt.posted_at), posted_by=receipt.posted_by)
        ),
        **{
            name: f"{tally.rows:,}" + ("" if tally.amount is None else f" · {money(tally.amount)}")
            for name, tally in tallies.items()
            if tally.rows or name == "Rows read"
        },
        _("Not in these sums"): " ".join(receipt.apart.sentences) or _("nothing"),
        _("Control totals"): expected,
        _("Reversed"): ngettext("{count:,} row", "{count:,} rows", batch.rows_reversed)
        if batch.rows_reversed
        else _("no"),
        _("Head of the audit chain"): _("{entries:,} entries, {hash}", entries=head.entries, hash=head.hash),
        _("How to check it"): _(
            "python -m komet_import audit verify --seal HASH, with the hash of the head or of an entry below"
        ),
    }


def _hands(session: Session, batch: Batch) -> dict[str, str]:
    """Who edited it and who asked for approval, where anybody did."""
    query = select(col(User.name)).join(Edit, col(Edit.user_id) == col(User.id)).distinct()
    edited = sorted(session.execute(query.where(col(Edit.batch_id) == batch.id)).scalars())
    said = {_("Edited by"): ", ".join(edited)} if edited else {}
    if batch.prepared_by and batch.prepared_at:
        said[_("Sent for approval")] = _(
            "{time} by {name}",
            time=told_time(batch.prepared_at),
            name=name_of(session, batch.prepared_by),
        )
    return said


def _rows(session: Session, found: Report) -> Table:
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

    return Table(
        title=_("Rows"),
        headings=[
            (_("Row"), 8),
            (_("Outcome"), 12),
            (_("Adjustment"), 12),
            *((_("{name} in the file", name=name), 22) for name in columns),
            *((_("{name} in the end", name=name), 22) for name in columns),
            (_("Reasons"), 60),
            (_("Corrected in"), 30),
        ],
        rows=lines(),
    )


def _outcome(found: Report, row: ReportRow | None) -> str:
    return _(found.type.done) if row is None else _(OUTCOMES.get(row.outcome, row.outcome))


def _replayed(session: Session, batch: Batch) -> Draft:
    stored = session.execute(
        select(col(BatchFile.worksheet)).where(col(BatchFile.batch_id) == batch.id)
    ).scalar_one()
    done = session.execute(
        select(col(Edit.changes))
        .where(col(Edit.batch_id) == batch.id, col(Edit.undone_at).is_(None))
        .order_by(col(Edit.seq))
    ).scalars()
    return replayed(
        session,
        batch,
        ALL[batch.type],
        Worksheet.from_bytes(stored),
        Header.from_json(batch.reading["header"]),
        [Changes.from_json(changes) for changes in done],
        directory_now(session)[0],
    )


def _edits(session: Session, batch_id: str) -> Table:
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
            for what, before, after in parts_of(changes):
                yield [edit.seq, at, name, edit.kind, words, what, before or "", after or "", undone]

    return Table(
        title=_("Edits"),
        headings=[
            (_("Edit"), 8), (_("At"), 24), (_("By"), 22), (_("Kind"), 12), (_("What"), 40),
            (_("Where"), 28), (_("Before"), 28), (_("After"), 28), (_("State"), 30),
        ],
        rows=list(lines()),
    )  # fmt: skip


def _messages(session: Session, batch_id: str) -> Table:
    query = select(Message).where(col(Message.batch_id) == batch_id).order_by(col(Message.id))
    return Table(
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
                str(mail.status),
                _when(mail.sent_at),
                mail.text[:LONGEST],
            ]
            for mail in session.execute(query).scalars()
        ],
    )


def _when(at: datetime | None) -> str:
    return told_time(at) if at else ""


def _chain(session: Session, batch_id: str) -> Table:
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
            audit_trail.title(entry.action),
            entry.action,
            json.dumps(entry.details, sort_keys=True, separators=(",", ":"))[:LONGEST],
            entry.address,
            place or "",
            before or "",
            seal or "",
        ]

    return Table(
        title=_("Audit chain"),
        headings=[
            (_("Entry"), 10), (_("At"), 30), (_("User"), 16), (_("User id"), 8),
            (_("What"), 28), (_("Action"), 18),
            (_("Details"), 60), (_("From"), 16), (_("Place"), 8), (_("Hash before"), 68), (_("Hash"), 68),
        ],
        rows=[line(*found) for found in session.execute(query)],
    )  # fmt: skip

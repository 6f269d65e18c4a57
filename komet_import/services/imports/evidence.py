"""Evidence of an import, for who examines it: everything that is known of it in one workbook, or as a page to
print, and the file as it came.

Every row stands with what the file said and what it said in the end, beside what became of it; every edit
with its person and time; every message; and the entries of the audit trail with the hashes that chain them:
each hash is made of the one before and of what its entry says (`ledger.audit_chain`), so each link can be
computed again, and the head says how the whole chain ended when this was made.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from komet_import.access.users import CurrentUser
from komet_import.clock import told_time
from komet_import.language import _, ngettext
from komet_import.ledger import database
from komet_import.ledger.models import (
    AuditHead,
    Batch,
    Edit,
    User,
    now,
)
from komet_import.services.draft.stored import content_of, name_of
from komet_import.services.imports.evidence_tables import chain_table, edits_table, messages_table, rows_table
from komet_import.services.imports.reports import Report, report
from komet_import.services.rights import visible
from komet_import.settings import settings
from komet_import.sheets.workbooks.listing import SheetTable, write_tables
from komet_import.sheets.workbooks.printable import write_page


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """All that is known of an import: what is told about it, and its tables."""

    file_name: str
    about: dict[str, str]
    tables: tuple[SheetTable, ...]


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
        return batch.file_name, content_of(session, batch.id)


def _evidence(user: CurrentUser, batch_id: str) -> Evidence:
    found = report(user, batch_id)
    with database.reading() as session:
        head = session.execute(select(AuditHead)).scalar_one()
        about = _about(session, user, found, head)
        tables = (
            rows_table(session, found),
            edits_table(session, batch_id),
            messages_table(session, batch_id),
            chain_table(session, batch_id),
        )
    return Evidence(file_name=found.batch.file_name, about=about, tables=tables)


def _about(session: Session, user: CurrentUser, found: Report, head: AuditHead) -> dict[str, str]:
    batch, receipt = found.batch, found.receipt
    tallies = {
        _("Rows read"): receipt.read,
        **receipt.posted_parts(found.type),
        _("Unchanged"): receipt.unchanged,
        _("Rejected"): receipt.rejected,
        _("Excluded"): receipt.left_out,
        _("Confirmed, of the imported"): receipt.confirmed,
    }
    expected = receipt.expected_sentence or _("No control totals were given.")
    return {
        _("System"): "Komet Import",
        _("Company"): settings().told_company,
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
        _("Imported on") if not receipt.prepared_by else _("Approved and imported"): (
            _("{time} by {posted_by}", time=told_time(receipt.posted_at), posted_by=receipt.posted_by)
        ),
        **{
            name: f"{tally.rows:,}{tally.appended}"
            for name, tally in tallies.items()
            if tally.rows or tally is receipt.read
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

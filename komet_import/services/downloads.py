"""Files that people take away: each holds people's data, so each is asked for by name, at that moment.

What was taken, by whom and when stands in the audit trail before the file is handed over.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from komet_import.access.users import CurrentUser
from komet_import.ledger import audit, database
from komet_import.ledger.audit import Event
from komet_import.ledger.models import now
from komet_import.services.arrivals.samples import sample
from komet_import.services.download_address import no_such_file
from komet_import.services.imports.evidence import evidence_page, evidence_workbook, original_file
from komet_import.services.imports.import_history import history_workbook
from komet_import.services.imports.rejected_rows import workbook_of
from komet_import.services.imports.reports import report
from komet_import.services.ledger_workbooks import (
    adjustments_workbook,
    balances_workbook,
    statement_workbook,
)
from komet_import.services.trail.audit_trail import trail_workbook
from komet_import.services.trail.trail_filter import filter_of
from komet_import.types import ALL, ImportType


class File(StrEnum):
    """What can be taken away: of an import type, of a batch (REJECTED, EVIDENCE, the same as a page to print,
    and the ORIGINAL file as it was uploaded), of the audit trail and of the imports what a filter lets
    through (AUDIT, HISTORY), or of the ledger: the balances of a location, a customer's statement, the
    adjustments of some days.
    """

    SAMPLE = "sample"
    EXISTING = "existing"
    REJECTED = "rejected"
    AUDIT = "audit"
    HISTORY = "history"
    BALANCES = "balances"
    STATEMENT = "statement"
    ADJUSTMENTS = "adjustments"
    EVIDENCE = "evidence"
    EVIDENCE_PAGE = "evidence-page"
    ORIGINAL = "original"


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file under the name that it is saved as: a workbook (.xlsx) unless its `media` say otherwise."""

    name: str
    content: bytes
    media: str = EXCEL


def download(user: CurrentUser, file: File, of: str) -> Download:
    """A file of the type with that slug, the batch with that id, or whatever else `of` names, made with the
    rights of now.

    Raises Refusal `not-found`, `no-right`, `no-existing-records`, `too-many`.
    """
    made = _made(user, file, of)
    with database.transaction() as session:
        told: dict[str, object] = {"file": made.name, "bytes": len(made.content)}
        filtered = file in (File.AUDIT, File.HISTORY)
        if filtered:
            told["filter"] = of
        about = "" if filtered else of
        audit.record(session, what=Event.DOWNLOADED, by=user.id, about=about, details=told)
    return made


def _made(user: CurrentUser, file: File, of: str) -> Download:
    if file is File.REJECTED:
        found = report(user, of)
        name = PurePath(found.batch.file_name).stem
        return Download(name=f"rejected-{name}.xlsx", content=workbook_of(found))
    if file is File.AUDIT:
        name = f"audit-trail-{now():%Y-%m-%d}.xlsx"
        return Download(name=name, content=trail_workbook(user, filter_of(of)))
    if file is File.HISTORY:
        return Download(name=f"imports-{now():%Y-%m-%d}.xlsx", content=history_workbook(user, of))
    if file is File.BALANCES:
        return Download(name="balances.xlsx", content=balances_workbook(user, of))
    if file is File.STATEMENT:
        code, content = statement_workbook(user, of)
        return Download(name=f"statement-{code}.xlsx", content=content)
    if file is File.ADJUSTMENTS:
        return Download(name=f"adjustments-{of}.xlsx", content=adjustments_workbook(user, of))
    if file is File.EVIDENCE:
        name, content = evidence_workbook(user, of)
        return Download(name=f"evidence-{PurePath(name).stem}.xlsx", content=content)
    if file is File.EVIDENCE_PAGE:
        name, content = evidence_page(user, of)
        return Download(name=f"evidence-{PurePath(name).stem}.html", content=content, media="text/html")
    if file is File.ORIGINAL:
        name, content = original_file(user, of)
        return Download(name=name, content=content, media="application/octet-stream")
    with_existing = file is File.EXISTING
    content = sample(user, _type(of), with_existing=with_existing)
    return Download(name=f"{of}-{'existing' if with_existing else 'sample'}.xlsx", content=content)


def _type(slug: str) -> ImportType:
    if slug not in ALL:
        raise no_such_file()
    return ALL[slug]

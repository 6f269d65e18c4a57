"""The rejected rows of an import as a workbook, to be corrected there and imported again."""

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.refusal import Refusal
from komet_import.review.issues import told_again
from komet_import.services.imports.reports import Report, real_values, report
from komet_import.settings import settings
from komet_import.sheets.row_keys import row_key
from komet_import.sheets.workbooks import rejected


def rejected_workbook(user: CurrentUser, batch_id: str) -> bytes:
    """The rejected rows of a posted batch with their reasons, ready to be fixed and imported again; without
    those that were. Raises Refusal `nothing-rejected` where none is left.
    """
    return workbook_of(report(user, batch_id))


def workbook_of(found: Report) -> bytes:
    """The same of a report. Raises Refusal `nothing-rejected`."""
    require_rejected(found)
    return rejected.write_rejected(
        found.type,
        [
            rejected.RejectedRow(
                row=r.row,
                place=r.place,
                cells=r.cells,
                issues=[(i["column"], told_again(i)) for i in r.issues],
                values=real_values(found.type, r),
                key=row_key(found.batch.id, r.row, found.batch.sha256),
            )
            for r in found.left
        ],
        currency=settings().currency,
    )


def require_rejected(found: Report) -> None:
    """Raises Refusal `nothing-rejected` where no row of a report is left to fix."""
    if found.left:
        return
    if found.rejected:
        raise Refusal(
            "nothing-rejected", _("Every rejected row of this import was corrected or dropped already.")
        )
    raise Refusal("nothing-rejected", _("No row of this import was rejected; there is nothing to fix."))

"""The front door: open a sheet, edit it, post it, read its report. Every use case, each one transaction.

Whoever comes in — a page, the terminal — comes through here, with a user whose rights are read again from
the database. What a use case may refuse is a `Refusal` with one sentence.
"""

from komet_import.importing.deleting import Deleted, Work, deleted, discard, may_delete, restore, work_on
from komet_import.importing.desk import TERMINAL, Opened, Step, Terminal, issues, view
from komet_import.importing.downloads import Download, File, download
from komet_import.importing.editing import (
    KEPT_CLIENTS,
    Conflict,
    Outcome,
    Sender,
    answer,
    apply_fix,
    leave_out,
    redo,
    set_cells,
    take_back,
    take_in,
    undo,
)
from komet_import.importing.expecting import expect
from komet_import.importing.opening import check, choose_sheet, mend_rejected, open_file, sample
from komet_import.importing.posting import post, report_url
from komet_import.importing.reports import (
    Listed,
    Report,
    ReportRow,
    history,
    just_posted,
    rejected_workbook,
    report,
    unfinished,
)
from komet_import.importing.reversing import LONGEST_REASON, reverse, reversed_when

__all__ = [
    "KEPT_CLIENTS",
    "LONGEST_REASON",
    "TERMINAL",
    "Conflict",
    "Deleted",
    "Download",
    "File",
    "Listed",
    "Opened",
    "Outcome",
    "Report",
    "ReportRow",
    "Sender",
    "Step",
    "Terminal",
    "Work",
    "answer",
    "apply_fix",
    "check",
    "choose_sheet",
    "deleted",
    "discard",
    "download",
    "expect",
    "history",
    "issues",
    "just_posted",
    "leave_out",
    "may_delete",
    "mend_rejected",
    "open_file",
    "post",
    "redo",
    "rejected_workbook",
    "report",
    "report_url",
    "restore",
    "reverse",
    "reversed_when",
    "sample",
    "set_cells",
    "take_back",
    "take_in",
    "undo",
    "unfinished",
    "view",
    "work_on",
]

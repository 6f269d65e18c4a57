"""The front door: open a sheet, edit it, post it, read its report. Every use case, each one transaction.

Pages and the terminal come in here, as a user whose rights are read again; a `Refusal` says why not.
"""

from komet_import.services.arrivals.file_check import check
from komet_import.services.arrivals.other_readings import (
    choose_sheet,
    choose_sheets,
    choose_table,
    read_as_type,
    read_text_as,
)
from komet_import.services.arrivals.samples import sample
from komet_import.services.arrivals.uploads import fix_rejected, open_file
from komet_import.services.arrivals.waiting_sheets import OtherSheet, other_sheets
from komet_import.services.batch_lists import Listed, unfinished
from komet_import.services.company.accounting_periods import close_period, periods, reopen_period
from komet_import.services.company.first_steps import FirstSteps, first_steps
from komet_import.services.company.location_list import (
    add_location,
    all_locations,
    change_location,
    remove_location,
)
from komet_import.services.company.messages import (
    mail_again,
    mail_queue,
    mail_server,
    mail_test,
    mail_troubled,
    message,
    messages,
    send_message,
    unread,
)
from komet_import.services.company.messages import read as read_message
from komet_import.services.company.own_sessions import (
    forget_browser,
    password_changed,
    read_in,
    sign_out_everywhere,
    signed_in_browsers,
    trusted_browsers,
)
from komet_import.services.company.user_accounts import (
    add_user,
    all_users,
    deactivate,
    reactivate,
    reset_password,
    set_roles,
)
from komet_import.services.download_address import EVERYWHERE
from komet_import.services.downloads import Download, File, download
from komet_import.services.draft.acknowledgements import Acknowledged, acknowledged
from komet_import.services.draft.control_totals import LONGEST_WHY, expect, override
from komet_import.services.draft.control_totals import explained as totals_explained
from komet_import.services.draft.deletion import Deleted, Work, deleted, discard, may_delete, restore, work_on
from komet_import.services.draft.desk import version, view
from komet_import.services.draft.differences import Difference, Seen
from komet_import.services.draft.edits import (
    answer,
    answer_all,
    apply_fix,
    confirm,
    leave_out,
    propose,
    set_cells,
    take_in,
)
from komet_import.services.draft.freshness import drafts
from komet_import.services.draft.journal import OVERTAKEN, Conflict, Holds, Outcome, redo, take_back, undo
from komet_import.services.draft.open_draft import Opened, Step, issues, open_questions
from komet_import.services.draft.remembered import (
    forget_layout,
    forget_value,
    is_remembered,
    remembered_layouts,
    remembered_values,
    standing_values,
    undo_values,
)
from komet_import.services.draft.revision import KEPT_CLIENTS, Sender
from komet_import.services.history_filter import HistoryFilter, State
from komet_import.services.history_filter import address_of as history_address
from komet_import.services.imports.drop_decision import drop_rows, take_back_rows
from komet_import.services.imports.import_history import PAGE as HISTORY_PAGE
from komet_import.services.imports.import_history import History, OpenRows, anything_imported, history, people
from komet_import.services.imports.import_volume import Span, imported_in, months, weeks
from komet_import.services.imports.posted_rows import posted_rows
from komet_import.services.imports.rejected_rows import rejected_workbook
from komet_import.services.imports.replaced import Replaced, replaced_values, was_edited
from komet_import.services.imports.reports import Report, ReportRow, just_posted, neighbors, report
from komet_import.services.imports.returned_rows import Returned, returned
from komet_import.services.imports.timeline import Happening, last_happening, timeline
from komet_import.services.ledger_workbooks import Range, count_adjustments
from komet_import.services.news.approval_news import review_url
from komet_import.services.news.result_mail import report_url
from komet_import.services.reversal.entries import LONGEST_REASON, may_reverse, reversals, reverse, why_second
from komet_import.services.reversal.reversal_approval import (
    ReversalAsked,
    approve_reversal,
    ask_reversal,
    effect_of_request,
    return_reversal,
    reversals_asked,
    reversals_waiting_for,
    withdraw_reversal,
)
from komet_import.services.rights import TERMINAL, Terminal
from komet_import.services.start import require_sound_types
from komet_import.services.statements import balances, customer_details, customer_list, places, statement
from komet_import.services.submission.approval import (
    LONGEST_RETURN,
    ApprovalState,
    Request,
    requested,
    send,
    send_back,
    standing,
    waiting_for,
    withdraw,
)
from komet_import.services.submission.approval import reason as approval_reason
from komet_import.services.submission.draft_posting import approve, post
from komet_import.services.submission.effects import effect_of, effect_of_import
from komet_import.services.submission.promise import Overtaken
from komet_import.services.trail.audit_trail import TrailPage, audit_trail
from komet_import.services.trail.trail_filter import address_of

__all__ = [
    "EVERYWHERE",
    "HISTORY_PAGE",
    "KEPT_CLIENTS",
    "LONGEST_REASON",
    "LONGEST_RETURN",
    "LONGEST_WHY",
    "OVERTAKEN",
    "TERMINAL",
    "Acknowledged",
    "ApprovalState",
    "Conflict",
    "Deleted",
    "Difference",
    "Download",
    "File",
    "FirstSteps",
    "Happening",
    "History",
    "HistoryFilter",
    "Holds",
    "Listed",
    "OpenRows",
    "Opened",
    "OtherSheet",
    "Outcome",
    "Overtaken",
    "Range",
    "Replaced",
    "Report",
    "ReportRow",
    "Request",
    "Returned",
    "ReversalAsked",
    "Seen",
    "Sender",
    "Span",
    "State",
    "Step",
    "Terminal",
    "TrailPage",
    "Work",
    "acknowledged",
    "add_location",
    "add_user",
    "address_of",
    "all_locations",
    "all_users",
    "answer",
    "answer_all",
    "anything_imported",
    "apply_fix",
    "approval_reason",
    "approve",
    "approve_reversal",
    "ask_reversal",
    "audit_trail",
    "balances",
    "change_location",
    "check",
    "choose_sheet",
    "choose_sheets",
    "choose_table",
    "close_period",
    "confirm",
    "count_adjustments",
    "customer_details",
    "customer_list",
    "deactivate",
    "deleted",
    "discard",
    "download",
    "drafts",
    "drop_rows",
    "effect_of",
    "effect_of_import",
    "effect_of_request",
    "expect",
    "first_steps",
    "fix_rejected",
    "forget_browser",
    "forget_layout",
    "forget_value",
    "history",
    "history_address",
    "imported_in",
    "is_remembered",
    "issues",
    "just_posted",
    "last_happening",
    "leave_out",
    "mail_again",
    "mail_queue",
    "mail_server",
    "mail_test",
    "mail_troubled",
    "may_delete",
    "may_reverse",
    "message",
    "messages",
    "months",
    "neighbors",
    "open_file",
    "open_questions",
    "other_sheets",
    "override",
    "password_changed",
    "people",
    "periods",
    "places",
    "post",
    "posted_rows",
    "propose",
    "reactivate",
    "read_as_type",
    "read_in",
    "read_message",
    "read_text_as",
    "redo",
    "rejected_workbook",
    "remembered_layouts",
    "remembered_values",
    "remove_location",
    "reopen_period",
    "replaced_values",
    "report",
    "report_url",
    "requested",
    "require_sound_types",
    "reset_password",
    "restore",
    "return_reversal",
    "returned",
    "reversals",
    "reversals_asked",
    "reversals_waiting_for",
    "reverse",
    "review_url",
    "sample",
    "send",
    "send_back",
    "send_message",
    "set_cells",
    "set_roles",
    "sign_out_everywhere",
    "signed_in_browsers",
    "standing",
    "standing_values",
    "statement",
    "take_back",
    "take_back_rows",
    "take_in",
    "timeline",
    "totals_explained",
    "trusted_browsers",
    "undo",
    "undo_values",
    "unfinished",
    "unread",
    "version",
    "view",
    "waiting_for",
    "was_edited",
    "weeks",
    "why_second",
    "withdraw",
    "withdraw_reversal",
    "work_on",
]

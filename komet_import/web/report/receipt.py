"""The parts of the Report page: the receipt that adds up, and the rows that were not imported."""

from collections.abc import Sequence

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.ledger.models import BatchStatus
from komet_import.refusal import Refusal
from komet_import.services import File, Report, ReportRow
from komet_import.types import ImportType
from komet_import.types.schema import money
from komet_import.web.report.dropping import drop_rows
from komet_import.web.report.family import came_back, family_receipt, why_rejected
from komet_import.web.report.rejected_table import rejected_table
from komet_import.web.review.totals import expected_line
from komet_import.web.shared.download_link import download_link
from komet_import.web.shared.navigation import go_to
from komet_import.web.shared.parts import Figure, counted_rows, figures, plain, refusal

SHOWN_ROWS = 500
"""Rejected rows on the page; all of them are in the workbook."""


def headline(report: Report) -> str:
    """What became of the batch, as the page's title."""
    receipt = report.receipt
    value = "" if receipt.posted.amount is None else f" · {money(receipt.posted.amount)}"
    gone = report.batch.rows_reversed
    taken_back = " and reversed" if report.batch.status == BatchStatus.REVERSED else ""
    posted = f"{report.type.counted(receipt.posted.rows)} {report.type.done}{taken_back}{value}"
    if gone and not taken_back:
        posted += f", {gone:,} reversed"
    if receipt.unchanged.rows:
        posted += f" · {receipt.unchanged.rows:,} unchanged"
    if not receipt.rejected.rows:
        return posted
    return f"{posted}, {counted_rows(receipt.rejected.rows)} rejected"


def hands(report: Report) -> str:
    """Who imported it, and where that took two, who prepared and who approved it."""
    told = report.receipt
    if not told.prepared_by:
        return f"by {told.posted_by}"
    return f"prepared by {told.prepared_by}, approved by {told.posted_by}"


def receipt(report: Report) -> None:
    """Read = posted + unchanged + rejected + left out, in rows and in money; `unchanged` where records are
    updated.
    """
    told, done = report.receipt, report.type.done
    parts = [
        (done.capitalize(), told.posted, ":material/check_circle:"),
        ("Unchanged", told.unchanged, ":material/drag_handle:"),
        ("Rejected", told.rejected, ":material/error:"),
        ("Left out", told.left_out, ":material/do_not_disturb_on:"),
    ]
    if report.type.once:
        del parts[1]
    figures(
        [
            Figure(label=label, rows=tally.rows, amount=tally.amount, icon=icon)
            for label, tally, icon in (("Read", told.read, ":material/description:"), *parts)
        ]
    )
    st.caption("Read = " + " + ".join(label.lower() for label, _, _ in parts))
    for sentence in (told.confirmed_sentence(report.type), *told.apart.sentences):
        if sentence:
            st.caption(plain(sentence))
    expected_line(told)


def rejected(user: CurrentUser, report: Report) -> None:
    """The rejected rows with their reasons, and the workbook to mend them in."""
    if not report.rejected:
        st.success(f"Every row that was read was {_fates(report)}.", icon=":material/check:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rejected, corrected = len(report.rejected), report.family.corrected.rows
        told = [f"{corrected:,} of {rejected:,} corrected"] if corrected else []
        if dropped := report.family.dropped.rows:
            told.append(f"{dropped:,} dropped")
        st.subheader(
            " · ".join([f"Rejected rows ({rejected:,})", *filter(None, [", ".join(told)])]), anchor=False
        )
        st.space("stretch")
        drop_rows(user, report)
        if report.open:
            _fixing(user, report)
    if report.open:
        left, money_left = len(report.open), report.family.open.amount
        value = "" if not money_left else f" · {plain(money(money_left))}"
        st.caption(
            f"{counted_rows(left)} open{value}. Fix them here, or download them, fix them in Excel and "
            "upload that file. It holds only these rows."
        )
    by_fate = sorted(report.rejected, key=lambda row: (not row.fate.open, row.row))
    _table(report.type, by_fate, key="rejected")
    came_back(report.members)
    reasons, whole = st.columns(2, gap="large")
    with reasons:
        why_rejected(report)
    with whole:
        family_receipt(report)


def _fates(report: Report) -> str:
    return (
        f"{report.type.done} or left out on purpose"
        if report.type.once
        else (f"{report.type.done}, said what was known already, or was left out on purpose")
    )


def _fixing(user: CurrentUser, report: Report) -> None:
    """The two ways to correct what is left; what was corrected or dropped is in neither."""
    rows = counted_rows(len(report.open))
    download_link(f"Download {rows}", File.REJECTED, report.batch.id)
    if st.button(f"Fix {rows} here", type="primary", icon=":material/edit_note:", key="fix-here"):
        _fix(user, report)


def _fix(user: CurrentUser, report: Report) -> None:
    try:
        batch_id = services.mend_rejected(user, report.batch.id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    go_to("review", batch_id=batch_id)


def left_out(report: Report) -> None:
    """The rows that a person left out."""
    if report.left_out:
        with st.expander(f"Rows left out ({len(report.left_out):,})"):
            _table(report.type, report.left_out, key="left-out")


def set_aside(report: Report) -> None:
    """What was in the sheet and was no row to import: total rows, repeated headers, lines of text."""
    if report.set_aside:
        with st.expander(f"Rows that were set aside ({len(report.set_aside):,})"):
            _table(report.type, report.set_aside, key="set-aside")


def _table(type: ImportType, rows: Sequence[ReportRow], *, key: str) -> None:
    rejected_table(rows[:SHOWN_ROWS], type.columns_by_name, key=key)
    if len(rows) > SHOWN_ROWS:
        st.caption(plain(f"The first {SHOWN_ROWS} of {len(rows):,} rows; the workbook has them all."))

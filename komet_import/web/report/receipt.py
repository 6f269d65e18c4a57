"""The parts of the Report page: the receipt that adds up, and the rows that were not imported."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from komet_import import services
from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.models import BatchStatus
from komet_import.refusal import Refusal
from komet_import.services import File, Report, ReportRow
from komet_import.types import ImportType
from komet_import.types.money import money
from komet_import.web.report.drop_form import drop_rows
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
    taken_back = _(" and reversed") if report.batch.status == BatchStatus.REVERSED else ""
    posted = f"{report.type.told_posted(receipt.posted.rows, receipt.added)}{taken_back}{value}"
    if gone and not taken_back:
        posted += _(", {gone:,} reversed", gone=gone)
    if receipt.unchanged.rows:
        posted += _(" · {rows:,} unchanged", rows=receipt.unchanged.rows)
    if not receipt.rejected.rows:
        return posted
    return _("{posted} · {rows:,} rejected", posted=posted, rows=receipt.rejected.rows)


def hands(report: Report) -> str:
    """Who imported it, and where that took two, who prepared and who approved it."""
    told = report.receipt
    return told.hands or _("by {posted_by}", posted_by=told.posted_by)


def receipt(report: Report) -> None:
    """Read = posted + unchanged + rejected + left out, in rows and in money; `unchanged` where records are
    updated.
    """
    told = report.receipt
    parts = [
        *(
            (label, tally, ":material/check_circle:")
            for label, tally in told.posted_parts(report.type).items()
        ),
        *([] if report.type.once else [(_("Unchanged"), told.unchanged, ":material/drag_handle:")]),
        (_("Rejected"), told.rejected, ":material/error:"),
        (_("Excluded"), told.left_out, ":material/do_not_disturb_on:"),
    ]
    figures(
        [
            Figure(label=label, tally=tally, icon=icon)
            for label, tally, icon in ((_("Read"), told.read, ":material/description:"), *parts)
        ]
    )
    if told.read.rows == sum(tally.rows for _label, tally, _icon in parts):
        summands = " + ".join(label.lower() for label, _tally, _icon in parts)
        st.caption(f":material/check: {_('Adds up')}", help=_("Read = {parts}", parts=summands))
    said = (told.confirmed_sentence(report.type), *told.apart.sentences)
    if any(said):
        st.caption(plain(" ".join(filter(None, said))))
    expected_line(told)


def rejected(user: CurrentUser, report: Report) -> None:
    """The rejected rows with their reasons, and the workbook to fix them in."""
    if not report.rejected:
        st.success(_("All rows were {fates}.", fates=_fates(report)), icon=":material/check:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        rejected, corrected = len(report.rejected), report.family.corrected.rows
        told = (
            [_("{corrected:,} of {rejected:,} corrected", corrected=corrected, rejected=rejected)]
            if corrected
            else []
        )
        if dropped := report.family.dropped.rows:
            told.append(_("{dropped:,} dropped", dropped=dropped))
        st.subheader(
            " · ".join(
                [_("Rejected rows ({rejected:,})", rejected=rejected), *filter(None, [", ".join(told)])]
            ),
            anchor=False,
        )
        st.space("stretch")
        drop_rows(user, report)
        if report.left:
            _fixing(user, report)
    _left(report)
    by_fate = sorted(report.rejected, key=lambda row: (not row.fate.left, row.row))
    _table(report.type, by_fate, key="rejected")
    came_back(report.members)
    reasons, whole = st.columns(2, gap="large")
    with reasons:
        why_rejected(report)
    with whole:
        family_receipt(report)


def _left(report: Report) -> None:
    """What is left to do about the rejected rows. Of an import that was reversed nothing is: its sheet may
    come again, and they with it."""
    if not report.left:
        return
    told = report.family.open if report.open else report.family.withdrawn
    rows = counted_rows(len(report.left))
    value = f" · {plain(told.brief)}" if told.brief else ""
    st.caption(
        _(
            "{rows} open{value}. Fix them here, or download them, fix them in Excel and upload that "
            "file. It holds only these rows.",
            rows=rows,
            value=value,
        )
        if report.open
        else _(
            "{rows} not imported{value}. As the import was reversed, they are not counted as open here. "
            "Import the whole file again, or fix only these rows, here or in Excel.",
            rows=rows,
            value=value,
        )
    )


def _fates(report: Report) -> str:
    """What became of the rows, where none was rejected: only what became of any."""
    told = report.receipt
    done = report.type.told_done(told.posted.rows, told.added)
    if told.unchanged.rows and told.left_out.rows:
        return _("{done}, said what was known already, or were excluded on purpose", done=done)
    if told.unchanged.rows:
        return _("{done}, or said what was known already", done=done)
    return _("{done} or excluded on purpose", done=done) if told.left_out.rows else done


def _fixing(user: CurrentUser, report: Report) -> None:
    """The two ways to correct what is left; what was corrected or dropped is in neither."""
    rows = counted_rows(len(report.left))
    download_link(_("Download {rows}", rows=rows), File.REJECTED, report.batch.id)
    look: Literal["primary", "secondary"] = "primary" if report.open else "secondary"
    if st.button(_("Fix {rows} here", rows=rows), type=look, icon=":material/edit_note:", key="fix-here"):
        _fix(user, report)


def _fix(user: CurrentUser, report: Report) -> None:
    try:
        batch_id = services.fix_rejected(user, report.batch.id)
    except Refusal as wrong:
        refusal(wrong.message)
        return
    go_to("review", batch_id=batch_id)


def left_out(report: Report) -> None:
    """The rows that a person left out."""
    if report.left_out:
        with st.expander(_("Excluded rows ({count:,})", count=len(report.left_out))):
            _table(report.type, report.left_out, key="left-out")


def set_aside(report: Report) -> None:
    """What was in the sheet and was no row to import: total rows, repeated headers, lines of text."""
    if report.set_aside:
        with st.expander(_("Rows that were set aside ({count:,})", count=len(report.set_aside))):
            _table(report.type, report.set_aside, key="set-aside")


def _table(type: ImportType, rows: Sequence[ReportRow], *, key: str) -> None:
    rejected_table(rows[:SHOWN_ROWS], type.columns_by_name, key=key)
    if len(rows) > SHOWN_ROWS:
        st.caption(
            plain(
                _(
                    "The first {shown_rows} of {count:,} rows; the workbook has them all.",
                    shown_rows=SHOWN_ROWS,
                    count=len(rows),
                )
            )
        )

"""The parts of the Report page: the receipt that adds up, and the rows that were not imported."""

from collections.abc import Sequence

import streamlit as st

from komet_import import importing
from komet_import.access.users import CurrentUser
from komet_import.importing import Report, ReportRow
from komet_import.types.schema import money
from komet_import.web.parts import Figure, figures, plain
from komet_import.web.rejected_table import rejected_table

SHOWN_ROWS = 500
"""Rejected rows on the page; all of them are in the workbook."""


def headline(report: Report) -> str:
    """What became of the batch, as the page's title."""
    receipt = report.receipt
    value = "" if receipt.posted.amount is None else f" · {money(receipt.posted.amount)}"
    posted = f"{report.type.counted(receipt.posted.rows)} imported{value}"
    if not receipt.rejected.rows:
        return posted
    rows = "1 row" if receipt.rejected.rows == 1 else f"{receipt.rejected.rows:,} rows"
    return f"{posted}, {rows} rejected"


def receipt(report: Report) -> None:
    """Read = posted + rejected + left out, in rows and in money."""
    told = report.receipt
    figures(
        [
            Figure(label=label, rows=tally.rows, amount=tally.amount, icon=icon)
            for label, tally, icon in (
                ("Read", told.read, ":material/description:"),
                ("Imported", told.posted, ":material/check_circle:"),
                ("Rejected", told.rejected, ":material/error:"),
                ("Left out", told.left_out, ":material/do_not_disturb_on:"),
            )
        ]
    )
    st.caption("Read = imported + rejected + left out")


def rejected(user: CurrentUser, report: Report) -> None:
    """The rejected rows with their reasons, and the workbook to mend them in."""
    if not report.rejected:
        st.success("Every row that was read was imported or left out on purpose.", icon=":material/check:")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        st.subheader(f"Rejected rows ({len(report.rejected):,})", anchor=False)
        st.download_button(
            "Download rejected rows",
            data=lambda: importing.rejected_workbook(user, report.batch.id),
            file_name=f"rejected-{report.batch.file_name}",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )
    _table(report.rejected, key="rejected")
    st.caption("Mend the rows in the downloaded workbook and import it: only these rows are in it.")


def left_out(report: Report) -> None:
    """The rows that a person left out."""
    if report.left_out:
        with st.expander(f"Rows left out ({len(report.left_out):,})"):
            _table(report.left_out, key="left-out")


def _table(rows: Sequence[ReportRow], *, key: str) -> None:
    rejected_table(rows[:SHOWN_ROWS], key=key)
    if len(rows) > SHOWN_ROWS:
        st.caption(plain(f"The first {SHOWN_ROWS} of {len(rows):,} rows; the workbook has them all."))

"""The family of an import on its report: why rows were rejected, where they came back, one receipt of all."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from komet_import.language import _
from komet_import.ledger.family import Member
from komet_import.ledger.receipt import Tally
from komet_import.review.catalogue import CATALOGUE
from komet_import.services import Report
from komet_import.types.money import money
from komet_import.web.shared.bars import Bar, bars
from komet_import.web.shared.parts import counted_rows, local_time, page, plain
from komet_import.web.shared.table import headings, still, table


def why_rejected(report: Report) -> None:
    """The kinds of problems of the rejected rows, most frequent first, as bars."""
    counted: Counter[str] = Counter()
    for row in report.rejected:
        counted.update(
            {_title(issue["code"]) for issue in row.issues if issue["severity"] == "error"}
            or {_title(issue["code"]) for issue in row.issues}
        )
    if not counted:
        return
    st.markdown(f"**{_('Why rows were rejected')}**")
    lines = [Bar(name=title, parts=(rows,), figure=f"{rows:,}") for title, rows in counted.most_common()]
    bars(lines, ("bad",), label=_("Why rows were rejected"))


def _title(code: str) -> str:
    return _(CATALOGUE[code].title) if code in CATALOGUE else code


def family_receipt(report: Report) -> None:
    """One receipt over the import and those that brought its rows back, once something came of them."""
    told = report.family
    if not (told.corrected.rows or told.dropped.rows):
        return

    def done(tally: Tally) -> str:
        return report.type.told_done(tally.rows, report.receipt.added).capitalize()

    st.markdown(_("**Receipt with what became of them**"))
    lines = [
        (_("Rows read"), told.read),
        (_("{done} here", done=done(told.posted)), told.posted),
        (_("Corrected since"), told.corrected),
        (_("Unchanged"), told.unchanged),
        (_("Excluded"), told.left_out),
        (_("Dropped since"), told.dropped),
        (_("Still open"), told.open),
        (_("Import reversed"), told.withdrawn),
        (_("{done} in all", done=done(told.imported)), told.imported),
    ]
    kept = [line for line in lines if line[1].rows or line[1] is told.open]
    still(
        table(
            head=headings("", _("Rows"), _("Amount"), numbers=(_("Rows"), _("Amount"))),
            lines="".join(_line(label, tally) for label, tally in kept),
            label=_("Receipt with what became of the rejected rows"),
        )
    )
    changed = (
        "" if not told.changed else _(" Corrections changed the sum by {amount}.", amount=money(told.changed))
    )
    if told.adds_up:
        st.caption(plain(_("✓ Adds up.{changed}", changed=changed)))
    else:
        st.error(
            plain(
                _(
                    "The parts do not add up to what was read.{changed} Tell an administrator.",
                    changed=changed,
                )
            )
        )


def _line(label: str, tally: Tally) -> str:
    amount = escape(tally.told)
    return (
        f"<tr><th scope='row' class='name'>{escape(label)}</th><td class='number'>{tally.rows:,}</td>"
        f"<td class='number'>{amount}</td></tr>"
    )


def came_back(members: Sequence[Member]) -> None:
    """The imports, and the drafts, in which rejected rows came back."""
    if not members:
        return
    st.caption(_("These rows came back in:"))
    for member in members:
        parts = [_("{rows} corrected", rows=counted_rows(member.corrected))] if member.corrected else []
        if member.again:
            parts.append(_("{rows} rejected again", rows=counted_rows(member.again)))
        when = _("{time} by {by}", time=local_time(member.at), by=plain(member.by))
        told = (
            _("draft of {when}, not imported yet", when=when)
            if member.in_work
            else _("imported {when}", when=when)
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _open(member)
            st.caption(" · ".join([told, *parts]))


def continues(report: Report) -> None:
    """That an import brings back rows that others had rejected."""
    for member in report.continues:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(_("Continues"))
            _open(member)


def _open(member: Member) -> None:
    st.page_link(
        page("review" if member.in_work else "report"),
        label=plain(member.file_name),
        query_params={"batch": member.batch_id},
        icon=":material/edit_note:" if member.in_work else ":material/description:",
    )

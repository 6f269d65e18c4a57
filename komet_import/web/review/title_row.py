"""The first line of Review: the file, how it was read, and whether the control totals match. What is not
needed to work on the rows is behind one button each.
"""

import streamlit as st

from komet_import.access.users import CurrentUser
from komet_import.language import _
from komet_import.ledger.posting import expected_of
from komet_import.services import Opened
from komet_import.sheets.layout.notes import is_text_file, sentences
from komet_import.sheets.layout.sheet import Sheet
from komet_import.web.review.look import Reviewing
from komet_import.web.review.totals import control_totals, offered_total
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import local_time, page_title, plain


def title_row(user: CurrentUser, looking: Reviewing, opened: Opened) -> None:
    """The file's name, and beside it its buttons."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="review-title"):
        with st.container(key="review-file", width="content"):
            page_title(opened.batch.file_name)
        _details(opened)
        _matched(looking, opened)
        st.space("stretch")
        _totals(user, opened, read_only=looking.checks)


def _details(opened: Opened) -> None:
    """Where the rows come from, and what was noticed when the file was read."""
    sheet = opened.draft.sheet
    told = [
        plain(_(opened.type.title)),
        _where(sheet),
        _(
            "Uploaded {time} by {who}",
            time=local_time(opened.batch.uploaded_at),
            who=plain(opened.uploaded_by),
        ),
        *(plain(sentence) for sentence in sentences(sheet.notes)),
    ]
    with st.popover(_("Details"), icon=":material/info:", type="tertiary", key="review-details"):
        st.markdown("\n".join(f"- {sentence}" for sentence in told))


def _where(sheet: Sheet) -> str:
    """The sheet and the row of its headings; that of a text file has no name."""
    row, name, headless = sheet.header.row, plain(sheet.name), sheet.header.headless
    if is_text_file(sheet.notes):
        return _("No headings") if headless else _("Headings in row {row}", row=row)
    if headless:
        return _("Sheet “{name}”, no headings", name=name)
    return _("Sheet “{name}”, headings in row {row}", name=name, row=row)


def _matched(looking: Reviewing, opened: Opened) -> None:
    """How the file was read, in a word; all of it is one click away."""
    header = opened.draft.sheet.header
    named = header.headers if header.headless else list(filter(None, header.headers.values()))
    with st.container(key="review-matched", width="content"):
        st.button(
            _("{matched} of {all} columns matched", matched=len(header.columns), all=len(named)),
            icon=":material/table_view:",
            key="open-reading",
            type="tertiary",
            help=_("How your file was read"),
            disabled=looking.checks,
            on_click=guarded.callback(looking.open_reading),
        )


def _totals(user: CurrentUser, opened: Opened, *, read_only: bool) -> None:
    """What a person expects of the file, behind a button that says whether it is so."""
    label, icon = _state(opened)
    with st.popover(plain(label), icon=icon, key="review-totals"):
        control_totals(user, opened, read_only=read_only)
        if apart := opened.figures.apart.sentences:
            st.caption(_("Not in these sums: {what}", what=plain(" ".join(apart))))
        if not read_only:
            offered_total(user, opened)


def _state(opened: Opened) -> tuple[str, str]:
    """The words of the button, and its icon."""
    if opened.totals_differ:
        return _("Control totals: {difference}", difference=opened.totals_differ), ":material/warning:"
    if opened.totals_missing:
        return _("Control totals missing"), ":material/warning:"
    if expected_of(opened.batch):
        return _("Control totals match"), ":material/check_circle:"
    return _("Control totals"), ":material/rule:"

"""Which sheet of the file this is, and which others match: to choose another one, or several as one."""

from functools import partial

import streamlit as st

from komet_import import services
from komet_import.access.roles import may_import
from komet_import.access.users import CurrentUser
from komet_import.language import _, ngettext
from komet_import.review.questions.proposal import Proposal
from komet_import.services import Opened
from komet_import.sheets.layout.notes import other_sheets
from komet_import.types import ALL
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel.headings import headings
from komet_import.web.review.reading_panel.text_file import read_instead
from komet_import.web.shared.parts import plain


def sheet_and_headings(user: CurrentUser, looking: Reviewing, opened: Opened, seen: Proposal) -> None:
    """The sheet and the row of its headings; the question which sheet is meant, and the choice of several."""
    with st.container(border=True):
        st.markdown(_("**Sheet and headings**"))
        headings(looking, opened, seen)
        asked = next((question for question in seen.asked if question.kind == "sheet"), None)
        if asked is not None:
            meant = seen.answers.get((asked.kind, asked.column))
            st.caption(plain(asked.evidence))
            for option in asked.options:
                _one(user, looking, opened, option.answer, settled=option.answer == meant)
        _several(user, opened)


def _one(user: CurrentUser, looking: Reviewing, opened: Opened, sheet: str, *, settled: bool) -> None:
    """A sheet that may be meant; the one that is `settled` is what *Confirm* will import."""
    label = _("Import “{sheet}”", sheet=plain(sheet))
    icon = ":material/check:" if settled else None
    if st.button(label, key=f"sheet-{sheet}", icon=icon, width="stretch", disabled=settled):
        if sheet == opened.draft.sheet.name:
            looking.choices["sheet"] = sheet
            st.rerun(scope="fragment")
        read_instead(partial(services.choose_sheet, user, opened.batch.id, sheet))


def _several(user: CurrentUser, opened: Opened) -> None:
    """Sheets with the same headings are imported as one; each row keeps its sheet and its number there."""
    worksheet, here = opened.draft.worksheet, opened.draft.sheet.sheets
    further = other_sheets(worksheet) if worksheet is not None else ()
    if not further and len(here) == 1:
        return
    wanted = st.pills(
        _("Import together"),
        [*here, *further],
        selection_mode="multi",
        default=list(here),
        format_func=plain,
        key=f"sheets-{opened.batch.id}",
    )
    changed = bool(wanted) and set(wanted) != set(here)
    words = ngettext("Import this sheet alone", "Import {count:,} sheets as one", len(wanted))
    if changed and st.button(words, key="sheets-together", width="stretch"):
        chosen = [sheet for sheet in (*here, *further) if sheet in wanted]
        read_instead(partial(services.choose_sheets, user, opened.batch.id, chosen))


def table_beside(user: CurrentUser, looking: Reviewing, seen: Proposal) -> None:
    """The table that stands beside, as a draft of its own; this one is then what it was asked to be."""
    table = seen.draft.sheet.apart
    if table is None or seen.draft.sheet.parts:
        return
    type = ALL[table.type]
    if may_import(user, type):
        first, last = table.letters[0], table.letters[-1]
        if table.last is not None:
            first, last = f"{first}{table.row}", f"{last}{table.last}"
        title = _(type.title)
        words = _("Open the table in {first} to {last} as {title}", first=first, last=last, title=title)
        if st.button(plain(words), key="table-beside", icon=":material/call_split:"):
            read_instead(partial(_apart, user, looking.batch_id))


def _apart(user: CurrentUser, batch_id: str) -> str:
    """Both tables are drafts: the one beside is opened, and the other no longer waits for it."""
    opened = services.choose_table(user, batch_id)
    services.answer(user, batch_id, "beside", "", "this")
    return opened

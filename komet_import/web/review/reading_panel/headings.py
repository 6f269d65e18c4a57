"""Which row of a sheet its headings are, to be changed by hand on the panel about how the file was read."""

import streamlit as st

from komet_import.language import _, ngettext
from komet_import.review.draft import Draft
from komet_import.review.questions.proposal import HEADER, Proposal
from komet_import.services import Opened
from komet_import.sheets.layout.notes import is_text_file
from komet_import.sheets.layout.sheet import Beside
from komet_import.web.review.look import Reviewing
from komet_import.web.shared import guarded
from komet_import.web.shared.parts import plain, shortened

OFFERED = 20
"""So many filled rows from the top may be chosen."""
LONGEST = 60
"""So much of a row's texts tells which one it is."""


def headings(looking: Reviewing, opened: Opened, seen: Proposal) -> None:
    """The row of the headings among the first of the sheet; those above it are titles, or another table."""
    header = seen.draft.sheet.header
    rows = {
        row: _("Row {row:,}: {said}", row=row, said=said) for row, said in _first_rows(seen.draft).items()
    }
    sheet = opened.draft.sheet
    if not is_text_file(sheet.notes):
        st.caption(_("Sheet “{name}”", name=plain(sheet.name)))
    found = sheet.header
    if found.headless:
        rows[found.row] = _("None: the rows begin in row {row:,}", row=found.row + 1)
    if header.row not in rows:
        said = " · ".join(filter(None, header.headers.values()))[:LONGEST]
        rows[header.row] = _("Row {row:,}: {said}", row=header.row, said=said)
    now, key = found.row, f"headings-{looking.batch_id}"
    st.session_state[key] = header.row
    st.selectbox(
        _("Headings are in"),
        sorted(rows),
        format_func=lambda row: rows[row],
        key=key,
        on_change=guarded.callback(lambda: _choose(looking, now, st.session_state[key])),
    )
    first = header.row + 1 if header.headless else header.first_row or header.row
    tables = [table for table in seen.draft.sheet.beside if table.last is not None]
    above = sum(0 < row < first and not any(_within(row, table) for table in tables) for row in rows)
    for table in tables:
        st.caption(plain(_above_them(table)))
    if above:
        st.caption(
            ngettext(
                "{count} row above them is a title: it is not imported.",
                "{count} rows above them are titles: they are not imported.",
                above,
            )
        )


def _within(row: int, table: Beside) -> bool:
    return table.row <= row <= (table.last or table.row)


def _above_them(table: Beside) -> str:
    """What stands above the headings and is no title."""
    first, last = table.row, table.last or table.row
    if table.loose:
        return ngettext(
            "{count:,} row above them looks like a row of data (row {first}): it is not imported.",
            "{count:,} rows above them look like rows of data ({first} to {last}): they are not imported.",
            table.rows,
            first=first,
            last=last,
        )
    return _(
        "Rows {first} to {last} above them are another table: it is not imported with this one.",
        first=first,
        last=last,
    )


def _choose(looking: Reviewing, now: int, row: int) -> None:
    """Another row is the headings; what was chosen so far was about the columns of the one before."""
    looking.choices.clear()
    if row != now:
        looking.choices[HEADER] = str(row)


def _first_rows(draft: Draft) -> dict[int, str]:
    """The first filled rows of the sheet, by number, and what they say."""
    found: dict[int, str] = {}
    if draft.worksheet is None:
        return found
    text = draft.worksheet.text
    for row, values in zip(text.index.tolist(), text.head(10 * OFFERED).to_numpy(dtype=object), strict=False):
        said = " · ".join(value.strip() for value in values if value.strip())
        if said:
            found[int(row)] = shortened(said, LONGEST)
        if len(found) == OFFERED:
            break
    return found

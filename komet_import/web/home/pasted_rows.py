"""Rows from the clipboard, as a text file that is dropped: the same way, the same limits, the same panel."""

from pathlib import Path

import streamlit as st

from komet_import.language import _
from komet_import.language.lists import listed
from komet_import.refusal import Refusal, SheetRefusal, quoted
from komet_import.types import ImportType
from komet_import.types.schema import Need

NAME = "Pasted rows.txt"
"""What the rows are called as a file, here and in the field's script."""
HERE = Path(__file__).parent
_field = st.components.v2.component(
    "komet_pasted_rows",
    html="""
    <div class="paste" hidden>
      <textarea spellcheck="false" autocomplete="off"></textarea>
      <button type="button"></button>
    </div>
    """,
    css=(HERE / "pasted_rows.css").read_text(encoding="utf-8"),
    js=(HERE / "pasted_rows.js").read_text(encoding="utf-8"),
)


def paste(*, key: str) -> None:
    """The field, behind a button; what is in it is given to the page's uploader. With another `key` it is
    closed and blank again."""
    with st.popover(_("Paste rows"), icon=":material/content_paste:", key=f"paste-{key}"):
        st.caption(_("Copy the rows in Excel together with their headings, and paste them here."))
        _field(key=f"pasted-{key}", data={"rows": _("Rows to import"), "read": _("Read these rows")})


def refused(wrong: Refusal, type: ImportType) -> Refusal:
    """Why what was pasted is no sheet of this type, and what to do: who pastes has no file and no sheet."""
    if wrong.code.endswith("-file"):
        no_table = _(
            "What was pasted is no table of rows and columns. Select the cells in Excel, their headings "
            "included, copy them and paste them here."
        )
        return SheetRefusal("no-table", no_table)
    if wrong.code == "no-header":
        needed = [quoted(column.name) for column in type.columns if column.need is Need.REQUIRED]
        no_headings = _(
            "What was pasted has no headings such as {columns} above its rows. Select the cells in Excel, "
            "their headings included, copy them and paste them here.",
            columns=listed(needed),
        )
        return SheetRefusal(wrong.code, no_headings)
    if wrong.code == "no-rows":
        alone = _("Only headings were pasted. Copy the rows below them in Excel as well, and paste all.")
        return SheetRefusal(wrong.code, alone)
    if isinstance(wrong, SheetRefusal):
        said = wrong.message.replace(_("The file"), _("What was pasted"))
        return SheetRefusal(wrong.code, said, fits=wrong.fits)
    return wrong

"""The table of rows that were not imported: original values, marked cells, reasons.

HTML of our own, because no table of Streamlit's marks single cells for a screen reader. Every text is
escaped.
"""

from collections.abc import Collection, Iterator, Sequence
from html import escape

from komet_import.language import _
from komet_import.review.issues import told_again
from komet_import.review.reference import Corrected
from komet_import.row_numbers import told
from komet_import.services import ReportRow
from komet_import.sheets.worksheet import Held
from komet_import.web.shared.parts import local_time
from komet_import.web.shared.table import headings, still, table

LONG = 80
"""A text of more characters is shown in part, and whole where the pointer rests or it is printed."""


UNBROKEN = 20
"""A word of so many characters stands on one line."""


def rejected_table(rows: Sequence[ReportRow], columns: Collection[str], *, key: str) -> None:
    """Draw the rows with their Excel row number, the reasons, and the texts of these columns."""
    headers = [header for header in rows[0].cells if header in columns] if rows else []
    html = table(
        head=headings(_("Row"), _("State"), _("Reasons"), *map(_, headers), numbers=(_("Row"),)),
        lines="".join(_line(row, headers, key) for row in rows),
        label=_("Rows not imported"),
    )
    still(html)


def _line(row: ReportRow, headers: Sequence[str], key: str) -> str:
    reasons = "".join(f"<li>{escape(told_again(issue))}</li>" for issue in row.issues)
    reasons += "".join(f"<li>{one}</li>" for one in _since(row))
    described = f"{key}-{row.row}"
    cells = "".join(_cell(row, header, described) for header in headers)
    done = "" if row.fate.open else " class='quiet'"
    return (
        f"<tr data-row='{row.row}'{done}><th scope='row' class='number'>{escape(row.place)}</th>"
        f"<td>{_state(row)}</td><td id='{described}'><ul>{reasons}</ul></td>{cells}</tr>"
    )


def _state(row: ReportRow) -> str:
    """What became of a row, in a word that color repeats; of one that was not rejected nothing is open."""
    if row.outcome != "rejected":
        return ""
    fate = row.fate
    look, state = (
        ("corrected", _("Corrected"))
        if fate.corrected
        else ("dropped", _("Dropped"))
        if fate.dropped
        else ("withdrawn", _("Import reversed"))
        if fate.withdrawn
        else ("open", _("Open"))
    )
    return f"<span class='state {look}'>{escape(state)}</span>"


def _since(row: ReportRow) -> Iterator[str]:
    """What was done about a rejected row: where it was corrected and how, or why it was dropped."""
    if row.fate.corrected is not None:
        posted = row.fate.posted
        when = (
            _(
                ", imported {time} by {posted_by}",
                time=local_time(posted.posted_at),
                posted_by=escape(posted.posted_by),
            )
            if posted
            else ""
        )
        yield _("Corrected in {place}{when}", place=_place(row.fate.corrected), when=when)
        for column, before, after in row.changes:
            was = f"<s>{escape(before)}</s>" if before else f"<span class='blank'>{escape(_('blank'))}</span>"
            yield f"{escape(_(column))}: {was} → {escape(after or _('blank'))}"
    if row.fate.dropped is not None:
        by, at, reason = row.fate.dropped
        yield _(
            "Dropped {time} by {by}: “{reason}”", time=local_time(at), by=escape(by), reason=escape(reason)
        )


def _place(corrected: Corrected) -> str:
    """The import in which a row was corrected, as a link to its report, and the row there."""
    target = f"report?batch={escape(corrected.batch_id, quote=True)}"
    return _(
        "{file}, row {row}",
        file=f"<a href='{target}'><u>{escape(corrected.file_name)}</u></a>",
        row=told(corrected.row, ()),
    )


def _cell(row: ReportRow, header: str, described: str) -> str:
    text = row.cells.get(header, "")
    severities = {issue["severity"] for issue in row.issues if issue["column"] == header}
    marks = ""
    if "error" in severities:
        marks = f" aria-invalid='true' aria-describedby='{described}'"
    elif severities:
        marks = f" data-severity='warning' aria-describedby='{described}'"
    # A number or a day that is broken at its hyphens is read as two.
    whole = " class='bare'" if len(text) <= UNBROKEN and " " not in text.strip() else ""
    number = " class='number'" if row.held.get(header) == Held.NUMBER else whole
    shown = (
        f"<span class='clamped'>{escape(text)}</span>"
        if text.strip()
        else f"<span class='blank'>{escape(_('blank'))}</span>"
    )
    said = f" title='{escape(text, quote=True)}'" if len(text) > LONG else ""
    return f"<td data-column='{escape(header, quote=True)}'{number}{marks}{said}>{shown}</td>"

"""The table of rows that were not imported: original values, marked cells, reasons.

HTML of our own, because no table of Streamlit's marks single cells for a screen reader. Every text is
escaped.
"""

from collections.abc import Collection, Sequence
from html import escape

from komet_import.review.reference import Corrected
from komet_import.row_numbers import told
from komet_import.services import ReportRow
from komet_import.web.shared.table import headings, still, table


def rejected_table(rows: Sequence[ReportRow], columns: Collection[str], *, key: str) -> None:
    """Draw the rows with their Excel row number, the reasons, and the texts of these columns."""
    headers = [header for header in rows[0].cells if header in columns] if rows else []
    html = table(
        head=headings("Row", "Reasons", *headers, numbers=("Row",)),
        lines="".join(_line(row, headers, key) for row in rows),
        label="Rows not imported",
    )
    still(html)


def _line(row: ReportRow, headers: Sequence[str], key: str) -> str:
    reasons = "".join(f"<li>{escape(issue['message'])}</li>" for issue in row.issues)
    if row.corrected is not None:
        reasons += f"<li>Corrected in {_place(row.corrected)}</li>"
    described = f"{key}-{row.row}"
    cells = "".join(_cell(row, header, described) for header in headers)
    done = " class='quiet'" if row.corrected is not None else ""
    return (
        f"<tr data-row='{row.row}'{done}><th scope='row' class='number'>{escape(row.place)}</th>"
        f"<td id='{described}'><ul>{reasons}</ul></td>{cells}</tr>"
    )


def _place(corrected: Corrected) -> str:
    """The import in which a row was corrected, as a link to its report, and the row there."""
    target = f"report?batch={escape(corrected.batch_id, quote=True)}"
    return f"<a href='{target}'><u>{escape(corrected.file_name)}</u></a>, row {told(corrected.row, ())}"


def _cell(row: ReportRow, header: str, described: str) -> str:
    text = row.cells.get(header, "")
    severities = {issue["severity"] for issue in row.issues if issue["column"] == header}
    marks = ""
    if "error" in severities:
        marks = f" aria-invalid='true' aria-describedby='{described}'"
    elif severities:
        marks = f" data-severity='warning' aria-describedby='{described}'"
    number = " class='number'" if row.held.get(header) == 1 else ""
    shown = escape(text) if text.strip() else "<span class='blank'>blank</span>"
    return f"<td data-column='{escape(header, quote=True)}'{number}{marks}>{shown}</td>"

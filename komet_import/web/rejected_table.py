"""The table of rows that were not imported: original values, marked cells, reasons.

HTML of our own, because no table of Streamlit's marks single cells for a screen reader. Every text is
escaped.
"""

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from komet_import.importing import ReportRow

STYLE = """<style>
.komet-rows { overflow-x: auto; border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  border-radius: 4px; max-height: 36rem; }
.komet-rows table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.45; }
.komet-rows th, .komet-rows td { padding: 5px 10px; text-align: left; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 12%, transparent); unicode-bidi: isolate; }
.komet-rows th { position: sticky; top: 0; font-weight: 600; white-space: nowrap; background: Canvas;
  background: color-mix(in srgb, currentColor 6%, var(--komet-surface, Canvas)); }
.komet-rows td { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 22rem; }
.komet-rows .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.komet-rows td[aria-invalid] { background: color-mix(in srgb, #d93025 14%, transparent);
  box-shadow: inset 2px 0 #d93025; }
.komet-rows td[data-severity="warning"] { background: color-mix(in srgb, #c77700 14%, transparent);
  box-shadow: inset 2px 0 #c77700; }
.komet-rows .blank { opacity: .6; font-style: italic; }
.komet-rows ul { margin: 0; padding: 0; min-width: 15rem; list-style: none; font-size: 13px; }
.komet-rows li { margin: 0 0 2px; font-size: 13px; }
</style>"""


def rejected_table(rows: Sequence[ReportRow], columns: Collection[str], *, key: str) -> None:
    """Draw the rows with their Excel row number, the texts of these columns, and the reasons."""
    headers = [header for header in rows[0].cells if header in columns] if rows else []
    head = "".join(f"<th scope='col'>{escape(header)}</th>" for header in headers)
    lines = "".join(_line(row, headers, key) for row in rows)
    st.html(
        f"{STYLE}<div class='komet-rows' tabindex='0' role='region' aria-label='Rows not imported'>"
        f"<table><thead><tr><th scope='col' class='number'>Row</th>{head}<th scope='col'>Reasons</th></tr>"
        f"</thead><tbody>{lines}</tbody></table></div>"
    )


def _line(row: ReportRow, headers: Sequence[str], key: str) -> str:
    reasons = "".join(f"<li>{escape(issue['message'])}</li>" for issue in row.issues)
    described = f"{key}-{row.row}"
    cells = "".join(_cell(row, header, described) for header in headers)
    return (
        f"<tr data-row='{row.row}'><th scope='row' class='number'>{row.row}</th>{cells}"
        f"<td id='{described}'><ul>{reasons}</ul></td></tr>"
    )


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

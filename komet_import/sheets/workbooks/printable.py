"""Tables as a page to print: plain HTML that loads nothing, every text of it escaped."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape

from komet_import.language import _
from komet_import.language.current import spoken
from komet_import.sheets.workbooks.listing import Cell, SheetTable
from komet_import.types.money import decimals, signed

_STYLE = (
    "body{font:10pt sans-serif;margin:1.5cm}table{border-collapse:collapse;margin:.5em 0 1.5em}"
    "th,td{border:1px solid #999;padding:2px 5px;text-align:left;vertical-align:top;"
    "overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}"
    ".number{text-align:right;white-space:nowrap}"
    "@page{size:A4 landscape;margin:1cm}"
)


def write_page(title: str, about: Mapping[str, str], tables: Sequence[SheetTable]) -> bytes:
    """The page as bytes of UTF-8."""
    facts = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(said)}</td></tr>" for name, said in about.items()
    )
    parts = "".join(map(_table, tables))
    return (
        f"<!doctype html><html lang='{spoken()}'><head><meta charset='utf-8'><title>{escape(title)}</title>"
        f"<style>{_STYLE}</style></head><body><h1>{escape(title)}</h1><table>{facts}</table>{parts}"
        "</body></html>"
    ).encode("utf-8", "replace")


def _table(table: SheetTable) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name, _ in table.headings)
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    if not lines:
        return f"<h2>{escape(table.title)}</h2><p>{escape(_('None.'))}</p>"
    return (
        f"<h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _cell(value: Cell) -> str:
    """A cell: numbers stand to the right, money has a minus sign, texts are quoted as they are."""
    text = signed(value, decimals=decimals([value])) if isinstance(value, Decimal) else str(value)
    number = " class='number'" if isinstance(value, int | Decimal) else ""
    return f"<td{number}>{escape(text)}</td>"

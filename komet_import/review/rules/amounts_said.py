"""Rows of which a note, a comment of a cell or a text beside them says that they come to another amount."""

from collections.abc import Iterator

from komet_import.review.catalogue import OTHER_AMOUNT_SAID, SAID_OF_ROWS
from komet_import.review.draft import Draft
from komet_import.review.rules.finding import Finding, JudgedRows
from komet_import.sheets.layout.rows.amounts_said import amounts_said, speaking
from komet_import.sheets.layout.rows.lines import arrow
from komet_import.sheets.layout.values.amount_forms import written_amount
from komet_import.types import Meaning


def read_amounts_said(draft: Draft, rows: JudgedRows) -> None:
    """Rows whose amount is not the one that is said to be left or meant wait to be confirmed, and so do those
    of which a part is said to be spent."""
    column = draft.type.amount_column
    if column is None or draft.type.side is None or column not in rows.readings:
        return
    for position, text in _said(draft, rows):
        amount, said = rows.readings[column][position], amounts_said(text)
        if amount is None or said is None or said.agree(abs(amount)):
            continue
        if any(issue.code in SAID_OF_ROWS.values() for issue in rows.found.get(position, ())):
            continue  # “used 60.00”: who confirms that the row counts has read it
        offered = said.offered
        finding = Finding(
            code=OTHER_AMOUNT_SAID,
            suggestion=written_amount(offered) if offered else None,
            facts={"said": text},
            basis=f"{amount} beside {text}",
        )
        rows.add(position, column, str(draft.rows[column].iloc[position]), finding)


def _said(draft: Draft, rows: JudgedRows) -> Iterator[tuple[int, str]]:
    """What is said beside the rows, by position."""
    note = draft.type.name_for(Meaning.NOTE)
    if note in draft.rows:
        places = list(rows.positions)
        texts = draft.rows[note] if len(places) == len(draft.rows) else draft.rows[note].iloc[places]
        for place in speaking(arrow(texts)):
            yield places[place], str(texts.iloc[place]).strip()
    remarks = draft.sheet.remarks
    for position in rows.positions if remarks else ():
        yield from ((position, text) for text in remarks.get(position, ()))

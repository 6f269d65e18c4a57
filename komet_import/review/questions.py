"""Questions: where the sheet has more than one reading, a person says which. Never guessed, asked once.

A question is about a whole column; its answer is a step of the journal like any edit, and can be undone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from komet_import.review.draft import Draft
from komet_import.review.window import Problem
from komet_import.settings import settings
from komet_import.sheets.sheet import Held, Worksheet
from komet_import.sheets.values import Doubt, amount_evidence, date_evidence, read_amount
from komet_import.types import ValueKind
from komet_import.types.schema import money, to_thousandths

SAMPLES = 3
"""How many values of a column are shown beside a question."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer that may be given, and its words on a button."""

    answer: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something that is unclear. `kind` and `column` are those of `edits.Answer`; `evidence` helps decide."""

    kind: str
    column: str
    text: str
    evidence: str
    options: tuple[Option, ...]


def questions(draft: Draft, problems: Sequence[Problem]) -> list[Question]:
    """What is to be asked about a draft with these problems: columns first, for they decide the rest."""
    found = [_column(draft, letter, name) for letter, name in draft.sheet.header.doubtful.items()]
    for column in draft.type.columns:
        if column.name not in draft.rows:
            continue
        codes = {p.code: p for p in reversed(problems) if p.column == column.name}  # the first is quoted
        if column.kind is ValueKind.AMOUNT and (unclear := codes.get("ambiguous-amount")):
            found.append(_mark(draft, column.name, unclear))
        if column.kind is ValueKind.DATE and (unclear := codes.get("ambiguous-date")):
            found.append(_order(draft, column.name, unclear))
        if column.kind is ValueKind.DATE and (serial := codes.get("serial-date")):
            found.append(_serial(draft, column.name, serial))
    hidden = sum(len(p.rows) for p in problems if p.code == "hidden-row")
    if hidden:
        found.append(_hidden(hidden))
    return found


def _column(draft: Draft, letter: str, name: str) -> Question:
    header = draft.sheet.header.headers.get(letter, "")
    if said := draft.remembered.get(letter):
        name = said
    again = ", as last time" if said is not None else ""
    return Question(
        kind="column",
        column=letter,
        text=f"“{header}” in column {letter}: is this {name}?",
        evidence=_first_values(draft.worksheet, letter, draft.sheet.header.row),
        options=(
            Option(answer=name, words=f"Yes, it is {name}{again if said else ''}"),
            Option(answer="", words=f"No, do not import it{again if said == '' else ''}"),
        ),
    )


def _first_values(worksheet: Worksheet | None, letter: str, header_row: int) -> str:
    if worksheet is None or letter not in worksheet.text:
        return ""
    below = worksheet.text[letter][worksheet.text.index > header_row].str.strip()
    shown = below[below != ""].drop_duplicates().head(SAMPLES).tolist()
    return f"First values: {', '.join(shown)}" if shown else "The column is blank."


def _mark(draft: Draft, column: str, unclear: Problem) -> Question:
    return Question(
        kind="mark",
        column=column,
        text=f"{column}: how are amounts such as “{unclear.value}” written?",
        evidence=amount_evidence(_texts(draft, column)).sentence,
        options=(
            Option(answer=".", words=f"Point for decimals{_read_with('.', unclear)}"),
            Option(answer=",", words=f"Comma for decimals{_read_with(',', unclear)}"),
        ),
    )


def _order(draft: Draft, column: str, unclear: Problem) -> Question:
    return Question(
        kind="order",
        column=column,
        text=f"{column}: how are dates such as “{unclear.value}” written?",
        evidence=date_evidence(_texts(draft, column)).sentence,
        options=(
            Option(answer="dmy", words="Day first"),
            Option(answer="mdy", words="Month first"),
        ),
    )


def _serial(draft: Draft, column: str, serial: Problem) -> Question:
    count = sum(cell.isdigit() for cell in _texts(draft, column, every=True))
    return Question(
        kind="order",
        column=column,
        text=f"{column}: is “{serial.value}” Excel's number of a day ({serial.suggestion})?",
        evidence=f"{count:,} cells of this column are whole numbers.",
        options=(Option(answer="serial", words="Yes, read them as days"),),
    )


def _hidden(count: int) -> Question:
    rows = "1 row is" if count == 1 else f"{count:,} rows are"
    return Question(
        kind="hidden",
        column="",
        text=f"{rows} hidden in Excel. Do they count?",
        evidence="They are marked in the grid.",
        options=(
            Option(answer="count", words="They count"),
            Option(answer="leave-out", words="Leave them out"),
        ),
    )


def _read_with(mark: str, unclear: Problem) -> str:
    """The quoted amount as it would be read, as money; blank where it cannot be read so."""
    amount = read_amount(unclear.value, Held.TEXT, mark=mark, currency=settings().currency)
    return "" if isinstance(amount, Doubt) else f": {money(to_thousandths(amount))}"


def _texts(draft: Draft, column: str, *, every: bool = False) -> Iterable[str]:
    """The column's texts as the sheet had them: real numbers and dates have one reading and say nothing."""
    place = draft.sheet.rows.columns.get_loc(column)
    texts = draft.sheet.rows[column].to_numpy(dtype=object)
    chosen = texts if every else texts[draft.sheet.held[:, place] == Held.TEXT]
    return (str(text) for text in chosen if text)

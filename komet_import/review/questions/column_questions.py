"""Questions about sheets and columns: which one is meant, and which of its values count."""

import json
from collections.abc import Sequence

from komet_import.language import _, ngettext
from komet_import.language.lists import listed
from komet_import.review.draft import Draft
from komet_import.review.given_answers import EVERY_VALUE, NO_VALUE
from komet_import.review.held_rows import Hold
from komet_import.review.questions.question import Option, Question, sentences
from komet_import.settings import settings
from komet_import.sheets.layout.modifiers import OF_AMOUNTS, OF_DAYS, SHOWN, Modifier, Modifies
from komet_import.sheets.layout.sheet import Beside
from komet_import.sheets.worksheet import Worksheet
from komet_import.types.money import money

SAMPLES = 3
"""How many values of a column are shown beside a question."""

FEW_VALUES = 5
"""How many values of a column that says what rows mean are named."""


def asked_of(draft: Draft, hold: Hold) -> Question:
    """The question for which rows are held."""
    ask = {
        "column": _column,
        "field": _field,
        "filter": _filter,
        "sheet": _sheet,
        "beside": _beside,
    }[hold.kind]
    evidence, options = ask(draft, hold)
    return Question(
        kind=hold.kind,
        column=hold.column,
        text=str(hold.question),
        evidence=evidence,
        options=options,
        suggested=_suggested(draft, hold, options),
        rows=int((hold.rows & ~draft.out).sum()),
    )


def _suggested(draft: Draft, hold: Hold, options: tuple[Option, ...]) -> str | None:
    """What the sheet speaks for: the column that a heading resembles, the values that are usual, the sheet
    that Excel had open. Of columns of equal right, of sheets that were not open and of another currency's
    heading, nothing does."""
    if hold.kind == "sheet" and draft.worksheet and draft.worksheet.active:
        return draft.sheet.name
    if hold.kind == "column" and hold.column not in draft.sheet.header.foreign:
        return options[0].answer
    modifier = next((m for m in draft.sheet.header.modifiers if m.letter == hold.column), None)
    if hold.kind == "filter" and modifier:
        values = [value for value, _ in modifier.values if value.casefold() in modifier.usual]
        return options[0].answer if values else None
    return None


def _column(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    letter, header = hold.column, draft.sheet.header
    name = header.doubtful[letter]
    foreign = header.foreign.get(letter)
    why = header.evidence.get(letter)
    plain = _("The ledger is in {currency}.", currency=settings().currency) if foreign else ""
    return sentences(why, plain, _first_values(draft.worksheet, letter, header.row)), (
        Option(answer=name, words=_("Yes, it is {column}", column=_(name))),
        Option(answer="", words=_("Don't import it")),
    )


def _field(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """Which of several columns is meant: each with its first values."""
    header = draft.sheet.header
    options = []
    for letter in header.rivals[hold.column]:
        named = header.headers.get(letter)
        values = _values(draft.worksheet, letter, header.row) or _("The column is blank.")
        if named:
            words = _("“{heading}” in column {letter}: {values}", heading=named, letter=letter, values=values)
        else:
            words = _("Column {letter}: {values}", letter=letter, values=values)
        options.append(Option(answer=letter, words=words))
    why = sentences(*(header.evidence.get(letter) for letter in header.rivals[hold.column]))
    return why, (*options, Option(answer="", words=_("None of them")))


def _filter(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """Which values count: those that usually do, with and without those rows that say nothing, or all of
    them; where none does, each alone, or none."""
    modifier = next(m for m in draft.sheet.header.modifiers if m.letter == hold.column)
    values = [value for value, _ in modifier.values]
    usual = [value for value in values if value.casefold() in modifier.usual]
    alone = [] if modifier.modifies in OF_AMOUNTS else [[value] for value in values[:FEW_VALUES]]
    offered = [usual] if usual else alone
    if usual and "" in values and "" not in usual:
        offered.append([*usual, ""])
    whole = modifier.modifies not in (Modifies.CURRENCY, Modifies.OTHER_SIDE)
    if whole:
        offered = [chosen for chosen in offered if len(chosen) < len(values)]
        offered.append(values if len(values) < SHOWN else [EVERY_VALUE])
    options = tuple(
        Option(
            answer=json.dumps(chosen, ensure_ascii=False),
            words=_only(modifier, chosen, len(values) if whole else 0),
        )
        for chosen in offered
    )
    if modifier.all_unusual:
        options = (*options, Option(answer=NO_VALUE, words=_("None of these")))
    counts = [f"{value_words(modifier, value)} {count:,}" for value, count in modifier.values[:FEW_VALUES]]
    more = " …" if len(values) > FEW_VALUES else ""
    return _("Rows by value: {counts}{more}.", counts=", ".join(counts), more=more), options


def _only(modifier: Modifier, chosen: Sequence[str], all_of_them: int) -> str:
    if len(chosen) == all_of_them or chosen == [EVERY_VALUE]:
        return _("All rows")
    plain = modifier.modifies in OF_DAYS
    words = [value_words(modifier, value) for value in chosen]
    said = [f"“{word}”" if value and not plain else word for value, word in zip(chosen, words, strict=True)]
    return _("Only {values}", values=listed(said))


def value_words(modifier: Modifier, value: str) -> str:
    """What a value of a column that says what rows mean is called."""
    if modifier.modifies is Modifies.PAPER:
        return value or _("other numbers")
    if modifier.modifies in OF_DAYS and value:
        return _(value)
    return value or _("blank")


def _beside(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """A table beside, or above, is not read: it is imported from a file, or a sheet, of its own."""
    tables = draft.sheet.beside
    why = _("Not read: {tables}.", tables=listed([_table(table) for table in tables]))
    loose = any(table.loose for table in tables)
    below = _("Rows above the headings are read when they stand below them in the file.") if loose else ""
    alone = _("Import this table alone") if draft.sheet.apart else _("Import the rows below the headings")
    return sentences(why, below), (Option(answer="this", words=alone),)


def _table(table: Beside) -> str:
    rows = ngettext("{count:,} row", "{count:,} rows", table.rows)
    rows += "" if table.amount is None else f" ({money(table.amount)})"
    if table.last is None:
        return _(
            "{rows} in columns {first} to {last}", rows=rows, first=table.letters[0], last=table.letters[-1]
        )
    first = table.row if table.loose else table.row + 1
    if first == table.last:
        return _("{rows} in row {row}", rows=rows, row=first)
    return _("{rows} in rows {first} to {last}", rows=rows, first=first, last=table.last)


def _sheet(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """Which of several sheets is meant: each with its size."""
    names = (draft.sheet.name, *draft.other_sheets)
    sizes = {sheet.name: sheet.rows for sheet in draft.worksheet.sheets} if draft.worksheet else {}
    rows = [
        ngettext("“{name}” {count:,} row", "“{name}” {count:,} rows", sizes[name], name=name)
        for name in names
        if name in sizes
    ]
    return (
        ngettext(
            "{count:,} sheet matches: {rows}.",
            "{count:,} sheets match: {rows}.",
            len(names),
            rows=listed(rows),
        )
        if rows
        else "",
        tuple(Option(answer=name, words=f"“{name}”") for name in names),
    )


def _first_values(worksheet: Worksheet | None, letter: str, header_row: int) -> str:
    if worksheet is None or letter not in worksheet.text:
        return ""
    shown = _values(worksheet, letter, header_row)
    return _("First values: {values}", values=shown) if shown else _("The column is blank.")


def _values(worksheet: Worksheet | None, letter: str, header_row: int) -> str:
    """The first distinct values of a column; blank where it has none."""
    if worksheet is None or letter not in worksheet.text:
        return ""
    below = worksheet.text[letter][worksheet.text.index > header_row].str.strip()
    return ", ".join(below[below != ""].drop_duplicates().head(SAMPLES).tolist())

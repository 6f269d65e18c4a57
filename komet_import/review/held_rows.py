"""Rows that wait for an answer: what an open question is about is not posted before a person has said it.

An open question holds back the rows that it concerns and no others: a column that may be one of the type's
holds the rows in which it says something (every row where the column is needed), a column that says what a
row means holds the rows with an unusual value, another sheet or a table beside of equal right holds all.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from komet_import.language import Phrase, nphrase, phrase
from komet_import.language.lists import listed_later
from komet_import.review.draft import Draft
from komet_import.sheets.layout.modifiers import Modifier, Modifies
from komet_import.types import Need


@dataclass(frozen=True, kw_only=True, eq=False)
class Hold:
    """An open question: its kind and column as in an answer, its text, the column under which it is shown,
    and the positions of the rows that wait for it."""

    kind: str
    column: str
    question: Phrase
    shown: str
    rows: npt.NDArray[np.bool_]

    @property
    def id(self) -> str:
        """The question's name, for the terminal and the panel."""
        return question_id(self.kind, self.column)


def question_id(kind: str, column: str) -> str:
    """How a question is called: `column:D`, `filter:E`, `sheet`."""
    return f"{kind}:{column}" if column else kind


def holds(draft: Draft) -> list[Hold]:
    """The open questions about columns and sheets, in the order of the sheet."""
    sheet = draft.sheet
    found = [*_other_sheets(draft), *_tables_beside(draft)]
    for letter, name in sheet.header.doubtful.items():
        found.append(_of_letters(draft, "column", letter, name, (letter,)))
    for name, letters in sheet.header.rivals.items():
        found.append(_of_letters(draft, "field", name, name, letters))
    for modifier in sheet.header.modifiers:
        column = sheet.header.columns.get(modifier.letter)
        of_number = modifier.modifies is Modifies.PAPER
        asked = modifier.letter in draft.answers.filters or modifier.letter in sheet.header.doubtful
        if asked or (column is not None) is not of_number:
            continue
        unusual = unusual_rows(draft, modifier) & ~draft.set_aside
        if unusual.any():
            name = sheet.names.get(modifier.letter, draft.columns[0])
            heading = modifier.header or phrase("column {letter}", letter=modifier.letter)
            question = _ASKED.get(modifier.modifies, _values)(heading, Phrase(draft.type.noun[1]))
            found.append(
                Hold(kind="filter", column=modifier.letter, question=question, shown=name, rows=unusual)
            )
    return found


def unread(draft: Draft) -> frozenset[str]:
    """Columns of the type that are blank only because a question about them is open."""
    header = draft.sheet.header
    return frozenset({*header.doubtful.values(), *header.rivals}) - set(header.columns.values())


def unusual_rows(draft: Draft, modifier: Modifier) -> npt.NDArray[np.bool_]:
    """The rows of which a column says that they are something else than the type's."""
    return ~draft.sheet.marked(modifier, modifier.usual)


def _values(heading: str | Phrase, nouns: Phrase) -> Phrase:
    return phrase("Which values of “{heading}” are {nouns} to import?", heading=heading, nouns=nouns)


def _papers(heading: str | Phrase, nouns: Phrase) -> Phrase:
    return phrase(
        "Some numbers in “{heading}” are not those of {nouns}. Which ones should be imported?",
        heading=heading,
        nouns=nouns,
    )


def _last_days(heading: str | Phrase, nouns: Phrase) -> Phrase:
    return phrase("Some {nouns} have expired (“{heading}”). Import them?", heading=heading, nouns=nouns)


def _first_days(heading: str | Phrase, nouns: Phrase) -> Phrase:
    return phrase(
        "Some {nouns} are for a later day (“{heading}”). Import them?", heading=heading, nouns=nouns
    )


def _beside_amounts(heading: str | Phrase, nouns: Phrase) -> Phrase:
    return phrase(
        "“{heading}” may change the amounts. Which {nouns} should be imported with the amount as it is?",
        heading=heading,
        nouns=nouns,
    )


_ASKED = {
    Modifies.PAPER: _papers,
    Modifies.EXPIRY: _last_days,
    Modifies.START: _first_days,
    Modifies.RATE: _beside_amounts,
    Modifies.APPLIED: _beside_amounts,
    Modifies.TAX: _beside_amounts,
    Modifies.SHARE: _beside_amounts,
}


def _of_letters(draft: Draft, kind: str, column: str, name: str, letters: tuple[str, ...]) -> Hold:
    header, names = draft.sheet.header, draft.sheet.names
    needed = draft.type.column(name).need is not Need.OPTIONAL
    rows = np.full(len(draft.rows), needed, dtype=np.bool_)
    for letter in letters:
        rows |= draft.sheet.filled(letter)
    said = [
        phrase("“{name}”", name=header.headers.get(letter, "") or phrase("column {letter}", letter=letter))
        for letter in letters
    ]
    if kind == "column":
        asked = phrase("Match {heading} to {column}?", heading=said[0], column=Phrase(name))
    else:
        either = listed_later(said, "or")
        asked = phrase("Which column is {column}: {headings}?", column=Phrase(name), headings=either)
    shown = names.get(letters[0], "") or name
    return Hold(kind=kind, column=column, question=asked, shown=shown, rows=rows)


def _other_sheets(draft: Draft) -> Iterable[Hold]:
    """Whichever of them Excel had open: rows of the others would be passed over in silence."""
    if draft.other_sheets:
        rows = np.ones(len(draft.rows), dtype=np.bool_)
        asked = phrase("Which sheet should be imported?")
        yield Hold(kind="sheet", column="", question=asked, shown=draft.columns[0], rows=rows)


def _tables_beside(draft: Draft) -> Iterable[Hold]:
    # Who has chosen the headings by hand has said that what stands above them is not meant.
    chosen = "" in draft.answers.headers
    # A list of customers is told, and asks for nothing.
    tables = [one for one in draft.sheet.beside if not one.listed and (one.last is None or not chosen)]
    if tables and "" not in draft.answers.beside:
        rows = np.ones(len(draft.rows), dtype=np.bool_)
        if all(table.loose for table in tables):
            asked = nphrase(
                "{count:,} row above the headings looks like a row of data. Import the others without it?",
                "{count:,} rows above the headings look like rows of data. Import the others without them?",
                sum(table.rows for table in tables),
            )
        else:
            asked = phrase("Another table stands beside this one or above it. Import this one alone?")
        yield Hold(kind="beside", column="", question=asked, shown=draft.columns[0], rows=rows)

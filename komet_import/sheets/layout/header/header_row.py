"""The header of a sheet: what its columns mean, and whether the sheet holds anything of the import type."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from komet_import.language import _, ngettext, phrase
from komet_import.language.lists import listed
from komet_import.refusal import SheetRefusal
from komet_import.settings import settings
from komet_import.sheets.files.job import FITS, FITS_BUT_WHOSE, Row, Wanted
from komet_import.sheets.layout.columns.claims import is_summary
from komet_import.sheets.layout.columns.match import match, required
from komet_import.sheets.layout.columns.table import Match, Table
from komet_import.sheets.layout.header import comments, lines_above
from komet_import.sheets.layout.header.fitting_types import fitting_better
from komet_import.sheets.layout.header.header_search import (
    Found,
    Line,
    beside_values,
    best_header,
    first_table,
    header_at,
    lines_of,
    numbered,
    something_fits,
)
from komet_import.sheets.layout.header.headless import full_rows, header_by_values, without_header
from komet_import.sheets.layout.modifiers import Modifier, Modifies, ledgers, modifier_search
from komet_import.sheets.layout.notes import subject
from komet_import.sheets.layout.rows import companies, number_papers, unknown_amounts
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.layout.values.contents import Contents
from komet_import.sheets.layout.values.known import Known
from komet_import.sheets.row_keys import KEY_HEADING
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType, Meaning

_LAST_LINES = 50
"""So many lines at the end of a sheet may say something of all of it."""
_FIRST_LINES = 3
"""And so many below the headings may say what the columns hold."""


def wanted(type: ImportType) -> Wanted:
    """What the reader is to look for among the sheets of a workbook: one that fits the type."""
    return Wanted(title=_(type.title), fit=partial(fit, wanted=type))


def fit(rows: Sequence[Row], wanted: ImportType) -> int:
    """How well a sheet's first filled rows hold a header of the type; at least FITS if nothing is missing and
    something to import may stand below it: a template that nobody has filled in is no sheet to choose. At
    least FITS_BUT_WHOSE if nothing but the party is missing."""
    lines = numbered(rows)
    best = best_header(lines, wanted)
    if best is None:
        return 0
    if not _is_filled(lines, best, wanted):
        return best.match.score
    lacking = {(): FITS, (wanted.name_for(Meaning.PARTY),): FITS_BUT_WHOSE}
    return best.match.score + lacking.get(best.match.missing, 0)


def _is_filled(lines: Sequence[Line], found: Found, wanted: ImportType) -> bool:
    """Whether anything stands below a header in columns that it matches; of money, a digit at least."""
    said = (
        text
        for line in lines
        if line.number > found.last.number
        for letter, text in line.cells.items()
        if letter in found.match.settled
    )
    return any(not wanted.summed or any(map(str.isdigit, text)) for text in said)


def find(worksheet: Worksheet, type: ImportType, known: Known | None = None) -> Header:
    """The header of a worksheet, matched to the type; `known` is what values can be compared with.

    A sheet in which something fits is matched as far as it goes: what is missing is for a person to say.
    Raises SheetRefusal: `empty-sheet`, `no-header`, `missing-column`, `wrong-type`, `no-rows`.
    """
    rows = lines_of(worksheet.text)
    if not rows:
        raise SheetRefusal(
            "empty-sheet",
            _(
                "{sheet} is empty; fill in the sample template for {title} and choose that.",
                sheet=subject(worksheet),
                title=_(type.title),
            ),
        )
    known = known or Known()
    best = best_header(rows, type)
    if best is None or best.match.missing or (type.summed and not best.match.named):
        _refuse_other_type(rows, type, worksheet, best)
    best = best or header_by_values(rows, type, known) or without_header(rows, type, known)
    if best is None:
        raise SheetRefusal(
            "no-header",
            _(
                "{sheet} has no row of headers such as {listed}; start from the sample template for {title}.",
                sheet=subject(worksheet),
                listed=_listed(required(type)),
                title=_(type.title),
            ),
        )
    return _read(worksheet, best, type, known)


def at(worksheet: Worksheet, type: ImportType, row: int, known: Known | None = None) -> Header:
    """The header in a row that a person chose. Raises SheetRefusal as `find`."""
    found = header_at(lines_of(worksheet.text), row, type)
    if found is None:
        raise SheetRefusal(
            "no-header",
            _(
                "Row {row:,} cannot be the headings: it is blank, or too far down. Choose another row.",
                row=row,
            ),
        )
    return _read(worksheet, found, type, known or Known())


def _read(worksheet: Worksheet, found: Found, type: ImportType, known: Known) -> Header:
    """The header with all that the whole worksheet says of its columns."""
    row = found.last.number
    under = worksheet.text.loc[worksheet.text.index > row]
    stripped = {str(letter): under[letter].str.strip() for letter in under.columns}
    filled = {letter for letter, column in stripped.items() if bool(column.ne("").any())}
    if not filled:
        raise SheetRefusal(
            "no-rows",
            _(
                "{sheet} has no rows below its headers in row {row}; fill it in and choose it again.",
                sheet=subject(worksheet),
                row=row,
            ),
        )
    headers = beside_values({letter: found.headers.get(letter, "") for letter in stripped}, filled)
    headers = {letter: text for letter, text in headers.items() if text != KEY_HEADING}
    own = first_table(headers, filled, type)
    rows = [line.cells for line in lines_of(under)]
    if not any(own.values()):
        rows = full_rows(rows)
    table = Table(
        headers=own,
        contents={
            letter: Contents(letter=letter, header=text, rows=rows, filled=letter in filled, known=known)
            for letter, text in own.items()
        },
        rows=rows,
        hidden=worksheet.hidden_columns,
        all_of=lambda letter: tuple(stripped[letter].to_numpy(dtype=object)),
        currency=settings().currency,
    )
    best = match(table, type)
    if not something_fits(best, type) or (best.missing and any(map(is_summary, headers.values()))):
        _refuse_missing(worksheet, best.missing or required(type), row, type)
    marks = _modifiers(under, own, best, type, known)
    free = {letter: text for letter, text in own.items() if letter in filled}
    for letter in best.settled.union(best.other_side, (mark.letter for mark in marks)):
        free.pop(letter, None)
    below = worksheet.held[worksheet.text.index > row]
    best = unknown_amounts.weighed(best, under, below, free, type)
    above = lines_of(worksheet.text.loc[: found.first.number - 1])
    first = lines_of(under.iloc[:_FIRST_LINES])
    explaining = lines_above.explaining(first, best, type)
    ends = [*explaining, *first[:1], *lines_of(under.iloc[-_LAST_LINES:])]
    beside = lines_above.remarks(row, own, stripped, best.settled.union(mark.letter for mark in marks))
    commented = comments.of_headings(worksheet, best.letters_of(type.amount_column), under.index)
    best = lines_above.weighed(
        best, above, ends, beside, worksheet.name, type, currency=table.currency, comments=commented
    )
    best = _seen(best, worksheet.hidden_columns, type)
    said = best.settled | {mark.letter for mark in marks}
    return Header(
        row=row,
        first_row=found.first.number if found.first is not found.last else None,
        columns=dict(best.columns),
        headers=headers,
        ignored=tuple(
            letter for letter in headers if letter not in said and (headers[letter] or letter in filled)
        ),
        doubtful=dict(best.doubtful),
        rivals=dict(best.rivals),
        modifiers=marks,
        foreign=dict(best.foreign),
        evidence=dict(best.evidence),
    )


def _seen(best: Match, hidden: frozenset[str], type: ImportType) -> Match:
    """The match, in which an amount that nobody sees in Excel is a question: nothing is posted unseen."""
    money = type.name_for(Meaning.MONEY)
    unseen = [letter for letter, name in best.columns.items() if name == money and letter in hidden]
    if not unseen:
        return best
    return replace(
        best,
        columns={letter: name for letter, name in best.columns.items() if letter not in unseen},
        doubtful={**best.doubtful, **dict.fromkeys(unseen, money)},
        evidence={**best.evidence, **dict.fromkeys(unseen, phrase("hidden column"))},
    )


def _modifiers(
    under: pd.DataFrame, headers: Mapping[str, str], best: Match, type: ImportType, known: Known
) -> tuple[Modifier, ...]:
    """The columns that change what a row means, among those that are nothing else; and where none says what
    kind of paper each row is, the column of numbers, which may."""
    free = {letter: text for letter, text in headers.items() if letter not in best.settled}
    found = modifier_search.recognise(
        under,
        free,
        type,
        currency=settings().currency,
        other_side=best.other_side,
        partly=best.partly,
        matched=list(best.columns),
    )
    taken = {*best.columns, *(one.letter for one in found)}
    free = {letter: text for letter, text in headers.items() if letter not in taken}
    found += companies.of_companies(under, free, type, best, known)
    found += ledgers.of_ledgers(under, free, type, list(best.columns))
    if any(one.modifies is Modifies.KIND for one in found):
        return found
    number = type.name_for(Meaning.NUMBER)
    letters = [letter for letter, name in {**best.columns, **best.doubtful}.items() if name == number]
    letters += best.rivals.get(number, ())
    marked = {one.letter for one in found}
    numbers = [letter for letter in dict.fromkeys(letters) if letter not in marked]
    return (*found, *number_papers.of_numbers(under, headers, type, numbers, list(best.columns)))


# Refusals ----------------------------------------------------------------------------------------------


def _refuse_other_type(
    rows: Sequence[Line], wanted: ImportType, worksheet: Worksheet, best: Found | None
) -> None:
    """Say so where another type fits better."""
    other = fitting_better(rows, wanted, best)
    if other is not None:
        raise SheetRefusal(
            "wrong-type",
            _(
                "{sheet} holds {title}, not {wanted}; choose the type {title}, or another file.",
                sheet=subject(worksheet),
                title=_(other.title),
                wanted=_(wanted.title),
            ),
            fits=other.slug,
        )


def _refuse_missing(worksheet: Worksheet, missing: Sequence[str], row: int, type: ImportType) -> None:
    raise SheetRefusal(
        "missing-column",
        ngettext(
            "{sheet} lacks the required column {columns} (headers are in row {row}); add it, or "
            "start from the sample template for {title}.",
            "{sheet} lacks the required columns {columns} (headers are in row {row}); add them, or "
            "start from the sample template for {title}.",
            len(missing),
            sheet=subject(worksheet),
            columns=_listed(missing),
            row=row,
            title=_(type.title),
        ),
    )


def _listed(names: Sequence[str]) -> str:
    return listed([f"“{name}”" for name in names])

"""The header row: where it is, and whether the sheet has what the import type needs."""

from collections.abc import Sequence
from functools import partial

from komet_import import types
from komet_import.refusal import SheetRefusal, quoted
from komet_import.sheets.files.child import FITS, TOP_ROWS, Row, Wanted
from komet_import.sheets.layout.column_matching import best_match, required
from komet_import.sheets.layout.sheet import Header
from komet_import.sheets.row_keys import KEY_HEADING
from komet_import.sheets.worksheet import Worksheet
from komet_import.types import ImportType


def wanted(type: ImportType) -> Wanted:
    """What the reader is to look for among the sheets of a workbook: one that fits the type."""
    return Wanted(title=type.title, fit=partial(fit, wanted=type))


def fit(rows: Sequence[Row], wanted: ImportType) -> int:
    """How well a sheet's first filled rows hold a header of the type; at least FITS if nothing is missing."""
    best = best_match(rows, wanted)
    if best is None:
        return 0
    return best.score + (0 if best.missing else FITS)


def find(worksheet: Worksheet, type: ImportType) -> Header:
    """The header row of a worksheet, matched to the type.

    Raises SheetRefusal: `empty-sheet`, `no-header`, `missing-column`, `wrong-type`, `no-rows`.
    """
    numbers, rows = _top(worksheet)
    if not rows:
        raise SheetRefusal(
            "empty-sheet",
            f"The sheet {quoted(worksheet.name)} is empty; fill in the sample for {type.title} and choose "
            "that.",
        )
    best = best_match(rows, type)
    if best is None or best.missing:
        _refuse_other_type(rows, type, worksheet.name)
    if best is None:
        raise SheetRefusal(
            "no-header",
            f"The sheet {quoted(worksheet.name)} has no row of headers such as {_listed(required(type))}; "
            f"start from the sample for {type.title}.",
        )
    row = int(numbers[best.place])
    if best.missing:
        one = len(best.missing) == 1
        raise SheetRefusal(
            "missing-column",
            f"The sheet {quoted(worksheet.name)} lacks the required {'column' if one else 'columns'} "
            f"{_listed(best.missing)} (headers are in row {row}); add {'it' if one else 'them'}, or start "
            f"from the sample for {type.title}.",
        )
    if not _filled_below(worksheet, row):
        raise SheetRefusal(
            "no-rows",
            f"The sheet {quoted(worksheet.name)} has no rows below its headers in row {row}; fill it in and "
            "choose it again.",
        )
    texts = worksheet.text.loc[row]
    headers = {letter: str(texts[letter]).strip() for letter in worksheet.text.columns}
    headers = {letter: text for letter, text in headers.items() if text != KEY_HEADING}
    return Header(
        row=row,
        columns=best.columns,
        headers=headers,
        ignored=tuple(
            letter for letter in headers if letter not in best.columns and letter not in best.doubtful
        ),
        doubtful=best.doubtful,
    )


def _refuse_other_type(rows: Sequence[Row], wanted: ImportType, name: str) -> None:
    """Say so where the sheet is complete for another type."""
    for other in types.ALL.values():
        if other.slug != wanted.slug and _certainly_fits(rows, other):
            raise SheetRefusal(
                "wrong-type",
                f"The sheet {quoted(name)} holds {other.title}, not {wanted.title}; choose the type "
                f"{other.title}, or another file.",
            )


def _certainly_fits(rows: Sequence[Row], wanted: ImportType) -> bool:
    best = best_match(rows, wanted)
    return best is not None and not best.missing and set(required(wanted)) <= set(best.columns.values())


def _listed(names: Sequence[str]) -> str:
    said = [f"“{name}”" for name in names]
    return said[0] if len(said) == 1 else ", ".join(said[:-1]) + " and " + said[-1]


def _top(worksheet: Worksheet) -> tuple[list[int], list[Row]]:
    """The numbers and the filled cells of the first rows."""
    head = worksheet.text.iloc[:TOP_ROWS]
    letters = [str(letter) for letter in head.columns]
    rows = [
        {letter: text for letter, text in zip(letters, values, strict=True) if text}
        for values in head.to_numpy(dtype=object)
    ]
    return [int(number) for number in head.index], rows


def _filled_below(worksheet: Worksheet, row: int) -> bool:
    below = worksheet.text.loc[worksheet.text.index > row]
    return any(bool(below[letter].str.strip().ne("").any()) for letter in below.columns)

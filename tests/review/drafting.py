"""Small drafts and facts for tests of the review room, made without a workbook."""

from datetime import UTC, date, datetime, time

import numpy as np
import pandas as pd

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes
from komet_import.review.reference import Directory, KnownCustomer, KnownLocation, Posted, Reference
from komet_import.sheets.layout import arrangement
from komet_import.sheets.layout.header import header_row
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.sheets.layout.sheet import Header, Sheet
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.codes import code_key

TODAY = date(2026, 3, 10)

CUSTOMERS = (
    KnownCustomer(1, "FL219", "Rosas del Valle", True, frozenset({1})),
    KnownCustomer(2, "FL220", "Petal & Stem", True, frozenset({1, 2})),
    KnownCustomer(3, "00219", "Jardín Azul", True, frozenset({2})),
    KnownCustomer(4, "FL900", "Closed Blooms", False, frozenset({1})),
)
LOCATIONS = (KnownLocation(1, "MIA", "Miami"), KnownLocation(2, "LAX", "Los Angeles"))

TOTAL_ROW = Aside(kind=RowKind.TOTAL, certain=True, why="labelled “Total”")

HEADERS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance", "Location Code", "Comments")
GOOD = ("FL219", "CR-1", "2026-03-02", "120.00", "MIA", "late truck")


def reference(
    *,
    posted: Posted | None = None,
    locations: int = 2,
    customers: int | None = None,
    closed: tuple[date, ...] = (),
) -> Reference:
    """The facts of a company with one or two locations, and a ceiling of $10,000."""
    directory = Directory(
        customers={code_key(c.code): c for c in CUSTOMERS[:customers]},
        locations={code_key(known.code): known for known in LOCATIONS[:locations]},
        closed=frozenset(closed),
    )
    return Reference(directory=directory, posted=posted or Posted(), ceiling=10_000_000, today=TODAY)


def noon(day: date) -> datetime:
    """A moment that is on that day in most time zones."""
    return datetime.combine(day, time(12), UTC)


def draft(
    *rows: tuple[str, ...],
    held: dict[tuple[int, str], Held] | None = None,
    hidden: tuple[int, ...] = (),
    totals: tuple[int, ...] = (),
    aside: dict[int, Aside] | None = None,
    struck: tuple[int, ...] = (),
    type: ImportType = OPEN_CREDITS,
    headers: tuple[str, ...] = HEADERS,
) -> Draft:
    """A draft of these rows, which stand in Excel rows 2, 3, …; `held` marks cells by (row, header)."""
    index = pd.Index(range(2, 2 + len(rows)), dtype=np.int64, name="row")
    frame = pd.DataFrame(list(rows), index=index, columns=list(headers), dtype="str")
    kinds = np.zeros(frame.shape, dtype=np.uint8)
    for (row, header), kind in (held or {}).items():
        kinds[row - 2, headers.index(header)] = kind
    sheet = Sheet(
        name="Credits",
        header=Header(row=1, columns={}, headers={}),
        rows=frame,
        held=kinds,
        hidden_rows=frozenset(hidden),
        aside=dict.fromkeys(totals, TOTAL_ROW) | (aside or {}),
        struck=frozenset(struck),
    )
    return Draft.of(sheet, type, multi_location=True)


AS_THEY_ARE = Changes(answers=(Answer("sign", "Credit Balance", None, "as-they-are"),))
"""What a person says where amounts of the wrong sign are slips."""

MONTH_FIRST = Changes(answers=(Answer("order", "Credit Date", None, "mdy"),))
"""What a person says of dates with two readings."""


def row(**changed: str) -> tuple[str, ...]:
    """A good row with some values changed; underscores stand for spaces, `number` for `Credit #`."""
    values = dict(zip(HEADERS, GOOD, strict=True))
    names = {"number": "Credit #", "customer": "Customer Code", "date": "Credit Date"}
    names |= {"amount": "Credit Balance", "location": "Location Code", "comments": "Comments"}
    for name, value in changed.items():
        values[names[name]] = value
    return tuple(values.values())


def worksheet(*rows: tuple[str, ...], held: dict[tuple[int, str], Held] | None = None) -> Worksheet:
    """A worksheet of these rows from row 1 and column A on; `held` marks cells by (row, letter)."""
    letters = list("ABCDEFGHIJ")[: len(rows[0])]
    index = pd.Index(range(1, len(rows) + 1), dtype=np.int64, name="row")
    text = pd.DataFrame(list(rows), index=index, columns=letters, dtype="str")
    kinds = np.zeros(text.shape, dtype=np.uint8)
    for (number, letter), kind in (held or {}).items():
        kinds[number - 1, letters.index(letter)] = kind
    return Worksheet(name="Credits", text=text, held=kinds)


def opened(sheet: Worksheet, type: ImportType = OPEN_CREDITS) -> Draft:
    """The draft of a worksheet, its header found as it is found in an upload."""
    header = header_row.find(sheet, type)
    arranged = arrangement.arrange(sheet, header, type)
    return Draft.of(arranged, type, multi_location=True, worksheet=sheet)

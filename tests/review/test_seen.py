"""What is seen of a cell: as it will be posted, and as it reads again when it is pasted."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from komet_import.review.judge import judge
from komet_import.review.seen import (
    is_seen_otherwise,
    kept_in_window,
    may_be_seen,
    seen_in_column,
    seen_in_window,
    seen_text,
)
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.dates import read_date
from komet_import.sheets.worksheet import Held
from komet_import.types import CUSTOMERS, ColumnFormat
from tests.properties import tries
from tests.review.drafting import HEADERS, MONTH_FIRST, draft, reference, row

MARKS = (None, "comma=thousands point=decimals", "comma=decimals point=thousands", "point=thousands")


def test_what_was_read_is_seen_as_it_will_be_posted_and_the_rest_as_it_is_written():
    sheet = draft(
        row(customer=" fl219", date="11/13/2025", amount="$1,234.5", location="mia"),
        row(customer="FL21", date="13/13/2025", amount="1.234", location="nowhere"),
        row(customer="", date="", amount="", location="LAX"),
    ).apply(MONTH_FIRST)
    judged = judge(sheet, reference())
    assert seen_in_window(sheet, judged, np.arange(3)) == [
        {0: "FL219", 2: "2025-11-13", 3: "1,234.50", 4: "MIA"},
        {},
        {},
    ]
    assert seen_in_column(sheet, judged, "Credit Balance") == ["1,234.50", "1.234", ""]


def test_columns_that_are_not_imported_and_texts_are_seen_as_they_are_written():
    headers = (*HEADERS, "Region")
    sheet = draft((*row(comments="1,5"), " 1,5 "), headers=headers)
    judged = judge(sheet, reference())
    assert seen_in_window(sheet, judged, np.arange(1)) == [{}]
    assert seen_in_column(sheet, judged, "Region") == ["1,5"]
    assert [is_seen_otherwise(sheet, name) for name in headers] == [
        True,
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert may_be_seen(sheet, "Customer Code", "rosas") and not may_be_seen(sheet, "Region", "1")
    assert may_be_seen(sheet, "Credit Date", "2026-03") and not may_be_seen(sheet, "Credit Date", "march")


def test_records_are_seen_as_they_are_known():
    headers = tuple(column.name for column in CUSTOMERS.columns)
    cells = {"Customer Code": "N1", "Customer Name": "New", "Location Codes": "mia : lax", "Active": "Y"}
    sheet = draft(tuple(cells.get(name, "") for name in headers), type=CUSTOMERS, headers=headers)
    (seen,) = seen_in_window(sheet, judge(sheet, reference()), np.arange(1))
    assert {headers[at]: text for at, text in seen.items()} == {"Location Codes": "MIA:LAX", "Active": "yes"}


def test_beside_what_a_record_is_to_be_stands_what_is_kept_of_it():
    headers = tuple(column.name for column in CUSTOMERS.columns)
    rows = (
        {"Customer Code": "fl220", "Customer Name": "Petals & Stems", "Location Codes": "MIA"},
        {"Customer Code": "FL219", "Customer Name": "Rosas del Valle", "Active": "no"},
        {"Customer Code": "N1", "Customer Name": "New"},
        {"Customer Code": "", "Customer Name": "Nobody's"},
    )
    sheet = draft(
        *(tuple(cells.get(name, "") for name in headers) for cells in rows), type=CUSTOMERS, headers=headers
    )
    directory = reference().directory
    found = kept_in_window(sheet, judge(sheet, reference()), directory, np.array([1, 0, 2, 3]))
    assert [{headers[at]: text for at, text in one.items()} for one in found] == [
        {"Active": "yes"},
        {"Customer Name": "Petal & Stem", "Location Codes": "LAX:MIA"},
        {},
        {},
    ]
    credits = draft(row())
    assert kept_in_window(credits, judge(credits, reference()), directory, np.arange(1)) == [{}]


@pytest.mark.parametrize(
    ("amount", "seen"),
    [("5", "5.00"), ("-13.5", "-13.50"), ("1E+3", "1,000.00"), ("0.125", "0.125"), ("13.895", "13.8950"),
     ("1234.895", "1,234.895")],
)  # fmt: skip
def test_money_is_seen_with_its_cents(amount: str, seen: str):
    assert seen_text(ColumnFormat.AMOUNT, "as written", Decimal(amount)) == seen


@given(st.decimals(-10_000_000, 10_000_000, places=3), st.sampled_from(MARKS))
@settings(max_examples=tries(200), deadline=None)
def test_money_that_is_copied_reads_to_the_same_in_every_column(amount: Decimal, mark: str | None):
    assert read_amount(seen_text(ColumnFormat.AMOUNT, "", amount), Held.TEXT, mark=mark) == amount


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from([None, "dmy", "mdy", "real=swapped"]))
@settings(max_examples=tries(50), deadline=None)
def test_a_day_that_is_copied_reads_to_the_same_in_every_column(day: date, order: str | None):
    assert read_date(seen_text(ColumnFormat.DATE, "", day), Held.TEXT, order=order) == day

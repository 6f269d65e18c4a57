"""Which posted rows are chosen to be reversed, with their money, and what their table says of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from komet_import.ledger.statement import Entry, PostedPage
from komet_import.types import OPEN_CREDITS, ImportType
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.web.report.posted_rows import Choosing, _frame, _keep

ENTRY = Entry(
    id=1,
    customer="FL219",
    customer_name="Rosas del Valle",
    batch_id="one",
    type_slug="open-credits",
    file_name="march.xlsx",
    row=2,
    sheets=None,
    number="CR-1",
    day=date(2026, 3, 2),
    location="",
    amount=120_000,
    comments="",
    reference="",
    reverses=False,
    reversed=False,
    posted_at=datetime(2026, 3, 3, tzinfo=UTC),
    posted_by="Rita",
    poster=1,
    prepared_by="",
)
PAGE = (ENTRY, replace(ENTRY, row=3, number="CR-2", amount=5_500), replace(ENTRY, row=4, reversed=True))


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        ([], {9: 1}),
        ([0], {2: 120_000, 9: 1}),
        ([0, 1], {2: 120_000, 3: 5_500, 9: 1}),
        ([1, 2], {3: 5_500, 9: 1}),  # the last one is reversed already
    ],
)
def test_what_is_chosen_of_a_page_stands_beside_what_is_chosen_of_the_others(
    chosen: list[int], kept: dict[int, int]
) -> None:
    choosing = Choosing("one", chosen={3: 7, 4: 7, 9: 1})
    _keep(choosing, PAGE, OPEN_CREDITS, chosen)
    assert choosing.chosen == kept


@pytest.mark.parametrize(("type", "amount"), [(OPEN_CREDITS, 1_000), (OPEN_INVOICES, -1_000)])
def test_the_money_is_that_of_the_sheet_on_either_side(type: ImportType, amount: int) -> None:
    choosing, entry = Choosing("one"), replace(ENTRY, amount=amount)
    _keep(choosing, (entry,), type, [0])
    frame, cells = _frame(PostedPage(entries=(entry,), count=1, page=1, pages=1), type)
    assert (choosing.chosen, cells) == ({2: 1_000}, [Decimal(1)])
    assert frame[type.amount_column].tolist() == [Decimal(1)]


def test_a_column_that_says_nothing_is_not_there_and_a_reversed_row_says_so() -> None:
    frame, _cells = _frame(PostedPage(entries=PAGE, count=3, page=1, pages=1), OPEN_CREDITS)
    assert list(frame) == ["Row", "Customer Code", "Credit #", "Credit Date", "Credit Balance", "State"]
    assert frame["State"].tolist() == ["", "", "reversed"]
    noted = replace(ENTRY, comments="late truck")
    frame, _cells = _frame(PostedPage(entries=(ENTRY, noted), count=2, page=1, pages=1), OPEN_CREDITS)
    assert frame["Comments"].tolist() == ["", "late truck"]

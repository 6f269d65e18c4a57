"""What stands beside and above the table that is read, and is told: other tables, and loose rows."""

import pytest

from komet_import.types import CUSTOMERS
from tests.sheets.layout.test_other_rows import DAY, Line, arranged

CREDITS = ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
INVOICES = ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance")
Told = tuple[int, int | None, int, int | None, str, bool, str]


def line(amount: float, code: str = "FL200") -> Line:
    return (code, "X-7", DAY, amount)


def told(*lines: Line) -> list[Told]:
    """Row, last row, how many, money, columns, whether loose, type."""
    return [
        (one.row, one.last, one.rows, one.amount, "".join(one.letters), one.loose, one.type)
        for one in arranged(*lines).beside
    ]


OURS = (CREDITS, line(10))


@pytest.mark.parametrize(
    ("lines", "tables"),
    [
        # Above
        ((INVOICES, line(5), line(6), (), *OURS), [(1, 3, 2, 11_000, "ABCD", False, "open-invoices")]),
        ((("x",), INVOICES, line(5), ("text",), *OURS), [(2, 3, 1, 5_000, "ABCD", False, "open-invoices")]),
        ((INVOICES, *OURS), []),
        ((INVOICES, ("text",), *OURS), []),
        # Beside
        (
            ((*CREDITS, None, *INVOICES), (*line(10), None, *line(5)), (*line(20), None, "FL201")),
            [(1, None, 2, 5_000, "FGHI", False, "open-invoices")],
        ),
        (((*CREDITS, None, *INVOICES), line(10)), []),
        (
            (
                (*CREDITS, None, "Customer Code", "Customer Name"),
                (*line(10), None, "FL200", "Rosas"),
                line(20),
            ),
            [(1, None, 1, None, "FG", False, "customers")],
        ),
        (((*CREDITS, "Customer Code", "Customer Name"), (*line(10), "FL200", "Rosas")), []),
        # Loose rows: an amount, two things more, and no label
        ((line(5), *OURS), [(1, 1, 1, 5_000, "ABCD", True, "open-credits")]),
        ((line(5), (), line(7), ("text",), *OURS), [(1, 3, 2, 12_000, "ABCD", True, "open-credits")]),
        ((("FL200", "X-7", None, 5), *OURS), [(1, 1, 1, 5_000, "ABCD", True, "open-credits")]),
        ((("FL200", None, None, 5), *OURS), []),
        ((("FL200", "X-7", DAY, "x"), *OURS), []),
        ((("FL200", "X-7", DAY, None), *OURS), []),
        ((("FL200", "Customer", DAY, 5), *OURS), []),
        ((("FL200", "Paid:", DAY, 5), *OURS), []),
        ((("FL200", "Total", DAY, 5), *OURS), []),
        ((("FL200", "2 rows", DAY, 5), *OURS), []),
        (((1, 2, 3, 4), *OURS), []),  # forms number their columns
        ((("(1)", "(2)", "(3)", "(4)"), *OURS), []),
        (((1, 2, 3, 5), *OURS), [(1, 1, 1, 5_000, "ABCD", True, "open-credits")]),
        # A loose row above a table that is told itself
        (
            (line(7), (), INVOICES, line(5), line(6), (), *OURS),
            [
                (3, 5, 2, 11_000, "ABCD", False, "open-invoices"),
                (1, 1, 1, 7_000, "ABCD", True, "open-credits"),
            ],
        ),
    ],
)
def test_nothing_around_a_table_is_passed_over(lines: tuple[Line, ...], tables: list[Told]) -> None:
    assert told(*lines) == tables


@pytest.mark.parametrize(
    "number", ["CR1", "NC 5", "CN 12", "C1", "Memo 7", "Credit 1", "Inv 7", "No 1", "CR-9"]
)
def test_the_number_of_a_document_is_no_heading_though_its_letters_are_one(number: str) -> None:
    assert told(("FL200", number, DAY, 5), *OURS) == [(1, 1, 1, 5_000, "ABCD", True, "open-credits")]


def test_a_list_without_money_has_no_loose_rows() -> None:
    rows = ("C1", "Bloom"), ("Customer Code", "Customer Name"), ("C2", "Petal")
    assert arranged(*rows, type=CUSTOMERS).beside == ()

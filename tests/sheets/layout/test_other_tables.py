"""Headings that come again, lines of text, and which rows below them are no longer of this table."""

import pytest

from tests.sheets.layout.test_other_rows import DAY, HEAD, Line, below, credit, kinds

INVOICES = ("Customer Code", "Invoice #", "Invoice Date", "Invoice Balance")
STRANGE = ("Proveedor", "Documento", "Vence", "Pendiente")
MORE = credit("FL200", "A9", 3)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        # The title above another table goes with it, three lines at most, up to what is something else.
        ((("x",), ("y",), ("z",), INVOICES, MORE), {7: "T", 8: "T", 9: "T", 10: "T", 11: "T"}),
        ((("w",), ("x",), ("y",), ("z",), INVOICES, MORE), {8: "T", 9: "T", 10: "T", 11: "T", 12: "T"}),
        ((("a", "b"), INVOICES, MORE), {7: "T", 8: "T", 9: "T"}),
        ((("a", "b", "c"), INVOICES, MORE), {8: "T", 9: "T"}),
        ((("Total", None, None, 5), ("x",), INVOICES, MORE), {7: "total", 8: "T", 9: "T", 10: "T"}),
        ((("Page 1 of 2",), ("x",), INVOICES, MORE), {7: "footer", 8: "T", 9: "T", 10: "T"}),
        # Our headings again, whose the rows are, and what else a title says of them
        ((("Other things",), HEAD, MORE, MORE), {8: "header", 9: "?", 10: "?"}),
        ((("FL200",), HEAD, MORE), {8: "header"}),
        ((("Void credits of FL200",), HEAD, MORE), {7: "heading", 8: "header", 9: "?"}),
        ((HEAD[:2], MORE), {7: "header"}),
        ((HEAD[:1], MORE), {}),
        (((*HEAD[:3], "Amount", "Comments"), MORE), {7: "header"}),  # one in other words
        ((("Customer", *HEAD[1:3], "Amount", "Comments"), MORE), {7: "T", 8: "T"}),
        # Headings in words that are known nowhere: below a blank row, above a row of data
        ((STRANGE, MORE), {}),
        (((), STRANGE, MORE), {8: "?", 9: "?"}),
        (((), ("Cosas",), STRANGE, MORE), {8: "?", 9: "?", 10: "?"}),
        (((), ("Proveedor", None, "Vence", "Pendiente"), MORE), {8: "?", 9: "?"}),
        (((), ("Proveedor", None, None, "Pendiente"), MORE), {}),
        (((), ("Proveedor", "Doc 2", "Vence", "Pendiente"), MORE), {}),
        # A summary
        (((), ("Customer", "Total"), ("FL200", 10)), {8: "T", 9: "T"}),
        (((), ("Summary",), ("Customer", "Total"), ("FL200", 10)), {8: "T", 9: "T", 10: "T"}),
        ((("Customer", "Total"), ("FL200", 10)), {7: "total"}),
        (((), ("Foo", "Bar"), ("x", 10)), {}),
        # A line of text that says something else of what follows: short, alone, and something follows
        ((("void credits that we had in our list",), MORE), {7: "heading", 8: "?"}),
        ((("void credits that we had in our own list",), MORE), {}),
        ((("Please do not import any of the rows below this line, ask Jim",), MORE), {7: "heading", 8: "?"}),
        ((("Void credits",),), {}),
        ((("Void", "credits"), MORE), {}),
        ((("Void credits", None, DAY), MORE), {}),
    ],
)
def test_what_stands_below_other_rows_is_of_this_table_or_not(
    lines: tuple[Line, ...], said: dict[int, str]
) -> None:
    words = {"T": ("other-table", True), "?": ("other-table", False), "header": ("repeated-header", True)}
    sheet = below(*(credit("FL200", f"A{n}", 10.5 + n, "late") for n in range(5)), *lines)
    assert kinds(sheet) == {row: words.get(word, (word, True)) for row, word in said.items()}

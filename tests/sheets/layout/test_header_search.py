"""Which row, or which two, are the headings, and over which columns they stand."""

from string import ascii_uppercase

import pandas as pd
import pytest

from komet_import.sheets.layout.header.header_search import (
    NEAR_THE_TOP,
    Line,
    beside_values,
    best_header,
    first_table,
    header_at,
    is_value,
    lines_of,
    numbered,
    something_fits,
)
from komet_import.types import OPEN_CREDITS

HEAD = "Customer Code | Credit # | Credit Date | Credit Balance"
SHORT = "Customer Code | Credit # | Credit Date"
DATA = "FL200 | C1 | 2026-11-01 | 10.00"
TWO = "Customer | Credit | Credit | Credit\nCode | # | Date | Balance"


def cells(line: str) -> dict[str, str]:
    parted = zip(ascii_uppercase, (text.strip() for text in line.split("|")), strict=False)
    return {letter: text for letter, text in parted if text}


def rows(text: str) -> list[Line]:
    lines = [Line(number=number, cells=cells(line)) for number, line in enumerate(text.split("\n"), start=1)]
    return [line for line in lines if line.cells]


def best(text: str) -> tuple[int, int, str] | None:
    found = best_header(rows(text), OPEN_CREDITS)
    return found and (found.first.number, found.last.number, " | ".join(found.headers.values()))


@pytest.mark.parametrize(
    ("text", "first", "last", "headers"),
    [
        (f"{HEAD}\n{DATA}", 1, 1, HEAD),
        (f"{HEAD}\n{DATA}\n{HEAD}\n{DATA}", 1, 1, HEAD),
        # Parameters name columns as well, and titles; what stands below them is no value.
        (f"Customer | All\nFrom | 2026-11-01\n{HEAD}\n{DATA}", 3, 3, HEAD),
        (f"Customer | Date | Balance\nFL200 | x | y\n{HEAD}\n{DATA}", 3, 3, HEAD),
        (f"Customer | All | Date | Any\n\n{HEAD}\n{DATA}", 3, 3, HEAD),
        (f"Customer Code | 2026-11-01 | Balance | 10.00 | Comments\n{HEAD}\n{DATA}", 2, 2, HEAD),
        # Two lines
        (f"{TWO}\n{DATA}", 1, 2, HEAD),
        (f"Customer | | Credit |\nCode | No | Date | Balance\n{DATA}", 1, 2,
         "Customer Code | Customer No | Credit Date | Credit Balance"),
        (f"Open credits | of November\n{HEAD}\n{DATA}", 2, 2, HEAD),
        # An amount that is parted below: both columns hold values.
        (f"{SHORT} | Amount |\n | | | Original | Open\n{DATA} | 5.00", 1, 2,
         f"{SHORT} | Amount Original | Amount Open"),
        (f"{HEAD} |\n | | | Original | 2026\n{DATA} | 5.00", 1, 1, f"{HEAD} | "),
        (f"As of | | | 7.00 | 2026-11-01\n{SHORT} | Amount |\n | | | Original | Open\n{DATA} | ok", 2, 2,
         f"{SHORT} | Amount | "),  # what stands above says nothing of what stands below
        (f"{HEAD} |\n | | | Original | Open\n{DATA} | ok", 1, 1, f"{HEAD} | "),
    ],
)  # fmt: skip
def test_the_headings_are_the_row_or_the_two_that_say_most_above_values(
    text: str, first: int, last: int, headers: str
) -> None:
    assert best(text) == (first, last, headers)


@pytest.mark.parametrize("text", ["Foo | Bar\nx | 1", "Comments | Location\nx | y", "Comments\nx", ""])
def test_a_sheet_has_no_headings_where_none_names_what_is_needed(text: str) -> None:
    assert best(text) is None


def test_headings_over_two_lines_are_sought_near_the_top_and_those_of_one_line_further_down() -> None:
    title = "\n".join(f"Title {chr(65 + n)}" for n in range(NEAR_THE_TOP - 1))
    assert best(f"{title}\n{TWO}\n{DATA}") == (20, 21, HEAD)
    lower = best(f"{title}\nTitle\n{TWO}\n{DATA}")
    assert lower is None or lower[0] == lower[1]
    assert best(f"{title}\nTitle\n{HEAD}\n{DATA}") == (21, 21, HEAD)


def test_two_lines_that_are_not_side_by_side_are_no_headings_of_one_table() -> None:
    upper, lower = TWO.split("\n")
    assert best(f"{upper}\n\n{lower}\n{DATA}") != (1, 3, HEAD)
    assert best(f"Customer\n{lower}\n{DATA}") == (2, 2, lower), "one text alone is a title"


@pytest.mark.parametrize(
    ("number", "found"), [(1, (1, 1)), (2, (2, 3)), (3, (2, 3)), (4, (4, 4)), (5, None), (6, None), (9, None)]
)
def test_the_headings_that_a_person_says_are_the_row_and_what_continues_it(
    number: int, found: tuple[int, int] | None
) -> None:
    lines = rows(f"Credits\n{HEAD} |\n | | | Original | Open\n{DATA} | 5.00\n")
    at = header_at(lines, number, OPEN_CREDITS)
    assert (at and (at.first.number, at.last.number)) == found
    alone = header_at(rows(f"{TWO}\n{DATA}"), number, OPEN_CREDITS)  # the lower row parts none of the upper
    assert (alone and (alone.first.number, alone.last.number)) == ((number, number) if number < 4 else None)


@pytest.mark.parametrize(
    ("headers", "fits"),
    [
        ("Customer Code", True), ("Amount", True), ("Comments", False), ("Comments | Location", False),
        ("Customer | Comments", True), ("Credit # | Comments", False),
    ],
)  # fmt: skip
def test_something_fits_where_a_column_is_one_that_is_needed(headers: str, fits: bool) -> None:
    found = header_at(rows(headers), 1, OPEN_CREDITS)
    assert found is not None and something_fits(found.match, OPEN_CREDITS) is fits


@pytest.mark.parametrize(
    ("headers", "filled", "moved"),
    [
        ("x | | y", "BC", " | x | y"),
        ("x | | y", "B", " | x | y"),
        ("x | | y", "AB", "x |  | y"),  # values stand below it
        ("x | | | y", "BCD", "x |  |  | y"),  # which of two?
        ("x", "B", " | x"),
        ("x | z", "C", "x |  | z"),
        ("x | | z", "BD", " | x |  | z"),
        (" x ", "AB", "x | "),
    ],
)
def test_a_heading_that_is_merged_over_two_columns_is_that_of_the_one_with_values(
    headers: str, filled: str, moved: str
) -> None:
    assert " | ".join(beside_values(cells(headers), set(filled)).values()) == moved


WHOLE = "Customer Code | Credit Date | Balance"


@pytest.mark.parametrize(
    ("headers", "filled", "kept"),
    [
        (WHOLE, "ABC", "ABC"),
        (f"{WHOLE} | | {WHOLE}", "ABCEFG", "ABCD"),
        (f"{WHOLE} | {WHOLE}", "ABCDEF", "ABC"),
        (f"{WHOLE} | Customer Code | Fax", "ABCDE", "ABCDE"),  # no gap, and not all that is needed again
        (f"{WHOLE} | | Customer Code | Fax", "ABCEF", "ABCD"),
        (f"{WHOLE} | | Customer Code | Fax", "ABCDEF", "ABCDEF"),  # values stand in the gap
        ("Customer Code | Credit Date | | Customer Code | Balance", "ABDE", "ABCDE"),  # the left lacks one
        (f"{WHOLE} | | Code | Date | Balance", "ABCEFG", "ABCDEFG"),  # other words are other columns
        (f"{WHOLE} | | {WHOLE} | | {WHOLE}", "ABCEFGIJK", "ABCD"),
    ],
)
def test_the_first_table_ends_where_the_same_headings_begin_again(
    headers: str, filled: str, kept: str
) -> None:
    given = dict(zip(ascii_uppercase, (text.strip() for text in headers.split("|")), strict=False))
    assert "".join(first_table(given, set(filled), OPEN_CREDITS)) == kept


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-01", True), ("10.00", True), ("$5", True), ("(3)", True), ("3 Nov 2026", True),
        ("5%", True),
        ("C1", False), ("Q1", False), ("", False), ("A", False), ("-", False),
    ],
)  # fmt: skip
def test_a_value_is_an_amount_or_a_day(text: str, value: bool) -> None:
    assert is_value(text) is value
    assert Line(number=1, cells={"A": "x", "B": text}).is_header_like is not value


def test_lines_have_the_numbers_of_their_rows_and_their_filled_cells() -> None:
    frame = pd.DataFrame({"A": ["x", " "], "C": ["", "y"]}, index=[3, 7], dtype="str")
    assert [(line.number, line.cells) for line in lines_of(frame)] == [(3, {"A": "x"}), (7, {"C": "y"})]
    assert [line.number for line in numbered([{"A": "x"}, {"A": "y"}])] == [1, 2]

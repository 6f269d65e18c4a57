"""Rows that add up others, one at a time below two rows of data: what decides whether they are sums."""

import pytest

from tests.sheets.layout.test_other_rows import DAY, Line, below, credit, kinds

TWO = (credit("A", "1", 10), credit("A", "2", 20))
ANOTHER = credit("B", "3", 5)
SUM, PART = "total", "subtotal"


@pytest.mark.parametrize(
    ("line", "kind", "certain", "sums"),
    [
        # In the column of customers
        (("Total", None, DAY, 30), SUM, True, (2, 3)),
        (("Total", "x1", DAY, 30), None, None, ()),  # it has all that a row has
        (("Total", None, DAY, 31), None, None, ()),
        (("Total", None, DAY, 20), None, None, ()),  # one row is no proof
        (("Opening balance", None, DAY, 500), SUM, True, ()),  # it is no customer's, whatever day it has
        (("Saldo anterior al 1/11/2026", None, DAY, 500), SUM, True, ()),
        (("Opening balance", "x1", DAY, 500), None, None, ()),
        (("Transport", None, DAY, 500), None, None, ()),  # it may be a customer
        (("Total", "x1", None, 31), SUM, True, ()),
        (("Total Foo", None, None, 31), PART, False, ()),
        (("Total Foo", None, None, 30), PART, True, (2, 3)),
        (("Total A", None, None, 31), PART, True, ()),
        (("Total A", "x9", None, 31), PART, False, ()),
        # In the column of days
        ((None, None, "Total", 31), SUM, True, ()),
        ((None, None, "Total Foo", 31), None, None, ()),
        ((None, None, "Total Foo", 30), PART, True, (2, 3)),
        # In the column of numbers
        ((None, "Total", None, 31), SUM, True, ()),
        (("A", "Total", None, 31), SUM, True, ()),
        (("A", "Total", DAY, 31), SUM, False, ()),
        (("A", "Total", DAY, 30), SUM, True, (2, 3)),
        (("A", "Total 3", DAY, 30), SUM, True, (2, 3)),
        (("A", "Total 3", DAY, 31), None, None, ()),
        # In the column of amounts
        ((None, None, None, "Total"), SUM, True, ()),
        (("A", None, DAY, "Total"), None, None, ()),
        # In a note
        ((None, None, None, 31, "Total"), SUM, True, ()),
        (("A", None, DAY, 30, "Total"), SUM, True, (2, 3)),
        (("A", None, DAY, 31, "Total"), None, None, ()),
        (("A", "x3", None, 31, "Total"), SUM, False, ()),
        (("A", "x3", None, 30, "Total"), SUM, True, (2, 3)),
        (("A", "x3", DAY, 30, "Total"), SUM, False, (2, 3)),
        (("B", "x3", DAY, 30, "Total"), None, None, ()),
        (("A", "x3", DAY, 20, "Total"), None, None, ()),
        (("A", "x3", None, 30, "Total Foo"), None, None, ()),
        (("A", "x3", DAY, 30, "Total Foo"), None, None, ()),
    ],
)
def test_how_much_a_label_says_hangs_on_where_it_stands_and_what_its_row_has(
    line: Line, kind: str | None, certain: bool | None, sums: tuple[int, ...]
) -> None:
    sheet = below(*TWO, line)
    assert kinds(sheet) == ({} if kind is None else {4: (kind, certain)})
    assert kind is None or sheet.aside[4].sums == sums


@pytest.mark.parametrize(
    ("line", "certain"),
    [
        ((None, None, None, 30), True),
        ((None, None, DAY, 30), False),
        ((None, None, DAY, 20), None),
        ((None, None, None, 20), None),
        (("A", None, None, 30), True),
        (("B", None, None, 30), False),  # another's
        (("A", None, None, 20), None),
        ((None, "x", None, 30), False),
        ((None, None, None, 31), None),
        ((None, None, None, 30, "late"), None),
    ],
)
def test_a_sum_without_a_label_is_told_by_what_its_row_lacks(line: Line, certain: bool | None) -> None:
    sheet = below(*TWO, line, ANOTHER)
    assert kinds(sheet) == ({} if certain is None else {4: (PART, certain)})
    assert certain is None or sheet.aside[4].sums == (2, 3)


def test_a_sum_of_all_rows_is_a_total_and_one_of_some_a_subtotal() -> None:
    assert kinds(below(*TWO, ("Total", None, None, 30))) == {4: (SUM, True)}
    assert kinds(below(*TWO, ("Total", None, None, 30), ANOTHER)) == {4: (PART, True)}
    assert kinds(below(ANOTHER, *TWO, ("Total", None, None, 30))) == {5: (PART, True)}
    assert kinds(below(*TWO, ("Subtotal", None, None, 30))) == {4: (PART, True)}


def test_an_amount_alone_that_repeats_one_row_is_a_sum_where_others_are_sums_of_several() -> None:
    single = (None, None, None, 5)
    sheet = below(*TWO, (None, None, None, 30), ANOTHER, single, credit("C", "4", 1))
    assert kinds(sheet) == {4: (PART, True), 6: (PART, True)} and sheet.aside[6].sums == (5,)
    assert kinds(below(*TWO, (None, None, None, 31), ANOTHER, single, credit("C", "4", 1))) == {
        6: (PART, False)
    }
    dated = (None, None, DAY, 5)
    assert kinds(below(*TWO, (None, None, None, 30), ANOTHER, dated, credit("C", "4", 1))) == {
        4: (PART, True)
    }, "with a day it may be a second one like it"


def test_a_line_above_its_rows_that_says_what_they_come_to_is_asked_about() -> None:
    sheet = below(("A", None, None, 30), *TWO, ANOTHER)
    assert kinds(sheet) == {2: (PART, False)} and sheet.aside[2].sums == (3, 4)
    assert kinds(below(credit("A", "0", 30), *TWO, ANOTHER)) == {}, "with a number of its own it is a credit"


def test_a_part_that_is_perhaps_another_table_is_added_up_by_itself() -> None:
    other = credit("B", "3", 5), credit("B", "4", 6)
    sheet = below(*TWO, ("Void",), *other, ("Total", None, None, 11))
    assert kinds(sheet)[7] == (PART, True) and sheet.aside[7].sums == (5, 6)
    sheet = below(*TWO, ("Void",), *other, (None, None, None, 11), credit("C", "5", 1))
    assert kinds(sheet)[7] == (PART, True) and sheet.aside[7].sums == (5, 6)
    assert kinds(sheet)[5] == kinds(sheet)[6] == ("other-table", False)
    sheet = below(*TWO, ("Void",), *other, (None, None, DAY, 11), credit("C", "5", 1))
    assert kinds(sheet)[7] == ("other-table", False), "what is perhaps a sum is perhaps one of its rows"


@pytest.mark.parametrize(
    ("above", "first"),
    [((), 7), ((("Aging",),), 7), ((("Aging 2026",),), 8), (((),), 8), ((credit("Z", "9", 4),), 8)],
)
def test_a_line_of_words_right_above_an_ageing_is_its_heading(above: tuple[Line, ...], first: int) -> None:
    rows = [credit("FL200", f"A{n}", 10.5 + n) for n in range(5)]
    sheet = below(*rows, *above, ("0-30", 300), ("31-60", 210))
    last = 8 + len(above)
    assert kinds(sheet) == dict.fromkeys(range(first, last + 1), ("other-table", True))


def test_the_totals_row_of_a_table_of_excel_is_one_though_it_lacks_nothing() -> None:
    assert kinds(below(*TWO, totals=frozenset({3}))) == {3: (SUM, True)}
    assert kinds(below(*TWO, ANOTHER, totals=frozenset({3, 9}))) == {3: (SUM, True)}


def test_a_word_in_place_of_a_number_is_asked_about_beside_a_sum_of_several_rows_only() -> None:
    assert kinds(below(*TWO, credit("A", "Net", 30), ANOTHER)) == {4: (PART, False)}
    assert kinds(below(*TWO, credit("A", "Net", 20), ANOTHER)) == {}
    assert kinds(below(TWO[0], credit("A", "Net", 10), ANOTHER)) == {}


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        (("FL200",), True),
        (("FL200", "Rosas"), True),
        (("FL200", None, None, None, "Miami"), True),
        (("FL200", None, "soon"), False),  # in the place of what each row needs
        (("FL200", "x9"), False),
        (("FL200", None, None, None, "7 boxes"), False),
    ],
)
def test_a_line_above_rows_that_do_not_say_whose_they_are_heads_them(line: Line, heads: bool) -> None:
    sheet = below(line, credit("", "A1", 10), credit("FL201", "A3", 12))
    assert kinds(sheet) == ({2: ("heading", True)} if heads else {})


def test_an_amount_alone_below_a_single_row_is_certainly_its_sum_at_the_very_end_only() -> None:
    assert kinds(below(ANOTHER, (None, None, None, 5))) == {3: (SUM, True)}
    assert kinds(below(ANOTHER, (None, None, None, 5), TWO[0])) == {3: (PART, False)}


@pytest.mark.parametrize(
    ("head", "ages"),
    [
        (("Customer", 30, 60, 90), True),
        (("Customer", 30, 60), False),
        (("Customer", 30, 60, 92), False),
        (("Customer", 60, 30, 90), False),
        (("Customer 1", 30, 60, 90), False),
    ],
)
def test_plain_numbers_are_ages_where_three_of_them_grow_as_people_age_what_is_open(
    head: Line, ages: bool
) -> None:
    rows = [credit("FL200", f"A{n}", 10.5 + n) for n in range(5)]
    sheet = below(*rows, head, ("FL200", 100, 20, 5))
    assert kinds(sheet) == (dict.fromkeys((7, 8), ("other-table", True)) if ages else {})

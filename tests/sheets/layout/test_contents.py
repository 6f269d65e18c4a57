"""What stands in a column, told by its first values."""

import pytest

from komet_import.sheets.layout.values.contents import Contents, amount, is_amount, is_day, like_a_name
from komet_import.sheets.layout.values.known import Known, name_key
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Column
from komet_import.types.codes import code_key

KNOWN = Known(
    codes=frozenset(map(code_key, ("FL200", "FL201", "Verde Vivo"))),
    names=frozenset(map(name_key, ("Rosas del Valle", "Petal & Stem", "Verde Vivo"))),
    locations=frozenset({"MIA", "LAX"}),
)
PARTY, DAY, MONEY = (OPEN_CREDITS.column(name) for name in ("Customer Code", "Credit Date", "Credit Balance"))
PLACE, NUMBER, NOTE = (OPEN_CREDITS.column(name) for name in ("Location Code", "Credit #", "Comments"))
RECORD = CUSTOMERS.column("Customer Code")


def column(*values: str, header: str = "") -> Contents:
    rows = [{"A": value, "B": "x"} for value in values]
    return Contents(letter="A", header=header, rows=rows, known=KNOWN)


@pytest.mark.parametrize(
    ("text", "day", "money"),
    [
        ("2026-03-02", True, False),
        ("03/04/2026", True, False),  # two readings
        ("2 March 2026", True, False),
        ("2026-03-02 10:42", True, False),
        ("13/13/2026", False, False),
        ("120.00", False, True),
        ("1,234", False, True),  # two readings
        ("12.34567", False, True),  # more decimals than money has
        ("€ 5", False, True),
        ("12%", False, True),
        (" " * 36 + "1,234", False, False),
        (" " * 35 + "1,234", False, True),
        ("FL200", False, False),
        ("", False, False),
        (" " * 31 + "2026-03-02", False, False),
        ("0" * 41, False, False),
    ],
)
def test_a_text_is_a_day_or_an_amount_though_it_may_have_two_readings(
    text: str, day: bool, money: bool
) -> None:
    assert (is_day(text), is_amount(text)) == (day, money)


def test_an_amount_is_told_where_it_has_one_reading() -> None:
    assert (amount("120.00"), amount("1,234"), amount("0" * 40), amount("0" * 41)) == (120, None, 0, None)


@pytest.mark.parametrize(
    ("text", "named"),
    [("Verde Vivo SA", True), ("Petal & Stem", True), ("Bloom", False), ("FL 200 B", False), ("", False),
     ("Route 66 Flowers", False), ("X" * 20, False), ("X" * 21, True), ("Bloom 7", False)],
)  # fmt: skip
def test_words_without_figures_look_like_a_name(text: str, named: bool) -> None:
    assert like_a_name(text) is named


def test_values_are_counted_without_blanks_the_heading_and_lines_of_sums() -> None:
    found = column("Customer", "FL200", "", "FL201", "Total", "FL999", header="Customer")
    assert found.values == ("FL200", "FL201", "Total", "FL999") and found.codes == 2
    assert found.agree(PARTY) is False
    assert column("FL200", "FL201", "FL200", "FL201", "Total", "x").agree(PARTY) is True  # four of five
    assert column("FL200", "FL201", "FL200", "x").agree(PARTY) is False
    assert column().agree(PARTY) is False and column().blank and not found.blank


def test_names_are_those_that_are_no_codes_as_well() -> None:
    assert column("Rosas del Valle", "petal & stem", "Verde Vivo", "Else").names == 2
    assert column("MIA", "lax", "BOG").places == 2


@pytest.mark.parametrize(
    ("of", "values", "agreed"),
    [
        (DAY, ["2026-03-02"] * 4 + ["x"], True),
        (DAY, ["2026-03-02"] * 3 + ["x"], False),
        (MONEY, ["1.00", "-", "–", "2.00"], True),
        (MONEY, ["1.00", "x"], False),
        (MONEY, ["2026-03-02", "2026-03-03"], False),
        (PLACE, ["MIA", "LAX", "MIA", "LAX", "x"], True),
        (PLACE, ["MIA", "x"], False),
        (RECORD, ["N1", "N2", "Verde Vivo SA", "N3", "N4", "N5"], True),
        (RECORD, ["Verde Vivo SA", "N3"], False),
        (NOTE, ["anything"], True),
    ],
)
def test_values_prove_what_a_bare_word_says_where_four_of_five_do(
    of: Column, values: list[str], agreed: bool
) -> None:
    assert column(*values).agree(of) is agreed


@pytest.mark.parametrize(
    ("of", "values", "contradicted"),
    [
        (DAY, ["x", "y"], True),
        (DAY, ["x", "45992"], False),  # Excel's number of a day
        (DAY, ["x", "2026-03-02"], False),
        (MONEY, ["x", "y"], True),
        (MONEY, ["x", "1"], False),
        (NUMBER, ["1.50", "2.75", "3.10"], True),  # money
        (NUMBER, ["1001", "1002"], False),
        (NUMBER, ["Verde Vivo SA", "Rosas del Valle", "x"], True),
        (PARTY, ["2026-03-02"] * 5, True),
        (PARTY, ["FL1"], False),
        (NOTE, ["2026-03-02"] * 5, False),
        (DAY, [], False),
    ],
)
def test_values_contradict_a_heading_where_they_are_plainly_something_else(
    of: Column, values: list[str], contradicted: bool
) -> None:
    assert column(*values).contradict(of) is contradicted


@pytest.mark.parametrize(
    ("of", "values", "said"),
    [
        (PARTY, ["FL200", "x", "FL201"], "2 of 3 are your codes"),
        (PARTY, ["Rosas del Valle", "x"], "1 of 2 are names of your customers"),
        (PARTY, ["x"], "None"),
        (PLACE, ["MIA", "x"], "1 of 2 are your locations"),
        (DAY, ["2026-03-02"], "values are days"),
        (DAY, ["2026-03-02", "x"], "None"),
        (MONEY, ["1.00"], "values are amounts"),
        (NOTE, ["MIA"], "None"),
    ],
)
def test_what_values_say_is_told_in_a_few_words(of: Column, values: list[str], said: str) -> None:
    assert str(column(*values).said(of)) == said


def test_nothing_but_zeros_and_dashes_is_nothing() -> None:
    assert column("0", "0.00", "-", "–").nothing and column().nothing
    assert not column("0", "1").nothing and not column("x").nothing


def test_what_numbers_or_names_rows_stands_there_once() -> None:
    assert column("C1", "C2", "C3", "C4", "C4").numbers_rows
    assert not column("C1", "C1", "C2", "C2").numbers_rows
    assert not column("C1.5", "C2.5").numbers_rows and not column("one", "two").numbers_rows
    assert not column(*(f"C{n}" + "x" * 20 for n in range(3))).numbers_rows
    assert column("Verde Vivo", "Rosas Azules", "Bloom").names_rows
    assert not column("Verde Vivo", "Verde Vivo").names_rows and not column("Bloom", "Rosas").names_rows
    assert not column("Verde Vivo 1", "Rosas Azules 2").names_rows


def test_lines_above_groups_stand_alone_above_rows_that_say_nothing_here() -> None:
    group = [{"A": "Rosas", "B": ""}, {"A": "", "B": "1"}, {"A": "Petal", "B": ""}, {"A": " ", "B": "2"}]
    assert Contents(letter="A", rows=group).heads_groups
    assert not Contents(letter="A", rows=[*group, {"A": "Verde", "B": ""}]).heads_groups
    assert not Contents(letter="A", rows=[{"A": "Rosas", "B": "x"}, *group[1:]]).heads_groups
    assert Contents(letter="A", rows=[*group, {"A": "Total", "B": "3"}, {"A": "", "B": "3"}]).heads_groups
    assert not Contents(letter="A", rows=[{"A": "", "B": "1"}]).heads_groups

"""What a type answers of its columns, its money and its words."""

from dataclasses import replace

import numpy as np
import pytest

from komet_import import types
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Meaning, Need, Sign
from komet_import.types.open_invoices import OPEN_INVOICES
from komet_import.types.schema import shared_name


def test_money_stands_on_the_side_of_its_type_whatever_sign_its_sheet_has() -> None:
    assert (OPEN_CREDITS.in_balance(5), OPEN_INVOICES.in_balance(5), CUSTOMERS.in_balance(5)) == (5, -5, 5)
    assert replace(OPEN_CREDITS, sign=Sign.NEGATIVE).in_balance(-5) == 5
    assert replace(OPEN_INVOICES, sign=Sign.NEGATIVE).in_balance(-5) == -5


def test_zero_is_not_against_the_sign_and_neither_is_money_of_the_right_one() -> None:
    amounts = np.array([-1, 0, 1])
    assert OPEN_CREDITS.against_sign(amounts).tolist() == [True, False, False]
    assert replace(OPEN_CREDITS, sign=Sign.NEGATIVE).against_sign(amounts).tolist() == [False, False, True]


def test_one_is_counted_in_the_singular_and_thousands_with_their_comma() -> None:
    assert [OPEN_CREDITS.counted(count) for count in (0, 1, 2, 1_200)] == [
        "0 credits", "1 credit", "2 credits", "1,200 credits"
    ]  # fmt: skip
    assert (OPEN_CREDITS.told_outcome(1), OPEN_CREDITS.told_outcome(37)) == (
        "1 credit imported",
        "37 credits imported",
    )


@pytest.mark.parametrize(
    ("count", "added", "said"),
    [(5, None, "changed"), (5, 0, "changed"), (5, 5, "added"), (5, 2, "added or changed")],
)
def test_of_records_it_is_said_whether_they_were_added_changed_or_both(
    count: int, added: int | None, said: str
) -> None:
    assert CUSTOMERS.told_done(count, added) == said
    assert OPEN_CREDITS.told_done(count, None) == "imported"


@pytest.mark.usefixtures("three_types")
def test_a_column_is_called_as_in_the_sheets_where_all_types_call_it_the_same() -> None:
    every = types.ALL.values()
    assert shared_name(every, Meaning.DAY) == "Date"
    assert shared_name([OPEN_CREDITS], Meaning.DAY) == shared_name([OPEN_CREDITS, CUSTOMERS], Meaning.DAY)
    assert shared_name([OPEN_CREDITS], Meaning.DAY) == "Credit Date"
    assert shared_name(every, Meaning.LOCATION) == "Location Code"
    assert shared_name([CUSTOMERS], Meaning.DAY) == "Date"


@pytest.mark.usefixtures("three_types")
def test_types_are_found_by_what_they_hold_money_first() -> None:
    assert list(types.ALL) == ["open-credits", "open-invoices", "customers"]
    assert types.usual() is OPEN_CREDITS
    assert types.with_money() == types.saying(Meaning.NUMBER) == (OPEN_CREDITS, OPEN_INVOICES)
    assert types.saying(Meaning.RECORD) == (CUSTOMERS,)


@pytest.mark.parametrize(
    ("need", "one", "several"),
    [(Need.REQUIRED, True, True), (Need.OPTIONAL, False, False), (Need.MULTI_LOCATION, False, True)],
)
def test_a_column_is_needed_by_itself_or_where_there_are_several_locations(
    need: Need, one: bool, several: bool
) -> None:
    column = replace(OPEN_CREDITS.column("Comments"), need=need)
    assert (column.needed(multi_location=False), column.needed(multi_location=True)) == (one, several)


def test_headers_are_found_by_meaning_and_others_are_the_sheets_own() -> None:
    assert OPEN_CREDITS.amount_column == "Credit Balance" and CUSTOMERS.amount_column is None
    assert OPEN_CREDITS.name_for(Meaning.DAY) == "Credit Date" and CUSTOMERS.name_for(Meaning.DAY) == ""
    assert OPEN_CREDITS.names_for([Meaning.MONEY, Meaning.PARTY]) == ("Credit Balance", "Customer Code")
    with pytest.raises(KeyError):
        CUSTOMERS.names_for([Meaning.DAY])
    assert (OPEN_CREDITS.numbered, CUSTOMERS.numbered) == (True, False)
    assert (OPEN_CREDITS.told_column("Comments"), OPEN_CREDITS.told_column("Region")) == (
        "Comments",
        "Region",
    )

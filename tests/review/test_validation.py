"""Every rule of docs/komet-sales.md §2, as source → result."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from komet_import.review import fixes
from komet_import.review.catalogue import CATALOGUE
from komet_import.review.edits import CellChange, Changes
from komet_import.review.judge import judge, rejudge
from komet_import.review.judgement import Judgement
from komet_import.review.reference import Alike, Posted
from komet_import.review.tally import Tally, tally_of_issues
from komet_import.sheets.worksheet import Held
from komet_import.types import CUSTOMERS, OPEN_CREDITS
from tests.properties import tries
from tests.review.drafting import GOOD, HEADERS, draft, noon, reference, row


def found(judgement: Judgement) -> list[tuple[int, str, str]]:
    return [(issue.row, issue.column, issue.code) for issue in judgement.all()]


def test_a_good_row_is_ready():
    judgement = judge(draft(GOOD), reference())
    assert found(judgement) == []
    assert judgement.tally(judgement.ready) == (1, 120_000)


@pytest.mark.parametrize(
    ("changed", "column", "code", "suggestion"),
    [
        ({"customer": ""}, "Customer Code", "missing-value", None),
        ({"customer": "FL21"}, "Customer Code", "unknown-customer", "FL219"),
        ({"customer": "QQ77XY"}, "Customer Code", "unknown-customer", None),
        ({"customer": "FL2I9"}, "Customer Code", "unknown-customer", "FL219"),
        ({"customer": "219"}, "Customer Code", "unknown-customer", "00219"),
        ({"customer": "Rosas del Vale"}, "Customer Code", "unknown-customer", "FL219"),
        ({"customer": "FL900"}, "Customer Code", "inactive-customer", None),
        ({"customer": "X" * 21}, "Customer Code", "too-long", None),
        ({"customer": "FL\u200b219"}, "Customer Code", "unreadable-characters", "FL219"),
        ({"number": "9" * 21}, "Credit #", "too-long", None),
        ({"number": "CR\x01-1"}, "Credit #", "unreadable-characters", "CR-1"),
        ({"date": ""}, "Credit Date", "missing-value", None),
        ({"date": "03/04/2026"}, "Credit Date", "ambiguous-date", None),
        ({"date": "25/02/2026"}, "Credit Date", "date-format", "2026-02-25"),
        ({"date": "2026-02-30"}, "Credit Date", "not-a-date", None),
        ({"date": "soon"}, "Credit Date", "not-a-date", None),
        ({"date": "2026-09-01"}, "Credit Date", "unusual-date", None),
        ({"date": "2019-03-02"}, "Credit Date", "unusual-date", None),
        ({"amount": ""}, "Credit Balance", "missing-value", None),
        ({"amount": "n/a"}, "Credit Balance", "not-a-number", None),
        ({"amount": "-13.89"}, "Credit Balance", "not-positive", "13.89"),
        ({"amount": "0"}, "Credit Balance", "not-positive", None),
        ({"amount": "1.2345"}, "Credit Balance", "too-many-decimals", None),
        ({"amount": "1,234"}, "Credit Balance", "ambiguous-amount", None),
        ({"amount": "€5"}, "Credit Balance", "other-currency", None),
        ({"amount": "5 EUR"}, "Credit Balance", "other-currency", None),
        ({"amount": "10000.01"}, "Credit Balance", "above-ceiling", None),
        ({"amount": "9" * 40}, "Credit Balance", "above-ceiling", None),
        ({"location": ""}, "Location Code", "missing-value", None),
        ({"location": "MlA"}, "Location Code", "unknown-location", "MIA"),
        ({"location": "LAX"}, "Location Code", "not-at-location", "MIA"),
        ({"comments": "x" * 501}, "Comments", "too-long", None),
    ],
)
def test_each_rule_names_its_cell(changed, column, code, suggestion):
    judgement = judge(draft(row(**changed)), reference())
    assert found(judgement) == [(2, column, code)]
    (issue,) = judgement.all()
    assert issue.suggestion == suggestion
    assert column in issue.message and "{" not in issue.message


@pytest.mark.parametrize(
    "changed",
    [
        {"customer": " fl219 "},
        {"number": ""},
        {"amount": "0.001"},
        {"amount": "10000"},
        {"amount": "$ 1,200.00"},
        {"comments": ""},
        {"comments": "שלום 🌷 <b>“x”"},
        {"date": "2026-04-10"},
    ],
)
def test_what_is_allowed_raises_nothing(changed):
    assert found(judge(draft(row(**changed)), reference())) == []


def test_a_company_with_one_location_needs_none():
    judgement = judge(draft(row(location="")), reference(locations=1))
    assert found(judgement) == []


def test_an_error_cell_and_a_formula_without_a_result_are_issues_of_their_own():
    sheet = draft(
        row(amount="#N/A"),
        row(number="CR-2", amount="=A1*2"),
        held={(2, "Credit Balance"): Held.ERROR, (3, "Credit Balance"): Held.UNCALCULATED},
    )
    assert found(judge(sheet, reference())) == [
        (2, "Credit Balance", "error-cell"),
        (3, "Credit Balance", "uncalculated-formula"),
    ]


def test_a_real_number_is_never_unclear():
    sheet = draft(row(amount="1.234"), held={(2, "Credit Balance"): Held.NUMBER})
    judgement = judge(sheet, reference())
    assert found(judgement) == []
    assert judgement.amounts.tolist() == [1234]


def test_the_ledgers_own_currency_is_read_and_every_other_one_is_named():
    sheet = draft(row(amount="€5"), row(number="CR-2", amount="$5"))
    judgement = judge(sheet, replace(reference(), currency="EUR"))
    assert found(judgement) == [(3, "Credit Balance", "other-currency")]
    assert judgement.amounts.tolist() == [5_000, 0]
    (issue,) = judgement.all()
    assert issue.message == (
        "Credit Balance “$5” is in another currency; the ledger is in EUR, so type the amount in EUR."
    )


def test_a_negative_amount_is_read_and_in_no_sum():
    judgement = judge(draft(row(amount="-13.89"), row(number="B", amount="-1e20")), reference())
    assert judgement.amounts.tolist() == [-13_890, 0]
    assert judgement.readable.tolist() == [True, False]
    assert judgement.tally(judgement.rejected) == (2, 0)


def test_a_number_stands_once_per_customer_in_a_sheet():
    sheet = draft(row(), row(amount="7"), row(customer="FL220"), row(number="cr-1 ", amount="8"))
    assert found(judge(sheet, reference())) == [
        (2, "Credit #", "split-number"),
        (3, "Credit #", "duplicate-in-sheet"),
        (5, "Credit #", "duplicate-in-sheet"),
    ]


def test_a_row_that_is_left_out_duplicates_nothing():
    sheet = draft(row(), row(amount="7")).apply(Changes(left_out=(2,)))
    judgement = judge(sheet, reference())
    assert found(judgement) == []
    assert judgement.tally(judgement.left_out) == (1, 120_000)
    assert judgement.tally(judgement.ready) == (1, 7_000)


@pytest.mark.parametrize(
    ("numbers", "waiting"),
    [
        (("", ""), [3]),
        (("A", ""), [3]),
        (("", "A"), [3]),
        (("A", "B"), []),
        (("", "", ""), [3, 4]),
        (("A", "B", ""), [4]),
        (("", "A", "B"), [3, 4]),
    ],
)
def test_equal_credits_without_two_numbers_wait_until_somebody_confirms_them(
    numbers: tuple[str, ...], waiting: list[int]
) -> None:
    sheet = draft(*(row(number=number) for number in numbers))
    judgement = judge(sheet, reference())
    assert [(i.row, i.code) for i in judgement.waiting()] == [(n, "repeated-row") for n in waiting]
    assert judgement.numbers[judgement.to_confirm].tolist() == waiting
    assert tally_of_issues(judgement, judgement.waiting()) == Tally(
        rows=len(waiting), amount=120_000 * len(waiting)
    )
    given = sheet.apply(fixes.confirm(sheet, judgement.waiting()))
    assert judge(given, reference()).ready.all()


def test_a_confirmed_credit_waits_again_beside_another_equal_row():
    sheet = draft(row(number="", amount="7"), row(number=""), row(number=""))
    given = sheet.apply(fixes.confirm(sheet, judge(sheet, reference()).waiting()))
    changed = given.apply(Changes(cells=(CellChange(2, "Credit Balance", "7", "120.00"),)))
    judgement = judge(changed, reference())
    assert judgement.numbers[judgement.to_confirm].tolist() == [3, 4]
    assert judge(given.apply(Changes(left_out=(3,))), reference()).ready.tolist() == [True, False, True]


def test_what_stands_in_the_ledger_is_not_posted_again():
    posted = Posted(keys={(1, "CR-1"): noon(date(2026, 3, 3))})
    judgement = judge(draft(row(), row(customer="FL220")), reference(posted=posted))
    assert found(judgement) == [(2, "Credit #", "already-posted")]


@pytest.mark.parametrize(
    ("number", "numbered", "warned"), [("", True, True), ("CR-9", False, True), ("CR-9", True, False)]
)
def test_a_credit_that_looks_posted_waits_for_somebody_to_confirm_it(number, numbered, warned):
    key = (1, date(2026, 3, 2), 120_000)
    posted = Posted(alike={key: Alike(noon(date(2026, 3, 3)), numbered)})
    judgement = judge(draft(row(number=number)), reference(posted=posted))
    assert found(judgement) == ([(2, "Credit Balance", "possible-duplicate")] if warned else [])
    assert judgement.ready.tolist() == [not warned] and judgement.to_confirm.tolist() == [warned]


def test_a_hidden_row_is_pointed_out():
    assert found(judge(draft(row(), hidden=(2,)), reference())) == [(2, "Customer Code", "hidden-row")]


def test_an_answer_about_a_column_reads_its_texts():
    sheet = draft(row(amount="1.234", date="03/04/2026"))
    answers = sheet.answers.with_answer("mark", "Credit Balance", ",").with_answer(
        "order", "Credit Date", "mdy"
    )
    judgement = judge(replace(sheet, answers=answers), reference())
    assert found(judgement) == []
    assert judgement.readings["Credit Balance"][0] == Decimal(1234)
    assert judgement.readings["Credit Date"][0] == date(2026, 3, 4)


def test_customers_are_judged_by_the_same_pipeline():
    headers = ("Customer Code", "Customer Name", "Location Codes", "Customer Type", "Active")
    sheet = draft(
        ("NEW1", "Bloom", "MIA:LAX", "retailer", "yes"),
        ("new1", "Bloom", "", "", ""),
        ("N2", "", "MIA:XYZ", "Shop", "maybe"),
        type=CUSTOMERS,
        headers=headers,
    )
    assert found(judge(sheet, reference())) == [
        (3, "Customer Code", "duplicate-in-sheet"),
        (4, "Customer Name", "missing-value"),
        (4, "Location Codes", "unknown-location"),
        (4, "Customer Type", "not-a-choice"),
        (4, "Active", "not-a-choice"),
    ]


def test_every_issue_of_the_catalogue_has_a_sentence():
    for code, kind in CATALOGUE.items():
        assert kind.template.endswith("."), code
        assert kind.title


CELLS = {
    "Customer Code": ["FL219", "fl220", "FL21", "", "00219", "FL900"],
    "Credit #": ["", "CR-1", "CR-2", "cr-1", "X" * 25],
    "Credit Date": ["2026-03-02", "", "03/04/2026", "2019-01-01"],
    "Credit Balance": ["120.00", "-1", "1,234", "", "10000.01", "5"],
    "Location Code": ["MIA", "LAX", "", "XXX"],
    "Comments": ["", "late"],
}
TOTAL = ("Total", "", "", "125", "", "")
ROWS = st.tuples(*(st.sampled_from(CELLS[header]) for header in HEADERS))


@given(st.data())
@settings(max_examples=tries(30), deadline=None)
def test_judging_only_what_changed_comes_to_the_same(data):
    facts = reference(
        posted=Posted(
            keys={(1, "CR-2"): noon(date(2026, 3, 1))},
            alike={(2, date(2026, 3, 2), 5_000): Alike(noon(date(2026, 3, 1)), False)},
        )
    )
    lines = data.draw(st.lists(st.one_of(ROWS, st.just(TOTAL)), min_size=1, max_size=8))
    sheet = draft(*lines, totals=tuple(n for n, line in enumerate(lines, start=2) if line is TOTAL))
    judgement = judge(sheet, facts)
    for _ in range(data.draw(st.integers(1, 4))):
        numbers = sheet.rows.index.tolist()
        number = data.draw(st.sampled_from(numbers))
        column = data.draw(st.sampled_from(HEADERS))
        before = str(sheet.rows.at[number, column])
        after = data.draw(st.sampled_from(CELLS[column]))
        out = data.draw(st.booleans())
        changes = Changes(
            cells=(CellChange(number, column, before, after),),
            left_out=(number,) if out else (),
            taken_in=() if out else (number,),
            admitted=(number,) if data.draw(st.booleans()) else (),
            confirmations=fixes.confirm(sheet, judgement.waiting()[:1]).confirmations,
        )
        sheet = sheet.apply(changes)
        judgement = rejudge(judgement, sheet, facts, sheet.positions(changes.rows).tolist())
    whole = judge(sheet, facts)
    assert list(judgement.all()) == list(whole.all())
    states = ("ready", "to_confirm", "rejected", "left_out", "set_aside", "confirmed")
    for name in (*states, "warnings", "amounts", "readable"):
        assert np.array_equal(getattr(judgement, name), getattr(whole, name)), name
    for name in whole.readings:
        assert judgement.readings[name].tolist() == whole.readings[name].tolist()


def test_the_catalogue_knows_every_code_that_the_rules_use():
    assert {"ambiguous-amount", "serial-date", "date-format"} <= CATALOGUE.keys()
    assert OPEN_CREDITS.amount_column in OPEN_CREDITS.columns_by_name

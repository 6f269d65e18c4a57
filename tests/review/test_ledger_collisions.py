"""What stands in the ledger already is found in exactly the rows that say the same."""

from datetime import date

import pytest

from komet_import.review.edits import Changes, setting
from komet_import.review.judge import colliding, judge, rejudge
from komet_import.review.reference import Alike, Posted
from tests.review.drafting import HEADERS, draft, noon, reference, row

DAY = date(2026, 3, 2)
NUMBERS = Posted(keys={(1, "CR-1"): noon(DAY)})
CREDITS = Posted(alike={(1, DAY, 120_000): Alike(noon(DAY), False)})

SHEET = draft(
    row(),  # 2: the number, and a credit like the posted one
    row(number="cr-1", customer="FL220", amount="7"),  # 3: another customer's number
    row(number="CR-2", amount="120"),  # 4: another number, the same credit
    row(number="CR-3", date="2026-03-03"),  # 5: another day
    row(number="CR-4", amount="120.01"),  # 6: another amount
    row(number="CR-5", customer="FL220"),  # 7: another customer's credit
    row(number="CR-6", customer="NOBODY"),  # 8: no customer
    row(number="CR-7", date="soon"),  # 9: no day
    row(number="CR-8", amount="n/a"),  # 10: no amount
    row(number="", amount="9"),  # 11: no number
)


@pytest.mark.parametrize(
    ("posted", "rows"),
    [
        (Posted(), []),
        (NUMBERS, [2]),
        (CREDITS, [2, 4]),
        (Posted(keys=NUMBERS.keys, alike=CREDITS.alike), [2, 4]),
        (Posted(keys={(1, ""): noon(DAY)}), []),
    ],
)
def test_rows_that_may_collide_are_found_and_no_others(posted, rows):
    judgement = judge(SHEET, reference())
    found = colliding(judgement, SHEET, posted)
    assert judgement.numbers[found].tolist() == rows


@pytest.mark.parametrize(("excluded", "rows"), [((), []), ((8,), [2, 3, 4])])
def test_a_sheet_is_numbered_anew_where_half_of_the_rows_that_count_stand_there(excluded, rows):
    there = {(1, DAY, n * 1000): Alike(noon(DAY), True, numbers=(f"OLD {n}",)) for n in (1, 2, 3)}
    sheet = draft(*(row(number=f"N-{'ABCDEFG'[n]}", amount=str(n + 1)) for n in range(7)))
    sheet = sheet.apply(Changes(left_out=excluded))
    judgement = judge(sheet, reference(posted=Posted(alike=there)))
    assert [issue.row for issue in judgement.all() if issue.code == "possible-duplicate"] == rows


def test_without_a_column_of_customers_nothing_collides():
    headers = HEADERS[1:]
    sheet = draft(tuple(row()[1:]), headers=headers)
    judgement = judge(sheet, reference())
    assert colliding(judgement, sheet, CREDITS) == []


def test_a_sheet_without_numbers_collides_by_what_it_says():
    headers = tuple(name for name in HEADERS if name != "Credit #")
    sheet = draft(
        tuple(value for name, value in zip(HEADERS, row(), strict=True) if name in headers), headers=headers
    )
    judgement = judge(sheet, reference(posted=CREDITS))
    assert [(i.row, i.code) for i in judgement.all()] == [(2, "possible-duplicate")]
    assert colliding(judgement, sheet, CREDITS) == [0]


def test_every_row_with_a_posted_number_is_rejected_and_every_one_that_looks_posted_waits():
    facts = reference(posted=Posted(keys=NUMBERS.keys, alike=CREDITS.alike))
    judgement = judge(SHEET, facts)
    told = [
        (i.row, i.column, i.code)
        for i in judgement.all()
        if i.code in ("already-posted", "possible-duplicate")
    ]
    assert told == [(2, "Credit #", "already-posted"), (4, "Credit Balance", "possible-duplicate")]
    (already, possible) = [i for i in judgement.all() if i.code in ("already-posted", "possible-duplicate")]
    assert "2026-03-02 UTC" in already.message and "“CR-1”" in already.message
    assert "2026-03-02" in possible.message and "120" in possible.message


def test_an_edit_that_makes_a_row_collide_says_so_and_one_that_ends_it_too():
    facts = reference(posted=Posted(keys=NUMBERS.keys, alike=CREDITS.alike))
    start = judge(SHEET, facts)
    edited = SHEET.apply(
        setting([(5, "Credit Date", "2026-03-03", "2026-03-02"), (6, "Credit #", "CR-4", "cr-1 ")])
    )
    judgement = rejudge(start, edited, facts, [3, 4])
    codes = [(i.row, i.code) for i in judgement.all() if i.row in (5, 6)]
    assert codes == [(5, "possible-duplicate"), (6, "already-posted"), (6, "duplicate-in-sheet")]
    assert (judgement.to_confirm[3], judgement.rejected[4]) == (True, True)
    back = rejudge(judgement, SHEET, facts, [3, 4])
    assert [i for i in back.all() if i.row in (5, 6)] == []
    assert back.ready[3] and back.ready[4]

"""The figures of a sheet: every row in one of them, sums of what was read, what is in no sum said apart."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from komet_import.review import fixes
from komet_import.review.draft import Draft
from komet_import.review.edits import CellChange, Changes
from komet_import.review.figures import Apart, Figures, Tally, TotalRow, figures
from komet_import.review.reference import Alike, Posted
from komet_import.review.validation import judge, rejudge
from komet_import.review.window import Show, next_problem, problems, shown
from tests.review.drafting import draft, reference, row

DAY = date(2026, 3, 2)
TOTAL = ("Total", "", "", "120.00", "", "")


def total(amount: str) -> tuple[str, ...]:
    return ("Total", "", "", amount, "", "")


def alike(*amounts: int, newest: int = 7) -> Posted:
    """A ledger that holds FL219's credits of these thousandths without a number."""
    return Posted(alike={(1, DAY, amount): Alike(DAY, False, newest) for amount in amounts})


def told(sheet: Draft, posted: Posted | None = None) -> Figures:
    return figures(judge(sheet, reference(posted=posted)))


def test_a_total_row_is_set_aside_by_itself_and_counts_as_no_row():
    sheet = draft(row(), row(number="CR-2", amount="5"), total("125"), totals=(4,))
    judgement = judge(sheet, reference())
    assert list(judgement.all()) == []
    assert judgement.set_aside.tolist() == [False, False, True]
    found = figures(judgement)
    assert found.read == found.ready == found.counted == Tally(rows=2, amount=125_000)
    assert found.rejected == found.left_out == found.to_confirm == Tally(rows=0, amount=0)
    assert found.apart == Apart(totals=(TotalRow(row=4, amount=125_000, above=125_000),))
    assert found.apart.sentences == ("Total row 4 of the sheet ($125.00) matches the rows above it.",)


def test_a_total_row_may_be_taken_in_and_set_aside_again():
    sheet = draft(row(), TOTAL, totals=(3,))
    taken = sheet.apply(Changes(admitted=(3,)))
    assert told(taken).read.rows == 2 and told(taken).rejected == Tally(rows=1, amount=120_000)
    assert {issue.code for issue in judge(taken, reference()).all()} >= {"unknown-customer", "missing-value"}
    for changes in (Changes(left_out=(3,)), Changes(admitted=(3,)).inverse()):
        back = taken.apply(changes)
        assert told(back) == told(sheet), "a total row that is left out is none of the rows either"


def test_a_total_row_that_somebody_makes_a_credit_of_counts_as_one():
    sheet = draft(row(), TOTAL, totals=(3,))
    written = sheet.apply(Changes(cells=(CellChange(3, "Credit Date", "", "2026-03-02"),)))
    assert told(written).read.rows == 2 and told(written).apart.totals == ()
    cheaper = sheet.apply(Changes(cells=(CellChange(3, "Credit Balance", "120.00", "7"),)))
    assert told(cheaper).apart.totals == (TotalRow(row=3, amount=7_000, above=120_000),)


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("120", "Total row 3 of the sheet ($120.00) matches the rows above it."),
        ("121.5", "Total row 3 of the sheet ($121.50) is $1.50 more than the rows above it ($120.00)."),
        ("119.98", "Total row 3 of the sheet ($119.98) is $0.02 less than the rows above it ($120.00)."),
        ("n/a", "Total row 3 has no readable amount."),
        ("", "Total row 3 has no readable amount."),
    ],
)
def test_a_total_row_is_compared_with_the_rows_above(amount, sentence):
    assert told(draft(row(), total(amount), totals=(3,))).apart.sentences == (sentence,)


def test_totals_of_parts_and_of_the_whole_are_each_compared_with_their_own():
    sheet = draft(
        row(amount="10"), row(number="B", amount="-3"), total("7"),  # rows 2 to 4
        row(number="C", amount="5"), total("6"),  # rows 5 and 6: a dollar too much
        total("12"),  # the whole, directly below
        totals=(4, 6, 7),
    )  # fmt: skip
    assert told(sheet).apart.totals == (
        TotalRow(row=4, amount=7_000, above=7_000),
        TotalRow(row=6, amount=6_000, above=5_000),
        TotalRow(row=7, amount=12_000, above=12_000),
    )


def test_what_cannot_be_read_and_what_is_negative_is_said_and_in_no_sum():
    sheet = draft(
        row(), row(number="B", amount="n/a"), row(number="C", amount=""), row(number="D", amount="-13.89")
    )
    found = told(sheet)
    assert found.read == Tally(rows=4, amount=120_000)
    assert found.rejected == Tally(rows=3, amount=0)
    assert found.counted == Tally(rows=4, amount=106_110), "a person adds up as the sheet does"
    assert found.apart == Apart(unreadable=2, negative=Tally(rows=1, amount=-13_890))
    assert found.apart.sentences == ("2 rows have no readable amount.", "1 negative amount, -$13.89.")


def test_many_total_rows_are_counted_and_the_wrong_ones_named():
    right = tuple(TotalRow(row=n, amount=1, above=1) for n in range(2, 6))
    assert Apart(totals=right).sentences == ("4 total rows of the sheet; all match the rows above them.",)
    wrong = Apart(totals=(*right, TotalRow(row=9, amount=2_000, above=1_000)))
    assert wrong.sentences == (
        "5 total rows of the sheet; 1 does not match the rows above them.",
        "Total row 9 of the sheet ($2.00) is $1.00 more than the rows above it ($1.00).",
    )


# ------------------------------------------------------------------------------- what is to be confirmed


def test_a_possible_duplicate_is_neither_ready_nor_rejected_until_somebody_confirms_it():
    facts = reference(posted=alike(120_000))
    sheet = draft(row(number=""), row(number="B", amount="5"))
    judgement = judge(sheet, facts)
    found = figures(judgement)
    assert (found.ready, found.to_confirm) == (Tally(rows=1, amount=5_000), Tally(rows=1, amount=120_000))
    assert found.rejected.rows == found.confirmed.rows == 0
    confirmed = sheet.apply(fixes.confirm(sheet, judgement.waiting()))
    again = figures(rejudge(judgement, confirmed, facts, [0]))
    assert again.ready == Tally(rows=2, amount=125_000) and again.to_confirm.rows == 0
    assert again.confirmed == Tally(rows=1, amount=120_000)


@pytest.mark.parametrize(
    ("column", "before", "after", "holds"),
    [
        ("Comments", "late truck", "checked", True),
        ("Location Code", "MIA", "mia", True),
        ("Credit Balance", "120.00", "120", True),
        ("Credit Balance", "120.00", "77", False),
        ("Customer Code", "FL219", "FL220", False),
    ],
)
def test_a_confirmation_holds_while_the_row_says_what_it_said(column, before, after, holds):
    credits = {(who, DAY, money): Alike(DAY, False, 1) for who in (1, 2) for money in (120_000, 77_000)}
    facts = reference(posted=Posted(alike=credits))
    sheet = draft(row(number=""))
    sheet = sheet.apply(fixes.confirm(sheet, judge(sheet, facts).waiting()))
    assert judge(sheet, facts).confirmed.all()
    edited = sheet.apply(Changes(cells=(CellChange(2, column, before, after),)))
    judgement = judge(edited, facts)
    assert judgement.ready.all() is np.bool_(holds) and judgement.to_confirm.all() is np.bool_(not holds)
    back = edited.apply(Changes(cells=(CellChange(2, column, after, before),)))
    assert judge(back, facts).confirmed.all()


def test_another_credit_like_it_in_the_ledger_is_not_the_one_that_was_confirmed():
    sheet = draft(row(number=""))
    sheet = sheet.apply(fixes.confirm(sheet, judge(sheet, reference(posted=alike(120_000))).waiting()))
    assert judge(sheet, reference(posted=alike(120_000))).ready.all()
    assert judge(sheet, reference(posted=alike(120_000, newest=8))).to_confirm.all()


def test_panel_filter_and_f8_count_the_rows_that_wait():
    facts = reference(posted=alike(120_000, 5_000, 6_000))
    sheet = draft(
        row(number=""),
        row(number="", amount="5"),
        row(number="", amount="6", location="LAX"),  # an error as well: that comes first
        row(number="X", amount="9"),
    )
    sheet = sheet.apply(fixes.confirm(sheet, judge(sheet, facts).waiting()[:1]))
    judgement = judge(sheet, facts)
    assert shown(judgement, Show.TO_CONFIRM).tolist() == [False, True, False, False]
    assert [p.rows for p in problems(judgement) if p.code == "possible-duplicate"] == [[3]]
    order = np.arange(4)
    first = next_problem(judgement, order, sheet.columns, row=None, column=None, forward=True)
    assert first == (1, "Credit Balance")
    after = next_problem(judgement, order, sheet.columns, row=3, column="Credit Balance", forward=True)
    assert after == (2, "Location Code")


def test_undone_a_confirmation_is_gone_and_a_stored_one_is_the_same():
    facts = reference(posted=alike(120_000))
    sheet = draft(row(number=""))
    changes = fixes.confirm(sheet, judge(sheet, facts).waiting())
    assert Changes.from_json(changes.to_json()) == changes
    confirmed = sheet.apply(changes)
    assert confirmed.confirmed and not confirmed.apply(changes.inverse()).confirmed
    assert not fixes.confirm(confirmed, judge(confirmed, facts).waiting())
    assert changes.touches(changes) and not changes.touches(Changes(left_out=(2,)))


# ------------------------------------------------------------- any sheet, added up by other means than ours

AMOUNTS = ("120.00", "5", "0.001", "9999.999", "-3", "-0.5", "n/a", "", "0", "1,234", "99999")
LINES = st.tuples(
    st.sampled_from(["FL219", "FL220", "nobody"]),
    st.sampled_from(["", "A", "B"]),
    st.sampled_from(["2026-03-02", "2026-03-03", ""]),
    st.sampled_from(AMOUNTS),
    st.sampled_from(["MIA", "LAX", ""]),
    st.just(""),
)
READ = {"1,234": None, "n/a": None, "": None}


def as_decimal(text: str) -> Decimal | None:
    return None if text in READ else Decimal(text)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_figures_of_any_sheet_add_up(data):
    lines = data.draw(st.lists(st.one_of(LINES, st.sampled_from(AMOUNTS).map(total)), min_size=1, max_size=9))
    numbers = list(range(2, 2 + len(lines)))
    totals = tuple(n for n, line in zip(numbers, lines, strict=True) if line[0] == "Total")
    out = data.draw(st.sets(st.sampled_from(numbers)))
    posted = Posted(
        alike={
            (who, DAY, money): Alike(DAY, data.draw(st.booleans()), 3)
            for who in (1, 2)
            for money in (120_000, 5_000)
        }
    )
    sheet = draft(*lines, totals=totals).apply(Changes(left_out=tuple(sorted(out))))
    judgement = judge(sheet, reference(posted=posted))
    confirmed = (
        data.draw(st.lists(st.sampled_from(judgement.waiting()), unique_by=id)) if judgement.waiting() else []
    )
    sheet = sheet.apply(fixes.confirm(sheet, confirmed))
    judgement = judge(sheet, reference(posted=posted))
    found = figures(judgement)

    states = (
        judgement.ready,
        judgement.to_confirm,
        judgement.rejected,
        judgement.left_out,
        judgement.set_aside,
    )
    assert np.array_equal(np.sum(states, axis=0), np.ones(len(lines))), "each row is in one state"
    amounts = [as_decimal(line[3]) for line in lines]
    for tally, chosen in (
        (found.read, ~judgement.set_aside),
        (found.ready, judgement.ready),
        (found.to_confirm, judgement.to_confirm),
        (found.rejected, judgement.rejected),
        (found.left_out, judgement.left_out),
        (found.confirmed, judgement.confirmed),
    ):
        sums = [a for a, there in zip(amounts, chosen, strict=True) if there and a is not None and a >= 0]
        assert (tally.rows, tally.amount) == (chosen.sum(), sum(sums, Decimal()) * 1000)
    assert found.ready + found.to_confirm + found.rejected + found.left_out == found.read
    data_rows = [a for n, a in zip(numbers, amounts, strict=True) if n not in totals]
    negative = [a for a in data_rows if a is not None and a < 0]
    assert found.apart.unreadable == sum(a is None for a in data_rows)
    assert found.apart.negative == Tally(rows=len(negative), amount=int(sum(negative, Decimal()) * 1000))
    assert found.counted.amount == sum((a for a in data_rows if a is not None), Decimal()) * 1000
    assert [t.row for t in found.apart.totals] == list(totals)
    assert {issue.row for issue in confirmed} == set(judgement.numbers[judgement.confirmed].tolist())
    assert not judgement.confirmed[~judgement.ready].any()

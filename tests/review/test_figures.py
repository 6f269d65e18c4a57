"""The figures of a sheet: every row in one of them, sums of what was read, what is in no sum said apart."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from komet_import.review import fixes
from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, CellChange, Changes
from komet_import.review.figures import Apart, Figures, SetAside, TotalRow, figures
from komet_import.review.judge import judge, rejudge
from komet_import.review.problem_list import next_problem, problems
from komet_import.review.reference import Alike, Directory, KnownCustomer, Posted
from komet_import.review.rules import signs
from komet_import.review.tally import Tally
from komet_import.review.window import Show, shown
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.types import CUSTOMERS, OPEN_CREDITS, Sign
from tests.properties import tries
from tests.review.drafting import AS_THEY_ARE, draft, noon, reference, row

DAY = date(2026, 3, 2)
TOTAL = ("Total", "", "", "120.00", "", "")


def total(amount: str) -> tuple[str, ...]:
    return ("Total", "", "", amount, "", "")


def alike(*amounts: int, newest: int = 7) -> Posted:
    """A ledger that holds FL219's credits of these thousandths without a number."""
    return Posted(alike={(1, DAY, amount): Alike(noon(DAY), False, newest) for amount in amounts})


def told(sheet: Draft, posted: Posted | None = None) -> Figures:
    return figures(judge(sheet, reference(posted=posted)))


def test_a_total_row_is_set_aside_by_itself_and_counts_as_no_row():
    sheet = draft(row(), row(number="CR-2", amount="5"), total("125"), totals=(4,))
    judgement = judge(sheet, reference())
    assert [(issue.row, issue.code) for issue in judgement.all()] == [(4, "total-line")]
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


def test_a_total_row_may_add_up_what_was_set_aside_and_the_sign_that_the_file_has():
    """An export of credits, which are negative in it, and of invoices, which are not imported."""
    invoice = Aside(kind=RowKind.FILTERED, certain=True, why="“Type” says Invoice")
    lines = [
        row(amount="-10"), total("-10"),  # rows 2 and 3
        row(number="B", amount="100"), total("100"),  # an invoice alone
        row(number="C", amount="-5"), row(number="D", amount="20"), total("15"),  # one of each
        total("105"),
    ]  # fmt: skip
    sheet = draft(*lines, totals=(3, 5, 8, 9), aside={4: invoice, 7: invoice})
    assert [one.matches for one in told(sheet).apart.totals] == [True] * 4
    turned = sheet.apply(
        Changes(
            cells=(CellChange(2, "Credit Balance", "-10", "10"), CellChange(6, "Credit Balance", "-5", "5")),
            answers=(Answer("sign", "Credit Balance", None, signs.TURNED),),
        )
    )
    assert [one.matches for one in told(turned).apart.totals] == [True] * 4
    wrong = sheet.apply(Changes(cells=(CellChange(6, "Credit Balance", "-5", "-6"),)))
    assert [one.matches for one in told(wrong).apart.totals] == [True, True, False, False]


def test_what_cannot_be_read_and_what_is_negative_is_said_and_in_no_sum():
    sheet = draft(
        row(), row(number="B", amount="n/a"), row(number="C", amount=""), row(number="D", amount="-13.89")
    )
    found = told(sheet)
    assert found.read == Tally(rows=4, amount=120_000)
    assert found.rejected == Tally(rows=3, amount=0)
    assert found.counted == Tally(rows=4, amount=106_110), "a person adds up as the sheet does"
    assert found.apart == Apart(unreadable=2, negative=Tally(rows=1, amount=-13_890))
    assert found.apart.sentences == ("2 rows have no readable amount.", "1 negative amount, −$13.89.")


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
    credits = {(who, DAY, money): Alike(noon(DAY), False, 1) for who in (1, 2) for money in (120_000, 77_000)}
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
@settings(max_examples=tries(50), deadline=None)
def test_the_figures_of_any_sheet_add_up(data):
    lines = data.draw(st.lists(st.one_of(LINES, st.sampled_from(AMOUNTS).map(total)), min_size=1, max_size=9))
    numbers = list(range(2, 2 + len(lines)))
    totals = tuple(n for n, line in zip(numbers, lines, strict=True) if line[0] == "Total")
    out = data.draw(st.sets(st.sampled_from(numbers)))
    posted = Posted(
        alike={
            (who, DAY, money): Alike(noon(DAY), data.draw(st.booleans()), 3)
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


# ------------------------------------------------------------------------------- each number, each sentence


def test_tallies_are_added_in_rows_and_in_money_and_stay_without_money_where_there_is_none():
    assert Tally(rows=2, amount=5) + Tally(rows=3, amount=7) == Tally(rows=5, amount=12)
    assert Tally(rows=2, amount=None) + Tally(rows=3, amount=None) == Tally(rows=5, amount=None)
    assert Tally(rows=2, amount=5) + Tally(rows=3, amount=None) == Tally(rows=5, amount=5)


@pytest.mark.parametrize(
    ("apart", "sentences"),
    [
        (Apart(), ()),
        (Apart(unreadable=1), ("1 row has no readable amount.",)),
        (Apart(unreadable=1234), ("1,234 rows have no readable amount.",)),
        (Apart(negative=Tally(rows=1, amount=-5_000)), ("1 negative amount, −$5.00.",)),
        (Apart(negative=Tally(rows=2, amount=-5_001)), ("2 negative amounts, −$5.001 in all.",)),
        (
            Apart(negative=Tally(rows=1500, amount=-1_500_000)),
            ("1,500 negative amounts, −$1,500.00 in all.",),
        ),
        (
            Apart(
                unreadable=1,
                negative=Tally(rows=1, amount=-1_000),
                totals=(TotalRow(row=9, amount=1, above=1),),
            ),
            (
                "1 row has no readable amount.",
                "1 negative amount, −$1.00.",
                "Total row 9 of the sheet ($0.001) matches the rows above it.",
            ),
        ),
    ],
)
def test_what_stands_apart_is_said_one_sentence_a_kind(apart, sentences):
    assert apart.sentences == sentences


RIGHT = TotalRow(row=3, amount=1_000, above=1_000)
WRONG = tuple(TotalRow(row=n, amount=2_000, above=1_000) for n in range(11, 16))
OVER = "Total row {} of the sheet ($2.00) is $1.00 more than the rows above it ($1.00)."


@pytest.mark.parametrize(
    ("totals", "sentences"),
    [
        ((RIGHT,) * 3, ("Total row 3 of the sheet ($1.00) matches the rows above it.",) * 3),
        ((RIGHT,) * 4, ("4 total rows of the sheet; all match the rows above them.",)),
        ((RIGHT,) * 1000, ("1,000 total rows of the sheet; all match the rows above them.",)),
        (WRONG[:3], tuple(OVER.format(n) for n in (11, 12, 13))),
        (
            (*(RIGHT,) * 3, WRONG[0]),
            ("4 total rows of the sheet; 1 does not match the rows above them.", OVER.format(11)),
        ),
        (
            (*WRONG, RIGHT),
            (
                "6 total rows of the sheet; 5 do not match the rows above them.",
                *(OVER.format(n) for n in (11, 12, 13)),
            ),
        ),
        (
            (*(RIGHT,) * 3, TotalRow(row=9, amount=None, above=0)),
            (
                "4 total rows of the sheet; 1 does not match the rows above them.",
                "Total row 9 has no readable amount.",
            ),
        ),
    ],
)
def test_three_total_rows_are_named_and_of_more_only_those_that_differ(totals, sentences):
    assert Apart(totals=totals).sentences == sentences


@pytest.mark.parametrize(
    ("amount", "above", "matches"), [(5, 5, True), (5, 6, False), (None, 0, False), (0, 0, True)]
)
def test_a_total_row_matches_what_it_says_to_the_thousandth(amount, above, matches):
    assert TotalRow(row=2, amount=amount, above=above).matches is matches


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A line is an amount, or that of a total row after "=". Expected: what each of these is held against.
        (["10", "=10"], [10]),
        (["10", "=11"], [10]),
        (["10", "=10", "5", "=5"], [10, 5]),  # each of its own
        (["10", "=10", "5", "=15"], [10, 15]),  # the second of all
        (["10", "=10", "5", "=99"], [10, 15]),  # the last says neither: of all
        (["10", "=10", "5", "=99", "3", "=3"], [10, 5, 3]),  # an earlier one: of its own
        (["10", "=10", "5", "=15", "3", "=18"], [10, 15, 18]),
        (["10", "=10", "=10"], [10, 10]),
        (["10", "=10", "=77"], [10, 10]),  # nothing of its own
        (["10", "=10", "=77", "5", "=5"], [10, 10, 5]),
        (["=5"], [0]),
        (["=5", "5", "=5"], [0, 5]),
        (["10", "=n/a"], [10]),
        (["10", "=10", "5", "=n/a", "3", "=3"], [10, 5, 3]),
        (["10", "=10", "-4", "=-4"], [10, -4]),
        (["10", "n/a", "=10"], [10]),
        (["10", "=10", "5", "=5", "4", "=4", "=19"], [10, 5, 4, 19]),
    ],
)
def test_a_total_row_is_held_against_its_own_rows_or_against_all(lines, expected):
    cells = [
        total(line[1:]) if line[0] == "=" else row(number=f"N{n}", amount=line)
        for n, line in enumerate(lines)
    ]
    numbers = tuple(n for n, line in enumerate(lines, start=2) if line[0] == "=")
    totals = told(draft(*cells, totals=numbers)).apart.totals
    assert [(t.row, t.above) for t in totals] == [
        (number, above * 1000) for number, above in zip(numbers, expected, strict=True)
    ]
    assert [t.amount for t in totals] == [
        None if text == "n/a" else int(text) * 1000 for text in (line[1:] for line in lines if line[0] == "=")
    ]


def test_an_excluded_row_is_read_and_so_in_what_a_total_row_is_held_against():
    sheet = draft(row(amount="10"), row(number="B", amount="5"), total("15"), totals=(4,))
    found = told(sheet.apply(Changes(left_out=(2,))))
    assert found.apart.totals == (TotalRow(row=4, amount=15_000, above=15_000),)
    assert (found.read, found.left_out, found.ready) == (
        Tally(rows=2, amount=15_000),
        Tally(rows=1, amount=10_000),
        Tally(rows=1, amount=5_000),
    )


def test_negative_amounts_are_summed_apart_and_counted_with_the_sheet():
    sheet = draft(
        row(amount="10"),
        row(number="B", amount="-3"),
        row(number="C", amount="-0.5"),
        row(number="D", amount="0"),
        total("-99"),
        totals=(6,),
    )
    found = told(sheet)
    assert found.apart.negative == Tally(rows=2, amount=-3_500), "zero and the total row are not among them"
    assert found.apart.unreadable == 0
    assert (found.read, found.counted) == (Tally(rows=4, amount=10_000), Tally(rows=4, amount=6_500))


def test_a_total_row_that_cannot_be_read_is_no_row_without_an_amount():
    assert told(draft(row(), total("n/a"), totals=(3,))).apart.unreadable == 0


def test_what_is_not_posted_is_what_is_rejected_and_what_waits():
    facts = alike(120_000)
    sheet = draft(row(number=""), row(number="B", amount="7", location="LAX"), row(number="C", amount="1"))
    found = told(sheet, facts)
    assert found.not_posted == Tally(rows=2, amount=127_000)
    assert (found.rejected.rows, found.to_confirm.rows, found.ready.rows) == (1, 1, 1)


def test_a_list_of_customers_has_figures_without_money_and_nothing_apart():
    headers = ("Customer Code", "Customer Name")
    known = replace(
        reference(),
        directory=Directory({"C1": KnownCustomer(1, "C1", "Bloom", True, frozenset())}, {}),
    )
    sheet = draft(
        ("C1", "Bloom"), ("C2", "Petal"), ("C3", ""), ("C4", "Out"), type=CUSTOMERS, headers=headers
    ).apply(Changes(left_out=(5,)))
    found = figures(judge(sheet, known))
    one = Tally(rows=1, amount=None)
    assert (found.unchanged, found.ready, found.rejected, found.left_out) == (one, one, one, one)
    assert found.read == found.counted == Tally(rows=4, amount=None)
    assert found.to_confirm == found.confirmed == Tally(rows=0, amount=None)
    assert found.apart == Apart() and found.not_posted == one


def test_rows_of_a_list_that_are_no_data_are_told_apart():
    footer = Aside(kind=RowKind.FOOTER, certain=True, why="text below the table")
    headers = ("Customer Code", "Customer Name")
    sheet = draft(("C1", "Bloom"), ("Page 1", ""), type=CUSTOMERS, headers=headers, aside={3: footer})
    found = figures(judge(sheet, reference()))
    assert found.read == Tally(rows=1, amount=None)
    (aside,) = found.apart.aside
    assert (aside.kind, aside.rows) == (RowKind.FOOTER, 1)


def test_where_money_must_be_negative_what_is_above_zero_stands_apart():
    sheet = draft(
        row(amount="-10"),
        row(number="B", amount="3"),
        row(number="C", amount="0.5"),
        total("-6.5"),
        totals=(5,),
        type=replace(OPEN_CREDITS, sign=Sign.NEGATIVE),
    ).apply(AS_THEY_ARE)
    found = told(sheet)
    assert (found.read, found.ready) == (Tally(rows=3, amount=-10_000), Tally(rows=1, amount=-10_000))
    assert (found.apart.negative, found.counted.amount) == (Tally(rows=2, amount=3_500), -6_500)
    assert found.apart.sentences[0] == "2 positive amounts, $3.50 in all."
    assert found.apart.totals == (TotalRow(row=5, amount=-6_500, above=-6_500),)


@pytest.mark.parametrize(
    ("kind", "rows", "amount", "sentence"),
    [
        (RowKind.OTHER_TABLE, 1, 5_000, "1 row of a second table was not imported ($5.00)."),
        (RowKind.OTHER_TABLE, 2, 0, "2 rows of a second table were not imported."),
        (RowKind.OTHER_TABLE, 2, None, "2 rows of a second table were not imported."),
        (RowKind.FILTERED, 1, 5_000, "1 row is something else by what a column says."),
        (RowKind.CONTROL, 1, 5_000, "1 line gives control totals."),
        (RowKind.FOOTER, 2, -5_000, "2 lines of text are no rows (−$5.00)."),
    ],
)
def test_what_is_set_aside_is_told_with_its_money_where_that_is_of_the_ledger(kind, rows, amount, sentence):
    assert SetAside(kind=kind, rows=rows, amount=amount).sentence == sentence

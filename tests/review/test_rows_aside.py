"""Rows that are set aside, those that count all the same, and those that a person makes rows."""

from dataclasses import replace

import pytest

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes, setting
from komet_import.review.given_answers import header_answer
from komet_import.review.held_rows import holds
from komet_import.review.judge import judge
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.answer_changes import answered
from komet_import.sheets.layout.row_kinds import Aside, RowKind
from komet_import.types import CUSTOMERS, ColumnFormat, Need
from komet_import.types.open_invoices import OPEN_INVOICES
from tests.review.drafting import draft, opened, reference, row, worksheet

TOTAL = ("Total", "", "", "360.00", "", "")


def aside(sheet: Draft) -> list[int]:
    return sheet.rows.index[sheet.set_aside].tolist()


def with_totals() -> Draft:
    return draft(row(), TOTAL, row(number="CR-2"), TOTAL, totals=(3, 5))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (Changes(), [3, 5]),
        (Changes(admitted=(3,)), [5]),
        (Changes(admitted=(3, 5)), []),
        (Changes(admitted=(3,), left_out=(3,)), [3, 5]),
        (Changes(admitted=(3,), left_out=(5,)), [5]),
        (Changes(admitted=(2,)), [3, 5]),
        (Changes(left_out=(2,)), [3, 5]),
        (setting([(3, "Customer Code", "Total", "FL219")]), [5]),
        (setting([(3, "Credit Date", "", "2026-03-02")]), [5]),
        (setting([(5, "Customer Code", "Total", "x")]), [3]),
        (setting([(3, "Credit Balance", "360.00", "1")]), [3, 5]),  # its amount is the total's
        (setting([(3, "Comments", "", "x"), (5, "Credit #", "", "7")]), [3, 5]),
        (setting([(3, "Location Code", "", "MIA")]), [3, 5]),
        (setting([(2, "Customer Code", "FL219", "FL220")]), [3, 5]),
    ],
)
def test_total_rows_are_set_aside_but_those_that_count_and_those_that_became_credits(changes, expected):
    sheet = with_totals().apply(changes)
    assert aside(sheet) == expected
    out = {*expected, *changes.left_out}
    assert sheet.rows.index[sheet.out].tolist() == sorted(out)


def test_a_total_row_that_counted_may_be_set_aside_again():
    counted = with_totals().apply(Changes(admitted=(3, 5)))
    assert aside(counted.apply(Changes(set_aside=(5,)))) == [5]
    assert counted.admitted == {3, 5}
    twice = counted.apply(Changes(admitted=(3,))).apply(Changes(set_aside=(3,)))
    assert twice.admitted == {5}


def test_a_line_of_text_in_a_list_of_customers_is_none_of_its_rows():
    headers = ("Customer Code", "Customer Name")
    footer = Aside(kind=RowKind.FOOTER, certain=True, why="text that is no row of the table")
    sheet = draft(("C1", "A"), ("Page 1", ""), type=CUSTOMERS, headers=headers, aside={3: footer})
    assert aside(sheet) == [3]
    assert aside(sheet.apply(setting([(3, "Customer Name", "", "Bloom")]))) == []


PERHAPS = Aside(kind=RowKind.SUBTOTAL, certain=False, why="the sum of rows 2 to 3")


def test_a_row_that_is_perhaps_a_total_is_doubted_until_it_is_taken_in():
    sheet = draft(row(), row(number="CR-2"), row(number="CR-3"), aside={4: PERHAPS})
    assert (aside(sheet), list(sheet.doubted)) == ([], [2])
    assert list(sheet.apply(Changes(admitted=(4,))).doubted) == []
    edited = sheet.apply(setting([(4, "Credit Date", "2026-03-02", "2026-03-03")]))
    assert list(edited.doubted) == [2], "who fixes a date of many rows has said nothing of it"
    assert [issue.row for issue in judge(sheet, reference()).all()] == [4]
    assert list(judge(sheet.apply(Changes(left_out=(4,))), reference()).all()) == [], "nobody asks any more"


def test_a_table_beside_holds_every_row_until_a_person_says_that_it_is_another():
    names = ("Customer Code", "Credit Date", "Credit Balance")
    good, other = ("FL219", "2026-03-02", "1"), ("FL220", "2026-03-03", "44")
    sheet = opened(worksheet((*names, "", *names), (*good, "", *other)))
    (hold,) = [hold for hold in holds(sheet) if hold.kind == "beside"]
    assert hold.rows.all()
    facts = reference()
    judged = judge(sheet, facts)
    (question,) = [one for one in questions(sheet, judged, problems(judged)) if one.kind == "beside"]
    assert question.evidence.startswith("Not read: 1 row ($44.00) in columns E to G.")
    settled = sheet.apply(answered(sheet, judged, "beside", "", question.options[0].answer))
    assert [hold.kind for hold in holds(settled)] == []


def test_who_chose_the_headings_is_asked_about_a_table_beside_and_no_more_of_what_stands_above():
    names, good = ("Customer Code", "Credit Date", "Credit Balance"), ("FL219", "2026-03-02", "1")
    for lines, asked in (
        ([(*names, "", *names), (*good, "", *good)], ["beside"]),
        ([good, names, good], []),
    ):
        sheet = opened(worksheet(*lines))
        assert [hold.kind for hold in holds(sheet)] == ["beside"]
        chosen = Answer("header", "", None, header_answer(sheet.read_by))
        assert [hold.kind for hold in holds(sheet.apply(Changes(answers=(chosen,))))] == asked


@pytest.mark.parametrize(
    ("above", "told"), [(1, "1 row ($7.00) in row 2"), (2, "2 rows ($14.00) in rows 2 to 3")]
)
def test_a_table_above_the_headings_is_told_by_its_own_rows(above: int, told: str):
    names, good = ("Customer Code", "Credit Date", "Credit Balance"), ("FL219", "2026-03-02", "44")
    columns = [column for column in OPEN_INVOICES.columns if column.need is Need.REQUIRED]
    values = {ColumnFormat.AMOUNT: "7", ColumnFormat.DATE: "2026-03-02", ColumnFormat.CUSTOMER: "FL219"}
    head, line = [column.name for column in columns], [values.get(column.kind, "X1") for column in columns]
    lines = [
        head,
        *[line] * above,
        [],
        [*names, "Credit #", "Location Code", "Comments"],
        [*good, "C1", "MIA", "x"],
    ]
    width = max(map(len, lines))
    sheet = opened(worksheet(*((*cells, *[""] * (width - len(cells))) for cells in lines)))
    judged = judge(sheet, reference())
    (question,) = [one for one in questions(sheet, judged, problems(judged)) if one.kind == "beside"]
    assert question.evidence == f"Not read: {told}."
    assert question.options[0].words == "Import this table alone"


@pytest.mark.parametrize(("above", "asked", "where"), [(1, "1 row", "row 1"), (2, "2 rows", "rows 1 to 2")])
def test_loose_rows_above_the_headings_hold_every_row_until_a_person_leaves_them(
    above: int, asked: str, where: str
):
    names, good = ("Customer Code", "Credit Date", "Credit Balance"), ("FL219", "2026-03-02", "44")
    sheet = opened(worksheet(*[good] * above, names, good, good))
    judged = judge(sheet, reference())
    (question,) = [one for one in questions(sheet, judged, problems(judged)) if one.kind == "beside"]
    assert question.text.startswith(f"{asked} above the headings look")
    assert question.evidence.startswith(f"Not read: {asked} (${44 * above}.00) in {where}.")
    assert (question.rows, question.options[0].words) == (2, "Import the rows below the headings")
    settled = sheet.apply(answered(sheet, judged, "beside", "", question.options[0].answer))
    assert [hold.kind for hold in holds(settled)] == []
    table = replace(sheet.sheet.beside[0], loose=False)
    mixed = replace(sheet, sheet=replace(sheet.sheet, beside=(*sheet.sheet.beside, table)))
    assert [str(hold.question) for hold in holds(mixed)] == [
        "Another table stands beside this one or above it. Import this one alone?"
    ]

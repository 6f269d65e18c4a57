"""Questions about whole columns, and what their answers do."""

import pytest

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes, setting
from komet_import.review.questions import questions
from komet_import.review.validation import judge
from komet_import.review.window import problems
from komet_import.types import OPEN_CREDITS
from tests.review.drafting import draft, opened, reference, row, worksheet


def asked(sheet: Draft) -> list[tuple[str, str]]:
    found = questions(sheet, problems(judge(sheet, reference())))
    return [(question.kind, question.column) for question in found]


def answered(question: str, column: str, after: str) -> Changes:
    return Changes(answers=(Answer(question, column, None, after),))


def test_an_unclear_amount_is_asked_once_for_its_column():
    sheet = draft(row(amount="1,234"), row(number="CR-2", amount="2,500"), row(number="CR-3", amount="7.5"))
    assert asked(sheet) == [("mark", "Credit Balance")]
    (question,) = questions(sheet, problems(judge(sheet, reference())))
    assert "1 of 3" in question.evidence, question.evidence
    point = sheet.apply(answered("mark", "Credit Balance", "."))
    assert judge(point, reference()).amounts.tolist() == [1_234_000, 2_500_000, 7_500]
    assert asked(point) == []


def test_unclear_dates_are_asked_once_and_the_answer_can_be_taken_back():
    sheet = draft(row(date="03/04/2026"), row(number="CR-2", date="05/03/2026"))
    assert asked(sheet) == [("order", "Credit Date")]
    changes = answered("order", "Credit Date", "dmy")
    mended = sheet.apply(changes)
    days = [str(day) for day in judge(mended, reference()).readings["Credit Date"]]
    assert days == ["2026-04-03", "2026-03-05"]
    assert asked(mended.apply(changes.inverse())) == [("order", "Credit Date")]


def test_hidden_rows_are_asked_about_and_may_count():
    sheet = draft(row(), row(number="CR-2"), hidden=(3,))
    assert asked(sheet) == [("hidden", "")]
    counted = sheet.apply(answered("hidden", "", "count"))
    assert asked(counted) == []
    assert not judge(counted, reference()).warnings.any()


AMT = worksheet(
    ("Customer Code", "Credit #", "Credit Date", "Cred Amt", "Location Code", "Comments"),
    row(),
    row(number="CR-2", amount="9.50"),
)


def test_a_doubtful_column_is_asked_beside_its_first_values():
    sheet = opened(AMT)
    (question,) = questions(sheet, problems(judge(sheet, reference())))
    assert (question.kind, question.column) == ("column", "D")
    assert "Credit Balance" in question.text and "120.00, 9.50" in question.evidence


def test_no_row_is_ready_before_a_required_column_is_answered():
    judgement = judge(opened(AMT), reference())
    assert not judgement.ready.any()
    assert {issue.code for issue in judgement.all()} == {"missing-value"}


def test_an_answered_column_brings_its_cells_and_edits_stay():
    sheet = opened(AMT).apply(setting([(2, "Comments", "late truck", "mended")]))
    mapped = sheet.apply(answered("column", "D", "Credit Balance"))
    assert judge(mapped, reference()).amounts.tolist() == [120_000, 9_500]
    assert mapped.rows["Comments"].tolist() == ["mended", "late truck"]
    assert list(mapped.rows.columns)[:6] == [c.name for c in OPEN_CREDITS.columns]
    back = mapped.apply(answered("column", "D", "Credit Balance").inverse())
    assert not judge(back, reference()).ready.any()
    assert back.rows["Comments"].tolist() == ["mended", "late truck"]


@pytest.mark.parametrize("given", ["", "Credit Balance"])
def test_an_answered_column_is_not_asked_again(given):
    assert asked(opened(AMT).apply(answered("column", "D", given))) == []

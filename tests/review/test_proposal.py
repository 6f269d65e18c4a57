"""How a sheet would be read if all that is proposed, or was chosen so far, is confirmed at once."""

from collections.abc import Mapping

import pytest

from komet_import.refusal import Refusal
from komet_import.review.draft import Draft
from komet_import.review.judge import judge
from komet_import.review.questions.proposal import Proposal, proposal
from tests.review.drafting import HEADERS, draft, opened, reference, row, worksheet

DAY = "Credit Date"


def proposed(sheet: Draft, chosen: Mapping[str, str] | None = None) -> Proposal:
    return proposal(sheet, judge(sheet, reference()), reference(), chosen or {})


def days(found: Proposal) -> list[str]:
    return [str(day) for day in found.judgement.readings[DAY]]


def test_what_is_chosen_of_two_ways_of_writing_a_column_is_one_answer_and_nobody_else_is_chosen_for():
    sheet = draft(row(date="03/04/2026"), row(number="CR-2", date="03.04.2026"))
    slashes, points = proposed(sheet).open
    assert (slashes.id, points.id) == (f"order:{DAY}:{slashes.part}", f"order:{DAY}:{points.part}")
    one = proposed(sheet, {points.id: points.options[0].answer})
    assert (days(one), [question.id for question in one.open]) == (["None", "2026-04-03"], [slashes.id])
    both = proposed(sheet, {slashes.id: slashes.options[1].answer, points.id: points.options[0].answer})
    assert days(both) == ["2026-03-04", "2026-04-03"] and both.open == ()
    assert both.settled == {slashes.id, points.id}
    assert both.draft.answers.orders == {DAY: both.answers["order", DAY]}
    again = proposed(sheet, {f"order:{DAY}:{points.part}": points.options[0].answer})
    assert again.answers == one.answers


def test_an_answer_that_opens_the_next_question_brings_it_with_what_is_suggested_there():
    headings = (*HEADERS[:2], "Posted", *HEADERS[3:])
    lines = [row(date="03/04/2026"), row(number="CR-2", date="25/04/2026")]
    sheet = opened(worksheet(headings, *lines))
    found = proposed(sheet, {"column:C": DAY})
    assert "column:C" in found.settled
    assert found.answers["column", "C"] == DAY
    assert days(found) == ["2026-04-03", "2026-04-25"]
    assert found.under is sheet and DAY in found.draft.columns


def test_columns_that_are_matched_by_hand_are_no_questions_and_may_not_take_anothers_place():
    sheet = opened(worksheet(HEADERS, row()))
    found = proposed(sheet, {"column:F": "", "column:B": ""})
    assert {"column:F", "column:B"} <= found.settled
    assert found.draft.columns == [HEADERS[0], *HEADERS[2:5]]
    assert found.open == () and found.under is sheet
    with pytest.raises(Refusal, match="already"):
        proposed(sheet, {"column:F": "Credit #"})


def test_under_headings_that_are_chosen_all_is_asked_anew():
    sheet = opened(worksheet(HEADERS, row(), HEADERS, row(number="CR-2")))
    found = proposed(sheet, {"header": "3"})
    assert found.under is not sheet and found.under.read_by.row == 3
    assert found.answers["header", ""] == "3" and found.judgement.numbers.tolist() == [4]
    with pytest.raises(Refusal, match="no row"):
        proposed(sheet, {"header": "9"})

"""What is an answer at all: a row that can be the header, a list of texts, and none that changes nothing."""

import pytest

from komet_import.refusal import Refusal
from komet_import.review.judge import judge
from komet_import.review.questions.answer_changes import _is_list_of_texts, all_answered
from tests.review.drafting import HEADERS, opened, reference, row, worksheet


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ('["USD"]', True),
        ('["USD", ""]', True),
        ("[]", False),
        ("[1]", False),
        ('["USD", 1]', False),
        ('"USD"', False),
        ('{"USD": 1}', False),
        ("[", False),
        ("", False),
        ("USD", False),
    ],
)
def test_a_list_of_texts_is_one_of_texts_alone_and_not_of_none(given: str, texts: bool) -> None:
    assert _is_list_of_texts(given) is texts


@pytest.mark.parametrize("given", ["", "0", "9", "-1", "1.0", "²", "one", "9" * 30])
def test_what_is_no_row_of_the_sheet_can_be_no_headings(given: str) -> None:
    sheet = opened(worksheet(HEADERS, row()))
    with pytest.raises(Refusal, match="could be its headings") as refused:
        all_answered(sheet, judge(sheet, reference()), reference(), {("header", ""): given})
    assert refused.value.code == "no-such-answer"


def test_the_row_that_is_the_header_already_changes_nothing() -> None:
    sheet = opened(worksheet(HEADERS, row()))
    assert not all_answered(sheet, judge(sheet, reference()), reference(), {("header", ""): "1"})

"""What is said of the rows of a file, by what they are."""

import pytest

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes
from komet_import.review.how_read import RowsRead, columns_read, missing_columns, rows_read, rows_set_aside
from komet_import.review.judge import judge
from komet_import.review.tally import Tally
from tests.review.drafting import opened, reference, worksheet


@pytest.mark.parametrize(
    ("tally", "currency", "money"),
    [
        (Tally(rows=2, amount=-1_234_500), "EUR", "−EUR 1,234.50"),
        (Tally(rows=2, amount=None), "", ""),
        (Tally(rows=3, amount=5_000, unreadable=1, against=1), "", "$5.00"),  # a sentence below says the rest
        (Tally(rows=3, amount=5_000), "EUR", "EUR 5.00"),
        (Tally(rows=1, amount=0, unreadable=1), "EUR", "1 amount could not be read"),
    ],
)
def test_the_money_of_rows_is_their_sum_or_why_there_is_none(tally: Tally, currency: str, money: str) -> None:
    assert RowsRead(kind=None, words="rows", tally=tally, currency=currency).money == money


HEAD = ("Customer Code", "Credit #", "Credit Date", "Credit Balance")
HEADINGS = ("Customer Code", "Amount", "Amount", "Currency", "Status", "Comments", "Box", "")
ROWS = (
    ("FL219", "10", "1", "USD", "Open", " late ", "1", ""),
    ("FL220", "20", "2", "EUR", "Void", "late", "2", "x"),
    ("00219", "30", "3", "EUR", "Open", "", "3", ""),
    ("FL219", "40", "4", "USD", "Open", "short", "4", ""),
    ("FL219", "50", "5", "USD", "Open", "gone", "5", ""),
    ("FL219", "60", "6", "USD", "Open", "wilted", "6", ""),
    ("Total", "210", "21", "", "", "", "", ""),
)


def read(*answers: Answer) -> Draft:
    return opened(worksheet(HEADINGS, *ROWS)).apply(Changes(answers=answers))


def test_each_column_is_told_with_its_first_values_and_what_it_is() -> None:
    told = {column.letter: column for column in columns_read(read())}
    assert list(told) == list("ABCDEFGH"), "a column without a heading has values"
    assert {letter: (column.name, column.says) for letter, column in told.items()} == {
        "A": ("Customer Code", ""),
        "B": ("", ""),
        "C": ("", ""),
        "D": ("", "Currency"),
        "E": ("", "Status"),
        "F": ("Comments", ""),
        "G": ("", ""),
        "H": ("", ""),
    }
    assert {letter for letter, column in told.items() if column.asked} == set("BCDE")
    assert (told["F"].values, told["F"].filled, told["F"].rows) == (("late", "short", "gone"), 5, 7)
    assert (told["A"].heading, told["A"].values) == ("Customer Code", ("FL219", "FL220", "00219"))
    assert (told["H"].heading, told["H"].values, told["H"].why) == ("", ("x",), "")
    assert told["A"].why


def test_a_column_whose_values_a_person_answered_or_that_says_what_is_usual_is_no_longer_asked_about() -> (
    None
):
    answered = {
        column.letter: column for column in columns_read(read(Answer("filter", "E", None, '["open"]')))
    }
    assert not answered["E"].asked and answered["D"].asked
    usual = opened(
        worksheet(HEADINGS, *(row for row in ROWS if row[3:5] != ("EUR", "Void") and row[0] != "00219"))
    )
    assert [column.asked for column in columns_read(usual) if column.letter in "DE"] == [False, False]


def test_required_columns_that_no_column_is_are_named() -> None:
    assert missing_columns(read()) == ["Credit Date", "Credit Balance"]
    assert missing_columns(read(Answer("column", "B", None, "Credit Balance"))) == ["Credit Date"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, [("credits to review", "$210.00"), ("total row", "$210.00")]),
        (
            {"D": '["usd", ""]'},
            [
                ("credits to review", "$160.00"),
                ("excluded: “Currency” says EUR", "EUR 50.00"),
                ("total row", "$210.00"),
            ],
        ),
        (
            {"E": '["open"]', "D": '["usd", ""]'},
            [
                ("credits to review", "$160.00"),
                ("excluded: “Currency” says EUR", "EUR 50.00"),
                ("total row", "$210.00"),
            ],
        ),
        (
            {"E": '["open"]'},
            [
                ("credits to review", "$190.00"),
                ("excluded: “Status” says Void", "$20.00"),
                ("total row", "$210.00"),
            ],
        ),
    ],
)
def test_rows_are_told_by_what_they_are_with_their_money(
    answers: dict[str, str], told: list[tuple[str, str]]
) -> None:
    given = [Answer("filter", letter, None, answer) for letter, answer in answers.items()]
    draft = read(Answer("field", "Credit Balance", None, "B"), *given)
    rows = rows_read(draft, judge(draft, reference()))
    assert [(one.words, one.money) for one in rows] == told
    assert [one.kind for one in rows[1:]] == [
        one.kind for one in rows_set_aside(draft, judge(draft, reference()))
    ]
    assert rows[0].kind is None


def test_lines_of_words_have_no_money_that_could_not_be_read() -> None:
    line = ("FL219", "C1", "2026-03-02", "10")
    draft = opened(
        worksheet(
            HEAD, ("Required", "Optional", "Date", "Amount"), line, HEAD, line, ("Page 1 of 2", "", "", "")
        )
    )
    told = [(one.words, one.money) for one in rows_set_aside(draft, judge(draft, reference()))]
    assert told == [("rows repeat the headings", ""), ("line of text", "")]


def test_one_row_and_several_of_a_kind_are_told_so() -> None:
    lines = (("FL219", "C1", "2026-03-02", "10"), ("", "", "", ""), HEAD, HEAD, ("Page 1 of 2", "", "", ""))
    draft = opened(worksheet(HEAD, *lines, ("FL220", "C2", "2026-03-02", "5"), ("Page 2 of 2", "", "", "")))
    words = [one.words for one in rows_set_aside(draft, judge(draft, reference()))]
    assert words == ["rows repeat the headings", "lines of text"]
    draft = opened(worksheet(HEAD, lines[0], HEAD, lines[0], lines[-1]))
    words = [one.words for one in rows_set_aside(draft, judge(draft, reference()))]
    assert words == ["row repeats the headings", "line of text"]

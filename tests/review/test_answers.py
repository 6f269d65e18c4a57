"""An answer settles what its question showed, and nothing else; one that settles nothing is not offered."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from komet_import.review.draft import Draft
from komet_import.review.edits import Answer, Changes
from komet_import.review.judge import judge
from komet_import.review.problem_list import problems
from komet_import.review.questions import questions
from komet_import.review.questions.question import Option, Question
from komet_import.sheets.layout.values import answers
from komet_import.sheets.worksheet import Held
from tests.properties import tries
from tests.review.drafting import draft, reference, row

AMOUNT, DAY = "Credit Balance", "Credit Date"


def asked(sheet: Draft) -> list[Question]:
    judged = judge(sheet, reference())
    return questions(sheet, judged, problems(judged))


def answered(sheet: Draft, question: Question, option: Option) -> Draft:
    before = sheet.answers.to(question.kind).get(question.column)
    after = answers.together(before, option.answer)
    return sheet.apply(Changes(answers=(Answer(question.kind, question.column, before, after),)))


def columns(amounts: list[str], days: list[str], *, numbers: frozenset[int] = frozenset()) -> Draft:
    rows = [
        row(number=f"CR-{n}", amount=amount, date=day)
        for n, (amount, day) in enumerate(zip(amounts, days, strict=True))
    ]
    return draft(*rows, held={(n, DAY): Held.NUMBER for n in numbers})


def way(column: str, text: str) -> str:
    """How a text is written, by hand: the marks of an amount, the first separator of a date and the length of
    its last number."""
    if column == AMOUNT:
        return "".join(c for c in text if c in ",.")
    day = text.split(":")[0].split(" 0")[0].split(" 1")[0] if ":" in text else text
    separator = next((c for c in day if not c.isdigit()), "")
    return f"{separator}{len(day.split(separator)[-1]) if separator else len(day)}"


AMOUNTS = st.sampled_from(
    [
        "1,234",
        "1.234",
        "2,500",
        "12.345",
        "31.24",
        "31,24",
        "1.5000",
        "0.125",
        "1,234.50",
        "1.234.567",
        "$1,234",
        "-1,234",
        "(1.234)",
        "7",
        "n/a",
        "",
        "1 234",
        "€1.234",
    ]
)
DAYS = st.sampled_from(
    [
        "03/04/2026",
        "05/03/2026",
        "03.04.2026",
        "3-4-2026",
        "03 04 2026",
        "25/02/2026",
        "02/25/2026",
        "03/03/2026",
        "25.02.2026",
        "03/04/25",
        "25/03/25",
        "26-11-03",
        "03-04-05",
        "03042026",
        "3-Mar-25",
        "3 Mar 2026",
        "Mar 3, 2026",
        "2026-03-02",
        "2026/03/02",
        "2026-03-02 00:00:00",
        "03/04/2026 00:00",
        "03/04/2026 10:30",
        "20260302",
        "45992",
        "46001",
        "45992.5",
        "",
        "soon",
    ]
)
SHEETS = st.integers(1, 6).flatmap(
    lambda count: st.builds(
        columns,
        st.lists(AMOUNTS, min_size=count, max_size=count),
        st.lists(DAYS, min_size=count, max_size=count),
    )
)
MANY = settings(max_examples=tries(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same_question(one: Question, other: Question) -> bool:
    offers = ({option.answer for option in q.options} for q in (one, other))
    return (one.kind, one.column) == (other.kind, other.column) and bool(set.intersection(*offers))


@MANY
@given(SHEETS, st.data())
def test_every_answer_settles_its_question_and_only_what_it_showed(
    sheet: Draft, drawn: st.DataObject
) -> None:
    for _ in range(12):
        found = asked(sheet)
        if not found:
            return
        for question in found:
            for option in question.options:
                then = answered(sheet, question, option)
                assert not any(same_question(question, later) for later in asked(then))
                only_what_was_shown(sheet, then, question, option)
        question = drawn.draw(st.sampled_from(found))
        sheet = answered(sheet, question, drawn.draw(st.sampled_from(question.options)))
    raise AssertionError("the questions never end")


def only_what_was_shown(before: Draft, after: Draft, question: Question, option: Option) -> None:
    """Every text that is read otherwise now is written like one that stands on the button."""
    old, new = judge(before, reference()), judge(after, reference())
    for column in (AMOUNT, DAY):
        texts = before.rows[column].tolist()
        shown = {way(column, text) for text in texts if text and f"{text} is " in option.words}
        for text, was, becomes in zip(texts, old.readings[column], new.readings[column], strict=True):
            if was != becomes:
                assert column == question.column
                assert way(column, text) in shown, f"{text!r} is not like {option.words!r}"


def words(sheet: Draft) -> list[list[str]]:
    return [[option.words for option in question.options] for question in asked(sheet)]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (
            ["1,234", "2,500", "7.5"],
            ["1,234 is $1,234.00 and 2,500 is $2,500.00", "1,234 is $1.234 and 2,500 is $2.50"],
        ),
        (
            ["1,234", "1,234", "1.234"],
            [
                "1,234 is $1,234.00 and 1.234 is $1.234",
                "1,234 is $1.234 and 1.234 is $1,234.00",
                "1,234 is $1,234.00 and 1.234 is $1,234.00",
            ],
        ),
    ],
)
def test_both_ways_of_writing_are_seen_under_each_reading(amounts: list[str], expected: list[str]) -> None:
    assert words(columns(amounts, ["2026-03-02"] * len(amounts))) == [expected]


def test_an_amount_that_comes_later_and_is_written_otherwise_is_asked_about() -> None:
    sheet = columns(["1,234", "9"], ["2026-03-02"] * 2)
    (question,) = asked(sheet)
    then = answered(sheet, question, question.options[0])
    later = replace(then, rows=then.rows.replace({AMOUNT: {"9": "1.234"}}))
    assert judge(later, reference()).amounts.tolist() == [1_234_000, 0]
    (again,) = asked(later)
    assert [option.words for option in again.options] == ["1.234 is $1.234", "1.234 is $1,234.00"]
    both = answered(later, again, again.options[1])
    assert judge(both, reference()).amounts.tolist() == [1_234_000, 1_234_000]
    assert asked(both) == []


def test_dates_are_seen_as_days_and_what_becomes_readable_besides_is_seen_too() -> None:
    sheet = columns(["9"] * 3, ["03/04/2026", "05/03/2026", "25/02/2026"])
    assert words(sheet) == [
        [
            "03/04/2026 is 3 April 2026 and 25/02/2026 is 25 February 2026",
            "03/04/2026 is March 4, 2026 and 05/03/2026 is May 3, 2026",
        ]
    ]


def test_dates_with_slashes_and_with_points_are_asked_about_apart() -> None:
    sheet = columns(["9"] * 2, ["03/04/2026", "03.04.2026"])
    slashes, points = asked(sheet)
    then = answered(sheet, slashes, slashes.options[1])
    assert [str(day) for day in judge(then, reference()).readings[DAY]] == ["2026-03-04", "None"]
    assert [option.words for option in points.options] == [
        "03.04.2026 is 3 April 2026",
        "03.04.2026 is March 4, 2026",
    ]
    both = answered(then, points, points.options[0])
    assert [str(day) for day in judge(both, reference()).readings[DAY]] == ["2026-03-04", "2026-04-03"]


def test_numbers_of_days_and_the_order_of_dates_are_answered_beside_each_other() -> None:
    sheet = columns(["9"] * 2, ["03/04/2026", "45992"])
    order, serial = asked(sheet)
    assert [option.words for option in serial.options] == ["Yes: 45992 is 1 December 2025"]
    for first, second in ((order, serial), (serial, order)):
        both = answered(answered(sheet, first, first.options[0]), second, second.options[0])
        assert [str(day) for day in judge(both, reference()).readings[DAY]] == ["2026-04-03", "2025-12-01"]
        assert asked(both) == []


def test_dates_with_a_year_of_two_digits_are_asked_about_apart_and_settled() -> None:
    sheet = columns(["9"] * 3, ["03/04/2026", "03/04/26", "25/03/26"])
    long, short = asked(sheet)
    assert [option.words for option in short.options] == [
        "03/04/26 is 3 April 2026 and 25/03/26 is 25 March 2026",
        "03/04/26 is March 4, 2026",
    ]
    then = answered(sheet, short, short.options[0])
    assert [str(day) for day in judge(then, reference()).readings[DAY]] == [
        "None",
        "2026-04-03",
        "2026-03-25",
    ]
    assert [question.options for question in asked(then)] == [long.options]


def test_a_short_date_that_may_begin_with_its_year_shows_that_reading_too() -> None:
    (question,) = asked(columns(["9"] * 2, ["26-11-03", "03-04-05"]))
    assert [option.answer for option in question.options] == [
        "dash-short=dmy",
        "dash-short=mdy",
        "dash-short=ymd",
    ]
    assert question.options[1].words == "26-11-03 is unclear and 03-04-05 is March 4, 2005"


def test_what_an_answer_leaves_unclear_is_not_asked_again() -> None:
    sheet = columns(["9"] * 2, ["26-11-03", "03-04-05"])
    (question,) = asked(sheet)
    then = answered(sheet, question, question.options[1])
    assert asked(then) == []
    assert [issue.code for issue in judge(then, reference()).all()] == ["ambiguous-date", "unusual-date"]


@pytest.mark.parametrize("day", ["25/03/25", "3-Mar-25"])
def test_a_year_of_two_digits_with_one_reading_is_offered_and_no_question(day: str) -> None:
    sheet = columns(["9"], [day])
    assert [issue.code for issue in judge(sheet, reference()).all()] == ["date-format"]
    assert asked(sheet) == []


@pytest.mark.parametrize(
    ("question", "before", "given", "expected"),
    [
        ("mark", None, ".", "comma for thousands, point for decimals"),
        ("mark", "comma=thousands", "comma=thousands point=thousands", "point for thousands"),
        ("order", None, "slash=dmy", "day first with a slash"),
        ("order", "slash=dmy", "slash=dmy number=serial", "numbers are days"),
        ("order", None, "mdy", "month first"),
        ("order", None, "slash-short=mdy", "month first with a slash and a year of two digits"),
        ("order", None, "name=dmy", "day first with the name of a month"),
        ("order", None, "compact=dmy", "day first with eight digits"),
        ("order", None, "real=swapped", "real dates with day and month swapped"),
    ],
)
def test_an_answer_is_said_in_the_list_of_edits(
    question: str, before: str | None, given: str, expected: str
) -> None:
    assert answers.in_words(question, before, given) == expected

"""What an answer about a column's texts settles, and how it is told."""

import pytest

from komet_import.sheets.layout.values.answers import (
    answer_to,
    decimal_mark,
    in_words,
    is_answer,
    settled,
    together,
    told_again,
)


@pytest.mark.parametrize(
    ("question", "given", "answers"),
    [
        ("order", "slash=dmy", True),
        ("order", "slash-short=ymd", True),
        ("order", "name=mdy compact=dmy", True),
        ("order", "number=serial", True),
        ("order", "real=swapped", True),
        ("order", "real=kept", True),
        ("order", "dmy", True),
        ("order", "slash=dmy dot=xyz", False),  # half of it would settle something else than was meant
        ("order", "dot=xyz slash=dmy", False),
        ("order", "slash=serial", False),
        ("order", "number=dmy", False),
        ("order", "comma=decimals", False),
        ("order", "", False),
        ("mark", "comma=decimals", True),
        ("mark", "comma=decimals point=thousands", True),
        ("mark", ",", True),
        ("mark", "comma=decimals point=no", False),
        ("mark", "comma=dmy", False),
        ("mark", "comma", False),
        ("mark", "slash=dmy", False),
    ],
)
def test_an_answer_settles_ways_of_writing_each_with_a_reading_of_its_own(
    question: str, given: str, answers: bool
) -> None:
    assert is_answer(question, given) == answers


@pytest.mark.parametrize(
    ("before", "given", "both"),
    [
        (None, "slash=dmy", "slash=dmy"),
        ("", "slash=dmy", "slash=dmy"),
        ("slash=dmy", "dot=mdy", "slash=dmy dot=mdy"),
        ("slash=dmy", "slash=mdy", "slash=mdy"),
        ("dot=mdy slash=dmy", "slash=dmy", "dot=mdy slash=dmy"),
        ("slash=dmy dot=mdy", "dot=ymd", "slash=dmy dot=ymd"),
    ],
)
def test_answers_about_one_column_stand_beside_each_other_and_the_later_one_holds(
    before: str | None, given: str, both: str
) -> None:
    assert together(before, given) == both


def test_a_short_answer_says_the_same_of_every_way_of_writing() -> None:
    assert settled(",") == {"comma": "decimals", "point": "thousands"}
    assert settled(".") == {"comma": "thousands", "point": "decimals"}
    assert settled("serial") == {"number": "serial"}
    days = settled("dmy")
    assert set(days.values()) == {"dmy"} and {"slash", "dot-short", "name", "compact"} <= set(days)
    assert not {"number", "real", "compact-short"} & set(days)
    assert settled(None) == settled("") == {} and settled(answer_to({"dot": "mdy"})) == {"dot": "mdy"}


@pytest.mark.parametrize(
    ("question", "before", "given", "words"),
    [
        ("mark", None, "comma=decimals", "comma for decimals"),
        ("mark", "comma=decimals", "comma=decimals point=thousands", "point for thousands"),
        ("order", None, "slash=dmy", "day first with a slash"),
        ("order", None, "slash-short=dmy", "day first with a slash and a year of two digits"),
        ("order", None, "slash=dmy dot=dmy", "day first"),
        ("order", "slash=dmy", "slash=dmy dot=dmy", "day first with a dot"),
        ("order", None, "slash=dmy dot=mdy", "day first with a slash, month first with a dot"),
        ("order", None, "number=serial", "numbers are days"),
        ("order", None, "real=swapped", "real dates with day and month swapped"),
        ("order", None, "real=kept", "real dates as they are"),
        ("order", None, "compact=ymd", "year first with eight digits"),
    ],
)
def test_what_an_answer_adds_is_told_in_words(
    question: str, before: str | None, given: str, words: str
) -> None:
    assert in_words(question, before, given) == words == told_again(words)


@pytest.mark.parametrize(
    ("answer", "mark"),
    [(None, "."), ("", "."), ("comma=decimals", ","), ("point=thousands", ","), ("point=decimals", "."),
     ("comma=thousands", "."), (",", ","), (".", ".")],
)  # fmt: skip
def test_amounts_are_written_into_a_column_as_it_is_read(answer: str | None, mark: str) -> None:
    assert decimal_mark(answer) == mark

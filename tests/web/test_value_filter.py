"""The pills of a column of which one or several values count: what stands in them, and what is chosen."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from komet_import.review.given_answers import EVERY_VALUE, NO_VALUE
from komet_import.sheets.layout.modifiers import Modifies
from komet_import.web.review.look import Reviewing
from komet_import.web.review.reading_panel.value_filter import value_filter
from tests.web.test_drawn import drawn

COUNTS = (("Open", 3), ("Paid", 1))


@pytest.mark.parametrize(
    ("answers", "pills"),
    [
        (['["Open"]', EVERY_VALUE], ["Open · 3", "Paid · 1"]),
        (['["Open"]', NO_VALUE], ["Open · 3", "Paid · 1", "None of them"]),
    ],
)
def test_none_is_a_pill_where_it_is_an_answer(answers: list[str], pills: list[str]) -> None:
    modifier = SimpleNamespace(letter="E", values=COUNTS, modifies=Modifies.STATUS)
    header = SimpleNamespace(modifiers=[modifier])
    seen: Any = SimpleNamespace(draft=SimpleNamespace(sheet=SimpleNamespace(header=header)))
    options = [SimpleNamespace(answer=answer, words="None of them") for answer in answers]
    question: Any = SimpleNamespace(column="E", id="filter:E", options=options)
    page = drawn(lambda: value_filter(Reviewing("pills", 1), seen, question, '["Open"]'))
    (drawn_pills,) = page.button_group
    assert [option.content for option in drawn_pills.proto.options] == pills
    assert drawn_pills.value == ["Open"]
    all_or_none = NO_VALUE if NO_VALUE in answers else json.dumps([EVERY_VALUE])
    page = drawn(lambda: value_filter(Reviewing("pills", 1), seen, question, all_or_none))
    assert page.button_group[0].value == ([NO_VALUE] if NO_VALUE in answers else ["Open", "Paid"])

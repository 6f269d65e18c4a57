"""What was answered about a file, in words: what it is about, and what was said before and after.

The audit trail keeps an answer as the panel sent it, `slash=dmy`; its readers are told what that means.
"""

import json
from collections.abc import Callable
from functools import partial

from komet_import.language import _, marked
from komet_import.language.kept_texts import filled_in
from komet_import.language.lists import listed
from komet_import.review.given_answers import EVERY_VALUE
from komet_import.review.rules.signs import TURNED
from komet_import.sheets.layout.values import answers

CUT = "…"
"""The last sign of what was too long to be kept in the trail."""
KEPT_ROW = "row {row}"
"""What is kept of the answer that another row is the header."""


def told(question: str, about: str, before: str | None, after: str | None) -> tuple[str, str, str]:
    """What an answer is about, the column of the type or the letter of one of the sheet, and both answers as
    they are kept; None is none."""
    name, say = _TOLD[question]
    said_before, said_after = (_said(question, say, one) for one in (before, after))
    return _(name, column=_(about)) if name else _(about), said_before, said_after


def _said(question: str, say: Callable[[str], str], answer: str | None) -> str:
    if answer is None:
        return _("as they were found") if question == "header" else _("not answered")
    return say(answer)


def _written(question: str, answer: str) -> str:
    known = " ".join(word for word in answer.split() if answers.is_answer(question, word))
    return answers.in_words(question, None, known) or answer


def _column(answer: str) -> str:
    return _(answer) if answer else _("not imported")


def _letter(answer: str) -> str:
    return _("column {letter}", letter=answer) if answer else _("none of the columns")


def _values(answer: str) -> str:
    values = _list(answer)
    if EVERY_VALUE in values:
        return _("every value counts")
    if not values:
        return _("no value counts")
    return _("only {values}", values=listed([value or _("blank") for value in values]))


def _list(answer: str) -> list[str]:
    """The values that are kept; of a list that was too long, those that are whole."""
    whole = answer
    if answer.endswith(CUT):
        whole = answer[: max(answer.rfind('", '), 0) + 1] + "]"
    try:
        return [*map(str, json.loads(whole)), *([CUT] if whole != answer else [])]
    except ValueError:
        return [answer]


def _sign(answer: str) -> str:
    return _("the negative amounts are imported") if answer == TURNED else _("amounts as they are")


def _row(answer: str) -> str:
    found = filled_in(answer, KEPT_ROW)
    return _("row {row}", row=found["row"]) if found else answer


_TOLD: dict[str, tuple[str, Callable[[str], str]]] = {
    "mark": ("", partial(_written, "mark")),
    "order": ("", partial(_written, "order")),
    "column": (marked("column {column}"), _column),
    "field": ("", _letter),
    "filter": (marked("column {column}"), _values),
    "sign": ("", _sign),
    "sheet": (marked("sheet"), str),
    "beside": (marked("table beside"), lambda one: _("not imported")),
    "hidden": (marked("hidden rows"), lambda one: _("imported")),
    "header": (marked("headings"), _row),
}
"""By the kind of question: what it is about, where that is more than the column, and how it is answered."""

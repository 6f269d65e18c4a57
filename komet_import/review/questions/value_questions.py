"""Questions about how amounts and dates are written: each reading is shown with some of the values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from komet_import.language import _, ngettext
from komet_import.language.calendar import day_in_words, month_alone
from komet_import.review.draft import Draft
from komet_import.review.problem_list import Problem
from komet_import.review.questions.question import SHOWN, Option, Question
from komet_import.settings import settings
from komet_import.sheets.layout.values.amount_forms import amount_evidence, unclear_mark
from komet_import.sheets.layout.values.amounts import read_amount
from komet_import.sheets.layout.values.answers import KEPT, REAL, SEPARATORS, SWAPPED, answer_to, settled
from komet_import.sheets.layout.values.dates import (
    PERHAPS_SWAPPED,
    SWAPPED_DATE,
    date_evidence,
    date_orders,
    date_way,
    read_date,
)
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import ColumnFormat
from komet_import.types.money import money, to_thousandths

READINGS: tuple[dict[str, str], ...] = (
    {"comma": "thousands", "point": "decimals"},
    {"comma": "decimals", "point": "thousands"},
    {"comma": "thousands", "point": "thousands"},
)
"""What the only mark of an amount may be; the last only where a column has both."""


def of_values(draft: Draft, problems: Sequence[Problem]) -> list[Question]:
    """How the values of the type's columns are written, where they have more than one reading."""
    found: list[Question] = []
    for column in draft.type.columns:
        if column.name not in draft.rows:
            continue
        texts: dict[str, list[str]] = {}
        for problem in problems:
            if problem.column == column.name:
                texts.setdefault(problem.code, []).append(problem.value)
        if column.kind is ColumnFormat.AMOUNT:
            found += _marks(draft, column.name, texts.get("ambiguous-amount", ()))
        if column.kind is ColumnFormat.DATE:
            unclear, formatted = texts.get("ambiguous-date", ()), texts.get("date-format", ())
            found += _orders(draft, column.name, unclear, formatted)
            found += _serial(draft, column.name, texts.get("serial-date", ()))
            real = (text for text in unclear if not date_orders(text) & {"dmy", "mdy"})
            doubtful = (*texts.get(SWAPPED_DATE, ()), *texts.get(PERHAPS_SWAPPED, ()), *real)
            found += _swapped(draft, column.name, doubtful)
    return found


def _marks(draft: Draft, column: str, unclear: Iterable[str]) -> list[Question]:
    """What the only mark of an amount is. Where some have a comma and others a point, both are seen under
    each reading: an answer to one must not be one to the other unseen.
    """
    by_mark: dict[str, list[str]] = {}
    for text in dict.fromkeys(unclear):
        if mark := unclear_mark(text):
            by_mark.setdefault(SEPARATORS[mark], []).append(text)
    if not by_mark:
        return []
    several = len(by_mark) > 1
    readings = list(READINGS) if several else READINGS[:2]
    shown = [texts[0] for texts in by_mark.values()] if several else next(iter(by_mark.values()))[:SHOWN]
    options = []
    evidence = amount_evidence(_texts(draft, column))
    for reading in readings:
        answer = answer_to({way: reading[way] for way in by_mark})
        options.append(Option(answer=answer, words=_amounts(shown, answer)))
    return [
        Question(
            kind="mark",
            column=column,
            text=_("{column}: how much is “{text}”?", column=_(column), text=shown[0]),
            evidence=evidence.sentence,
            options=tuple(options),
            suggested=_one_sided(options, evidence.point, evidence.comma),
        )
    ]


def _orders(draft: Draft, column: str, unclear: Iterable[str], formatted: Iterable[str]) -> list[Question]:
    """Which of the numbers is the day: asked apart for each way of writing, and once."""
    answered = settled(draft.answers.orders.get(column))
    by_way: dict[str, list[str]] = {}
    for text in dict.fromkeys(unclear):
        if (way := date_way(text)) and way not in answered:
            by_way.setdefault(way, []).append(text)
    one_way: dict[str, list[str]] = {}
    for text in dict.fromkeys(formatted):
        if (way := date_way(text)) in by_way:
            one_way.setdefault(way, []).append(text)
    return [_order(draft, column, way, texts, one_way.get(way, [])) for way, texts in by_way.items()]


def _one_sided(options: Sequence[Option], first: int, second: int) -> str | None:
    """The first or second of the options, where other values of the column can be read that way only."""
    if bool(first) == bool(second):
        return None
    return options[0 if first else 1].answer


def _order(draft: Draft, column: str, way: str, unclear: list[str], one_way: list[str]) -> Question:
    """Beside a date with two readings each option shows one that it makes readable besides, if there is
    one: 25/02/2026 is read as soon as the day is said to come first.
    """
    possible = frozenset[str]().union(*(date_orders(text) for text in unclear))
    answers = {order: answer_to({way: order}) for order in ("dmy", "mdy", "ymd") if order in possible}
    evidence = date_evidence(_texts(draft, column, way=way))
    options = []
    for order, answer in answers.items():
        besides = [text for text in one_way if _readable_with(text, answers.values()) == [answer]][:1]
        shown = [*unclear[: SHOWN - len(besides)], *besides]
        options.append(Option(answer=answer, words=_days(shown, answer, month_first=order == "mdy")))
    return Question(
        kind="order",
        column=column,
        text=_which_day(column, unclear[0], list(answers.values())),
        evidence=evidence.sentence,
        options=tuple(options),
        suggested=_one_sided(options, evidence.day_first, evidence.month_first),
        part=way,
    )


def _readable_with(text: str, answers: Iterable[str]) -> list[str]:
    return [answer for answer in answers if not isinstance(_day_read(text, answer), Doubt)]


def _which_day(column: str, text: str, answers: Sequence[str]) -> str:
    """A question that one can answer from the paper beside it: is it in April or in March?"""
    months = [month_alone(day) for day in (_day_read(text, one) for one in answers) if isinstance(day, date)]
    if len(set(months)) == len(answers) == 2:
        first, second = months
        return _(
            "{column}: is “{text}” in {first} or in {second}?",
            column=_(column),
            text=text,
            first=first,
            second=second,
        )
    return _("{column}: which day is “{text}”?", column=_(column), text=text)


def _serial(draft: Draft, column: str, serial: Iterable[str]) -> list[Question]:
    answer = answer_to({"number": "serial"})
    numbers = [text for text in dict.fromkeys(serial) if text.isdecimal()]  # no time of day in it
    if not numbers:
        return []
    count = ngettext("{count:,} value is a number.", "{count:,} values are numbers.", len(numbers))
    return [
        Question(
            kind="order",
            column=column,
            text=_("{column}: is “{text}” Excel's number of a day?", column=_(column), text=numbers[0]),
            evidence=count,
            options=(Option(answer=answer, words=_("Yes: {days}", days=_days(numbers[:SHOWN], answer))),),
            part="number",
        )
    ]


def _swapped(draft: Draft, column: str, doubtful: Iterable[str]) -> list[Question]:
    """Whether Excel swapped the real dates of a column: asked once for all of them."""
    days = list(dict.fromkeys(doubtful))
    if not days:
        return []
    options, evidence = [], date_evidence(_texts(draft, column))
    for reading in (SWAPPED, KEPT):
        answer = answer_to({REAL: reading})
        options.append(Option(answer=answer, words=_days(days[:SHOWN], answer, held=Held.DATE)))
    return [
        Question(
            kind="order",
            column=column,
            text=_("{column}: did Excel swap day and month of “{text}”?", column=_(column), text=days[0]),
            evidence=evidence.sentence,
            options=tuple(options),
            part=REAL,
        )
    ]


def _amounts(texts: Sequence[str], answer: str) -> str:
    """Amounts as they are read with an answer: `1,234 is $1,234.00 and 1.234 is $1.234`."""
    read = ((text, _amount_read(text, answer)) for text in texts)
    return _listed(
        {text: _("unclear") if isinstance(a, Doubt) else money(to_thousandths(a)) for text, a in read}
    )


def _amount_read(text: str, answer: str) -> Decimal | Doubt:
    return read_amount(text, Held.TEXT, mark=answer, currency=settings().currency)


def _days(texts: Sequence[str], answer: str, *, month_first: bool = False, held: Held = Held.TEXT) -> str:
    """Dates as they are read with an answer, in words: `03/04/2026 is 3 April 2026`."""
    read = {text: _day_read(text, answer, held) for text in texts}
    return _listed({text: _day_said(day, month_first=month_first) for text, day in read.items()})


def _day_read(text: str, answer: str, held: Held = Held.TEXT) -> date | Doubt:
    """The day that a cell says; of one with a time, the day that would be offered."""
    read = read_date(text, held, order=answer)
    offered = isinstance(read, Doubt) and read.code == "has-time" and read.suggestion
    return date.fromisoformat(offered) if offered else read


def _day_said(day: date | Doubt, *, month_first: bool) -> str:
    if isinstance(day, Doubt):
        return _("unclear")
    return day_in_words(day, month_first=month_first)


def _listed(read: Mapping[str, str]) -> str:
    *most, last = (_("{text} is {value}", text=text, value=value) for text, value in read.items())
    return _("{first} and {last}", first=", ".join(most), last=last) if most else last


def _texts(draft: Draft, column: str, *, way: str | None = None) -> Iterable[str]:
    """The column's texts as the sheet had them: real numbers and dates have one reading and say nothing."""
    place = draft.sheet.rows.columns.get_loc(column)
    texts = draft.sheet.rows[column].to_numpy(dtype=object)
    chosen = (str(text) for text in texts[draft.sheet.held[:, place] == Held.TEXT] if text)
    return chosen if way is None else (text for text in chosen if date_way(text) == way)

"""Questions: where the sheet has more than one reading, a person says which. Never guessed, asked once.

A question is about texts of a column that are written alike, and shows some of them under each reading; its
answer settles these texts and no others. It is a step of the journal like any edit, and can be undone.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from komet_import.review.answering import OF_ROWS
from komet_import.review.draft import Draft
from komet_import.review.holding import Hold, holds, question_id
from komet_import.review.judgement import Judgement
from komet_import.review.rules.signs import TURNED, doubtful_sign, sign_question
from komet_import.review.window import Problem
from komet_import.row_numbers import told
from komet_import.settings import settings
from komet_import.sheets.layout.amounts import amount_evidence, read_amount, unclear_mark
from komet_import.sheets.layout.answers import KEPT, REAL, SEPARATORS, SWAPPED, answer_to, settled
from komet_import.sheets.layout.dates import (
    PERHAPS_SWAPPED,
    SWAPPED_DATE,
    date_evidence,
    date_orders,
    date_way,
    read_date,
)
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.layout.modifiers import Modifies
from komet_import.sheets.layout.notes import other_sheets
from komet_import.sheets.worksheet import Held, Worksheet
from komet_import.types import ValueKind
from komet_import.types.schema import listed, money, to_thousandths

SAMPLES = 3
"""How many values of a column are shown beside a question."""

FEW_VALUES = 5
"""How many values of a column that says what rows mean are named."""

SHOWN = 2
"""How many values an option shows under its reading."""

READINGS: tuple[dict[str, str], ...] = (
    {"comma": "thousands", "point": "decimals"},
    {"comma": "decimals", "point": "thousands"},
    {"comma": "thousands", "point": "thousands"},
)
"""What the only mark of an amount may be; the last only where a column has both."""


@dataclass(frozen=True, kw_only=True)
class Option:
    """An answer that may be given, and its words on a button."""

    answer: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """Something that is unclear. `kind` and `column` are those of `edits.Answer`; `evidence` helps decide;
    `rows` counts the rows that wait for the answer; `suggested` is the answer that the sheet itself speaks
    for, if there is one: never taken, but chosen beforehand where all is confirmed at once. `part` is the way
    of writing that a question is about where there may be several of one column."""

    kind: str
    column: str
    text: str
    evidence: str
    options: tuple[Option, ...]
    rows: int = 0
    suggested: str | None = None
    part: str = ""

    @property
    def id(self) -> str:
        """The question's name, for the terminal and the panel."""
        return ":".join(part for part in (question_id(self.kind, self.column), self.part) if part)

    def to_json(self) -> dict[str, Any]:
        """The question as the terminal gives it."""
        return {
            "id": self.id,
            "about": self.text,
            "evidence": self.evidence,
            "options": [{"answer": option.answer, "says": option.words} for option in self.options],
            "rows": self.rows,
            "suggested": self.suggested,
        }


def questions(draft: Draft, judgement: Judgement, problems: Sequence[Problem]) -> list[Question]:
    """What is to be asked about a draft with this judgement and its problems: sheets and columns first, for
    they decide the rest."""
    found = [_held(draft, hold) for hold in holds(draft)]
    if not any(question.kind == "sheet" for question in found):
        found += _further_sheets(draft)
    for column in draft.type.columns:
        if column.name not in draft.rows:
            continue
        texts: dict[str, list[str]] = {}
        for problem in problems:
            if problem.column == column.name:
                texts.setdefault(problem.code, []).append(problem.value)
        if column.kind is ValueKind.AMOUNT:
            found += _marks(draft, column.name, texts.get("ambiguous-amount", ()))
        if column.kind is ValueKind.DATE:
            unclear, formatted = texts.get("ambiguous-date", ()), texts.get("date-format", ())
            found += _orders(draft, column.name, unclear, formatted)
            found += _serial(draft, column.name, texts.get("serial-date", ()))
            real = (text for text in unclear if not date_orders(text) & {"dmy", "mdy"})
            doubtful = (*texts.get(SWAPPED_DATE, ()), *texts.get(PERHAPS_SWAPPED, ()), *real)
            found += _swapped(draft, column.name, doubtful)
    found += _doubted(draft, judgement, "totals")
    found += _doubted(draft, judgement, "tables")
    found += _sign(draft, judgement)
    if hidden := len(_hidden_rows(draft, judgement)):
        found.append(_hidden(hidden))
    return found


def _held(draft: Draft, hold: Hold) -> Question:
    ask = {
        "column": _column,
        "field": _field,
        "filter": _filter,
        "sheet": _sheet,
        "beside": _beside,
    }[hold.kind]
    evidence, options = ask(draft, hold)
    return Question(
        kind=hold.kind,
        column=hold.column,
        text=hold.question,
        evidence=evidence,
        options=options,
        suggested=_suggested(draft, hold, options),
        rows=int((hold.rows & ~draft.out).sum()),
    )


def _suggested(draft: Draft, hold: Hold, options: tuple[Option, ...]) -> str | None:
    """What the sheet speaks for: the column that a heading resembles, the values that
    are usual. Of columns or sheets of equal right, and of another currency's heading, nothing does."""
    if hold.kind == "column" and hold.column not in draft.sheet.header.foreign:
        return options[0].answer
    modifier = next((m for m in draft.sheet.header.modifiers if m.letter == hold.column), None)
    if hold.kind == "filter" and modifier:
        values = [value for value, _ in modifier.values if value.casefold() in modifier.usual]
        return options[0].answer if values else None
    return None


def _column(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    letter, header = hold.column, draft.sheet.header
    name = header.doubtful[letter]
    foreign = header.foreign.get(letter)
    why = header.evidence.get(letter, "")
    if foreign:
        why = f"The heading says {foreign}; the ledger is in {settings().currency}."
    return _sentences(why, _first_values(draft.worksheet, letter, header.row)), (
        Option(answer=name, words=f"Yes, it is {name}"),
        Option(answer="", words="Don't import it"),
    )


def _field(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """Which of several columns is meant: each with its first values."""
    header = draft.sheet.header
    options = []
    for letter in header.rivals[hold.column]:
        values = _first_values(draft.worksheet, letter, header.row).removeprefix("First values: ")
        words = f"“{header.headers.get(letter, '')}” in column {letter}: {values}"
        options.append(Option(answer=letter, words=words))
    why = _sentences(*(header.evidence.get(letter, "") for letter in header.rivals[hold.column]))
    return why, (*options, Option(answer="", words="None of them"))


def _filter(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """Which values count: those that usually do, every value alone where none does, or all of them."""
    modifier = next(m for m in draft.sheet.header.modifiers if m.letter == hold.column)
    values = [value for value, _ in modifier.values]
    usual = [value for value in values if value.casefold() in modifier.usual]
    offered = [usual] if usual else [[value] for value in values[:FEW_VALUES]]
    if modifier.modifies not in (Modifies.CURRENCY, Modifies.OTHER_SIDE):
        offered.append(values)
    options = tuple(
        Option(answer=json.dumps(chosen, ensure_ascii=False), words=_only(chosen, len(values)))
        for chosen in offered
    )
    counts = [f"{value or 'blank'} {count:,}" for value, count in modifier.values[:FEW_VALUES]]
    return f"Rows by value: {', '.join(counts)}{' …' if len(values) > FEW_VALUES else ''}.", options


def _only(chosen: Sequence[str], all_of_them: int) -> str:
    if len(chosen) == all_of_them:
        return "All rows"
    return f"Only {listed([f'“{value}”' if value else 'blank' for value in chosen])}"


def _sheet(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    return _about_sheets(draft)


def _beside(draft: Draft, hold: Hold) -> tuple[str, tuple[Option, ...]]:
    """A table beside is not read: it is imported from a file, or a sheet, of its own."""
    said = []
    for table in draft.sheet.beside:
        rows = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
        sum_ = "" if table.amount is None else f" ({money(table.amount)})"
        said.append(f"{rows}{sum_} in columns {table.letters[0]} to {table.letters[-1]}")
    why = f"Not read: {listed(said)}."
    return why, (Option(answer="this", words="Import this table alone"),)


def _further_sheets(draft: Draft) -> list[Question]:
    """Other sheets that match as well are named, where this one is the one that Excel shows."""
    if draft.worksheet is None or "" in draft.answers.sheets or not other_sheets(draft.worksheet):
        return []
    evidence, options = _about_sheets(draft)
    return [
        Question(kind="sheet", column="", text="Which sheet should be imported?", evidence=evidence,
                 options=options)
    ]  # fmt: skip


def _about_sheets(draft: Draft) -> tuple[str, tuple[Option, ...]]:
    names = (draft.sheet.name, *other_sheets(draft.worksheet)) if draft.worksheet else (draft.sheet.name,)
    sizes = {sheet.name: sheet.rows for sheet in draft.worksheet.sheets} if draft.worksheet else {}
    rows = [f"“{name}” {sizes[name]:,} rows" for name in names if name in sizes]
    return (
        f"{len(names):,} sheets match: {listed(rows)}." if rows else "",
        tuple(Option(answer=name, words=f"“{name}”") for name in names),
    )


def _doubted(draft: Draft, judgement: Judgement, kind: str) -> list[Question]:
    """Whether rows that look like sums, or like another table, are rows to import: one question for each."""
    places = [
        place
        for place, aside in draft.doubted.items()
        if aside.kind.adds_up is OF_ROWS[kind] and not draft.left_out[place]
    ]
    if not places:
        return []
    type, count = draft.type, len(places)
    chosen = np.zeros(len(draft.rows), dtype=np.bool_)
    chosen[places] = True
    _, amount = judgement.tally(chosen)
    what = "a total" if count == 1 else "totals"
    if not OF_ROWS[kind]:
        what = "another table"
    rows = "Is 1 row" if count == 1 else f"Are {count:,} rows"
    shown = [
        f"row {told(int(judgement.numbers[place]))} {draft.doubted[place].why}" for place in places[:SHOWN]
    ]
    sums = f" ({money(amount)})" if amount else ""
    return [
        Question(
            kind=kind,
            column="",
            text=f"{rows}{sums} {what}, or {type.one if count == 1 else type.noun[1]} to import?",
            evidence=_sentences("; ".join(shown)),
            options=(
                Option(answer="aside", words=f"{what[0].upper()}{what[1:]}: exclude"),
                Option(answer="count", words=f"Import {type.counted(count)}"),
            ),
            rows=count,
            suggested="aside" if OF_ROWS[kind] else None,
        )
    ]


def _sign(draft: Draft, judgement: Judgement) -> list[Question]:
    """Whether the amounts of the wrong sign are the money: asked once, for the whole column."""
    wrong, others = doubtful_sign(draft, judgement.amounts)
    if not wrong.any():
        return []
    type, count = draft.type, int(others.sum())
    rest = f"; exclude {type.counted(count)} of the other sign" if count else ""
    sums = money(int(judgement.amounts[wrong].sum()))
    return [
        Question(
            kind="sign",
            column=type.amount_column or "",
            text=sign_question(draft, int(wrong.sum())),
            evidence=f"{int(wrong.sum()):,} amounts come to {sums}, {count:,} have the other sign.",
            options=(
                Option(answer=TURNED, words=f"Yes, import {type.counted(int(wrong.sum()))}{rest}"),
                Option(answer="as-they-are", words="No, amounts are as they are"),
            ),
            rows=int((wrong | others).sum()),
        )
    ]


def _sentences(*said: str) -> str:
    """Sentences one after the other, each with its capital and its point."""
    return " ".join(
        f"{one[0].upper()}{one[1:]}{'' if one.endswith(('.', '?', '…')) else '.'}" for one in said if one
    )


def _first_values(worksheet: Worksheet | None, letter: str, header_row: int) -> str:
    if worksheet is None or letter not in worksheet.text:
        return ""
    below = worksheet.text[letter][worksheet.text.index > header_row].str.strip()
    shown = below[below != ""].drop_duplicates().head(SAMPLES).tolist()
    return f"First values: {', '.join(shown)}" if shown else "The column is blank."


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
            text=f"{column}: how much is “{shown[0]}”?",
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
    evidence = date_evidence(_texts(draft, column, way=way))
    options = []
    for order in (one for one in ("dmy", "mdy", "ymd") if one in possible):
        answer = answer_to({way: order})
        besides = [text for text in one_way if not isinstance(_day_read(text, answer), Doubt)][:1]
        shown = [*unclear[: SHOWN - len(besides)], *besides]
        options.append(Option(answer=answer, words=_days(shown, answer, month_first=order == "mdy")))
    return Question(
        kind="order",
        column=column,
        text=f"{column}: which day is “{unclear[0]}”?",
        evidence=evidence.sentence,
        options=tuple(options),
        suggested=_one_sided(options, evidence.day_first, evidence.month_first),
        part=way,
    )


def _serial(draft: Draft, column: str, serial: Iterable[str]) -> list[Question]:
    answer = answer_to({"number": "serial"})
    numbers = [text for text in dict.fromkeys(serial) if text.isdecimal()]  # no time of day in it
    if not numbers:
        return []
    one = len(numbers) == 1
    count = "1 value is a number." if one else f"{len(numbers):,} values are numbers."
    return [
        Question(
            kind="order",
            column=column,
            text=f"{column}: is “{numbers[0]}” Excel's number of a day?",
            evidence=count,
            options=(Option(answer=answer, words=f"Yes: {_days(numbers[:SHOWN], answer)}"),),
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
            text=f"{column}: did Excel swap day and month of “{days[0]}”?",
            evidence=evidence.sentence,
            options=tuple(options),
            part=REAL,
        )
    ]


def _hidden_rows(draft: Draft, judgement: Judgement) -> list[int]:
    """The positions of hidden rows of which nobody has said whether they count, whatever else they have."""
    if not draft.sheet.hidden_rows or draft.answers.hidden.get("") == "count":
        return []
    hidden = np.isin(judgement.numbers, sorted(draft.sheet.hidden_rows)) & ~judgement.out
    return [
        position
        for position in np.flatnonzero(hidden).tolist()
        if any(issue.code == "hidden-row" and judgement.asks(issue) for issue in judgement.of(position))
    ]


def _hidden(count: int) -> Question:
    rows = "1 row is" if count == 1 else f"{count:,} rows are"
    return Question(
        kind="hidden",
        column="",
        text=f"{rows} hidden in Excel. Do they count?",
        evidence="They are marked in the grid.",
        options=(
            Option(answer="count", words="They count"),
            Option(answer="leave-out", words="Leave them out"),
        ),
    )


def _amounts(texts: Sequence[str], answer: str) -> str:
    """Amounts as they are read with an answer: `1,234 is $1,234.00 and 1.234 is $1.234`."""
    read = ((text, _amount_read(text, answer)) for text in texts)
    return _listed(
        {text: "unclear" if isinstance(a, Doubt) else money(to_thousandths(a)) for text, a in read}
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
        return "unclear"
    return f"{day:%B} {day.day}, {day.year}" if month_first else f"{day.day} {day:%B} {day.year}"


def _listed(read: Mapping[str, str]) -> str:
    *most, last = (f"{text} is {value}" for text, value in read.items())
    return f"{', '.join(most)} and {last}" if most else last


def _texts(draft: Draft, column: str, *, way: str | None = None) -> Iterable[str]:
    """The column's texts as the sheet had them: real numbers and dates have one reading and say nothing."""
    place = draft.sheet.rows.columns.get_loc(column)
    texts = draft.sheet.rows[column].to_numpy(dtype=object)
    chosen = (str(text) for text in texts[draft.sheet.held[:, place] == Held.TEXT] if text)
    return chosen if way is None else (text for text in chosen if date_way(text) == way)

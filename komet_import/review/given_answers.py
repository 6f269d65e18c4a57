"""What a person said where a sheet is unclear, and the header that it makes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from komet_import.sheets.layout.sheet import Header

PLACES = {
    "mark": "marks",
    "order": "orders",
    "column": "columns",
    "field": "fields",
    "filter": "filters",
    "sign": "signs",
    "sheet": "sheets",
    "beside": "beside",
    "hidden": "hidden",
    "header": "headers",
}
"""Where the answers to each kind of question stand."""


@dataclass(frozen=True)
class Answers:
    """What a person said where the sheet is unclear.

    `marks` and `orders` map a column to how its amounts and dates are written
    (`sheets.layout.values.answers`); `columns` maps an Excel column letter to the column that it is (blank:
    none of them), `fields` a column of the type that several letters claim to the one that is meant (blank:
    none), `filters` a letter to the values of it whose rows count (a JSON list). `signs` maps the column of
    amounts to what its negative ones are. The others have the blank name only: `sheets` says which sheet is
    meant, `beside` has `this` once a person said that a second table beside is not, `hidden` has `count` once
    one said that hidden rows count, `headers` has the header that a person chose (`chosen_header`) once one
    said that it is another row.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    signs: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def to(self, question: str) -> Mapping[str, str]:
        """The answers to one kind of question. Raises KeyError for a kind that there is not."""
        found: Mapping[str, str] = getattr(self, PLACES[question])
        return found

    def with_answer(self, question: str, column: str, answer: str | None) -> "Answers":
        """These answers with one more, or with one taken back (None)."""
        known = {name: given for name, given in self.to(question).items() if name != column}
        if answer is not None:
            known[column] = answer
        return replace(self, **{PLACES[question]: known})

    @property
    def about_columns(self) -> tuple[Mapping[str, str], ...]:
        """What decides which columns of the sheet are which."""
        return self.columns, self.fields, self.headers


def header_answer(header: Header) -> str:
    """The answer that another row is the header: that row, and all that was found of it then, so that the
    same is read whenever the journal is replayed."""
    return json.dumps({"row": header.row, "header": header.to_json()}, ensure_ascii=False)


def chosen_header(answer: str) -> Header:
    """The header of an answer that another row is the header."""
    return Header.from_json(json.loads(answer)["header"])


def chosen_row(answer: str) -> int:
    """The row of an answer that another row is the header."""
    return int(json.loads(answer)["row"])


EVERY_VALUE = "*"
"""In an answer about values: the rows count whatever they say, also what is not listed among so many."""

NO_VALUE = "[]"
"""The answer about values that no row counts, where none of them usually does."""


def kept_values(answer: str) -> frozenset[str]:
    """The values (casefolded) whose rows count, of an answer about a column that says what rows mean."""
    return frozenset(str(value).strip().casefold() for value in json.loads(answer))


def header_with(found: Header, answers: Answers) -> Header:
    """The header as a person says it is.

    Of the letters that claim a column with equal right, the others are not imported once one is chosen, by
    the question about the column or by matching a letter by hand.
    """
    meant = dict(found.columns)
    settled = set(answers.fields) & set(found.rivals)
    meant |= {letter: name for name, letter in answers.fields.items() if letter}
    meant |= answers.columns
    meant = {letter: name for letter, name in meant.items() if name}
    taken = set(meant.values())
    doubtful = {
        letter: name
        for letter, name in found.doubtful.items()
        if letter not in answers.columns and name not in taken
    }
    rivals = {
        name: left
        for name, letters in found.rivals.items()
        if name not in settled
        and name not in taken
        and (left := tuple(letter for letter in letters if letter not in answers.columns))
    }
    asked = {*doubtful, *(letter for letters in rivals.values() for letter in letters)}
    marks = {modifier.letter for modifier in found.modifiers}
    said = found.said.union(found.ignored, answers.columns)
    ignored = tuple(
        letter
        for letter in found.headers
        if letter in said and letter not in meant and letter not in asked and letter not in marks
    )
    return replace(found, columns=meant, doubtful=doubtful, rivals=rivals, ignored=ignored)

"""Issues: what is wrong with a row, as data, and its sentences, which are made when they are shown.

A sentence names the field, quotes the value, says what is expected and what to do; its words are those of
the `catalogue`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from string import Formatter
from typing import Any

from komet_import import row_numbers
from komet_import.clock import told_day
from komet_import.language import Phrase, _, phrases
from komet_import.language.calendar import month_and_year
from komet_import.language.current import Language, speaking, spoken
from komet_import.language.lists import listed
from komet_import.review.catalogue import ALREADY_CORRECTED, CATALOGUE, TYPE_WORDS, Severity

SIGNS = frozenset({"not-positive", "not-negative"})
"""Codes of an amount that has the wrong sign, which another one is suggested for, or none."""
ZERO = "zero"
"""What an amount without a sign is listed as."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """One thing about one cell. `row` is the Excel row number, `column` the column's header.

    `suggestion` is a value that would fix it, `facts` are the further words of the message's template,
    a moment among them as the day that it is for who reads.
    `basis` is what a person sees who confirms it: a confirmation holds while it stays the same.
    """

    row: int
    column: str
    code: str
    value: str
    suggestion: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""

    @property
    def listed_as(self) -> str:
        """Its kind in lists of work: a zero is of none that a button settles which turns signs."""
        return ZERO if self.code in SIGNS and self.suggestion is None else self.code

    @property
    def confirmable(self) -> bool:
        """Whether its row waits until a person confirms it; a property of the code."""
        return CATALOGUE[self.code].confirm

    @property
    def severity(self) -> Severity:
        """How much it weighs; a property of the code."""
        return CATALOGUE[self.code].severity

    @property
    def message(self) -> str:
        """One sentence for a person."""
        facts = {name: self._said(name, fact) for name, fact in self.facts.items()}
        return _(CATALOGUE[self.code].template).format(
            column=_(self.column), value=shortened(self.value), **facts
        )

    def _kept(self) -> str:
        """The sentence in English, as it is kept and as programs read it."""
        with speaking(Language.ENGLISH):
            return self.message

    def _said(self, name: str, fact: Any) -> Any:
        """A fact as a sentence says it."""
        if isinstance(fact, datetime):
            return told_day(fact)
        if name in TYPE_WORDS:
            return _said_word(fact)
        if name == "month":
            return month_and_year(fact)
        if name not in _ROWS or not isinstance(fact, int):
            return fact
        return row_numbers.told(fact, () if self.code == ALREADY_CORRECTED else None)

    def to_json(self) -> dict[str, Any]:
        """The issue as the terminal and the report give it."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "value": self.value,
            "message": self._kept(),
            "suggestion": self.suggestion,
        }

    def kept(self) -> dict[str, Any]:
        """The same as a database keeps it: with its facts that are texts of ours, for `told_again`."""
        told = {name: phrases.to_json(fact) for name, fact in self.facts.items() if isinstance(fact, Phrase)}
        return {**self.to_json(), **({"told": told} if told else {})}


NO_FACTS: Mapping[str, Any] = {}


_ROWS = frozenset({"row", "other"})
"""Facts that are rows, where they are numbers: of the same import, or of the one that corrected the row."""


def said_of_several(code: str, *, column: str, value: str = "", facts: Mapping[str, Any] = NO_FACTS) -> str:
    """One sentence about rows that have the same kind of problem, but not the same facts or not the value.

    Of `facts`, those of any of them, only the words of their type are said.
    """
    name = _(column)
    cells = f"{name} “{shortened(value)}”" if value else name
    shared = {name: _said_word(said) for name, said in facts.items() if name in TYPE_WORDS}
    return _(CATALOGUE[code].several).format(cells=cells, **shared)


def told_again(kept: Mapping[str, Any]) -> str:
    """The sentence of an issue that was kept (`Issue.kept`) in the language of who reads.

    Kept is the English one. Its facts are read out of it by the template of its code, those that are texts of
    ours stand beside it; a sentence of a version that had another template stays as it was.
    """
    said, code = str(kept["message"]), str(kept["code"])
    if spoken() is Language.ENGLISH or code not in CATALOGUE:
        return said
    found = _pattern(code).fullmatch(said)
    if found is None:
        return said
    facts: dict[str, object] = {name: _again(name, fact) for name, fact in found.groupdict().items()}
    facts |= {name: phrases.from_json(fact) for name, fact in kept.get("told", {}).items()}
    facts |= {"column": _(str(kept["column"])), "value": shortened(str(kept["value"]))}  # blanks part neither
    return _(CATALOGUE[code].template).format(**facts)


def _again(name: str, fact: str) -> str:
    if name == "same":
        return listed([_(word) for word in re.split(", | and ", fact)])
    return _(fact) if name in TYPE_WORDS else fact


@cache
def _pattern(code: str) -> re.Pattern[str]:
    """What finds the facts of a sentence of this code."""
    pattern, known = "", set[str]()
    for text, name, _form, _conversion in Formatter().parse(CATALOGUE[code].template):
        pattern += re.escape(text)
        if name:
            pattern += f"(?P={name})" if name in known else f"(?P<{name}>.*?)"
            known.add(name)
    return re.compile(pattern, re.DOTALL)


def _said_word(word: str | Phrase) -> str:
    """One of the words of a type (`sameness.words`), which are marked."""
    return _(word) if isinstance(word, str) else str(word)


def shortened(value: str) -> str:
    """A value as a sentence quotes it."""
    return value if len(value) <= 60 else value[:57] + "…"

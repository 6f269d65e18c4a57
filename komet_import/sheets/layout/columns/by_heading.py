"""Columns by what their headings say: surely, vaguely, or by likeness."""

from collections.abc import Sequence
from dataclasses import replace

from komet_import.language import phrase
from komet_import.sheets.layout.columns.claims import HeadingClaim, Level
from komet_import.sheets.layout.columns.likeness import likely
from komet_import.sheets.layout.columns.lists_beside import is_apart, is_list_beside
from komet_import.sheets.layout.columns.sides import of_side
from komet_import.sheets.layout.columns.table import Table
from komet_import.sheets.layout.columns.taken import Taken
from komet_import.types import Meaning
from komet_import.types.languages import Paper
from komet_import.types.schema import Column, Side

_RESEMBLING = HeadingClaim(name="", meaning=Meaning.NOTE, level=Level.VAGUE)

_RESEMBLES = phrase("heading resembles the column's name")

_ONE_SIDE = phrase("one side of a debit and credit pair")


def by_heading(taken: Taken) -> None:
    """Sure headings first, then, for what is still missing, vague ones."""
    _pair_of_sides(taken)
    for column in taken.type.columns:
        _take_sure(taken, column)
    for level in (Level.VAGUE, Level.LAST):
        for column in taken.type.columns:
            if column.name not in taken.found and (level is Level.VAGUE or column.name in taken.needed):
                taken.take_doubtful(column, taken.claiming(column.name, level))


def _take_sure(taken: Taken, column: Column) -> None:
    claims = taken.claiming(column.name, Level.PLAIN, Level.CERTAIN, Level.NAME)
    filled = {letter: claim for letter, claim in claims.items() if not taken.table.contents[letter].blank}
    claims = filled or claims
    if not claims:
        return
    top = max(claim.level for claim in claims.values())
    winners = [letter for letter, claim in claims.items() if claim.level is top]
    if column.meaning is Meaning.PARTY and len(winners) > 1:
        winners = _beside_money(taken, winners)
    letters = taken.different([*winners, *_contesting(taken, column, winners, top)])
    if len(letters) == 1:
        taken.columns[letters[0]] = column.name
        taken.levels[column.name] = top
    else:
        taken.rivals[column.name] = tuple(letters)
    for letter in letters:
        taken.because(letter, column)


def _contesting(taken: Taken, column: Column, winners: Sequence[str], top: Level) -> list[str]:
    """The columns that have a say against those whose headings say it best."""
    others = taken.claiming(column.name, Level.VAGUE, Level.PLAIN, Level.CERTAIN, Level.NAME)
    others = {
        letter: claim
        for letter, claim in others.items()
        if letter not in winners and not taken.table.contents[letter].blank
    }
    unseen = taken.table.hidden.issuperset(winners)
    if unseen and (seen := [letter for letter in others if letter not in taken.table.hidden]):
        return seen
    if column.meaning is Meaning.PARTY:  # as who is billed, beside who was sold to
        holding = [one for one in others if all(_holds_parties(taken, letter) for letter in (*winners, one))]
        return [one for one in holding if not _is_list_beside(taken, winners, one)]
    if not column.meaning.is_money:
        return []
    explicit = any(c.currency and c.home for letter in winners for c in taken.claims[letter])
    return [
        letter
        for letter, claim in others.items()
        if (top is not Level.NAME or claim.open or (claim.currency and claim.home))
        and not (explicit and not claim.home)
        and not taken.table.contents[letter].nothing
        and letter not in taken.other_side
    ]


def _holds_parties(taken: Taken, letter: str) -> bool:
    contents = taken.table.contents[letter]
    return contents.most(contents.codes)


def _is_list_beside(taken: Taken, own: Sequence[str], letter: str) -> bool:
    table = taken.table

    def texts(one: str) -> list[str]:
        return [row.get(one, "") for row in table.rows]

    return is_list_beside(letter, own[0], own, _filled(table), texts)


def _filled(table: Table) -> list[str]:
    return [letter for letter, text in table.headers.items() if text or not table.contents[letter].blank]


def _beside_money(taken: Taken, winners: list[str]) -> list[str]:
    """The one of several equal columns that stands together with money, where the others are lists apart."""
    filled = _filled(taken.table)
    money = [
        letter for letter, claims in taken.claims.items() if any(claim.meaning.is_money for claim in claims)
    ]
    own = [letter for letter in winners if not is_apart(letter, money, filled)]
    others = [letter for letter in winners if letter not in own]
    return own if len(own) == 1 and all(_is_list_beside(taken, own, one) for one in others) else winners


def _pair_of_sides(taken: Taken) -> None:
    """Beside a column of the other side, that of the own side is surely an amount, if no row has both."""
    if not taken.other_side or taken.type.side is None:
        return
    own = Paper.CREDIT if taken.type.side is Side.WE_OWE else Paper.DEBIT
    for letter in of_side(taken.table, own):
        both = any(
            _something(row.get(letter, "")) and _something(row.get(other, ""))
            for row in taken.table.rows
            for other in taken.other_side
        )
        if not both:
            taken.claims[letter] = [
                replace(c, level=max(c.level, Level.PLAIN), why=_ONE_SIDE) if c.meaning.is_money else c
                for c in taken.claims[letter]
            ]


def _something(text: str) -> bool:
    return bool(text.strip(" 0.,-–—$"))


def by_likeness(taken: Taken) -> None:
    """Headings that resemble one column that is still missing."""
    resembling: dict[str, list[str]] = {}
    for letter, text in list(taken.table.headers.items())[:100]:
        if taken.claims[letter] or not _may_resemble(text) or taken.words.is_elsewhere(text):
            continue
        if name := likely(text, taken.type, frozenset(taken.found)):
            resembling.setdefault(name, []).append(letter)
    for name, letters in resembling.items():
        taken.take_doubtful(taken.type.column(name), dict.fromkeys(letters, _RESEMBLING))
        for letter in letters:
            taken.evidence[letter] = _RESEMBLES


def _may_resemble(text: str) -> bool:
    return 2 <= len(text) <= 60 and not any(c.isdigit() for c in text)

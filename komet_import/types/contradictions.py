"""What a declaration must not say: whatever of it cannot hold stops the start, with one sentence.

A rule asks for a meaning and is silent where no column has it. So what a money rule needs is asked for here,
once, before any sheet is read: a type that forgot it must not come to posting.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from komet_import.language.lists import listed
from komet_import.refusal import Refusal
from komet_import.types.headings import plain
from komet_import.types.schema import Column, ColumnFormat, ImportType, Meaning, Need

FORMATS: dict[Meaning, tuple[ColumnFormat, ...]] = {
    Meaning.PARTY: (ColumnFormat.CUSTOMER,),
    Meaning.NUMBER: (ColumnFormat.TEXT,),
    Meaning.DAY: (ColumnFormat.DATE,),
    Meaning.MONEY: (ColumnFormat.AMOUNT,),
    Meaning.LOCATION: (ColumnFormat.LOCATION,),
    Meaning.REFERENCE: (ColumnFormat.TEXT,),
    Meaning.NOTE: (ColumnFormat.TEXT,),
    Meaning.RECORD: (ColumnFormat.NEW_CODE,),
    Meaning.NAME: (ColumnFormat.TEXT,),
    Meaning.LOCATIONS: (ColumnFormat.LOCATIONS,),
    Meaning.ACCOUNTING_CODE: (ColumnFormat.TEXT,),
    Meaning.CATEGORY: (ColumnFormat.CHOICE, ColumnFormat.TEXT),
    Meaning.SALESPERSON: (ColumnFormat.TEXT,),
    Meaning.ACTIVE: (ColumnFormat.FLAG,),
}
"""The formats in which each meaning can be read and kept."""

LONGEST: dict[Meaning, int] = {
    Meaning.NUMBER: 20,
    Meaning.REFERENCE: 20,
    Meaning.NOTE: 500,
    Meaning.RECORD: 20,
    Meaning.NAME: 200,
    Meaning.ACCOUNTING_CODE: 20,
    Meaning.SALESPERSON: 100,
}
"""The longest text that the ledger keeps; a column must not promise more."""

DOCUMENT = (Meaning.PARTY, Meaning.DAY, Meaning.MONEY)
"""What every document of money must say in every row."""

COMPARABLE = (*DOCUMENT, Meaning.LOCATION)
"""What the ledger can look up to find what looks alike."""

IDENTIFYING = (*COMPARABLE, Meaning.NUMBER, Meaning.REFERENCE, Meaning.RECORD)
"""What can be claimed as the key of a document or a record."""

LONGEST_SLUG = 20  # it is a part of keys that the ledger keeps


class Contradiction(Refusal):
    """A declaration that cannot hold; exists so that a start ends in one sentence."""

    def __init__(self, message: str) -> None:
        super().__init__("contradictory-type", message)


def refuse(type: ImportType) -> None:
    """Raises Contradiction with the first thing that cannot hold in a declaration."""
    for said in _contradictions(type):
        raise Contradiction(f"The import type “{type.title or type.slug}” contradicts itself: {said}.")


def refuse_together(types: Sequence[ImportType]) -> None:
    """Raises Contradiction where types that are fine alone cannot stand beside each other."""
    for what, names in (("slug", [t.slug for t in types]), ("title", [t.title for t in types])):
        if twice := _twice(names):
            raise Contradiction(f"Two import types have the {what} “{twice}”; each needs its own.")
    usual = [type.title for type in types if type.usual]
    if len(usual) != 1:
        raise Contradiction(
            f"Exactly one import type is the usual one, not {listed(usual) if usual else 'none'}; mark one."
        )


def _contradictions(type: ImportType) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", type.slug) or len(type.slug) > LONGEST_SLUG:
        yield (
            f"its slug “{type.slug}” must be lower-case words joined by hyphens, at most {LONGEST_SLUG} "
            "characters"
        )
    if not type.title or not all(type.noun) or not type.columns or not type.roles:
        yield "it needs a title, a noun, columns, and roles that may import it"
    yield from _headings(type.columns)
    if twice := _twice(column.meaning for column in type.columns):
        yield f"two columns say the {twice}"
    for column in type.columns:
        yield from _column(column)
    named = {"key": type.key, "likeness": type.likeness, "sum": (type.summed,) if type.summed else ()}
    for what, meanings in named.items():
        for meaning in meanings:
            if type.column_for(meaning) is None:
                yield f"its {what} names the {meaning}, which no column says"
    for meaning in type.key:
        if meaning not in IDENTIFYING:
            yield f"its key names the {meaning}, which identifies nothing"
    yield from _money(type) if type.column_for(Meaning.MONEY) else _no_money(type)


def _headings(columns: Sequence[Column]) -> Iterator[str]:
    if twice := _twice(column.name for column in columns):
        yield f"two columns are called “{twice}”"
    owners: dict[str, str] = {}
    for column in columns:
        for said in (column.name, *column.synonyms):
            if not plain(said):
                yield f"“{said}” is no heading"
            owner = owners.setdefault(plain(said), column.name)
            if owner != column.name:
                yield f"the heading “{said}” means both “{owner}” and “{column.name}”"


def _column(column: Column) -> Iterator[str]:
    allowed = FORMATS[column.meaning]
    if column.kind not in allowed:
        yield (
            f"“{column.name}” says the {column.meaning}, which cannot have the format {column.kind}; use "
            f"{listed(allowed, 'or')}"
        )
    longest = LONGEST.get(column.meaning)
    if longest and not 0 < (column.max_length or 0) <= longest:
        yield f"“{column.name}” must say that it has at most {longest} characters, or fewer"
    if column.kind is ColumnFormat.CHOICE and not column.choices:
        yield f"“{column.name}” is a choice of nothing"
    if column.kind is ColumnFormat.AMOUNT and not 0 <= column.decimals <= 3:
        yield f"“{column.name}” cannot have {column.decimals} decimals; the ledger keeps three"


def _money(type: ImportType) -> Iterator[str]:
    for meaning in DOCUMENT:
        column = type.column_for(meaning)
        if column is None:
            yield f"it has money, but no column says the {meaning}"
        elif column.need is not Need.REQUIRED:
            yield f"“{column.name}” says the {meaning} of money and must be required"
    if not type.once:
        yield "money must be posted once, not as an update"
    if type.sign is None or type.side is None:
        yield "money needs the sign that it must have and the side of the balance on which it stands"
    if type.summed is not Meaning.MONEY:
        yield "what is summed must be the money that is posted"
    if Meaning.PARTY not in type.likeness or Meaning.MONEY not in type.likeness:
        yield "money needs a likeness with at least customer and amount, or possible duplicates pass unseen"
    for meaning in type.likeness:
        if meaning not in COMPARABLE:
            yield f"its likeness names the {meaning}, which cannot be compared; use {listed(COMPARABLE)}"
    number = type.column_for(Meaning.NUMBER)
    if number and Meaning.NUMBER not in type.key:
        yield f"“{number.name}” is a number, but not in the key, so that it may come twice"
    if type.column_for(Meaning.RECORD):
        yield "a row is either money or a record, not both"


def _no_money(type: ImportType) -> Iterator[str]:
    if type.once:
        yield "it is posted once, but has no money; only money is"
    if type.sign or type.side or type.likeness or type.summed:
        yield "it says a sign, a side, a likeness or a sum, but has no money"
    record = type.column_for(Meaning.RECORD)
    if record is None:
        yield "it has neither money nor a record, so that there is nothing to post"
    elif record.need is not Need.REQUIRED or type.key != (Meaning.RECORD,):
        yield f"“{record.name}” says which record a row is: it must be required, and alone be the key"


def _twice(values: Iterable[str]) -> str:
    """The first value that comes a second time; blank where none does."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            return str(value)
        seen.add(value)
    return ""

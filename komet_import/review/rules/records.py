"""The row rules of a list of records: what may add one that exists, and what a blank cell leaves."""

from collections.abc import Sequence

from komet_import.review.catalogue import (
    CODE_AS_NAME,
    KEPT_BLANK,
    KNOWN_NAME,
    NAME_AS_CODE,
    NAME_OF_ANOTHER,
)
from komet_import.review.differences import kept, record, says_new
from komet_import.review.draft import Draft
from komet_import.review.reference import Directory, KnownCustomer, Reference
from komet_import.review.rules.finding import Finding, JudgedRows, codes_of
from komet_import.review.rules.odd_texts import odd_name
from komet_import.review.suggestions import comparable
from komet_import.types import Column, ColumnFormat, Meaning
from komet_import.types.codes import code_key
from komet_import.types.schema import ERASE


def read_records(draft: Draft, reference: Reference, rows: JudgedRows) -> None:
    """What of a list may add a record that exists, or leaves what a blank cell seems to erase."""
    type, directory = draft.type, reference.directory
    code, name = type.name_for(Meaning.RECORD), type.name_for(Meaning.NAME)
    fields = [c for c in type.columns if c.erasable and c.name in rows.readings]
    named_by = [c for c in type.columns if c.kind is ColumnFormat.TEXT and c.name in rows.readings]
    for position in rows.positions:
        said = rows.readings[code][position]
        if said is None:
            continue
        known = record(directory, said)
        for column in named_by:
            value = rows.readings[column.name][position]
            if value and (known is None or says_new(known, column, value)):
                finding = _odd_of(directory, known, column, value)
                if finding:
                    rows.add(position, column.name, _text(draft, column.name, position), finding)
        if known is not None:
            _read_kept(draft, directory, rows, position, known, fields)
            continue
        if any(issue.column == code for issue in rows.found.get(position, ())):
            continue
        named = str(rows.readings[name][position] or "") if name in rows.readings else ""
        finding = _unlikely(directory, said, named)
        if finding:
            rows.add(position, code, _text(draft, code, position), finding)


def _unlikely(directory: Directory, said: str, named: str) -> Finding | None:
    """Why a new code is perhaps none."""
    namesakes = directory.customers_named.get(comparable(named), ()) if named else ()
    if namesakes:
        told = codes_of(namesakes)
        return Finding(
            code=KNOWN_NAME,
            suggestion=told if len(namesakes) == 1 else None,
            facts={"other": told},
            basis=f"{said} named like {told}",
        )
    lower = any(c.islower() for c in said)
    several = sum(any(c.isalpha() for c in word) for word in said.split()) > 1
    longer = len(said) > max(directory.longest_code, 1) and not any(c.isdigit() for c in said)
    is_named = comparable(said) == comparable(named)
    if (several and (lower or is_named)) or (lower and (is_named or (longer and directory.customers))):
        return Finding(code=NAME_AS_CODE, basis=said)
    return None


def _odd_of(directory: Directory, known: KnownCustomer | None, column: Column, value: str) -> Finding | None:
    """Why a new text of a record is perhaps not what it should be."""
    finding = _of_another(directory, known, column, value) or odd_name(value)
    if finding is not None or column.meaning is not Meaning.NAME:
        return finding
    coded = code_key(value) in directory.customers or not any(map(str.isalpha, value))
    return Finding(code=CODE_AS_NAME, basis=value) if coded else None


def _of_another(
    directory: Directory, known: KnownCustomer | None, column: Column, value: str
) -> Finding | None:
    """Whether a known code gets the name of another one: codes and names may have slipped."""
    if known is None or column.meaning is not Meaning.NAME or comparable(value) == comparable(known.name):
        return None
    others = directory.customers_named.get(comparable(value), ())
    if not others:
        return None
    told = codes_of(others)
    return Finding(code=NAME_OF_ANOTHER, facts={"other": told}, basis=f"{known.code} named like {told}")


def _read_kept(
    draft: Draft,
    directory: Directory,
    rows: JudgedRows,
    position: int,
    known: KnownCustomer,
    fields: Sequence[Column],
) -> None:
    for column in fields:
        there = kept(directory, known, column)
        said = rows.readings[column.name][position]
        if said is None and there and not _text(draft, column.name, position).strip():
            told = ":".join(place.code for place in there) if isinstance(there, tuple) else there
            facts = {"kept": told, "erase": ERASE}
            rows.add(position, column.name, "", Finding(code=KEPT_BLANK, facts=facts))


def _text(draft: Draft, column: str, position: int) -> str:
    return str(draft.rows[column].iloc[position])

"""The cell rules, one for each kind of value: a cell's text in, what it means or why nothing out."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from komet_import.language import Phrase, phrase
from komet_import.review.catalogue import CLOSED_PERIOD, SAYS_VOID, SIMILAR_CODE
from komet_import.review.draft import SHOWN_WITH, Draft
from komet_import.review.given_answers import Answers
from komet_import.review.holding import unread
from komet_import.review.months import first_open, month_of
from komet_import.review.reference import Directory, Reference
from komet_import.review.rules.finding import BLANK, Finding, listed_codes
from komet_import.review.sameness import number_key
from komet_import.review.suggestions import Suggester
from komet_import.sheets.files.xlsx.formulas import constant
from komet_import.sheets.layout.amounts import (
    joined_by_blanks,
    read_amount,
    shown_amount,
    shows_all,
    written_amount,
)
from komet_import.sheets.layout.answers import REAL, decimal_mark, settled
from komet_import.sheets.layout.dates import read_date, swapped
from komet_import.sheets.layout.doubt import Doubt
from komet_import.sheets.layout.flags import read_flag
from komet_import.sheets.worksheet import STRIKE, Held, not_struck
from komet_import.types import Column, ImportType, Meaning, Need, Sign, ValueKind
from komet_import.types.marks import VOID_WORDS
from komet_import.types.schema import ERASE, code_key, money, to_thousandths

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Characters that a person cannot see and that make two equal-looking codes differ."""
COUNTABLE = Decimal(5_000_000_000)
"""Amounts beyond this count as unreadable in sums, which so stay within 64 bits for a million rows."""
EARLIER, LATER = timedelta(days=730), timedelta(days=31)
"""A day further away than this is worth a second look."""


class _Asked(NamedTuple):
    """What a cell rule goes by beside the cell."""

    column: Column
    type: ImportType
    reference: Reference
    answers: Answers
    from_1904: bool = False
    swap_doubt: str | None = None


def _read_text(asked: _Asked, text: str, held: int) -> Finding:
    marked = _VOID.get(asked.column.meaning) if asked.type.side is not None else None
    if marked is not None and marked(_without_accents(text)):
        return Finding(text, code=SAYS_VOID, basis=text)
    return Finding(text)


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_SAID = "|".join(map(_without_accents, VOID_WORDS))
_VOID = {
    # “Cancelled order” is why there is a credit; “Cancelled”, “VOID: late truck”, “Void 11/5” say it is none.
    Meaning.NOTE: re.compile(rf"\W*(?:{_SAID})\s*(?:[^\w\s]|[0-9]|$)", re.IGNORECASE).match,
    Meaning.NUMBER: re.compile(rf"(?<![A-Za-z])(?:{_SAID})(?![A-Za-z])", re.IGNORECASE).search,
}
"""Whether a note or a number says that its row no longer counts."""


def _read_new_code(asked: _Asked, text: str, held: int) -> Finding:
    """A code that its list adds or knows; one that only lost its zeros, say, is probably the known one."""
    directory = asked.reference.directory
    alike = directory.customers_alike.get(number_key(text), ())
    if code_key(text) in directory.customers or not alike:
        return Finding(text)
    facts = {"other": alike[0].code, "name": alike[0].name}
    offered = alike[0].code if len(alike) == 1 else None
    return Finding(
        text, code=SIMILAR_CODE, suggestion=offered, facts=facts, basis=f"{text} like {alike[0].code}"
    )


def _read_customer(asked: _Asked, text: str, held: int) -> Finding:
    directory = asked.reference.directory
    customer = directory.customers.get(code_key(text))
    if customer is None:
        return _unknown("unknown-customer", directory.customer_suggester, text)
    if not customer.active:
        return Finding(code="inactive-customer", facts={"name": customer.name})
    return Finding(customer)


def _read_location(asked: _Asked, text: str, held: int) -> Finding:
    directory = asked.reference.directory
    location = directory.locations.get(code_key(text))
    if location is None:
        meant = {*_locations_meant(directory, text)}
        return _unknown_location(directory, text)._replace(
            suggestion=meant.pop() if len(meant) == 1 else None
        )
    return Finding(location)


def _read_locations(asked: _Asked, text: str, held: int) -> Finding:
    directory, found = asked.reference.directory, []
    parts = [part.strip() for part in text.split(":") if part.strip()]
    for code in parts:
        location = directory.locations.get(code_key(code))
        if location is None:
            mended = [mend for part in parts for mend in _locations_meant(directory, part) or [part]]
            offered = ":".join(mended) if mended != parts else None
            return _unknown_location(directory, code)._replace(suggestion=offered)
        found.append(location)
    return Finding(tuple(found))


_BETWEEN_CODES = re.compile(r"\s*[;/|+&\n]\s*|\s+(?:and|y|und|et|en|e)\s+", re.IGNORECASE)


def _locations_meant(directory: Directory, text: str) -> list[str]:
    """The codes of a text that is one location, or several in another way than with colons; none where one
    of them is none."""
    # A name may have a comma, and spaces, of its own: it is cut there last.
    for parts in (_BETWEEN_CODES.split(text), text.split(","), text.split()):
        meant = [_location_meant(directory, part) for part in parts if part.strip()]
        codes = [code for code in meant if code]
        if codes and len(codes) == len(meant):
            return codes
    return []


def _location_meant(directory: Directory, text: str) -> str | None:
    known = directory.locations.get(code_key(text)) or directory.location_suggester.best(text.strip())
    return known.code if known else None


def _unknown(code: str, suggester: Suggester, text: str, **facts: str) -> Finding:
    best = suggester.best(text)
    return Finding(code=code, suggestion=best.code if best else None, facts=facts)


def _unknown_location(directory: Directory, text: str) -> Finding:
    codes = listed_codes(sorted(known.code for known in directory.locations.values()))
    return _unknown("unknown-location", directory.location_suggester, text, expected=codes or "none")


def _read_choice(asked: _Asked, text: str, held: int) -> Finding:
    choices = asked.column.choices
    for choice in choices:
        if choice.casefold() == text.casefold():
            return Finding(choice)
    best = Suggester((choice, choice) for choice in choices).best(text)
    expected = ", ".join(choices)
    return Finding(code="not-a-choice", suggestion=best.code if best else None, facts={"expected": expected})


def _read_flag(asked: _Asked, text: str, held: int) -> Finding:
    flag = read_flag(text)
    if flag is None:
        return Finding(code="not-a-choice", facts={"expected": phrase("yes, no")})
    return Finding(flag)


def _read_amount(asked: _Asked, text: str, held: int) -> Finding:
    column, type, reference = asked.column, asked.type, asked.reference
    answer = asked.answers.marks.get(column.name)
    decimals = held - SHOWN_WITH if held >= SHOWN_WITH else None
    amount = read_amount(
        text,
        Held(held) if decimals is None else Held.NUMBER,
        decimals=column.decimals,
        mark=answer,
        currency=reference.currency,
        side=type.side,
        from_1904=asked.from_1904,
    )
    if isinstance(amount, Doubt):
        offered = amount.suggestion
        if amount.code == "too-many-decimals" and decimals is not None and decimals <= column.decimals:
            shown = shown_amount(text, decimals)
            offered = written_amount(shown, mark=decimal_mark(answer)) if shown else offered
        return Finding(code=amount.code, suggestion=offered, facts={**amount.facts, "one": type.one})
    if held == Held.TEXT and (joined := joined_by_blanks(text)):
        return Finding(code="one-or-two-numbers", suggestion=joined)
    if abs(amount) > COUNTABLE:
        return Finding(code="above-ceiling", facts=_too_much(asked))
    if not amount or type.against_sign(amount):
        mend = written_amount(-amount, mark=decimal_mark(answer)) if amount else None
        code = "not-negative" if type.sign is Sign.NEGATIVE else "not-positive"
        return Finding(amount, code=code, suggestion=mend)
    if to_thousandths(abs(amount)) > reference.ceiling:
        return Finding(amount, code="above-ceiling", facts=_too_much(asked))
    if decimals is not None and not shows_all(text, decimals):
        shown = shown_amount(text, decimals)
        if shown is not None and shown != amount:
            offered = written_amount(shown, mark=decimal_mark(answer)) if shown else None
            facts = {"shown": f"{shown:f}"}
            return Finding(amount, code="shown-rounded", suggestion=offered, facts=facts, basis=f"{amount:f}")
    return Finding(amount)


def _too_much(asked: _Asked) -> dict[str, str]:
    return {"limit": money(asked.reference.ceiling), "noun": asked.type.noun[0]}


def _read_date(asked: _Asked, text: str, held: int) -> Finding:
    day = read_date(text, Held(held), order=asked.answers.orders.get(asked.column.name))
    found = _day_refused(day) if isinstance(day, Doubt) else _day_judged(asked, day)
    if asked.swap_doubt and held == Held.DATE:
        return _swap_doubted(asked.swap_doubt, day, found)
    return found


def _day_refused(doubt: Doubt) -> Finding:
    return Finding(code=doubt.code, suggestion=doubt.suggestion, facts=doubt.facts)


def _day_judged(asked: _Asked, day: date) -> Finding:
    today, closed = asked.reference.today, asked.reference.directory.closed
    if asked.type.summed and asked.column.meaning is Meaning.DAY and month_of(day) in closed:
        first = first_open(day, closed).isoformat()
        facts = {"month": month_of(day), "first": first}
        return Finding(day, code=CLOSED_PERIOD, suggestion=first, facts=facts)
    if day > today + LATER:
        return _far(day, phrase("{days:,} days ahead", days=(day - today).days))
    if day < today - EARLIER:
        return _far(day, phrase("{years} years ago", years=(today - day).days // 365))
    return Finding(day)


def _far(day: date, distance: Phrase) -> Finding:
    """What is confirmed of it is the day: how far that is changes every night."""
    return Finding(day, code="unusual-date", facts={"distance": distance}, basis=day.isoformat())


def _swap_doubted(doubt: str, day: date | Doubt, found: Finding) -> Finding:
    """What is said of a real date that Excel may have swapped, beside what it is `found` to be as it stands.

    Where that is an error, no confirmation mends it: it is a date with two readings.
    """
    written = day.suggestion if isinstance(day, Doubt) else str(day)
    other = swapped(date.fromisoformat(written)) if written else None
    if other is None:
        return found
    if found.code in (None, "unusual-date"):
        return Finding(day, code=doubt, suggestion=str(other), facts={"first": str(other)}, basis=f"{day}")
    facts = {
        "first": written,
        "second": str(other),
        "readings": phrase("{first} or as {second}", first=written, second=str(other)),
    }
    return Finding(code="ambiguous-date", facts=facts)


_READERS: dict[ValueKind, Callable[[_Asked, str, int], Finding]] = {
    ValueKind.TEXT: _read_text,
    ValueKind.CUSTOMER: _read_customer,
    ValueKind.NEW_CODE: _read_new_code,
    ValueKind.LOCATION: _read_location,
    ValueKind.LOCATIONS: _read_locations,
    ValueKind.AMOUNT: _read_amount,
    ValueKind.DATE: _read_date,
    ValueKind.CHOICE: _read_choice,
    ValueKind.FLAG: _read_flag,
}


def cell_rule(draft: Draft, reference: Reference, name: str) -> Callable[[str, int], Finding]:
    """The rule of a column: text and what Excel held in, finding out."""
    column = draft.type.column(name)
    from_1904 = any(note.code == "dates-from-1904" for note in draft.sheet.notes)
    answered = REAL in settled(draft.answers.orders.get(name))
    doubt = None if answered else draft.sheet.swap_doubts.get(name)
    asked = _Asked(column, draft.type, reference, draft.answers, from_1904, doubt)
    read = partial(_READERS[column.kind], asked)
    needed = column.need is Need.REQUIRED or (
        column.need is Need.MULTI_LOCATION and reference.directory.multi_location
    )
    missing = Finding(code="missing-value") if needed and name not in unread(draft) else BLANK
    coded = column.kind is not ValueKind.TEXT or (column.max_length or 0) <= 20
    limit = column.max_length
    # A name that was typed into a column of codes is too long for one.
    suggester = reference.directory.suggester(column.kind)

    def mend(value: str) -> str | None:
        best = suggester.best(value) if suggester else None
        return best.code if best else None

    def rule(text: str, held: int) -> Finding:
        value = text.strip()
        if not value:
            return missing
        if held == Held.ERROR:
            return Finding(code="error-cell")
        if held == Held.UNCALCULATED:
            formula = value.startswith("=") and column.kind is ValueKind.AMOUNT
            result = constant(value) if formula else None
            return Finding(code="uncalculated-formula", suggestion=written_amount(result) if result else None)
        if coded and STRIKE in value:
            left = not_struck(value).strip()
            return Finding(code="partly-struck" if left else "struck-cell", suggestion=left or None)
        if column.erasable and value.casefold() == ERASE:
            return Finding(() if column.kind is ValueKind.LOCATIONS else "")
        plain = value.isascii() and value.isprintable()
        if coded and not plain and UNSEEN.search(value):
            return Finding(code="unreadable-characters", suggestion=UNSEEN.sub("", value).strip())
        if limit and len(value) > limit:
            return Finding(
                code="too-long", suggestion=mend(value), facts={"length": len(value), "limit": limit}
            )
        return read(value, held)

    return rule

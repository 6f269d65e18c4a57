"""The cell rules of amounts and days."""

from datetime import date, timedelta
from decimal import Decimal

from komet_import.language import Phrase, phrase
from komet_import.review.catalogue import CLOSED_PERIOD
from komet_import.review.draft import SHOWN_WITH
from komet_import.review.months import first_open, month_of
from komet_import.review.rules.context import CellContext
from komet_import.review.rules.finding import Finding
from komet_import.sheets.layout.values.amount_forms import joined_by_blanks, written_amount
from komet_import.sheets.layout.values.amounts import read_amount, shown_amount, shows_all
from komet_import.sheets.layout.values.answers import decimal_mark
from komet_import.sheets.layout.values.dates import read_date, swapped
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import Meaning, Sign
from komet_import.types.money import money, to_thousandths

COUNTABLE = Decimal(5_000_000_000)
"""Amounts beyond this count as unreadable in sums, which so stay within 64 bits for a million rows."""
EARLIER, LATER = timedelta(days=730), timedelta(days=31)
"""A day further away than this is worth a second look."""


def read_money(asked: CellContext, text: str, held: int) -> Finding:
    """An amount in thousandths, and what is odd or wrong about it."""
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
        fix = written_amount(-amount, mark=decimal_mark(answer)) if amount else None
        code = "not-negative" if type.sign is Sign.NEGATIVE else "not-positive"
        return Finding(amount, code=code, suggestion=fix)
    if to_thousandths(abs(amount)) > reference.ceiling:
        return Finding(amount, code="above-ceiling", facts=_too_much(asked))
    if decimals is not None and not shows_all(text, decimals):
        shown = shown_amount(text, decimals)
        if shown is not None and shown != amount:
            offered = written_amount(shown, mark=decimal_mark(answer)) if shown else None
            facts = {"shown": f"{shown:f}"}
            return Finding(amount, code="shown-rounded", suggestion=offered, facts=facts, basis=f"{amount:f}")
    return Finding(amount)


def _too_much(asked: CellContext) -> dict[str, str]:
    return {"limit": money(asked.reference.ceiling), "noun": asked.type.noun[0]}


def read_day(asked: CellContext, text: str, held: int) -> Finding:
    """A calendar day, and what is odd or wrong about it."""
    order = asked.answers.orders.get(asked.column.name)
    day = read_date(text, Held(held), order=order, year_first=asked.year_first)
    found = _day_refused(day) if isinstance(day, Doubt) else _day_judged(asked, day)
    if asked.swap_doubt and held == Held.DATE:
        return _swap_doubted(asked.swap_doubt, day, found)
    return found


def _day_refused(doubt: Doubt) -> Finding:
    return Finding(code=doubt.code, suggestion=doubt.suggestion, facts=doubt.facts)


def _day_judged(asked: CellContext, day: date) -> Finding:
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

    Where that is an error, no confirmation fixes it: it is a date with two readings.
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

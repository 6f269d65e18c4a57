"""Amounts read from text, never guessed (docs/komet-sales.md §2).

An amount is read once with the point and once with the comma as its decimal mark; an answer
(`answers`) chooses between two readings and changes nothing else.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from komet_import import currencies
from komet_import.sheets.files.xlsx.formats import number_behind
from komet_import.sheets.layout.values.amount_forms import (
    IN_LAKHS,
    MARKS,
    SIDES,
    body_read,
    only_mark,
    side_said,
    spelled,
    unwrapped,
    written_amount,
)
from komet_import.sheets.layout.values.answers import SEPARATORS, decimal_mark, settled
from komet_import.sheets.layout.values.doubt import Doubt
from komet_import.sheets.worksheet import Held
from komet_import.types import Side

# Most cells match one of these at once, and have one reading; they change the speed, never the reading.
_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,2})?").fullmatch
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,3})?").fullmatch

_GROUPED = re.compile(
    r"\$? ?((?!0[.,])[0-9]{1,3}(?:(?:,[0-9]{3})+\.|(?:\.[0-9]{3})+,)[0-9]{1,2})",
).fullmatch

_REAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?").fullmatch
_PERCENTAGE = re.compile(r"[-+(]?[0-9][0-9., ]*\ ?%\)?").fullmatch
_WITHOUT_CENTS = re.compile(r"(.*[0-9])[.,]-{1,2}").fullmatch
_EXACT = Context(prec=60)
NOISE = Decimal("1e-8")
"""Computed numbers that differ by less from one with few decimals are that one: 1000.10 - 999.99 is held as
0.110000000000014. No money is that small."""


def read_amount(
    text: str,
    held: Held,
    *,
    decimals: int = 3,
    mark: str | None = None,
    currency: str = "USD",
    side: Side | None = None,
    from_1904: bool = False,
) -> Decimal | Doubt:
    """The amount that a cell's text says, with its sign and at most `decimals` decimals, never rounded.

    `currency` is the ledger's: a text that names another one is a doubt, never an amount. (`$` is at home
    wherever dollars or pesos are.)
    `mark` is what a person answered for the column's texts: a decimal mark (MARKS), or what
    `answers` says. A text with one reading has it whatever was answered: 31.24 in a column of decimal
    commas never becomes 3124.
    `side` is the one on which the column's amounts stand: what is marked CR or DR is offered where it is that
    side, and never where it is the other. `from_1904` says from when the workbook counts days.
    """
    if held == 1:  # Held.NUMBER; its text is plain already
        if decimals >= 3 and _PLAIN_NUMBER(text):
            return Decimal(text)
        if not _REAL(text):
            return Doubt(code="not-a-number")
        return _within(_without_noise(Decimal(text), decimals), decimals)
    if held != 0:
        if held != Held.DATE:
            return Doubt(code="not-a-number")
        number = number_behind(text, from_1904=from_1904)
        offered = written_amount(number) if number is not None else None
        return Doubt(code="amount-as-date", suggestion=offered)
    if decimals >= 3:
        if _PLAIN(text):
            return Decimal(text)
        if (grouped := _GROUPED(text)) and (text[0] != "$" or currency in currencies.DOLLARS):
            point = text.rfind(".") > text.rfind(",")
            digits = grouped[1].replace("," if point else ".", "")
            return Decimal(digits.replace(",", "."))
    text = spelled(text)
    if text.startswith("'"):  # typed so that Excel takes it for a text
        amount = read_amount(text[1:], Held.TEXT, decimals=decimals, mark=mark, currency=currency, side=side)
        return amount if isinstance(amount, Doubt) else _not_plain(amount)
    if _PERCENTAGE(text):
        share = read_amount(
            text.replace("%", "").strip(), Held.TEXT, decimals=30, mark=mark, currency=currency
        )
        offered = written_amount(share / 100, mark=decimal_mark(mark)) if isinstance(share, Decimal) else None
        return Doubt(code="percentage", suggestion=offered)
    said, text = side_said(text)
    amount = _unmarked_read(text, decimals, mark, currency)
    if said is None or (isinstance(amount, Doubt) and amount.code != "not-a-number"):
        return amount
    if isinstance(amount, Doubt):
        return Doubt(code="not-a-number")
    if SIDES[said] is not side:
        return Doubt(code="other-side", facts={"mark": said})
    offered = written_amount(amount, mark=decimal_mark(mark)) if amount > 0 else None
    return Doubt(code="side-mark", suggestion=offered, facts={"mark": said})


def _unmarked_read(text: str, decimals: int, mark: str | None, currency: str) -> Decimal | Doubt:
    """A text amount that says nothing of its side."""
    if without_cents := _WITHOUT_CENTS(text):
        whole = _unmarked_read(without_cents[1], decimals, mark, currency)
        return whole if isinstance(whole, Doubt) else _not_plain(whole)
    written = unwrapped(text)
    if written is None:
        return Doubt(code="not-a-number")
    sign, body, named = written
    if named is not None and currency not in named:
        return Doubt(code="other-currency", facts={"expected": currency})
    if IN_LAKHS(body):
        amount = _within(Decimal(sign + body.replace(",", "")), decimals)
        return amount if isinstance(amount, Doubt) else _not_plain(amount)
    readings = {m: value for m in MARKS if (value := body_read(sign, body, m)) is not None}
    values = set(readings.values())
    if len(values) == 2:
        separator = only_mark(body)
        said = settled(mark).get(SEPARATORS[separator])
        if said is None:
            first, second = (written_amount(readings[m]) for m in MARKS)
            return Doubt(code="ambiguous-amount", facts={"first": first, "second": second})
        decimal = separator if said == "decimals" else MARKS[separator == MARKS[0]]
        return _within(readings[decimal], decimals)
    if not values:
        repaired = body.rstrip(".,")
        sensible = repaired.isdecimal() and len(body) == len(repaired) + 1
        return Doubt(code="not-a-number", suggestion=f"{sign}{repaired}" if sensible else None)
    return _within(values.pop(), decimals)


def _not_plain(amount: Decimal) -> Doubt:
    """No plain amount, but only one can be meant."""
    return Doubt(code="not-a-number", suggestion=written_amount(amount))


def shown_amount(text: str, decimals: int) -> Decimal | None:
    """A typed number as Excel shows it with so many decimals; None where it is none."""
    if not _REAL(text):
        return None
    number = Decimal(text)
    if number.adjusted() > 18:
        return number
    return number.quantize(Decimal(1).scaleb(-min(decimals, 20)), ROUND_HALF_UP, _EXACT)


def shows_all(text: str, decimals: int) -> bool:
    """Whether Excel shows a typed number whole with so many decimals, as its text tells at a glance: not
    every number of which that is true is told so."""
    point = text.find(".")
    return (point < 0 or len(text) - point <= decimals + 1) and "E" not in text.upper()


def _without_noise(value: Decimal, decimals: int) -> Decimal:
    """A computed number without what binary numbers left at its end."""
    if not value.is_finite() or value.adjusted() > 18:
        return value
    near = round(value, decimals)
    return near if abs(value - near) < NOISE else value


def _within(value: Decimal, decimals: int) -> Decimal | Doubt:
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return Doubt(code="not-a-number")
    kept = len(digits)
    while exponent < 0 and kept > 1 and digits[kept - 1] == 0:
        kept, exponent = kept - 1, exponent + 1
    if digits[:kept] == (0,):
        return Decimal(0)
    if -exponent > decimals:
        return Doubt(code="too-many-decimals", facts={"limit": decimals})
    return Decimal((sign, digits[:kept], exponent))

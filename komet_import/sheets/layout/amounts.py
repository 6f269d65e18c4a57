"""Amounts read from text, never guessed (docs/komet-sales.md §2).

An amount is read once with the point and once with the comma as its decimal mark; an answer
(`layout.answers`) chooses between two readings and changes nothing else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from komet_import import currencies
from komet_import.language import marked
from komet_import.sheets.files.xlsx.formats import number_behind
from komet_import.sheets.layout.answers import SEPARATORS, decimal_mark, settled
from komet_import.sheets.layout.doubt import SPACES, SPELLINGS, Doubt, evidence_sentence
from komet_import.sheets.worksheet import Held
from komet_import.types import Side

MARKS = (".", ",")
"""What may be the decimal mark of an amount."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AmountEvidence:
    """What a column's text amounts say about its decimal mark.

    `point` and `comma` count the texts that can only be read with that mark, `either` those that change
    their value with it, `total` all that can be read at all.
    """

    point: int
    comma: int
    either: int
    total: int

    @property
    def sentence(self) -> str:
        """The evidence for a person."""
        sides = ((self.point, marked("have a decimal point")), (self.comma, marked("have a decimal comma")))
        return evidence_sentence(self.total, self.either, *sides)


# --- amounts -------------------------------------------------------------------------------------------

# Most cells match one of these at once, and have one reading; they change the speed, never the reading.
_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,2})?").fullmatch
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,3})?").fullmatch

_GROUPED = re.compile(
    r"\$? ?((?!0[.,])[0-9]{1,3}(?:(?:,[0-9]{3})+\.|(?:\.[0-9]{3})+,)[0-9]{1,2})",
).fullmatch

_REAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?").fullmatch
_SIGNS = "|".join(
    re.escape(sign) + (r"\.?" if sign[-1].isalpha() or sign[-1] == "/" else "")  # Rs. and S/. have a point
    for sign in sorted(currencies.SIGNS, key=len, reverse=True)
)
_CODES = "|".join(sorted(currencies.CODES))
_WORDS = "|".join(sorted(currencies.WORDS, key=len, reverse=True))
_CURRENCY = rf"{_SIGNS}|{_CODES}|(?i:{_WORDS})"

_WRITTEN = re.compile(
    rf"""
    (?P<open>\()?
    (?P<minus>[-+])?\ ?
    (?:(?P<before>{_CURRENCY})\ {{0,2}})?
    (?P<open_late>\()?
    (?P<minus_late>[-+])?
    (?P<body>[0-9.,][0-9., ']*?)
    (?P<minus_last>-)?
    (?P<close_early>\))?
    (?:\ ?(?P<after>{_CURRENCY}))?
    (?P<close>\))?
    """,
    re.VERBOSE,
).fullmatch

_CREDITS = ("CR", "CREDIT", "CRED", "CREDITO", "CRÉDITO", "HABER", "HABEN", "ABONO", "C", "H")
_DEBITS = ("DR", "DEBIT", "DEB", "DB", "DEBITO", "DÉBITO", "DEBE", "SOLL", "CARGO", "D", "S")
SIDES = {**dict.fromkeys(_CREDITS, Side.WE_OWE), **dict.fromkeys(_DEBITS, Side.THEY_OWE)}
"""The words by which a text amount says on which side it stands."""

_LONG_MARKS = "|".join(sorted((mark for mark in SIDES if len(mark) > 1), key=len, reverse=True))
_MARKED = re.compile(
    rf"(?P<first>{_LONG_MARKS})[.:]?\ ?(?P<after>[0-9].*|[^\w ].+|(?:{_CURRENCY}).+)"
    rf"|(?P<before>.*[0-9).,-](?:\ ?(?:{_CURRENCY}))?)\ ?(?P<last>{_LONG_MARKS}|(?<=[0-9). -])[CDHS])\.?",
    re.IGNORECASE,
).fullmatch

_PERCENTAGE = re.compile(r"[-+(]?[0-9][0-9., ]*\ ?%\)?").fullmatch
_WITHOUT_CENTS = re.compile(r"(.*[0-9])[.,]-{1,2}").fullmatch
_IN_LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?").fullmatch
"""Grouped as in India: after the thousands by two."""

_BODY = {
    mark: re.compile(
        rf"(?P<whole>[0-9]+|(?!0\D)[0-9]{{1,3}}(?:(?:{group}[0-9]{{3}})+|(?: [0-9]{{3}})+|(?:'[0-9]{{3}})+))?"
        rf"(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    ).fullmatch
    for mark, group in ((".", ","), (",", r"\."))
}


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
    `layout.answers` says. A text with one reading has it whatever was answered: 31.24 in a column of decimal
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
    text = _spelled(text)
    if text.startswith("'"):  # typed so that Excel takes it for a text
        amount = read_amount(text[1:], Held.TEXT, decimals=decimals, mark=mark, currency=currency, side=side)
        return amount if isinstance(amount, Doubt) else _not_plain(amount)
    if _PERCENTAGE(text):
        share = read_amount(
            text.replace("%", "").strip(), Held.TEXT, decimals=30, mark=mark, currency=currency
        )
        offered = written_amount(share / 100, mark=decimal_mark(mark)) if isinstance(share, Decimal) else None
        return Doubt(code="percentage", suggestion=offered)
    said, text = _side_said(text)
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
    written = _unwrapped(text)
    if written is None:
        return Doubt(code="not-a-number")
    sign, body, named = written
    if named is not None and currency not in named:
        return Doubt(code="other-currency", facts={"expected": currency})
    if _IN_LAKHS(body):
        amount = _within(Decimal(sign + body.replace(",", "")), decimals)
        return amount if isinstance(amount, Doubt) else _not_plain(amount)
    readings = {m: value for m in MARKS if (value := _body_read(sign, body, m)) is not None}
    values = set(readings.values())
    if len(values) == 2:
        separator = _only_mark(body)
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


def _spelled(text: str) -> str:
    return text.strip(SPACES).translate(SPELLINGS)


def _side_said(text: str) -> tuple[str | None, str]:
    """The word by which a text amount says its side, in capitals, and the text without it."""
    found = _MARKED(text) if text[-1:].isalpha() or text[:1].isalpha() or text[-1:] == "." else None
    if found is None:
        return None, text
    return (found["first"] or found["last"]).upper(), (found["after"] or found["before"]).strip()


def joined_by_blanks(text: str) -> str | None:
    """The digits of an amount without decimals that plain blanks part, such as 100 450, which may be two
    amounts as well as one; None for any other text.
    """
    written = _unwrapped(_spelled(text)) if " " in text.strip(SPACES) else None
    if written is None or not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+", written[1]):
        return None
    parted = re.search(r"[0-9] [0-9]", text)
    return f"{written[0]}{written[1].replace(' ', '')}" if parted else None


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


def unclear_mark(text: str) -> str | None:
    """The only mark of a text amount that is another amount with each decimal mark; None for any other."""
    _, text = _side_said(_spelled(text))
    written = _unwrapped(text)
    if written is None:
        return None
    sign, body, _ = written
    readings = {_body_read(sign, body, mark) for mark in MARKS}
    return _only_mark(body) if len(readings - {None}) == 2 else None


def _only_mark(body: str) -> str:
    """The mark of an amount with two readings: it has one, which groups thousands or begins decimals."""
    return MARKS[0] if MARKS[0] in body else MARKS[1]


def written_amount(value: Decimal, *, mark: str = ".") -> str:
    """An amount as plain text that is never read as another one: 1234.50, and 1.2340 for 1.234.

    Exactly three decimals after a short whole part could be a group of thousands; a fourth, zero, cannot.
    """
    whole, _, part = f"{value:f}".partition(".")
    part = part.rstrip("0")
    if not part:
        return whole
    part = part.ljust(2, "0")
    if len(part) == 3 and len(whole.lstrip("-")) <= 3 and whole.lstrip("-") != "0":
        part += "0"
    return f"{whole}{mark}{part}"


def amount_evidence(texts: Iterable[str]) -> AmountEvidence:
    """How many of a column's text amounts can be read with one decimal mark only."""
    point = comma = either = total = 0
    for text in texts:
        written = _unwrapped(_side_said(_spelled(text))[1])
        if written is None:
            continue
        sign, body, _ = written
        with_point, with_comma = (_body_read(sign, body, mark) for mark in MARKS)
        total += with_point is not None or with_comma is not None
        point += with_point is not None and with_comma is None
        comma += with_point is None and with_comma is not None
        either += with_point is not None and with_comma is not None and with_point != with_comma
    return AmountEvidence(point=point, comma=comma, either=either, total=total)


def _unwrapped(text: str) -> tuple[str, str, frozenset[str] | None] | None:
    """The sign ("" or "-"), the digits with their marks, and the currencies that the text can mean.

    These are None where it names no currency. The whole is None for anything that is not written so.
    """
    found = _WRITTEN(text)
    if found is None:
        return None
    opened = [found["open"], found["open_late"]]
    closed = [found["close_early"], found["close"]]
    signs = [sign for sign in (found["minus"], found["minus_late"], found["minus_last"]) if sign]
    brackets = sum(1 for bracket in opened if bracket)
    if brackets != sum(1 for bracket in closed if bracket) or brackets + len(signs) > 1:
        return None
    if found["open_late"] and found["close"] and found["after"]:
        return None  # "$(5 USD)" and other knots
    words = [word.strip() for word in (found["before"], found["after"]) if word]
    named = frozenset.intersection(*map(currencies.meant, words)) if words else None
    if len(words) == 2 and (not named or words[1] not in currencies.CODES or words[0].isalpha()):
        return None  # "$5.00 USD" is written, "€5 USD", "$5 $" and "USD 5 USD" are not
    return ("-" if brackets or "-" in signs else ""), found["body"], named


def _body_read(sign: str, body: str, mark: str) -> Decimal | None:
    found = _BODY[mark](body)
    if found is None or (found["whole"] is None and found["part"] is None):
        return None
    whole = re.sub("[^0-9]", "", found["whole"] or "0")
    return Decimal(f"{sign}{whole}.{found['part'] or '0'}")


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

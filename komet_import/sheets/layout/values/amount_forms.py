"""How amounts are written in texts: marks, groups, signs, currencies and sides.

What a column's texts say of its decimal mark is counted here, too; `amounts` reads them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from komet_import import currencies
from komet_import.language import _, marked_pair, ngettext
from komet_import.sheets.layout.values.doubt import SPACES, SPELLINGS, evidence_sentence
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
        unclear = (
            ngettext(
                "This amount can be read two ways", "All {count:,} amounts can be read two ways", self.total
            )
            if self.either == self.total
            else _(
                "{either:,} of {total:,} amounts can be read two ways", either=self.either, total=self.total
            )
        )
        return evidence_sentence(self.total, unclear, (self.point, _POINT), (self.comma, _COMMA))


_POINT = marked_pair(
    "{count:,} of {total:,} amounts only works with a decimal point",
    "{count:,} of {total:,} amounts only work with a decimal point",
)
_COMMA = marked_pair(
    "{count:,} of {total:,} amounts only works with a decimal comma",
    "{count:,} of {total:,} amounts only work with a decimal comma",
)


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
_MARKED_BEFORE = re.compile(
    rf"(?P<mark>{_LONG_MARKS})[.:]?\ ?(?P<amount>[0-9].*|[^\w ].+|(?:{_CURRENCY}).+)", re.IGNORECASE
).fullmatch
_MARKED_BEHIND = re.compile(
    rf"(?P<amount>.*[0-9).,-](?:\ ?(?:{_CURRENCY}))?)\ ?(?P<mark>{_LONG_MARKS}|(?<=[0-9). -])[CDHS])\.?",
    re.IGNORECASE,
).fullmatch
_MARKED_IN_BRACKETS = re.compile(
    rf"(?P<amount>.*[0-9.,-](?:\ ?(?:{_CURRENCY}))?)\ ?\((?P<mark>{_LONG_MARKS}|[CDHS])\.?\)", re.IGNORECASE
).fullmatch

IN_LAKHS = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?").fullmatch
"""Grouped as in India: after the thousands by two."""

_BODY = {
    mark: re.compile(
        rf"(?P<whole>[0-9]+|(?!0\D)[0-9]{{1,3}}(?:(?:{group}[0-9]{{3}})+|(?: [0-9]{{3}})+|(?:'[0-9]{{3}})+))?"
        rf"(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    ).fullmatch
    for mark, group in ((".", ","), (",", r"\."))
}


def spelled(text: str) -> str:
    """The text without what looks alike and means the same."""
    return text.strip(SPACES).translate(SPELLINGS)


def side_said(text: str) -> tuple[str | None, str]:
    """The word by which a text amount says its side, in capitals, and the text without it."""
    found = _MARKED_BEFORE(text) if text[:1].isalpha() else None
    if found is None and (text[-1:].isalpha() or text[-1:] == "."):
        found = _MARKED_BEHIND(text)
    if found is None and text[-1:] == ")":
        found = _MARKED_IN_BRACKETS(text)
    if found is None:
        return None, text
    return found["mark"].upper(), found["amount"].strip()


def joined_by_blanks(text: str) -> str | None:
    """The digits of an amount without decimals that plain blanks part, such as 100 450, which may be two
    amounts as well as one; None for any other text.
    """
    written = unwrapped(spelled(text)) if " " in text.strip(SPACES) else None
    if written is None or not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{3})+", written[1]):
        return None
    parted = re.search(r"[0-9] [0-9]", text)
    return f"{written[0]}{written[1].replace(' ', '')}" if parted else None


def unclear_mark(text: str) -> str | None:
    """The only mark of a text amount that is another amount with each decimal mark; None for any other."""
    _, text = side_said(spelled(text))
    written = unwrapped(text)
    if written is None:
        return None
    sign, body, _ = written
    readings = {body_read(sign, body, mark) for mark in MARKS}
    return only_mark(body) if len(readings - {None}) == 2 else None


def only_mark(body: str) -> str:
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
        written = unwrapped(side_said(spelled(text))[1])
        if written is None:
            continue
        sign, body, _ = written
        with_point, with_comma = (body_read(sign, body, mark) for mark in MARKS)
        total += with_point is not None or with_comma is not None
        point += with_point is not None and with_comma is None
        comma += with_point is None and with_comma is not None
        either += with_point is not None and with_comma is not None and with_point != with_comma
    return AmountEvidence(point=point, comma=comma, either=either, total=total)


def unwrapped(text: str) -> tuple[str, str, frozenset[str] | None] | None:
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


def body_read(sign: str, body: str, mark: str) -> Decimal | None:
    """The digits of an amount read with one decimal mark; None where they cannot be."""
    found = _BODY[mark](body)
    if found is None or (found["whole"] is None and found["part"] is None):
        return None
    whole = re.sub("[^0-9]", "", found["whole"] or "0")
    return Decimal(f"{sign}{whole}.{found['part'] or '0'}")

"""Amounts and dates read from text, never guessed (komet-facts §2).

A text is a value when it has exactly one reading; with two it is a `Doubt` until a person answers for the
column's texts that are written so, with none it is a `Doubt` that says what was expected. Both are found by
trying: an amount is read once with the point and once with the comma as its decimal mark, a date with each
order of its parts. An answer (`sheets.answers`) chooses between two readings and changes nothing else.

Whatever a doubt offers (`suggestion`, `first`, `second`) is itself a text with one reading, the offered one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from komet_import import currencies
from komet_import.sheets.answers import DATE_SEPARATORS, SEPARATORS, settled
from komet_import.sheets.sheet import Held

MARKS = (".", ",")
"""What may be the decimal mark of an amount."""

ORDERS = ("dmy", "mdy", "ymd", "serial")
"""How a date may be written; `serial` is Excel's count of days."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doubt:
    """Why a text is not (yet) a value. `code` and `facts` are those of `review/issues.py`."""

    code: str
    suggestion: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


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
        sides = ((self.point, "have a decimal point"), (self.comma, "have a decimal comma"))
        return _sentence(self.total, self.either, *sides)


@dataclass(frozen=True, kw_only=True, slots=True)
class DateEvidence:
    """What a column's text dates say about the order of day and month; counts as in AmountEvidence."""

    day_first: int
    month_first: int
    either: int
    total: int

    @property
    def sentence(self) -> str:
        """The evidence for a person."""
        sides = ((self.day_first, "be day/month"), (self.month_first, "be month/day"))
        return _sentence(self.total, self.either, *sides)


def _sentence(total: int, either: int, *sides: tuple[int, str]) -> str:
    if not total:
        return ""
    said = [f"{count:,} of {total:,} can only {what}" for count, what in sides if count]
    return ", ".join(said or [f"{either:,} of {total:,} can be read two ways"]) + "."


# --- amounts -------------------------------------------------------------------------------------------

# Most cells match one of these at once, and have one reading; they change the speed, never the reading.
_PLAIN = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,2})?").fullmatch
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,3})?").fullmatch
_GROUPED = re.compile(
    r"\$? ?((?!0[.,])[0-9]{1,3}(?:(?:,[0-9]{3})+\.|(?:\.[0-9]{3})+,)[0-9]{1,2})",
).fullmatch
_REAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?").fullmatch

_SPACES = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPELLINGS = str.maketrans({**dict.fromkeys(_SPACES[4:], " "), "’": "'", "\u2212": "-"})

_SIGNS = "|".join(map(re.escape, currencies.SIGNS))
_CODES = "|".join(sorted(currencies.CODES))
_WRITTEN = re.compile(
    rf"""
    (?P<open>\()?
    (?P<minus>[-+])?\ ?
    (?:(?P<before>{_SIGNS}|(?:{_CODES})\ ?)\ ?)?
    (?P<open_late>\()?
    (?P<minus_late>[-+])?
    (?P<body>[0-9.,][0-9., ']*?)
    (?P<minus_last>-)?
    (?P<close_early>\))?
    (?:\ ?(?P<after>{_SIGNS}|{_CODES}))?
    (?P<close>\))?
    """,
    re.VERBOSE,
).fullmatch

_BODY = {
    mark: re.compile(
        rf"(?P<whole>[0-9]+|(?!0\D)[0-9]{{1,3}}(?:(?:{group}[0-9]{{3}})+|(?: [0-9]{{3}})+|(?:'[0-9]{{3}})+))?"
        rf"(?:{re.escape(mark)}(?P<part>[0-9]+))?"
    ).fullmatch
    for mark, group in ((".", ","), (",", r"\."))
}


def read_amount(
    text: str, held: Held, *, decimals: int = 3, mark: str | None = None, currency: str = "USD"
) -> Decimal | Doubt:
    """The amount that a cell's text says, with its sign and at most `decimals` decimals, never rounded.

    `currency` is the ledger's: a text that names another one is a doubt, never an amount. (`$` is at home
    wherever dollars or pesos are.)
    `mark` is what a person answered for the column's texts: a decimal mark (MARKS), or what
    `sheets.answers` says. A text with one reading has it whatever was answered: 31.24 in a column of decimal
    commas never becomes 3124.
    """
    if held == 1:  # Held.NUMBER; its text is plain already
        if decimals >= 3 and _PLAIN_NUMBER(text):
            return Decimal(text)
        return _within(Decimal(text), decimals) if _REAL(text) else Doubt(code="not-a-number")
    if held != 0:
        return Doubt(code="not-a-number")
    if decimals >= 3:
        if _PLAIN(text):
            return Decimal(text)
        if (grouped := _GROUPED(text)) and (text[0] != "$" or currency in currencies.DOLLARS):
            point = text.rfind(".") > text.rfind(",")
            digits = grouped[1].replace("," if point else ".", "")
            return Decimal(digits.replace(",", "."))
    written = _unwrapped(text)
    if written is None:
        return Doubt(code="not-a-number")
    sign, body, named = written
    if named is not None and currency not in named:
        return Doubt(code="other-currency", facts={"expected": currency})
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
        mend = body.rstrip(".,")
        sensible = mend.isdecimal() and len(body) == len(mend) + 1
        return Doubt(code="not-a-number", suggestion=f"{sign}{mend}" if sensible else None)
    return _within(values.pop(), decimals)


def unclear_mark(text: str) -> str | None:
    """The only mark of a text amount that is another amount with each decimal mark; None for any other."""
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
        written = _unwrapped(text)
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
    found = _WRITTEN(text.strip(_SPACES).translate(_SPELLINGS))
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
    if len(words) == 2 and (not named or not words[1].isalpha() or words[0].isalpha()):
        return None  # "$5.00 USD" is written, "€5 USD", "$5 $" and "USD 5 USD" are not
    return ("-" if brackets or "-" in signs else ""), found["body"], named


def _body_read(sign: str, body: str, mark: str) -> Decimal | None:
    found = _BODY[mark](body)
    if found is None or (found["whole"] is None and found["part"] is None):
        return None
    whole = re.sub("[^0-9]", "", found["whole"] or "0")
    return Decimal(f"{sign}{whole}.{found['part'] or '0'}")


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


# --- dates ---------------------------------------------------------------------------------------------

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})").fullmatch
_NUMERIC = re.compile(r"([0-9]{1,4})([-/. ])([0-9]{1,2})\2([0-9]{1,4})").fullmatch
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]{0,2}(?:de )?([a-z]{3,10})[-/., ]{0,2}(?:de )?([0-9]{2}|[0-9]{4})",
    re.IGNORECASE | re.ASCII,
).fullmatch
_MONTH_DAY = re.compile(
    r"([a-z]{3,10})[-/., ]{0,2}([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]{1,2}([0-9]{2}|[0-9]{4})",
    re.IGNORECASE | re.ASCII,
).fullmatch
_TIMED = re.compile(
    r"(?P<day>.+?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}(?:\.[0-9]+)?))?"
    r"(?P<half> ?[AP]\.?M\.?)?(?P<zone> ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?",
    re.IGNORECASE,
).fullmatch

_MONTH_NAMES = (
    ("january", "jan", "enero", "ene"),
    ("february", "feb", "febrero"),
    ("march", "mar", "marzo"),
    ("april", "apr", "abril", "abr"),
    ("may", "mayo"),
    ("june", "jun", "junio"),
    ("july", "jul", "julio"),
    ("august", "aug", "agosto", "ago"),
    ("september", "sep", "sept", "septiembre", "setiembre"),
    ("october", "oct", "octubre"),
    ("november", "nov", "noviembre"),
    ("december", "dec", "diciembre", "dic"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}

_EPOCH = date(1899, 12, 30)  # of Excel's days after its 29 February 1900, which never was
_SERIALS = range((date(1970, 1, 1) - _EPOCH).days, (date(2100, 1, 1) - _EPOCH).days)


def read_date(text: str, held: Held, *, order: str | None = None) -> date | Doubt:
    """The calendar day that a cell's text says: a real date without a time, or text as YYYY-MM-DD.

    `order` is how a person answered that the column's texts are written (ORDERS, or what `sheets.answers`
    says). A year of two digits is never read: it is ambiguous whatever the order.
    """
    if (held == 2 or held == 0) and _ISO(text):  # Held.DATE, Held.TEXT
        try:
            return date.fromisoformat(text)
        except ValueError:
            return Doubt(code="not-a-date")
    if held == 1:  # Held.NUMBER
        return _serial_read(text, settled(order))
    if held not in (0, 2):
        return Doubt(code="not-a-date")
    text = text.strip(_SPACES).translate(_SPELLINGS)
    timed = _TIMED(text)
    if timed is not None:
        return _timed_read(timed, held, settled(order))
    return _text_read(text, settled(order))


def date_separator(text: str) -> str | None:
    """What separates the parts of a text date that is read by the order of its day and month, whatever its
    time; None for any other, as for one with a year of two digits, which stays unclear with either order.
    """
    found = _NUMERIC(_day_written(text))
    return found[2] if found and {"dmy", "mdy"} & _numeric_readings(found).keys() else None


def _day_written(text: str) -> str:
    """A text date without its time."""
    text = text.strip(_SPACES).translate(_SPELLINGS)
    timed = _TIMED(text)
    return timed["day"] if timed else text


def date_evidence(texts: Iterable[str]) -> DateEvidence:
    """How many of a column's text dates can be read with one order of day and month only."""
    day_first = month_first = either = total = 0
    for text in texts:
        found = _NUMERIC(_day_written(text))
        if found is None or len(found[4]) != 4:
            continue
        readings = _numeric_readings(found)
        dmy, mdy = readings.get("dmy"), readings.get("mdy")
        total += bool(dmy or mdy)
        day_first += bool(dmy and not mdy)
        month_first += bool(mdy and not dmy)
        either += bool(dmy and mdy and dmy != mdy)
    return DateEvidence(day_first=day_first, month_first=month_first, either=either, total=total)


def _text_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    if _ISO(text):
        readings = _numeric_readings(_NUMERIC(text))
        return readings.get("ymd", Doubt(code="not-a-date"))
    if _DIGITS(text):
        compact = _COMPACT(text)
        day = _day(compact[1], compact[2], compact[3]) if compact else None
        return _one_reading({"ymd": day}, orders.get("compact")) if day else _serial_read(text, orders)
    if numeric := _NUMERIC(text):
        way, readings = DATE_SEPARATORS[numeric[2]], _numeric_readings(numeric)
    else:
        way, readings = "name", _named_readings(text)
    return _one_reading(readings, orders.get(way)) if readings else _two_digit_year(text)


def _one_reading(readings: Mapping[str, date], order: str | None) -> date | Doubt:
    if order is not None and order in readings:
        return readings[order]
    days = list(dict.fromkeys(readings.values()))
    if len(days) == 2:
        return Doubt(code="ambiguous-date", facts={"first": str(days[0]), "second": str(days[1])})
    return Doubt(code="date-format", suggestion=str(days[0]), facts={"first": str(days[0])})


def _numeric_readings(found: re.Match[str] | None) -> dict[str, date]:
    """The days that three numbers can be, by the order of their parts; only years of four digits."""
    if found is None:
        return {}
    a, b, c = found[1], found[3], found[4]
    if len(a) == 4 and len(c) <= 2:
        tried = {"ymd": _day(a, b, c)}
    elif len(c) == 4 and len(a) <= 2:
        tried = {"dmy": _day(c, b, a), "mdy": _day(c, a, b)}
    else:
        return {}
    return {order: day for order, day in tried.items() if day is not None}


def _named_readings(text: str) -> dict[str, date]:
    """The day that a text with the name of a month is, by the order of its parts."""
    if found := _DAY_MONTH(text):
        order, day, name, year = "dmy", found[1], found[2], found[3]
    elif found := _MONTH_DAY(text):
        order, name, day, year = "mdy", found[1], found[2], found[3]
    else:
        return {}
    month = _MONTHS.get(name.lower())
    read = _day(year, str(month), day) if month and len(year) == 4 else None
    return {order: read} if read else {}


def _two_digit_year(text: str) -> Doubt:
    """03/04/25 is a date, but of which year, and is 25 the year at all? Never read, whatever the order."""
    if numeric := _NUMERIC(text):
        a, b, c = numeric[1], numeric[3], numeric[4]
        orders = ((c, b, a), (c, a, b), (a, b, c))
    elif named := (_DAY_MONTH(text) or _MONTH_DAY(text)):
        month = str(_MONTHS.get((named[1] if named[1].isalpha() else named[2]).lower(), 0))
        orders = ((named[3], month, named[2] if named[1].isalpha() else named[1]),) * 3
    else:
        return Doubt(code="not-a-date")
    tried = (
        _day(century + year, month, day)
        for century in ("20", "19")
        for year, month, day in orders
        if len(year) == 2
    )
    days = list(dict.fromkeys(str(day) for day in tried if day is not None))
    if len(days) < 2:
        return Doubt(code="not-a-date")
    return Doubt(code="ambiguous-date", facts={"first": days[0], "second": days[1]})


def _timed_read(timed: re.Match[str], held: Held, orders: Mapping[str, str]) -> date | Doubt:
    """A day with a time: midnight is no time, another is a doubt, an offset leaves the day itself open."""
    day = _text_read(timed["day"], orders)
    if isinstance(day, Doubt) and day.code in ("not-a-date", "ambiguous-date"):
        return day
    if timed["zone"]:
        return Doubt(code="has-time")
    written = str(day) if isinstance(day, date) else day.suggestion
    twelve = timed["half"] is not None and timed["half"].strip().lower().startswith("a")
    midnight = (
        (int(timed["hour"]) == 0 or (int(timed["hour"]) == 12 and twelve))
        and int(timed["minute"]) == 0
        and float(timed["second"] or 0) == 0
    )
    if not midnight:
        return Doubt(code="has-time", suggestion=written)
    if isinstance(day, date) and (held == 2 or not _ISO(timed["day"])):
        return day  # as Excel held it, or in an order that was answered
    return Doubt(code="date-format", suggestion=written, facts={"first": written})


def _serial_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    """Excel's count of days, believed only from 1970 to 2099: a lone 2025 is no day of 1905."""
    if not _DIGITS(text):
        return Doubt(code="not-a-date")
    whole, _, part = text.partition(".")
    if len(whole) > 6 or int(whole) not in _SERIALS:
        return Doubt(code="not-a-date")
    day = _EPOCH + timedelta(days=int(whole))
    if orders.get("number") != "serial":
        return Doubt(code="serial-date", suggestion=str(day), facts={"first": str(day)})
    if part.strip("0"):
        return Doubt(code="has-time", suggestion=str(day))
    return day


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

"""Days read from text, never guessed (docs/komet-sales.md §2).

A date is read with each order of its parts; an answer (`layout.answers`) chooses between two readings and
changes nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from komet_import.sheets.layout.answers import DATE_SEPARATORS, settled
from komet_import.sheets.layout.doubt import SPACES, SPELLINGS, Doubt, evidence_sentence
from komet_import.sheets.worksheet import Held

ORDERS = ("dmy", "mdy", "ymd", "serial")
"""How a date may be written; `serial` is Excel's count of days."""


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
        return evidence_sentence(self.total, self.either, *sides)


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

    `order` is how a person answered that the column's texts are written (ORDERS, or what `layout.answers`
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
    text = text.strip(SPACES).translate(SPELLINGS)
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
    text = text.strip(SPACES).translate(SPELLINGS)
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

"""Days read from text, never guessed (docs/komet-sales.md §2).

A date is read with each order of its parts; an answer (`layout.answers`) chooses between two readings and
changes nothing else.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from komet_import.language import Phrase, marked, phrase
from komet_import.language.calendar import weekday
from komet_import.sheets.layout.answers import DATE_SEPARATORS, NAMED, REAL, SHORT_YEAR, SWAPPED, settled
from komet_import.sheets.layout.calendar_words import months, plain, weekdays
from komet_import.sheets.layout.doubt import SPACES, SPELLINGS, Doubt, evidence_sentence
from komet_import.sheets.worksheet import Held

SWAPPED_DATE, PERHAPS_SWAPPED = "swapped-date", "perhaps-swapped"
"""The codes of real dates that Excel has probably, or perhaps, swapped."""

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
        sides = ((self.day_first, marked("be day/month")), (self.month_first, marked("be month/day")))
        return evidence_sentence(self.total, self.either, *sides)


# --- dates ---------------------------------------------------------------------------------------------

LONGEST = 80
"""A longer text is no date."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
_EIGHT = re.compile(r"[0-9]{8}").fullmatch
_SEVEN_OR_EIGHT = re.compile(r"[0-9]{7,8}").fullmatch
_NUMERIC = re.compile(r"([0-9]{1,4})( ?[-/.] ?| )([0-9]{1,2})\2'?([0-9]{1,4})\.?").fullmatch

_ORDINAL = r"(?:st|nd|rd|th|er|ere|eme|ste|de|o|a|°)?"
_BETWEEN = r"[-/., ]{0,3}"
_OF = r"(?:de |del |of |den )?"
_YEAR = r"'?([0-9]{4}|[0-9]{2})"

_DAY_MONTH = re.compile(
    rf"([0-9]{{1,2}}){_ORDINAL}{_BETWEEN}{_OF}([a-z]{{3,12}}){_BETWEEN}{_OF}{_YEAR}"
).fullmatch

_MONTH_DAY = re.compile(
    rf"([a-z]{{3,12}}){_BETWEEN}([0-9]{{1,2}}){_ORDINAL}[-/., ]{{1,3}}{_OF}{_YEAR}"
).fullmatch

_YEAR_MONTH = re.compile(rf"([0-9]{{4}}){_BETWEEN}([a-z]{{3,12}}){_BETWEEN}([0-9]{{1,2}})").fullmatch

_WEEKDAY = re.compile(r"([a-z]{2,12}(?:-feira)?)[., ]{1,3}(.+)").fullmatch

_ZONE = (
    r" ?(?:Z|[A-Z]{2,5}(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[+-][0-9]{2}(?::?[0-9]{2})?)"
    r"(?: ?\([^()]+\)| ?\[[^\[\]]+\])?"
)

_TIMED = re.compile(
    r"(?P<day>.+?)(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2}(?:[.,][0-9]+)?))?"
    rf"(?P<half> ?[AP]\.? ?M\.?)?(?P<zone>{_ZONE})?",
    re.IGNORECASE,
).fullmatch

_DAY_WITH_ZONE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})").fullmatch

_EPOCH = date(1899, 12, 30)  # of Excel's days after its 29 February 1900, which never was
_SERIALS = range((date(1970, 1, 1) - _EPOCH).days, (date(2100, 1, 1) - _EPOCH).days)
_THIS_CENTURY = 30
"""A year of two digits below it is one of 2000 to 2029, as Excel reads it; from it on, of 1930 to 1999."""


class _Written(NamedTuple):
    """A text date: how it is written (`layout.answers`), the days that it can be by the order of their parts,
    and the day of the week that it names, if it does."""

    way: str
    readings: Mapping[str, date]
    weekday: int | None = None


def read_date(text: str, held: Held, *, order: str | None = None) -> date | Doubt:
    """The calendar day that a cell's text says: a real date without a time, or text as YYYY-MM-DD.

    `order` is how a person answered that the column's texts are written (ORDERS, or what `layout.answers`
    says). A real date is read as it is, but where it was answered that Excel swapped day and month.
    """
    if (held == 2 or held == 0) and _ISO(text):  # Held.DATE, Held.TEXT
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Doubt(code="not-a-date")
        return _as_answered(day, held, order)
    if held == 1:  # Held.NUMBER
        return _number_read(text, settled(order))
    if held not in (0, 2):
        return Doubt(code="not-a-date")
    text = text.strip(SPACES).translate(SPELLINGS)
    if len(text) > LONGEST:
        return Doubt(code="not-a-date")
    timed = _TIMED(text)
    if timed is not None:
        return _timed_read(timed, held, order)
    if zoned := _DAY_WITH_ZONE(text):
        day_alone = _text_read(zoned[1], {})
        return day_alone if isinstance(day_alone, Doubt) else _written_otherwise(day_alone)
    return _text_read(text, settled(order))


def swapped(day: date) -> date | None:
    """The day that is written with this one's day as its month; None where there is no other one."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


def _as_answered(day: date, held: Held, order: str | None) -> date:
    """A real date, with day and month swapped where it was answered that Excel took one for the other."""
    if held == 2 and order is not None and settled(order).get(REAL) == SWAPPED:
        return swapped(day) or day
    return day


def swap_doubt(texts: Iterable[str], real: Collection[str]) -> str | None:
    """Whether Excel may have swapped day and month of a column's `real` dates, as the code of an issue.

    Opened where dates are written in the other order, 13/10/2026 stays a text and 05/10/2026 becomes the real
    date of May 10. So beside texts with one order only, real dates up to the 12th are doubtful, and more so
    where there is none after it.
    """
    days = [date.fromisoformat(text[:10]) for text in real if _ISO(text[:10])]
    if not any(map(swapped, days)):
        return None
    evidence = date_evidence(texts)
    if not evidence.day_first and not evidence.month_first:
        return None
    return PERHAPS_SWAPPED if any(day.day > 12 for day in days) else SWAPPED_DATE


def date_way(text: str) -> str | None:
    """How a text date is written whose day is a matter of the order of its parts, whatever its time; None for
    any other. The names are those of `layout.answers`.
    """
    written = _day_written(text)
    return written.way if written and {"dmy", "mdy"} & written.readings.keys() else None


def date_orders(text: str) -> frozenset[str]:
    """The orders in which the parts of a text date make a day."""
    written = _day_written(text)
    return frozenset(_fitting(written)) if written else frozenset()


def _day_written(text: str) -> _Written | None:
    """A text date of figures alone (but for its day of the week) without its time."""
    text = text.strip(SPACES).translate(SPELLINGS)
    if len(text) > LONGEST:
        return None
    timed = _TIMED(text)
    written = _written(timed["day"] if timed else text)
    return written if written and not written.way.startswith(NAMED) else None


def date_evidence(texts: Iterable[str]) -> DateEvidence:
    """How many of a column's text dates can be read with one order of day and month only."""
    day_first = month_first = either = total = 0
    for text in texts:
        written = _day_written(text)
        if written is None:
            continue
        readings = _fitting(written)
        dmy, mdy = readings.get("dmy"), readings.get("mdy")
        total += bool(dmy or mdy)
        day_first += bool(dmy and not mdy)
        month_first += bool(mdy and not dmy)
        either += bool(dmy and mdy and dmy != mdy)
    return DateEvidence(day_first=day_first, month_first=month_first, either=either, total=total)


def _text_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    if _ISO(text):
        written = _written(text)
        return written.readings["ymd"] if written else Doubt(code="not-a-date")
    written = _written(text)
    if written is None:
        return _serial_read(text, orders)
    readings = _fitting(written)
    if not readings:
        (day, *_) = written.readings.values()
        return Doubt(code="wrong-weekday", facts={"first": str(day), "weekday": weekday(day)})
    return _one_reading(readings, orders.get(written.way))


def _fitting(written: _Written) -> Mapping[str, date]:
    """The readings that fall on the day of the week that the text names."""
    if written.weekday is None:
        return written.readings
    return {order: day for order, day in written.readings.items() if day.weekday() == written.weekday}


def _one_reading(readings: Mapping[str, date], order: str | None) -> date | Doubt:
    if order is not None and order in readings:
        return readings[order]
    days = [str(day) for day in dict.fromkeys(readings.values())]
    if len(days) == 1:
        return _written_otherwise(next(iter(readings.values())))
    return Doubt(
        code="ambiguous-date",
        facts={"first": days[0], "second": days[1], "readings": _either(days)},
    )


def _written_otherwise(day: date) -> Doubt:
    return Doubt(code="date-format", suggestion=str(day), facts={"first": str(day)})


def _written(text: str) -> _Written | None:
    """How a text is a date, if it is one."""
    if found := _NUMERIC(text):
        return _numeric(found)
    if _EIGHT(text):
        return _compact(text)
    if text.isascii() and not any(c.isalpha() for c in text):
        return None
    named = plain(text)
    if (begun := _WEEKDAY(named)) and (weekday := weekdays().get(begun[1])) is not None:
        day = _NUMERIC(begun[2])
        written = _numeric(day) if day else _named(begun[2])
        if written:
            return written._replace(weekday=weekday)
    return _named(named)


def _numeric(found: re.Match[str]) -> _Written | None:
    """Three numbers, by the order of their parts; a year of two digits is a way of writing of its own."""
    a, b, c = found[1], found[3], found[4]
    way = DATE_SEPARATORS[found[2].strip() or " "]
    if len(a) == 4 and len(c) <= 2:
        tried = {"ymd": _day(a, b, c)}
    elif len(c) == 4 and len(a) <= 2:
        tried = {"dmy": _day(c, b, a), "mdy": _day(c, a, b)}
    elif len(c) == 2 and len(a) <= 2:
        tried = {"dmy": _day(c, b, a), "mdy": _day(c, a, b)}
        if way == "dash" and len(a) == 2 and not _THIS_CENTURY <= int(a) <= 31:  # as ISO 8601 once allowed it
            tried["ymd"] = _day(a, b, c)
        way += SHORT_YEAR
    else:
        return None
    return _of(way, tried)


def _compact(digits: str) -> _Written | None:
    """Eight digits, the year of four at either end; both ends at once are never a day."""
    tried = {"ymd": (digits[:4], digits[4:6], digits[6:])}
    tried |= {
        "dmy": (digits[4:], digits[2:4], digits[:2]),
        "mdy": (digits[4:], digits[:2], digits[2:4]),
    }
    likely = {order: parts for order, parts in tried.items() if parts[0][:2] in ("19", "20")}
    return _of("compact", {order: _day(*parts) for order, parts in likely.items()})


def _named(text: str) -> _Written | None:
    """A day whose month is named; `text` is plain."""
    if found := _DAY_MONTH(text):
        order, day, name, year = "dmy", found[1], found[2], found[3]
    elif found := _MONTH_DAY(text):
        order, name, day, year = "mdy", found[1], found[2], found[3]
    elif found := _YEAR_MONTH(text):
        order, year, name, day = "ymd", found[1], found[2], found[3]
    else:
        return None
    month = months().get(name)
    way = NAMED if len(year) == 4 else NAMED + SHORT_YEAR
    return _of(way, {order: _day(year, str(month), day) if month else None})


def _of(way: str, tried: Mapping[str, date | None]) -> _Written | None:
    readings = {order: day for order, day in tried.items() if day is not None}
    return _Written(way, readings) if readings else None


def _timed_read(timed: re.Match[str], held: Held, order: str | None) -> date | Doubt:
    """A day with a time: midnight is no time, another is a doubt. Of a time with an offset the day as it is
    written is offered."""
    day = _text_read(timed["day"], settled(order))
    if isinstance(day, Doubt) and day.suggestion is None:
        return day
    if isinstance(day, date):
        day = _as_answered(day, held, order)
    written = str(day) if isinstance(day, date) else day.suggestion
    twelve = timed["half"] is not None and timed["half"].strip().lower().startswith("a")
    midnight = (
        (int(timed["hour"]) == 0 or (int(timed["hour"]) == 12 and twelve))
        and int(timed["minute"]) == 0
        and float((timed["second"] or "0").replace(",", ".")) == 0
    )
    if not midnight or timed["zone"]:
        return Doubt(code="has-time", suggestion=written)
    if isinstance(day, date) and (held == 2 or not _ISO(timed["day"])):
        return day  # as Excel held it, or in an order that was answered
    return Doubt(code="date-format", suggestion=written, facts={"first": written})


def _number_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    """A real number: the digits of a day, of which Excel drops a leading zero, or Excel's count of days."""
    if _SEVEN_OR_EIGHT(text) and (written := _compact(text.zfill(8))):
        return _one_reading(written.readings, orders.get(written.way))
    return _serial_read(text, orders)


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
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < _THIS_CENTURY else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def _either(days: Sequence[str]) -> Phrase | str:
    """`2026-03-04 or as 2026-04-03`, told when it is shown."""
    told: Phrase | str = days[0]
    for day in days[1:]:
        told = phrase("{first} or as {second}", first=told, second=day)
    return told

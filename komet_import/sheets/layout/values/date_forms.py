"""The forms in which people write days, and the readings that each has."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from komet_import.accents import folded
from komet_import.clock import today
from komet_import.sheets.layout.values.answers import DATE_SEPARATORS, NAMED, SHORT_YEAR
from komet_import.sheets.layout.words.calendar_words import months, weekdays

LONGEST = 80
"""A longer text is no date."""
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?").fullmatch
_EIGHT = re.compile(r"([0-9]{8})(?:\.0+)?").fullmatch  # software that takes the digits for a quantity adds .0
SEVEN_OR_EIGHT = re.compile(r"[0-9]{7,8}").fullmatch
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
_ARTICLE = re.compile(r"(?:le|el|the|den|dem|am|op|dia) (?=[0-9a-z])").match
"""What stands before a day in a sentence: `den 3. November`, `le 3 novembre`."""
EPOCH = date(1899, 12, 30)  # of Excel's days after its 29 February 1900, which never was
SERIALS = range((date(1970, 1, 1) - EPOCH).days, (date(2100, 1, 1) - EPOCH).days)
_THIS_CENTURY = 30
"""A year of two digits below it is one of 2000 to 2029, as Excel reads it; from it on, of 1930 to 1999."""


class Written(NamedTuple):
    """A text date: how it is written (`answers`), the days that it can be by the order of their parts,
    and the day of the week that it names, if it does. `unlikely` are days that nobody means who does not say
    so of the column: with the year in front in two digits, far from today."""

    way: str
    readings: Mapping[str, date]
    weekday: int | None = None
    unlikely: Mapping[str, date] = {}


def form_of(text: str) -> Written | None:
    """How a text is a date, if it is one."""
    text = text.removeprefix("'")  # typed: Excel has it for its mark of a text
    if found := _NUMERIC(text):
        return _numeric(found)
    if digits := _EIGHT(text):
        return compact(digits[1])
    if text.isascii() and not any(c.isalpha() for c in text):
        return None
    named = _bare(folded(text))
    if (begun := _WEEKDAY(named)) and (weekday := weekdays().get(begun[1])) is not None:
        said = _bare(begun[2])
        day = _NUMERIC(said)
        written = _numeric(day) if day else _named(said)
        if written:
            return written._replace(weekday=weekday)
    return _named(named)


def _bare(text: str) -> str:
    article = _ARTICLE(text)
    return text[article.end() :] if article else text


def _numeric(found: re.Match[str]) -> Written | None:
    """Three numbers, by the order of their parts; a year of two digits is a way of writing of its own."""
    a, b, c = found[1], found[3], found[4]
    way = DATE_SEPARATORS[found[2].strip() or " "]
    if len(a) == 4 and len(c) <= 2:
        tried = {"ymd": day_of(a, b, c)}
    elif len(c) == 4 and len(a) <= 2:
        tried = {"dmy": day_of(c, b, a), "mdy": day_of(c, a, b)}
    elif len(c) == 2 and len(a) <= 2:
        tried = {"dmy": day_of(c, b, a), "mdy": day_of(c, a, b)}
        if len(a) == 2 and not _THIS_CENTURY <= int(a) <= 31:
            year_first = day_of(a, b, c)
            if way == "dash" or is_nearer(
                year_first, tried.values()
            ):  # with dashes as ISO 8601 once allowed it
                tried["ymd"] = year_first
            elif year_first:
                return _of(way + SHORT_YEAR, tried, {"ymd": year_first})
        way += SHORT_YEAR
    else:
        return None
    return _of(way, tried)


_NEAR = timedelta(days=730)


def is_nearer(day: date | None, others: Iterable[date | None]) -> bool:
    """Whether a day is near today, and nearer than the others are: 26/11/03 is one of 2026, not of 2003."""
    if day is None:
        return False
    now = today()
    distance = abs(day - now)
    return distance <= _NEAR and all(other is None or distance < abs(other - now) for other in others)


def compact(digits: str) -> Written | None:
    """Eight digits, the year of four at either end; both ends at once are never a day."""
    tried = {"ymd": (digits[:4], digits[4:6], digits[6:])}
    tried |= {
        "dmy": (digits[4:], digits[2:4], digits[:2]),
        "mdy": (digits[4:], digits[:2], digits[2:4]),
    }
    likely = {order: parts for order, parts in tried.items() if parts[0][:2] in ("19", "20")}
    return _of("compact", {order: day_of(*parts) for order, parts in likely.items()})


def _named(text: str) -> Written | None:
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
    return _of(way, {order: day_of(year, str(month), day) if month else None})


def _of(
    way: str, tried: Mapping[str, date | None], unlikely: Mapping[str, date] | None = None
) -> Written | None:
    readings = {order: day for order, day in tried.items() if day is not None}
    return Written(way, readings, unlikely=unlikely or {}) if readings else None


def day_of(year: str, month: str, day: str) -> date | None:
    """The calendar day of these digits; None where there is none. A year of two is of this century or the
    last."""
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < _THIS_CENTURY else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None

"""Days read from text, never guessed (docs/komet-sales.md §2).

A date is read with each order of its parts; an answer (`answers`) chooses between two readings and
changes nothing else.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from komet_import.language import Phrase, _, marked_pair, ngettext, phrase
from komet_import.language.calendar import weekday
from komet_import.sheets.layout.values.answers import NAMED, REAL, SWAPPED, settled
from komet_import.sheets.layout.values.date_forms import (
    DIGITS,
    EPOCH,
    ISO,
    LONGEST,
    SERIALS,
    SEVEN_OR_EIGHT,
    Written,
    compact,
    form_of,
    is_nearer,
)
from komet_import.sheets.layout.values.doubt import SPACES, SPELLINGS, Doubt, evidence_sentence
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
        unclear = (
            ngettext("This date can be read two ways", "All {count:,} dates can be read two ways", self.total)
            if self.either == self.total
            else _("{either:,} of {total:,} dates can be read two ways", either=self.either, total=self.total)
        )
        return evidence_sentence(
            self.total, unclear, (self.day_first, _DAY_FIRST), (self.month_first, _MONTH_FIRST)
        )


_DAY_FIRST = marked_pair(
    "{count:,} of {total:,} dates only works as day/month",
    "{count:,} of {total:,} dates only work as day/month",
)
_MONTH_FIRST = marked_pair(
    "{count:,} of {total:,} dates only works as month/day",
    "{count:,} of {total:,} dates only work as month/day",
)


_ZONE = (
    r" ?(?:Z|[A-Z]{2,5}(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?|[+-][0-9]{2}(?::?[0-9]{2})?)"
    r"(?: ?\([^()]+\)| ?\[[^\[\]]+\])?"
)
_TIMED = re.compile(
    r"(?P<day>.+?)(?:T|,? +(?:(?:at|à|a las|às|um|om) )?)(?P<hour>[0-9]{1,2})[:.h](?P<minute>[0-9]{2})"
    r"(?:[:.](?P<second>[0-9]{2}(?:[.,][0-9]+)?))?"
    rf"(?P<half> ?[AP]\.? ?M\.?)?(?: ?(?:Uhr|uur|hrs?|h)\.?)?(?P<zone>{_ZONE})?",
    re.IGNORECASE,
).fullmatch
_DAY_WITH_ZONE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})").fullmatch


def read_date(
    text: str, held: Held, *, order: str | None = None, year_first: Collection[str] = ()
) -> date | Doubt:
    """The calendar day that a cell's text says: a real date without a time, or text as YYYY-MM-DD.

    `order` is how a person answered that the column's texts are written (ORDERS, or what `answers`
    says). A real date is read as it is, but where it was answered that Excel swapped day and month. Texts
    written in one of the ways of `year_first` (`perhaps_year_first`) may begin with a year of two digits.
    """
    if (held == 2 or held == 0) and ISO(text):  # Held.DATE, Held.TEXT
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
        return _timed_read(timed, held, order, year_first)
    if zoned := _DAY_WITH_ZONE(text):
        day_alone = _text_read(zoned[1], {})
        return day_alone if isinstance(day_alone, Doubt) else _written_otherwise(day_alone)
    return _text_read(text, settled(order), year_first)


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
    days = [date.fromisoformat(text[:10]) for text in real if ISO(text[:10])]
    if not any(map(swapped, days)):
        return None
    evidence = date_evidence(texts)
    if not evidence.day_first and not evidence.month_first:
        return None
    return PERHAPS_SWAPPED if any(day.day > 12 for day in days) else SWAPPED_DATE


def date_way(text: str) -> str | None:
    """How a text date is written whose day is a matter of the order of its parts, whatever its time; None for
    any other. The names are those of `answers`.
    """
    written = _day_written(text)
    return written.way if written and {"dmy", "mdy"} & written.readings.keys() else None


def date_orders(text: str) -> frozenset[str]:
    """The orders in which the parts of a text date make a day."""
    written = _day_written(text)
    return frozenset(_fitting(written)) if written else frozenset()


def _day_written(text: str) -> Written | None:
    """A text date of figures alone (but for its day of the week) without its time."""
    text = text.strip(SPACES).translate(SPELLINGS)
    if len(text) > LONGEST:
        return None
    timed = _TIMED(text)
    written = form_of(timed["day"] if timed else text)
    return written if written and not written.way.startswith(NAMED) else None


def perhaps_year_first(texts: Iterable[str]) -> frozenset[str]:
    """The ways in which a column writes dates that probably begin with a year of two digits: beside 26/11/03
    of 2026, 25/11/26 may be a day of 2025, which nobody would think of it alone."""
    return frozenset(
        written.way
        for text in texts
        if _TWO_AND_TWO(text)
        and (written := _day_written(text)) is not None
        and _probably_year_first(_fitting(written))
    )


_TWO_AND_TWO = re.compile(r"[0-9]{2} ?[/. ] ?[0-9]").match


def _probably_year_first(readings: Mapping[str, date]) -> bool:
    dmy, mdy, ymd = (readings.get(order) for order in ("dmy", "mdy", "ymd"))
    return ymd not in (None, dmy, mdy) and is_nearer(ymd, (dmy, mdy))


def date_evidence(texts: Iterable[str]) -> DateEvidence:
    """How many of a column's text dates can be read with one order of day and month only."""
    day_first = month_first = either = total = 0
    texts = list(texts)
    year_first = perhaps_year_first(texts)
    for text in texts:
        written = _day_written(text)
        if written is None:
            continue
        readings = _fitting(written)
        dmy, mdy = (readings.get(order) for order in ("dmy", "mdy"))
        total += bool(dmy or mdy)
        if _probably_year_first(readings) or (written.way in year_first and written.unlikely):
            either += bool(dmy or mdy)
            continue
        day_first += bool(dmy and not mdy)
        month_first += bool(mdy and not dmy)
        either += bool(dmy and mdy and dmy != mdy)
    return DateEvidence(day_first=day_first, month_first=month_first, either=either, total=total)


def _text_read(text: str, orders: Mapping[str, str], year_first: Collection[str] = ()) -> date | Doubt:
    if ISO(text):
        written = form_of(text)
        return written.readings["ymd"] if written else Doubt(code="not-a-date")
    written = form_of(text)
    if written is None:
        return _serial_read(text, orders)
    readings = _fitting(written)
    order = orders.get(written.way)
    if order is not None and order in written.unlikely:
        return written.unlikely[order]
    if not readings:
        (day, *_) = written.readings.values()
        return Doubt(code="wrong-weekday", facts={"first": str(day), "weekday": weekday(day)})
    if written.unlikely and written.way in year_first:
        readings = {**readings, **written.unlikely}
    return _one_reading(readings, order)


def _fitting(written: Written) -> Mapping[str, date]:
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


def _timed_read(
    timed: re.Match[str], held: Held, order: str | None, year_first: Collection[str]
) -> date | Doubt:
    """A day with a time: midnight is no time, another is a doubt. Of a time with an offset the day as it is
    written is offered."""
    day = _text_read(timed["day"], settled(order), year_first)
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
    if isinstance(day, date) and (held == 2 or not ISO(timed["day"])):
        return day  # as Excel held it, or in an order that was answered
    return Doubt(code="date-format", suggestion=written, facts={"first": written})


def _number_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    """A real number: the digits of a day, of which Excel drops a leading zero, or Excel's count of days."""
    if SEVEN_OR_EIGHT(text) and (written := compact(text.zfill(8))):
        return _one_reading(written.readings, orders.get(written.way))
    return _serial_read(text, orders)


def _serial_read(text: str, orders: Mapping[str, str]) -> date | Doubt:
    """Excel's count of days, believed only from 1970 to 2099: a lone 2025 is no day of 1905."""
    if not DIGITS(text):
        return Doubt(code="not-a-date")
    whole, _, part = text.partition(".")
    if len(whole) > 6 or int(whole) not in SERIALS:
        return Doubt(code="not-a-date")
    day = EPOCH + timedelta(days=int(whole))
    if orders.get("number") != "serial":
        return Doubt(code="serial-date", suggestion=str(day), facts={"first": str(day)})
    if part.strip("0"):
        return Doubt(code="has-time", suggestion=str(day))
    return day


def _either(days: Sequence[str]) -> Phrase | str:
    """`2026-03-04 or as 2026-04-03`, told when it is shown."""
    told: Phrase | str = days[0]
    for day in days[1:]:
        told = phrase("{first} or as {second}", first=told, second=day)
    return told

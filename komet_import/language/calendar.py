"""Days and months by name. A day alone is written as `2026-03-02` in every language: it has one reading."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_skeleton

from komet_import.language.current import Language, spoken
from komet_import.language.texts import Phrase, marked

WEEKDAYS = (
    marked("Monday"),
    marked("Tuesday"),
    marked("Wednesday"),
    marked("Thursday"),
    marked("Friday"),
    marked("Saturday"),
    marked("Sunday"),
)


def month_and_year(day: date) -> str:
    """`March 2026`, `marzo de 2026`."""
    return format_skeleton("yMMMM", day, locale=spoken().locale)


def month_alone(day: date) -> str:
    """The name of a day's month in a sentence: `March`, `marzo`."""
    return format_date(day, "LLLL", locale=spoken().locale)


def short_day(day: date) -> str:
    """A day of this year where there is little room: `Mar 2`, `2 mar`."""
    return format_skeleton("MMMd", day, locale=spoken().locale)


def long_time(moment: datetime) -> str:
    """A moment as a letter says it, in its own zone: `March 2, 2026, 10:42`, `2 de marzo de 2026, 10:42`."""
    pattern = "d 'de' MMMM 'de' y, HH:mm" if spoken() is Language.SPANISH else "MMMM d, y, HH:mm"
    return format_datetime(moment, pattern, tzinfo=moment.tzinfo, locale=spoken().locale)


def weekday(day: date) -> Phrase:
    """The day of the week, for a fact that is told later."""
    return Phrase(WEEKDAYS[day.weekday()])


def day_in_words(day: date, *, month_first: bool = False) -> str:
    """A day that has one reading: `4 March 2026`, or `March 4, 2026`; `4 de marzo de 2026`."""
    english = "MMMM d, y" if month_first else "d MMMM y"
    pattern = "d 'de' MMMM 'de' y" if spoken() is Language.SPANISH else english
    return format_date(day, pattern, locale=spoken().locale)

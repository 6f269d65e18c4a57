"""Months and days of the week by name, in the languages in which our customers' sheets are written.

The names are Babel's (the Unicode CLDR), without accents, case and points; beside them stands what sheets
write and no dictionary lists. No name of a month means two months: a test holds it.
"""

from functools import cache
from typing import Literal

from babel import Locale

from komet_import.accents import folded

LANGUAGES = ("en", "es", "pt", "fr", "de", "nl", "it")

_ALSO_MONTHS = {
    **dict.fromkeys(("setiembre",), 9),
    **dict.fromkeys(("jnr", "jän", "jänner"), 1),
    **dict.fromkeys(("mär", "mrz", "maerz"), 3),
    **dict.fromkeys(("febr",), 2),
    **dict.fromkeys(("sett",), 9),
    **dict.fromkeys(("agost", "agto"), 8),
}
_ALSO_WEEKDAYS = {
    **dict.fromkeys(("tues",), 1),
    **dict.fromkeys(("weds",), 2),
    **dict.fromkeys(("thur", "thurs"), 3),
    **dict.fromkeys(("segunda",), 0),
    **dict.fromkeys(("terça",), 1),
    **dict.fromkeys(("quarta",), 2),
    **dict.fromkeys(("quinta",), 3),
    **dict.fromkeys(("sexta",), 4),
    **dict.fromkeys(("sonnabend",), 5),
}


@cache
def months() -> dict[str, int]:
    """The number of a month by its name or abbreviation."""
    return _named("months", _ALSO_MONTHS)


@cache
def weekdays() -> dict[str, int]:
    """A day of the week, 0 for Monday, by its name or abbreviation."""
    return _named("days", _ALSO_WEEKDAYS)


def _named(what: Literal["months", "days"], also: dict[str, int]) -> dict[str, int]:
    """Names to numbers; one that two languages use for different ones is left out."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        widths = getattr(Locale(language), what)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in widths[context][width].items():
                    found.setdefault(folded(name).strip("."), set()).add(number)
    for name, number in also.items():
        found.setdefault(folded(name), set()).add(number)
    return {name: number for name, (number, *others) in found.items() if not others}

"""What a stored number means and how it reads: number formats, dates, and numbers as text.

Excel stores a date as a number with a date format, a code as a number with a format of zeros. Here a
number format becomes a `Shape`, and a stored number becomes the text that the rest of the house works with.
"""

import datetime as dt
import math
import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from komet_import import currencies
from komet_import.sheets.files.xlsx.formatted import (
    BUILT_IN_DECIMALS,
    is_code,
    is_veiling,
    sections,
    shown_decimals,
    side,
)
from komet_import.sheets.worksheet import Held


class Shape(Enum):
    """What a number format makes of a number, as far as it changes what we read."""

    PLAIN = "plain"
    DATE = "date"
    TIME = "time"  # only hours, minutes or seconds
    PERCENT = "percent"
    CURRENCY = "currency"  # a currency other than the dollar
    LITERAL = "literal"  # letters around the digits, as in "CU-"0 or 0.00" per box"


class Format(NamedTuple):
    """What a number format makes of a number.

    `zeros` is how many digits a format of nothing but zeros shows (else 0), `currency` the sign or code of a
    currency that it shows, `decimals` how many it shows where it shows fewer than there may be. `code` is the
    section of a format that writes a code with letters, `sides` the words for a side of the ledger beside a
    positive and a negative number. `struck` says that the cell's font is struck through. `veiling` are the
    sections of a format that hides numbers or shows them as others, `veils_texts` says that it hides texts.
    """

    shape: Shape
    zeros: int = 0
    currency: str = ""
    decimals: int | None = None
    code: str = ""
    sides: tuple[str, str] = ("", "")
    struck: bool = False
    veiling: tuple[str, ...] = ()
    veils_texts: bool = False


BUILT_IN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58})
BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56})
BUILT_IN_PERCENTS = frozenset({9, 10})

_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]*[1-9])?")
_PLAIN_NUMBERS = re.compile(rf"(?:(?!-0\n)(?=[^\n]{{0,15}}\n)(?:{_PLAIN_NUMBER.pattern})?+\n)*+")
_QUOTED = re.compile(r'"[^"]*"?')
_HIDDEN_OR_ESCAPED = re.compile(r"\\.|[_*].", re.DOTALL)
_HIDDEN = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_BRACKETED = re.compile(r"\[[^\]]*\]?")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,}")
_BESIDE = re.compile(r"\[\$([^\]-]+)")
_FOREIGN = re.compile(r"\[\$(?!\$|-)[^\]]|[£¤¥֏؋৲৳૱௹฿៛₠-⃀﷼￡￥￦]")


@lru_cache(maxsize=4096)
def number_format(number: int, code: str | None) -> Format:
    """The format of that number and code; without a code it is one of those that Excel knows by number."""
    if code is None:
        if number in BUILT_IN_DATES:
            return Format(Shape.DATE)
        if number in BUILT_IN_TIMES:
            return Format(Shape.TIME)
        if number in BUILT_IN_PERCENTS:
            return Format(Shape.PERCENT)
        return Format(Shape.PLAIN, decimals=BUILT_IN_DECIMALS.get(number))
    parts = sections(code)
    found = _format_of(parts)
    if found.shape in (Shape.DATE, Shape.TIME):
        return found
    veiling = tuple(parts) if is_veiling(parts) else ()
    return found._replace(veiling=veiling, veils_texts=len(parts) > 3 and "@" not in parts[3])


def _format_of(parts: Sequence[str]) -> Format:
    """The format of these sections of a code."""
    first, *others = parts
    if _ZEROS.fullmatch(first.strip()):
        return Format(Shape.PLAIN, len(first.strip()))
    bare = _HIDDEN_OR_ESCAPED.sub("", _QUOTED.sub("", first))
    letters = _BRACKETED.sub("", bare).lower().replace("general", "")
    currency = _currency(first)
    if "d" in letters or "y" in letters or "e" in letters.replace("e+", "").replace("e-", ""):
        return Format(Shape.DATE)
    if _ELAPSED.search(bare) or "h" in letters or "s" in letters:
        return Format(Shape.TIME)
    if "m" in letters:
        return Format(Shape.DATE)
    if "%" in letters:
        return Format(Shape.PERCENT)
    decimals = shown_decimals(first)
    if _FOREIGN.search(_without_blanks(first)) or (currency and currency not in ("$", "US$", "USD")):
        return Format(Shape.CURRENCY, currency=currency, decimals=decimals)
    if is_code(first) and not currency:
        return Format(Shape.LITERAL, decimals=decimals, code=first)
    if not currency and (lettered := _lettered(first)):
        return Format(Shape.CURRENCY, currency=lettered, decimals=decimals)
    literal = "".join(re.findall(r'"([^"]*)"', first)) + "".join(re.findall(r"\\(.)", first))
    sides = side(first), side(others[0] if others else first)
    said = any(sides) or (any(c.isalnum() for c in literal) and not currency)
    return Format(Shape.LITERAL if said else Shape.PLAIN, currency=currency, decimals=decimals, sides=sides)


def _without_blanks(section: str) -> str:
    """A section without its blanks as wide as a character (`_€`) and its fillings (`*-`), which show none."""
    return _HIDDEN.sub(lambda found: "" if found[0][0] in "_*" else found[0], section)


def _currency(section: str) -> str:
    """The sign, word or code of a currency that a format shows beside the digits, if it is one that is known;
    one that Excel itself says to be a sign is one at any rate.
    """
    found = next((word for word in _words_beside(section) if _is_known(word)), "")
    if not found and (beside := _BESIDE.search(section)):
        sign = beside[1].strip()
        found = currencies.SHOWN_SIGNS.get(sign.strip("."), sign)
    return found


def _lettered(section: str) -> str:
    """The code of the currency whose sign is nothing but letters that a format shows beside the digits."""
    signs = currencies.SHOWN_SIGNS
    return next((signs[word] for word in _words_beside(section) if word in signs), "")


def _is_known(word: str) -> bool:
    return word in currencies.SIGNS or word in currencies.CODES or word.casefold() in currencies.WORDS


def _words_beside(section: str) -> list[str]:
    """What a format shows beside the digits, word by word: each as it stands, then what a stroke parts."""
    bracketed = _BESIDE.search(section)
    shown = bracketed[1] if bracketed else _BRACKETED.sub("", _without_blanks(section))
    words = [word.strip(".") for word in re.findall(r"[^\s\"\\#0?,()+\-]+", shown)]
    return [*words, *(part for word in words for part in re.split(r"[./]", word))]


def is_plain_number(stored: str) -> bool:
    """Whether a stored number is already written as we write it."""
    return len(stored) <= 15 and stored != "-0" and _PLAIN_NUMBER.fullmatch(stored) is not None


def are_plain_numbers(stored: Sequence[str]) -> bool:
    """Whether stored numbers are all already written as we write them; blanks do not matter."""
    together = "\n".join((*stored, ""))
    return _PLAIN_NUMBERS.fullmatch(together) is not None and together.count("\n") == len(stored)


def number_text(stored: str, zeros: int = 0) -> str | None:
    """A stored number as text at 15 significant digits, without an exponent for ordinary sizes.

    `zeros` pads a whole number as its format of zeros shows it. None where `stored` is not a finite number.
    """
    if not zeros and is_plain_number(stored):
        return stored
    number = finite(stored)
    if number is None:
        return None
    written = f"{number:.15g}"
    if not zeros and "e" not in written:
        return written if number else "0"
    exact = Decimal(written)
    if zeros and exact == exact.to_integral_value() and abs(exact) < Decimal(10) ** 20:
        return f"{int(exact):0{zeros + (exact < 0)}d}"
    if not exact:
        return "0"
    return format(exact, "f") if -12 <= exact.adjusted() <= 20 else f"{exact.normalize():E}"


def finite(stored: str) -> float | None:
    """A stored number as Excel computes with it; None where it is none."""
    try:
        number = float(stored)
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in stored else None


def digits_lost(stored: str) -> bool:
    """Whether a stored number has more digits than Excel keeps (15), so that its text is rounded."""
    digits = stored.lstrip("-0").partition(".")[0]
    return len(digits) > 15 and digits.isdigit() and digits[15:].strip("0") != ""


_DAY_ZERO = dt.date(1899, 12, 30)
_DAY_ZERO_1904 = dt.date(1904, 1, 1)
_LAST_SERIAL = 2_958_466


def date_text(stored: str, kind: Shape, *, from_1904: bool = False) -> tuple[str, Held]:
    """A stored serial number with a date or time format as ISO text.

    Numbers that Excel itself cannot show as a date (negative, after 9999, the 29th of February 1900 that
    never was) stay numbers. A time of day without a date is text.
    """
    serial = finite(stored)
    if serial is None:
        return stored, Held.TEXT
    seconds = round(serial * 86_400) if 0 <= serial < _LAST_SERIAL else -1
    days, rest = divmod(seconds, 86_400)
    time = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    if kind is Shape.TIME and 0 <= serial < 1:
        return time if days == 0 else "24:00:00", Held.TEXT
    day = _day_text(days, from_1904)
    if day is None:
        return number_text(stored) or stored, Held.NUMBER
    return f"{day} {time}" if rest else day, Held.DATE


@lru_cache(maxsize=4096)
def _day_text(days: int, from_1904: bool) -> str | None:
    """The day of a whole serial number in ISO form; None for a day that Excel has not, or that never was."""
    if days < 0 or (not from_1904 and (days < 1 or days == 60)):
        return None
    start = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
    if not from_1904 and days < 60:  # Excel counts a 29 February 1900: before it, the days are one less
        start += dt.timedelta(days=1)
    try:
        return (start + dt.timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def number_behind(date: str, *, from_1904: bool = False) -> Decimal | None:
    """The number that `date_text` made a date of, exact to four decimals; None for any other text.

    A number that a person typed into a cell with a date format is shown as a day.
    """
    try:
        moment = dt.datetime.fromisoformat(date)
    except ValueError:
        return None
    start = _DAY_ZERO_1904 if from_1904 else _DAY_ZERO
    since = moment - dt.datetime.combine(start, dt.time())
    days = since.days - (not from_1904 and since.days <= 60)
    return (days + Decimal(since.seconds) / 86_400).quantize(Decimal("0.0001"))


def iso_date_text(stored: str) -> tuple[str, Held]:
    """An ISO date cell (`t="d"`) as text; what is not a date stays the text that it is."""
    try:
        moment = dt.datetime.fromisoformat(stored.strip())
    except ValueError:
        return stored, Held.TEXT
    moment = moment.replace(tzinfo=None)
    if moment.microsecond >= 500_000 and moment.year < dt.MAXYEAR:
        moment += dt.timedelta(seconds=1)
    return _moment_text(moment.replace(microsecond=0)), Held.DATE


def _moment_text(moment: dt.datetime) -> str:
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(sep=" ", timespec="seconds")

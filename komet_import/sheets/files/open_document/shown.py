"""What a number's format does, told by what the file says is shown."""

import re

from komet_import import currencies
from komet_import.sheets.files.xlsx.formats import Format, Shape, finite
from komet_import.sheets.files.xlsx.formatted import is_turned, side

_DIGITS = re.compile(r"[0-9]")
_FIGURES = re.compile(r"\d(?:.*\d)?", re.DOTALL)
_CODE = re.compile(r"([^0-9.,%]*[^\W\d_][^0-9.,%]*)([0-9]+)([^0-9.,%]*)")


HIDDEN_NUMBERS = Format(Shape.PLAIN, veiling=("",))
"""The format of a number of which nothing is shown, or another number."""
HIDDEN_TEXTS = Format(Shape.PLAIN, veils_texts=True)


def shown_format(kind: str, value: str, shown: str | None, currency: str) -> Format:
    """What a format makes of a number, told by what is shown of it; None where the file does not say that."""
    if shown is not None and _is_veiled(value, shown):
        return HIDDEN_NUMBERS
    shown = shown or ""
    if kind == "percentage":
        return Format(Shape.PERCENT)
    decimals = _decimals(value, shown)
    if kind == "currency":
        word = currency or next((sign for sign in currencies.SIGNS if sign in shown), "")
        shape = Shape.PLAIN if word in ("$", "US$", "USD") else Shape.CURRENCY
        return Format(shape, currency=word, decimals=decimals)
    if shown.isdigit() and shown.startswith("0") and len(shown) > 1:
        return Format(Shape.PLAIN, zeros=len(shown))
    if found := _CODE.fullmatch(shown):
        before, digits, after = (part.replace('"', "") for part in found.groups())
        return Format(Shape.LITERAL, code=f'"{before}"{"0" * len(digits)}"{after}"')
    word = side(f'"{re.sub("[0-9.,]", "", shown)}"0')
    return Format(Shape.LITERAL if word else Shape.PLAIN, decimals=decimals, sides=(word, word))


def _is_veiled(value: str, shown: str) -> bool:
    """Whether nothing is shown of a number, or another one: a positive one with a minus. Nought never is."""
    number, figures = finite(value), _FIGURES.search(shown)
    if not number:
        return False
    if figures is None:
        return True
    before, behind = shown[: figures.start()], shown[figures.end() :]
    return number > 0 and is_turned(before, behind, code=_CODE.fullmatch(shown) is not None)


def _decimals(value: str, shown: str) -> int | None:
    """With how many decimals a number is shown, whatever the marks between its digits."""
    number, digits = finite(value), "".join(_DIGITS.findall(shown))
    if number is None or abs(number) >= 1e15:
        return None
    return next(
        (some for some in range(11) if f"{abs(number):.{some}f}".replace(".", "") == digits),
        None,
    )

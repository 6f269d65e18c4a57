"""What a number's format does, told by what the file says is shown."""

import re

from komet_import import currencies
from komet_import.sheets.files.xlsx.formats import Format, Shape, finite
from komet_import.sheets.files.xlsx.formatted import side

_DIGITS = re.compile(r"[0-9]")
_CODE = re.compile(r"([^0-9.,%]*[^\W\d_][^0-9.,%]*)([0-9]+)([^0-9.,%]*)")


def shown_format(kind: str, value: str, shown: str, currency: str) -> Format:
    """What a format makes of a number, told by what is shown of it."""
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


def _decimals(value: str, shown: str) -> int | None:
    """With how many decimals a number is shown, whatever the marks between its digits."""
    number, digits = finite(value), "".join(_DIGITS.findall(shown))
    if number is None or abs(number) >= 1e15:
        return None
    return next(
        (some for some in range(11) if f"{abs(number):.{some}f}".replace(".", "") == digits),
        None,
    )

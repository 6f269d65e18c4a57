"""What Excel shows of a number, as far as it says more or less than the number: the decimals that it shows, a
code that its format makes of it (`"CR-"0000`), the words CR and DR that ledgers write with a format.
"""

import operator
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from komet_import import currencies

BUILT_IN_DECIMALS = {
    **dict.fromkeys((1, 3, 5, 6, 37, 38, 41, 42), 0),
    **dict.fromkeys((2, 4, 7, 8, 39, 40, 43, 44), 2),
}
"""The decimals of those formats that Excel knows by number."""

_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|_.|\*.|\[[^\]]*\]?|(General)|(.)', re.IGNORECASE | re.DOTALL)
_SIDE = re.compile(r"[^\w%]*(cr|dr|db|c|d|h|s|credit|debit|haben|soll|haber|debe|%)[^\w%]*", re.IGNORECASE)
"""Words beside an amount that say on which side of a ledger it stands, and a percent sign as text."""


def sections(code: str) -> list[str]:
    """The sections of a number format: for positive numbers, negative ones, nought, text."""
    found = [""]
    quoted = skip = False
    for char in code[:1000]:
        if skip:
            skip = False
        elif char == '"':
            quoted = not quoted
        elif char == "\\" and not quoted:
            skip = True
        elif char == ";" and not quoted:
            found.append("")
            continue
        found[-1] += char
    return found


def shown_decimals(section: str) -> int | None:
    """How many decimals a section shows; None where it shows all, scales, or shows no plain number."""
    if re.search(r"\[[<>=]", section):
        return None
    bare = "".join(found[4] or "" for found in _TOKEN.finditer(section) if not found[3])
    digits = re.sub(r"[^0#?.,/%eE@]", "", bare)
    if not re.search("[0#?]", digits) or re.search("[/%eE@]", digits) or _general(section):
        return None
    whole, _, part = digits.partition(".")
    if whole.endswith(",") or part.endswith(","):
        return None  # it shows thousands or millions
    return len(part)


def _general(section: str) -> bool:
    return any(found[3] for found in _TOKEN.finditer(section))


def is_code(section: str) -> bool:
    """Whether a section writes a code: letters before the number, or anything beside digits of a fixed count,
    and nothing of an amount (a decimal point, groups of thousands, a percent sign).
    """
    before = True
    letters = others = digits = fixed = 0
    for found in _TOKEN.finditer(section):
        literal = found[1] or found[2] or ""
        plain = found[4] or ""
        if plain and plain in ".,/%eE@":
            return False
        if found[3] or plain in ("0", "#", "?"):
            before, digits, fixed = False, digits + 1, fixed + (plain == "0")
        elif (literal or plain).strip():
            others += 1
            letters += before and any(c.isalnum() for c in literal)
    return digits > 0 and (letters > 0 or (others > 0 and fixed > 1))


def coded(section: str, number: str) -> str | None:
    """A number as a section that `is_code` shows it; None for one that is no code: negative, or not whole."""
    try:
        exact = Decimal(number)
    except ArithmeticError:
        return None
    if exact < 0 or exact != exact.to_integral_value() or exact.adjusted() > 18:
        return None
    digits = list(str(int(exact)))
    pieces: list[str] = []
    tokens = list(_TOKEN.finditer(section))
    first = next(place for place, token in enumerate(tokens) if token[3] or token[4] in ("0", "#", "?"))
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if token[3]:
            pieces.append("".join(digits))
            digits = []
        elif token[4] in ("0", "#", "?"):
            shown = digits.pop() if digits else ("0" if token[4] == "0" else "")
            pieces.append("".join(digits) + shown if place == first else shown)
            digits = [] if place == first else digits
        else:
            pieces.append(token[1] or token[2] or token[4] or "")
    return "".join(reversed(pieces)).strip()


def percent_text(number: str) -> str:
    """A number as so many of a hundred, exactly."""
    hundredths = Decimal(number) * 100
    return f"{hundredths.normalize() if hundredths else hundredths.copy_abs():f}"


def side(section: str) -> str:
    """The word for a side of a ledger that a section writes beside an amount, `Dr` of `0.00" Dr"`; or the
    `%` that it writes as text."""
    literals = "".join(found[1] or found[2] or "" for found in _TOKEN.finditer(section))
    found = _SIDE.fullmatch(literals)
    return found[1] if found else ""


_LITERAL = re.compile(r'"[^"]*"?|\\.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)\]")
_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def is_veiling(parts: Sequence[str]) -> bool:
    """Whether a format, given by its sections, hides some numbers, or shows them as others."""
    if any(map(_condition, parts)):
        return any(not _shows(part) or _turns(part) or _multiplies(part) for part in parts[:3])
    return any(is_veiled(parts, number) for number in (Decimal(1), Decimal(-1)))


def is_veiled(parts: Sequence[str], number: Decimal) -> bool:
    """Whether a format shows nothing of a number, or another one: a positive one with a minus.
    Nought is never veiled. Thousands shown as such (`0,` or `0,"K"`) are the number; `0"K"` shows another."""
    section = _section(parts, number)
    if section is None or not number:
        return False
    return not _shows(section) or (number > 0 and _turns(section)) or _multiplies(section)


def _section(parts: Sequence[str], number: Decimal) -> str | None:
    """The section by which a number is shown; None where a format has none for it."""
    conditions = [_condition(part) for part in parts[:3]]
    if any(conditions):
        for part, condition in zip(parts[:3], conditions, strict=True):
            if condition is None or _COMPARED[condition[0]](number, condition[1]):
                return part
        return None
    if len(parts) == 1 or number > 0 or (not number and len(parts) == 2):
        return parts[0]
    return parts[1] if number < 0 else parts[2]


def _condition(section: str) -> tuple[str, Decimal] | None:
    found = _CONDITION.search(_LITERAL.sub("", section))
    try:
        return (found[1], Decimal(found[2])) if found else None
    except ArithmeticError:
        return None


def _shows(section: str) -> bool:
    return any(found[3] or (found[4] or "") in tuple("0#?@") for found in _TOKEN.finditer(section))


def _around(section: str) -> tuple[str, str]:
    """What a section writes before its digits, and behind them."""
    told = [
        (bool(found[3] or (found[4] or " ") in "0#?"), found[1] or found[2] or found[4] or "")
        for found in _TOKEN.finditer(section)
    ]
    digits = [place for place, (digit, _) in enumerate(told) if digit] or [0]
    before, behind = told[: digits[0]], told[digits[-1] + 1 :]
    return "".join(text for _, text in before), "".join(text for _, text in behind)


_MINUS_BEFORE = re.compile(r"[-−–].*|.*(?<![^\W_])\s*(?<![^\W_])[-−–]", re.DOTALL).fullmatch
_MINUS_BEHIND = re.compile(r"[-−–]\W*").fullmatch
_CURRENCY = re.compile(rf"\b(?:{'|'.join(sorted(currencies.CODES))})\b").search


def _turns(section: str) -> bool:
    """Whether a section writes a minus, or brackets, around a number."""
    return is_turned(*_around(section), code=is_code(section))


_THOUSANDS = re.compile(
    r"\s*(?:k|mm?|mio|mil|miles|tsd|thousands?|millions?|millones)\b", re.IGNORECASE
).match


def _multiplies(section: str) -> bool:
    """Whether a section writes thousands or millions behind a number that it does not divide."""
    return _THOUSANDS(_around(section)[1]) is not None


def is_turned(before: str, behind: str, *, code: bool) -> bool:
    """Whether what is shown before a number and behind it makes it one below nought: a minus, or brackets;
    those of a `code` do not."""
    before, behind = before.strip(), behind.strip()
    if code and any(map(str.isalpha, before)) and not _CURRENCY(before):
        return False
    return bool(_MINUS_BEFORE(before) or _MINUS_BEHIND(behind)) or ("(" in before and ")" in behind)

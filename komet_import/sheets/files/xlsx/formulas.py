"""Formulas of nothing but constants: what they come to, to tell a result from one that nobody calculated.

Some programs write `=62694.66` or `=((10)+(13))+(16)` with a stored result of 0 and leave the calculating to
Excel, which only happens when somebody opens and saves the workbook.
"""

import re
from decimal import Decimal, DecimalException

_LONGEST = 500
_TOKEN = re.compile(
    r"\s*([0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]{1,3})?|\.[0-9]+|SUM\(|ROUND\(|ABS\(|[-+*/(),%])"
)


def is_uncalculated(formula: str, stored: str) -> bool:
    """Whether a formula's stored result is 0 although its constants come to something else."""
    return is_nought(stored) and bool(constant(formula))


def is_nought(stored: str) -> bool:
    """Whether a stored number is 0, however it is written."""
    return stored[:1] in ("0", "-") and stored.strip("-0.") == ""


def constant(formula: str) -> Decimal | None:
    """What a formula of constants (`+ - * / %`, brackets, SUM, ROUND, ABS) comes to; None for any other."""
    tokens = _tokens(formula)
    if not tokens:
        return None
    try:
        value = _sum(tokens)
    except (IndexError, ValueError, DecimalException, RecursionError):
        return None
    return None if tokens else value


def _tokens(formula: str) -> list[str]:
    """The tokens of a formula, the first one last; none if it holds anything else."""
    text = formula.strip().removeprefix("=")
    if len(text) > _LONGEST:
        return []
    found: list[str] = []
    place = 0
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            return []
        found.append(token[1])
        place = token.end()
    return found[::-1]


def _sum(tokens: list[str]) -> Decimal:
    value = _product(tokens)
    while tokens and tokens[-1] in "+-":
        value = value + _product(tokens) if tokens.pop() == "+" else value - _product(tokens)
    return value


def _product(tokens: list[str]) -> Decimal:
    value = _factor(tokens)
    while tokens and tokens[-1] in "*/":
        value = value * _factor(tokens) if tokens.pop() == "*" else value / _factor(tokens)
    return value


def _factor(tokens: list[str]) -> Decimal:
    first = tokens.pop()
    if first in "+-":
        value = _factor(tokens)
        return -value if first == "-" else value
    if first == "(":
        value = _sum(tokens)
        _close(tokens)
    elif first.endswith("("):
        value = _function(first, tokens)
    else:
        value = Decimal(first)
    while tokens and tokens[-1] == "%":
        tokens.pop()
        value /= 100
    return value


def _function(name: str, tokens: list[str]) -> Decimal:
    arguments = [_sum(tokens)]
    while tokens[-1] == ",":
        tokens.pop()
        arguments.append(_sum(tokens))
    _close(tokens)
    if name == "ROUND(":
        value, places = arguments
        return value.quantize(Decimal(1).scaleb(-int(places)))
    return abs(arguments[0]) if name == "ABS(" else sum(arguments, Decimal(0))


def _close(tokens: list[str]) -> None:
    if tokens.pop() != ")":
        raise ValueError("a bracket that is not closed")

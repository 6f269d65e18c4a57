"""Money: kept as whole thousandths, told in the ledger's currency."""

from collections.abc import Iterable
from decimal import Decimal

from komet_import import currencies
from komet_import.settings import settings

THOUSANDTHS = 1000
"""Amounts are kept as whole thousandths: three decimals are allowed (docs/komet-sales.md §2)."""

MINUS = "\N{MINUS SIGN}"
"""What stands before an amount below nought that people read: as wide as a plus, and no line ends behind it.
What machines read (JSON, workbooks, CSV) has a hyphen, or a number."""


def to_thousandths(amount: Decimal) -> int:
    """An amount of money as whole thousandths. Raises ValueError where it has more than three decimals."""
    scaled = amount * THOUSANDTHS
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{amount} has more than three decimals")
    return whole


def from_thousandths(thousandths: int) -> Decimal:
    """Whole thousandths as an amount with three decimals."""
    return Decimal(int(thousandths)).scaleb(-3)


def decimals(amounts: Iterable[Decimal]) -> int:
    """How many decimals amounts have that stand below each other: two, or three where one has a third."""
    return 3 if any(amount * 100 % 1 for amount in amounts) else 2


def signed(amount: Decimal, *, decimals: int, before: str = "") -> str:
    """An amount for people, with so many decimals and a minus sign in front; `before` comes after that."""
    return f"{MINUS if amount < 0 else ''}{before}{abs(amount):,.{decimals}f}"


def money(thousandths: int) -> str:
    """An amount for people in the ledger's currency: `$8,310.50`, a third decimal only where there is one, a
    minus sign in front."""
    sign = MINUS if thousandths < 0 else ""
    units, rest = divmod(abs(int(thousandths)), THOUSANDTHS)
    decimals = f"{rest:03d}".removesuffix("0") if rest % 10 == 0 else f"{rest:03d}"
    return f"{sign}{currencies.prefix(settings().currency)}{units:,}.{decimals}"

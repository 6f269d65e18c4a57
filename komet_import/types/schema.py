"""The words in which an import type is declared: columns, their kinds, needs and limits."""

import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from komet_import import currencies
from komet_import.settings import settings


class Role(StrEnum):
    """Every role a person may hold; the first seven may import open credits (komet-facts §1)."""

    ACCOUNTS_RECEIVABLES = "Accounts Receivables"
    ADMIN = "Admin"
    CREDIT_MANAGER = "Credit Manager"
    PROCUREMENT_MANAGER = "Procurement Manager"
    SALES_MANAGER = "Sales Manager"
    SETUP = "Setup"
    SHIPPING = "Shipping"
    ACCOUNTS_PAYABLE = "Accounts Payable"
    CASHIER = "Cashier"
    FULFILLMENT = "Fulfillment"
    INVENTORY = "Inventory"
    PROCUREMENT_USER = "Procurement User"
    SALESPERSON = "Salesperson"
    QUALITY_CONTROL = "Quality Control"


class Need(StrEnum):
    """How much a column is needed; the words stand in the sample beside the colour (komet-facts §1)."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    MULTI_LOCATION = "required for companies with several locations"


class ValueKind(StrEnum):
    """What a cell of a column holds, and so how it is judged, edited and written to a workbook."""

    TEXT = "text"
    CUSTOMER = "customer"  # the code of an existing, active customer
    NEW_CODE = "new-code"  # a code that the import itself creates or updates
    LOCATION = "location"  # the code of one existing location
    LOCATIONS = "locations"  # codes of existing locations, separated by colons
    AMOUNT = "amount"  # money, never negative or zero
    DATE = "date"  # a calendar day without a time
    CHOICE = "choice"  # one of `choices`
    FLAG = "flag"  # yes or no


ERASE = "(none)"
"""The word that erases what is kept in an erasable column: a blank cell says nothing, and so leaves it."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet.

    `name` is the header as the sample writes it, `field` the key under which the value is posted.
    `synonyms` are other headers that certainly mean this column (matched without case, spaces and
    punctuation). `max_length` counts characters; `decimals` is the most decimal places an amount has.
    `erasable` says that `ERASE` is a value of the column, whatever else it holds.
    """

    name: str
    field: str
    kind: ValueKind
    need: Need = Need.OPTIONAL
    rule: str
    max_length: int | None = None
    decimals: int = 3
    choices: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    erasable: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportType:
    """What one type of sheet holds, and who may import it.

    `unique` names the columns that together may stand only once in a sheet and in the ledger; a row in
    which one of them is blank is exempt. `once` says that the same file may be posted only once (money);
    without it a second import is harmless: an upsert, in which a row that says what is known already changes
    nothing. `noun` is singular, plural; `done` says what became of the rows that were posted.
    """

    slug: str
    title: str
    noun: tuple[str, str]
    description: str
    columns: tuple[Column, ...]
    roles: frozenset[Role]
    unique: tuple[str, ...] = ()
    once: bool = True
    amount_column: str | None = None
    done: str = "imported"
    columns_by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns_by_name", {c.name: c for c in self.columns})

    def column(self, name: str) -> Column:
        """The column with that header. Raises KeyError for an unknown one."""
        return self.columns_by_name[name]

    def column_of_kind(self, kind: ValueKind) -> Column | None:
        """The first column of that kind, if the type has one."""
        return next((c for c in self.columns if c.kind is kind), None)

    def counted(self, count: int) -> str:
        """A count with its noun: `1 credit`, `37 credits`."""
        return f"{count:,} {self.noun[0] if count == 1 else self.noun[1]}"


THOUSANDTHS = 1000
"""Amounts are kept as whole thousandths: the published rule allows three decimals (komet-facts §2)."""


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


def money(thousandths: int) -> str:
    """An amount for people in the ledger's currency: `$8,310.50`, a third decimal only where there is one, a
    minus in front."""
    sign = "-" if thousandths < 0 else ""
    units, rest = divmod(abs(int(thousandths)), THOUSANDTHS)
    decimals = f"{rest:03d}".removesuffix("0") if rest % 10 == 0 else f"{rest:03d}"
    return f"{sign}{currencies.prefix(settings().currency)}{units:,}.{decimals}"


def code_key(code: str) -> str:
    """The form in which two codes are the same code (komet-facts §3): trimmed, composed, without case."""
    if code.isascii():
        return code.strip().upper()
    return unicodedata.normalize("NFC", code.strip()).upper()
